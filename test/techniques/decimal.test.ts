import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  compareDecimals,
  floorDivide,
  formatDecimal,
  nearestDivide,
  parseDecimal,
} from '../../src/techniques/decimal.ts';

const decimals = fc.tuple(fc.bigInt(), fc.nat({ max: 30 })).map(([units, scale]) => ({ units, scale }));

it.each([
  ['0', '0'],
  ['-0', '0'],
  ['-0.000', '0'],
  ['+7', '7'],
  ['007', '7'],
  ['12.50', '12.5'],
  ['-0.05', '-0.05'],
  ['1000', '1000'],
  ['100.00', '100'],
  ['00000000000000000000123456789012345678901234567890.10', '123456789012345678901234567890.1'],
])('reads %s and writes %s', (text, written) => {
  expect(formatDecimal(parseDecimal(text)!)).toBe(written);
});

it.each(
  [
    '',
    ' ',
    '5 ',
    ' 5',
    '1e5',
    'NaN',
    'Infinity',
    '1,000',
    '.5',
    '5.',
    '--5',
    '+-5',
    '0x10',
    '５',
    '1_0',
    '5\n',
    '1.2.3',
  ].map((text) => [JSON.stringify(text), text] as const),
)('takes %s for no number', (_, text) => {
  expect(parseDecimal(text)).toBeUndefined();
});

it('writes one text for one number, and reads it back', () => {
  fc.assert(
    fc.property(decimals, fc.nat({ max: 5 }), (decimal, zeros) => {
      const written = formatDecimal(decimal);
      expect(written).toMatch(/^(?:0|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9]|-?[1-9][0-9]*)$/);
      expect(compareDecimals(parseDecimal(written)!, decimal)).toBe(0);
      const padded = { units: decimal.units * 10n ** BigInt(zeros), scale: decimal.scale + zeros };
      expect(formatDecimal(padded)).toBe(written);
    }),
  );
});

it('compares as numbers do', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.nat({ max: 3 }), fc.nat({ max: 3 }), (a, b, i, j) => {
      const left = { units: BigInt(a), scale: i };
      const right = { units: BigInt(b), scale: j };
      expect(compareDecimals(left, right)).toBe(Math.sign(a * 10 ** j - b * 10 ** i) + 0);
    }),
  );
});

it('divides by rounding down, or to the nearest with halves away from zero', () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 1000 }), (a, b) => {
      expect(floorDivide(BigInt(a), BigInt(b))).toBe(BigInt(Math.floor(a / b)));
      const nearest = Math.sign(a) * Math.floor((Math.abs(a) * 2 + b) / (b * 2));
      expect(nearestDivide(BigInt(a), BigInt(b))).toBe(BigInt(nearest));
    }),
  );
});

it('takes numbers of a hundred thousand digits', () => {
  const digits = `1${'0'.repeat(100_000)}`;
  expect(formatDecimal(parseDecimal(digits)!)).toBe(digits);
  expect(formatDecimal(parseDecimal(`0.${digits}5`)!)).toBe(`0.${digits}5`);
});
