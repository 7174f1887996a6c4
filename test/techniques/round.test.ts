import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { round } from '../../src/techniques/round.ts';
import { EXAMPLE_KEY, Invalid } from '../../src/techniques/technique.ts';
import { compileExample, mistakes } from './compile.ts';

const rounded = (value: string, multiple: string, mode: string) =>
  compileExample(round, { 'multiple-of': multiple, mode })(value);

const numbers = fc.tuple(
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  fc.bigInt({ min: 1n, max: 10n ** 12n }),
);

describe('whole numbers of any length', () => {
  it('rounds down to the greatest multiple that is not greater', () => {
    fc.assert(
      fc.property(numbers, ([value, multiple]) => {
        const result = BigInt(rounded(String(value), String(multiple), 'down') as string);
        expect(result % multiple).toBe(0n);
        expect(result <= value && value < result + multiple).toBe(true);
      }),
    );
  });

  it('rounds up to the least multiple that is not less', () => {
    fc.assert(
      fc.property(numbers, ([value, multiple]) => {
        const result = BigInt(rounded(String(value), String(multiple), 'up') as string);
        expect(result % multiple).toBe(0n);
        expect(result - multiple < value && value <= result).toBe(true);
      }),
    );
  });

  it('rounds to the nearest multiple, the one farther from zero of two', () => {
    fc.assert(
      fc.property(numbers, ([value, multiple]) => {
        const result = BigInt(rounded(String(value), String(multiple), 'nearest') as string);
        expect(result % multiple).toBe(0n);
        const magnitude = value < 0n ? -value : value;
        const distance = 2n * ((result < 0n ? -result : result) - magnitude);
        expect(-multiple < distance && distance <= multiple).toBe(true);
        expect(result * value >= 0n).toBe(true);
      }),
    );
  });

  it('rounds at random to one of the two neighbours, or not at all', () => {
    fc.assert(
      fc.property(numbers, ([value, multiple]) => {
        const result = BigInt(rounded(String(value), String(multiple), 'random') as string);
        expect(result % multiple).toBe(0n);
        expect(result - multiple < value && value < result + multiple).toBe(true);
      }),
    );
  });
});

it('treats fractions as the whole numbers they are at their scale', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1 }),
      fc.constantFrom('nearest', 'down', 'up'),
      (a, m, mode) => {
        const scaled = rounded(`${a}`, `${m}`, mode) as string;
        const value = `${a < 0 ? '-' : ''}${String(Math.abs(a))
          .padStart(4, '0')
          .replace(/(...)$/, '.$1')}`;
        const multiple = String(m)
          .padStart(4, '0')
          .replace(/(...)$/, '.$1');
        expect(Number(rounded(value, multiple, mode))).toBeCloseTo(Number(scaled) / 1000, 6);
      },
    ),
  );
});

it('keeps the expected value when it rounds at random', () => {
  const context = { column: 'v', header: ['v'], key: () => EXAMPLE_KEY };
  const { cell, draw } = round.compile({ 'multiple-of': 100, mode: 'random' }, context);
  expect(draw).toEqual({ purpose: 'round', column: 'v', over: 'record' });
  const draws = Array.from({ length: 4000 }, (_, i) => createHash('sha256').update(String(i)).digest());
  const ups = draws.filter((bytes) => cell('130', bytes) === '200').length;
  expect(draws.filter((bytes) => cell('130', bytes) === '100')).toHaveLength(4000 - ups);
  expect(ups / 4000).toBeGreaterThan(0.27);
  expect(ups / 4000).toBeLessThan(0.33);
});

it.each([
  [
    { 'multiple-of': 10000, mode: 'down' },
    { kind: 'round', multiple: 10000, mode: 'down' },
  ],
  [
    { 'multiple-of': '10000', mode: 'nearest' },
    { kind: 'round', multiple: 10000, mode: 'nearest' },
  ],
  [{ 'multiple-of': '0.5', mode: 'up' }, undefined],
  [{ 'multiple-of': '9007199254740993', mode: 'up' }, undefined],
  [{ 'multiple-of': 10, mode: 'random' }, undefined],
])('asks for a kernel only where one may serve: %j', (params, kernel) => {
  const compiled = round.compile(params, { column: 'v', header: ['v'], key: () => EXAMPLE_KEY });
  expect(compiled.kernel).toEqual(kernel);
});

it.each([0, -5, '0.00', '-1', 'ten', '1e3', 1e21, null, undefined])(
  'refuses %s as a multiple',
  (multiple) => {
    expect(mistakes(round, { 'multiple-of': multiple })).toHaveLength(1);
  },
);

it('refuses parameters it does not know', () => {
  expect(mistakes(round, { 'multiple-of': 10, multiple: 10 })).toHaveLength(1);
  expect(mistakes(round, { 'multiple-of': 10, mode: 'floor' })).toHaveLength(1);
  expect(mistakes(round, {})).toHaveLength(1);
});

it('gives every cell that is no number the same reason', () => {
  const reason = rounded('x', '10', 'down');
  expect(reason).toBeInstanceOf(Invalid);
  expect(rounded('9,999', '10', 'up')).toBe(reason);
});
