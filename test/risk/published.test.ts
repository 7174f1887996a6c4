import { describe, expect, it } from 'vitest';
import { csvFile, data, haveData, measure } from './shared.ts';

/** Equal to 1e-9, relative. */
const close = (found: number | null, expected: number) => {
  expect(found).not.toBeNull();
  expect(Math.abs(found! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
};

describe.skipIf(!haveData)('published values', () => {
  const quasi = ['Teacher', 'Gender', 'Ethnic', 'Freeredu', 'wesson'];

  it('StudentsMath_Score', async () => {
    const risk = await measure(data('pycanon/StudentsMath_Score.csv'), quasi, ['Score']);
    const score = risk.perSensitive.Score!;
    expect(risk.k).toBe(1);
    expect(score.alpha).toBe(1);
    expect(score.lDistinct).toBe(1);
    close(score.betaBasic, 71);
    close(score.betaEnhancedPycanon, 5.375278407684164);
    close(score.delta, 4.276666119016055);
    close(score.tOrdered, 0.4165919952210274);
    expect(score.cRecursive['2']).toBeNull();
    expect(risk.notes.map((note) => note.figure)).toContain('perSensitive.Score.cRecursive.2');
  });

  it('StudentsMath_Score_k5', async () => {
    const risk = await measure(data('pycanon/StudentsMath_Score_k5.csv'), quasi, ['Score']);
    const score = risk.perSensitive.Score!;
    expect(risk.k).toBe(5);
    expect(score.alpha).toBe(0.5);
    expect(score.lDistinct).toBe(4);
    close(score.lEntropy, 3.464101615137754);
    close(score.betaBasic, 29.8);
    close(score.betaEnhancedPycanon, 5.036952602413629);
    close(score.delta, 3.4275146899795286);
    close(score.tOrdered, 0.31023287057769827);
  });

  const stroke =
    'gender,age,hypertension,heart_disease,ever_married,work_type,Residence_type,smoking_status'.split(',');
  const drugs = 'Age,Sex,BP,Cholesterol,Na_to_K'.split(',');
  const adult = 'age,education,occupation,relationship,sex,native-country'.split(',');

  /** k, α, l, β, enhanced β, δ, t as pycanon 1.3.6 computes them on these files. */
  it.each<[string, string[], string, 'tEqual' | 'tOrdered', number[]]>([
    [
      'stroke_k5.csv',
      stroke,
      'stroke',
      'tOrdered',
      [5, 1, 1, 14.688193085453358, 3.089380633283306, 2.752908396662093, 0.6687555687555687],
    ],
    [
      'drugs_k5.csv',
      drugs,
      'Drug',
      'tEqual',
      [
        5, 0.8333333333333334, 2, 9.673076923076923, 2.655406467616788, 2.3677243951650073,
        0.6797297297297298,
      ],
    ],
    [
      'adult_anonymized_10.csv',
      adult,
      'salary-class',
      'tEqual',
      [10, 1, 1, 1.739309827456864, 1.0077060008814558, 2.803878920792833, 0.634944543338354],
    ],
    [
      'StudentsMath_Score_k2.csv',
      quasi,
      'Score',
      'tOrdered',
      [2, 0.5, 2, 70.66666666666667, 5.3706380281276624, 4.272025739459553, 0.4172293073268318],
    ],
    [
      'stroke_k25.csv',
      stroke,
      'stroke',
      'tOrdered',
      [27, 1, 1, 5.310719131614653, 3.1415326211650214, 2.3839203179667625, 0.22951076014933247],
    ],
  ])('%s as pycanon has it', async (file, columns, sensitive, distance, expected) => {
    const risk = await measure(data(`pycanon/${file}`), columns, [sensitive]);
    const one = risk.perSensitive[sensitive]!;
    const found = [
      risk.k,
      one.alpha,
      one.lDistinct,
      one.betaBasic,
      one.betaEnhancedPycanon,
      one.delta,
      one[distance],
    ];
    for (const [i, value] of expected.entries()) close(found[i]!, value);
  });

  it('adult: average risk of all nine columns', async () => {
    const names = 'sex age race marital-status education native-country workclass occupation salary-class';
    const risk = await measure(data('adult/adult.csv'), names.split(' '), [], { delimiter: ';' });
    expect(risk.file.rows).toBe(30162);
    close(risk.averageRisk, 0.6465751607983555);
  });
});

it('seven rows of age, sex and zip are all unique', async () => {
  const rows = ['34,male,81667', '45,female,81675', '66,male,81925', '70,female,81931', '34,female,81931'];
  const risk = await measure(
    csvFile(['age,sex,zip', ...rows, '70,male,81931', '45,male,81931', ''].join('\n')),
    ['age', 'sex', 'zip'],
  );
  expect(risk).toMatchObject({ averageRisk: 1, highestRisk: 1, k: 1, sampleUniqueness: 1 });
});
