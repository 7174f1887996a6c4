import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { individualRisk } from '../../src/risk/individual.ts';
import { csvFile, measure } from './shared.ts';

/** E[1/F | f]: 1/h over the negative binomial P(F = h) = C(h−1, f−1) p^f (1−p)^(h−f). */
function bySumming(f: number, p: number): number {
  let probability = p ** f;
  let sum = 0;
  for (let h = f; h < f + 20000; h++) {
    sum += probability / h;
    probability *= (h / (h - f + 1)) * (1 - p);
  }
  return sum;
}

const eight = [
  'A,B,C,w,h',
  '2,3,1,18,1',
  '3,3,3,45.5,1',
  '2,3,1,39,2',
  '2,3,2,17,2',
  '3,3,1,92,2',
  '3,3,1,8,3',
  '1,4,1,123.5,3',
  '2,3,1,51,3',
].join('\n');

describe('individual risk', () => {
  it.each([
    [3, 108, 0.01369863, 0.01355297],
    [1, 45.5, 0.08579129, 0.08579129],
    [1, 17, 0.17707583, 0.17707583],
    [2, 100, 0.01877883, 0.01877883],
    [1, 123.5, 0.03931625, 0.03931625],
  ])('published: f=%d F=%d', (f, population, approximate, exact) => {
    expect(individualRisk(f, population, 'approximate')).toBeCloseTo(approximate, 8);
    expect(individualRisk(f, population, 'exact')).toBeCloseTo(exact, 8);
  });

  it('is the mean of 1/F over the negative binomial', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        (f, p) => {
          const found = individualRisk(f, f / p, 'exact');
          expect(Math.abs(found / bySumming(f, p) - 1)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('a class that is its whole population has risk 1/f', () => {
    expect(individualRisk(4, 4, 'exact')).toBe(0.25);
    expect(individualRisk(1, 0.5, 'exact')).toBe(1);
  });

  it('of a file: expected re-identifications, and risk by household', async () => {
    const risk = await measure(csvFile(eight), ['A', 'B', 'C'], [], {
      weight: 'w',
      household: 'h',
      individualMethod: 'approximate',
    });
    const r = [
      0.01369863, 0.08579129, 0.01369863, 0.17707583, 0.01877883, 0.01877883, 0.03931625, 0.01369863,
    ];
    expect(risk.individualRisk!.expectedReidentifications).toBeCloseTo(
      r.reduce((sum, one) => sum + one, 0),
      6,
    );
    expect(risk.individualRisk!.highest).toBeCloseTo(0.17707583, 8);
    const households = [r.slice(0, 2), r.slice(2, 5), r.slice(5)].map((members) => ({
      risk: 1 - members.reduce((safe, one) => safe * (1 - one), 1),
      members: members.length,
    }));
    expect(risk.householdRisk!.households).toBe(3);
    expect(risk.householdRisk!.highest).toBeCloseTo(Math.max(...households.map((one) => one.risk)), 7);
    expect(risk.householdRisk!.expectedReidentifications).toBeCloseTo(
      households.reduce((sum, one) => sum + one.members * one.risk, 0),
      6,
    );
  });

  it.each(['0', '-3', 'x', ''])('refuses a weight of "%s", with its row', async (weight) => {
    const error = await measure(csvFile(`a,w\n1,2\n1,${weight}\n`), ['a'], [], { weight: 'w' }).catch(
      (e) => e,
    );
    expect(error).toMatchObject({ code: 'E_RISK_WEIGHT', place: { row: 3, column: 'w' } });
  });
});

it('weights of rows that match through missing values', async () => {
  const rows = [
    { a: 'x', b: 'p', w: 3 },
    { a: 'x', b: '', w: 5 },
    { a: 'x', b: 'q', w: 7 },
    { a: '*', b: 'q', w: 11 },
    { a: 'y', b: 'p', w: 13 },
  ];
  const file = csvFile(['a,b,w', ...rows.map((row) => `${row.a},${row.b},${row.w}`)].join('\n'));
  const risk = await measure(file, ['a', 'b'], [], { weight: 'w', missing: { kind: 'wildcard', alpha: 1 } });
  // x,p: itself and x,_ · x,_: x,p x,_ x,q and _,q · x,q: x,_ x,q _,q · _,q: x,_ x,q _,q · y,p: itself
  const matches = [[3, 5], [3, 5, 7, 11], [5, 7, 11], [5, 7, 11], [13]];
  const expected = matches
    .map((weights) =>
      individualRisk(
        weights.length,
        weights.reduce((sum, w) => sum + w, 0),
        'exact',
      ),
    )
    .reduce((sum, one) => sum + one, 0);
  expect(risk.individualRisk!.expectedReidentifications).toBeCloseTo(expected, 12);
  expect(risk.k).toBe(1);
  expect(risk.classes.histogram).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1],
  ]);
});
