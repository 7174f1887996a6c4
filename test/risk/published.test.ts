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
