import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lnGammaRatio, reciprocalSum, squaredReciprocalSum } from '../../src/risk/gamma.ts';
import { estimateKMap } from '../../src/risk/k-map.ts';
import { fitPitman, pitmanUniqueness } from '../../src/risk/pitman.ts';
import { populationUniqueness, zayatzUniqueness } from '../../src/risk/population-uniqueness.ts';
import { frequencies, mean } from './naive.ts';
import { csvFile, measure } from './shared.ts';

const histogram = (sizes: readonly (readonly [number, number])[]) => ({
  sizes: sizes.map(([f, classes]) => ({ f, classes, rows: f * classes })),
  classes: sizes.reduce((sum, [, classes]) => sum + classes, 0),
  rows: sizes.reduce((sum, [f, classes]) => sum + f * classes, 0),
});

const near = (found: number, expected: number, relative = 1e-12) =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(relative);

describe('gamma functions', () => {
  it('sums of reciprocals', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), fc.nat(3000), (x, n) => {
        let sum = 0;
        let squares = 0;
        for (let i = n - 1; i >= 0; i--) {
          sum += 1 / (x + i);
          squares += 1 / (x + i) ** 2;
        }
        if (n === 0) expect(reciprocalSum(x, n)).toBe(0);
        else {
          near(reciprocalSum(x, n), sum);
          near(squaredReciprocalSum(x, n), squares);
        }
      }),
    );
  });

  it('ratios of gamma functions', () => {
    near(Math.exp(lnGammaRatio(1, 4)), 24);
    near(Math.exp(lnGammaRatio(0.5, 0.5)), 1 / Math.sqrt(Math.PI));
    near(Math.exp(lnGammaRatio(1e9, 1)), 1e9);
    near(Math.exp(lnGammaRatio(30, -29)), 1 / 8.841761993739701e30);
  });
});

describe("Pitman's model", () => {
  const sample = histogram([
    [1, 1000],
    [2, 220],
    [3, 100],
    [5, 60],
    [10, 30],
    [50, 10],
    [400, 3],
  ]);

  it('solves both likelihood equations', () => {
    const { theta, alpha } = fitPitman(sample)!;
    const sum = (to: number, of: (i: number) => number) =>
      Array.from({ length: to - 1 }, (_, i) => of(i + 1)).reduce((total, value) => total + value, 0);
    const { classes: u, rows: n } = sample;
    near(
      sum(u, (i) => 1 / (theta + i * alpha)),
      sum(n, (i) => 1 / (theta + i)),
      1e-11,
    );
    near(
      sum(u, (i) => i / (theta + i * alpha)),
      sample.sizes.reduce((total, { f, classes }) => total + classes * sum(f, (j) => 1 / (j - alpha)), 0),
      1e-11,
    );
  });

  it('gives fewer uniques the larger the population', () => {
    const fit = fitPitman(sample)!;
    expect(pitmanUniqueness(fit, 1e7)).toBeLessThan(pitmanUniqueness(fit, 1e5));
  });

  it('has no solution when every record is unique or sizes fall too fast: null with a reason, never 0', async () => {
    expect(fitPitman(histogram([[1, 50]]))).toBeUndefined();
    const light = [
      [1, 1],
      [3, 2],
      [50, 20],
      [400, 30],
    ] as const;
    expect(fitPitman(histogram(light))).toBeUndefined();
    const risk = await measure(csvFile('a\n1\n2\n3\n'), ['a'], [], { fractions: [0.1] });
    expect(risk.populationUniqueness).toMatchObject([{ pitman: null, dankar: null, pitmanAlpha: null }]);
    expect(risk.notes.map((note) => note.figure)).toContain('populationUniqueness.pitman');
  });

  it('starts without pairs', () => {
    expect(
      fitPitman(
        histogram([
          [1, 1000],
          [3, 150],
          [5, 60],
          [10, 30],
          [50, 10],
          [400, 3],
        ]),
      ),
    ).toBeDefined();
  });
});

it("Zayatz's estimate, with binomial coefficients", () => {
  const sizes = [
    [1, 5],
    [2, 3],
    [4, 1],
  ] as const;
  const sample = histogram(sizes);
  const n = sample.rows;
  const choose = (a: number, b: number) =>
    Array.from({ length: b }, (_, i) => (a - i) / (i + 1)).reduce((product, factor) => product * factor, 1);
  const N = n * 4;
  const h = (i: number) => (i * choose(N - i, n - 1)) / choose(N, n);
  const all = sizes.reduce((sum, [i, classes]) => sum + classes * h(i), 0);
  near(zayatzUniqueness(sample, 0.25), ((5 / 0.25) * ((5 * h(1)) / all)) / N, 1e-10);
  expect(zayatzUniqueness(histogram([[2, 9]]), 0.1)).toBe(0);
  expect(zayatzUniqueness(sample, 1)).toBe(5 / n);
});

