import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uint128, unitAt } from '../../src/techniques/draw-number.ts';
import { noise } from '../../src/techniques/noise.ts';
import { cosineOfTurn, naturalLog } from '../../src/techniques/reproducible-math.ts';
import { EXAMPLE_KEY } from '../../src/techniques/technique.ts';
import { mistakes } from './compile.ts';

const compile = (params: object) =>
  noise.compile(params, { column: 'v', header: ['v'], key: () => EXAMPLE_KEY });
const draws = Array.from({ length: 20_000 }, (_, i) => createHash('sha256').update(String(i)).digest());
const anyDraw = fc.uint8Array({ minLength: 32, maxLength: 32 });
const distributions = ['laplace', 'gaussian', 'uniform'] as const;

describe('numbers from a draw', () => {
  it('reads 53 bits, most significant first', () => {
    const bytes = Uint8Array.from([
      0,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0xff,
      0x80,
      ...Array(22).fill(0),
    ]);
    expect(unitAt(bytes, 1)).toBe(1 - 2 ** -53);
    expect(unitAt(bytes, 9)).toBe(0.5);
    expect(unitAt(bytes, 10)).toBe(0);
    expect(unitAt(bytes, 0)).toBe((2 ** 45 - 1) / 2 ** 53);
  });

  it('reads 128 bits, most significant first, wherever the draw lies in its buffer', () => {
    fc.assert(
      fc.property(anyDraw, fc.nat({ max: 7 }), (bytes, at) => {
        const moved = new Uint8Array(64).subarray(at, at + 32);
        moved.set(bytes);
        expect(uint128(moved)).toBe(BigInt(`0x${Buffer.from(bytes.subarray(0, 16)).toString('hex')}`));
        const high = BigInt(`0x${Buffer.from(bytes.subarray(8, 16)).toString('hex')}`) >> 11n;
        expect(unitAt(moved, 8)).toBe(Number(high) / 2 ** 53);
      }),
    );
  });
});

describe('functions made of the four operations', () => {
  it('agrees with Math.log to the last digits', () => {
    for (const x of [1, 2 ** -53, 0.5, Math.SQRT1_2, 0.7, 1 - 2 ** -53])
      expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * (1 + Math.abs(Math.log(x))));
    fc.assert(
      fc.property(fc.double({ min: 2 ** -53, max: 1, noNaN: true }), (x) => {
        expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThanOrEqual(
          4e-16 * (1 + Math.abs(Math.log(x))),
        );
      }),
    );
  });

  it('agrees with Math.cos to the last digits', () => {
    expect([0, 0.25, 0.5, 0.75].map(cosineOfTurn).map((x) => x + 0)).toEqual([1, 0, -1, 0]);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (turn) => {
        expect(Math.abs(cosineOfTurn(turn) - Math.cos(2 * Math.PI * turn))).toBeLessThan(2e-15);
      }),
    );
  });
});

describe.each([
  ['laplace', 100, Math.SQRT2 * 100],
  ['gaussian', 100, 100],
  ['uniform', 100, 100 / Math.sqrt(3)],
] as const)('%s noise of scale %d', (distribution, scale, deviation) => {
  const noisy = draws.map((draw) => Number(compile({ distribution, scale }).cell('1000', draw)) - 1000);

  it('has mean 0 and its standard deviation', () => {
    const mean = noisy.reduce((sum, x) => sum + x, 0) / noisy.length;
    const variance = noisy.reduce((sum, x) => sum + (x - mean) ** 2, 0) / noisy.length;
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(noisy.length));
    expect(Math.sqrt(variance) / deviation).toBeGreaterThan(0.96);
    expect(Math.sqrt(variance) / deviation).toBeLessThan(1.04);
  });

  it('is as often above as below', () => {
    const above = noisy.filter((x) => x > 0).length / noisy.length;
    expect(above).toBeGreaterThan(0.48);
    expect(above).toBeLessThan(0.52);
  });
});

it('has the tails of its distribution: 1 in e² of Laplace, 4.6 % of Gauss, none of uniform beyond two scales', () => {
  const beyond = (distribution: string) =>
    draws.filter((draw) => Math.abs(Number(compile({ distribution, scale: 1000 }).cell('0', draw))) > 2000)
      .length / draws.length;
  expect(beyond('laplace')).toBeCloseTo(Math.exp(-2), 2);
  expect(beyond('gaussian')).toBeCloseTo(0.0455, 2);
  expect(beyond('uniform')).toBe(0);
});

it('keeps integers integers and as many decimals as the cell has, or as the rules say', () => {
  fc.assert(
    fc.property(
      anyDraw,
      fc.constantFrom(...distributions),
      fc.bigInt(),
      fc.nat({ max: 9 }),
      (draw, distribution, n, d) => {
        const text = `${n}${d > 0 ? `.${'7'.repeat(d)}` : ''}`;
        const decimals = (result: unknown) => (String(result).split('.')[1] ?? '').length;
        expect(decimals(compile({ distribution, scale: 3 }).cell(text, draw))).toBeLessThanOrEqual(d);
        expect(
          decimals(compile({ distribution, scale: 3, decimals: 2 }).cell(text, draw)),
        ).toBeLessThanOrEqual(2);
      },
    ),
  );
});

it('adds the same to a huge number, to the last digit', () => {
  fc.assert(
    fc.property(anyDraw, fc.constantFrom(...distributions), fc.bigInt(), (draw, distribution, value) => {
      const { cell } = compile({ distribution, scale: 1_000_000 });
      const added = BigInt(cell('0', draw) as string);
      expect(cell(String(value), draw)).toBe(String(value + added));
    }),
  );
});

it('lets no digits of the value through that are finer than the noise', () => {
  const { cell } = compile({ distribution: 'uniform', scale: 1 });
  const fine = cell('5.00000000000000000000123456789', draws[0]!) as string;
  expect(fine.split('.')[1]!.length).toBeLessThanOrEqual(15);
});

it('stays within its bounds', () => {
  fc.assert(
    fc.property(anyDraw, fc.constantFrom(...distributions), fc.integer(), (draw, distribution, value) => {
      const result = Number(
        compile({ distribution, scale: 1e9, min: '-10.5', max: 1000 }).cell(`${value}`, draw),
      );
      expect(result).toBeGreaterThanOrEqual(-10.5);
      expect(result).toBeLessThanOrEqual(1000);
    }),
  );
});

it.each([
  { distribution: 'laplace', scale: 0 },
  { distribution: 'laplace', scale: '1e3' },
  { distribution: 'laplace', scale: '1000000000001' },
  { distribution: 'poisson', scale: 1 },
  { distribution: 'uniform', scale: 1, min: 2, max: 1 },
  { distribution: 'uniform', scale: 1, min: 'low', max: 1 },
  { distribution: 'uniform', scale: 1, decimals: 1.5 },
  { distribution: 'uniform' },
])('refuses %j', (params) => {
  expect(mistakes(noise, params)).toHaveLength(1);
});