it("Dankar's choice", () => {
  const sample = histogram([
    [1, 40],
    [2, 20],
    [5, 9],
  ]);
  const [small, large] = populationUniqueness(sample, [0.1, 0.2]);
  expect(small!.dankar).toBe(small!.pitman);
  expect(large!.dankar).toBe(large!.zayatz);
  expect(populationUniqueness(histogram([[2, 9]]), [0.1])[0]!.dankar).toBe(0);
});

it('k-map estimates: first count at which the Poisson reaches the confidence', () => {
  const factorial = (k: number): number => (k < 2 ? 1 : k * factorial(k - 1));
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 60 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (k, fraction) => {
        const lambda = k * fraction;
        const cdf = (from: number, to: number) => {
          let sum = 0;
          for (let c = from; c <= to; c++) sum += (Math.exp(-lambda) * lambda ** c) / factorial(c);
          return from === 0 ? sum : sum / (1 - Math.exp(-lambda));
        };
        const first = (from: number) => {
          let c = from;
          while (cdf(from, c) < 0.95) c++;
          return c;
        };
        expect(estimateKMap(k, fraction, 0.05)).toMatchObject({
          poisson: Math.min(k, first(0) + 2),
          zeroTruncated: Math.min(k, first(1) + 1),
        });
      },
    ),
  );
});

describe('a population table', () => {
  const sample = 'a,b\nx,1\nx,1\ny,2\n';

  it('journalist, marketer, presence and k-map against plain counts', async () => {
    const cell = fc.constantFrom('p', 'q', 'r');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ a: cell, b: cell, in: fc.boolean() }), { minLength: 2, maxLength: 40 }),
        async (people) => {
          people[0]!.in = true;
          const inside = people.filter((person) => person.in);
          const write = (rows: typeof people) =>
            csvFile(['a,b', ...rows.map((r) => `${r.a},${r.b}`)].join('\n'));
          const risk = await measure(write(inside), ['a', 'b'], [], { population: write(people) });
          const key = (person: { a: string; b: string }) => person.a + person.b;
          const F = inside.map((person) => people.filter((other) => key(other) === key(person)).length);
          const f = frequencies(
            inside.map(({ a, b }) => ({ a, b })),
            ['a', 'b'],
          );
          const classes = [...new Set(inside.map(key))];
          const sumF = classes.reduce((sum, one) => sum + people.filter((p) => key(p) === one).length, 0);
          expect(risk.kMap).toBe(Math.min(...F));
          near(risk.journalist!.highestRisk, 1 / Math.min(...F));
          near(1 + risk.journalist!.recordsAtRisk.share, 1 + mean(F.map((size) => (1 / size > 0.2 ? 1 : 0))));
          near(risk.marketer!.successRate, mean(F.map((size) => 1 / size)));
          near(
            risk.journalist!.successRate,
            Math.max(classes.length / sumF, mean(F.map((size) => 1 / size))),
          );
          near(risk.deltaPresence!.min, Math.min(...F.map((size, i) => f[i]! / size)));
          near(risk.deltaPresence!.max, Math.max(...F.map((size, i) => f[i]! / size)));
          const absent = people.some((person) => !classes.includes(key(person)));
          expect(risk.deltaPresence!.populationMin === 0).toBe(absent);
        },
      ),
      { numRuns: 15 },
    );
  });

  it.each([
    ['fewer people than the sample', 'a,b\nx,1\ny,2\n'],
    ['a class is absent', 'a,b\nx,1\nx,1\nz,2\nz,2\n'],
  ])('refuses a population in which %s', async (_, population) => {
    const error = await measure(csvFile(sample), ['a', 'b'], [], { population: csvFile(population) }).catch(
      (caught) => caught,
    );
    expect(error).toMatchObject({ code: 'E_RISK_POPULATION', exitCode: 3 });
  });

  it('without one, classes are taken to be 1/π times as large', async () => {
    const risk = await measure(csvFile(sample), ['a', 'b'], [], { fractions: [0.25] });
    expect(risk.journalist).toMatchObject({ highestRisk: 0.25, recordsAtRisk: { share: 1 / 3 } });
    near(risk.marketer!.successRate, (2 * 0.25) / 3);
    expect(risk.deltaPresence).toBeNull();
  });
});
