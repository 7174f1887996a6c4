import { Invalid, issue, type Zod } from './technique.ts';

/** An exact decimal number: units × 10^-scale, scale ≥ 0. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** A decimal as rules write it: a YAML number, or a string where a number would lose digits. */
export type DecimalParam = number | string;

export const NOT_A_NUMBER = new Invalid({
  en: 'not a plain decimal number such as 1200 or -3.5',
  ko: '1200이나 -3.5와 같은 십진수가 아닙니다',
});

const PLAIN = /^[+-]?[0-9]+(?:\.[0-9]+)?$/;

/**
 * Reads a plain decimal: optional sign, digits, optionally a point and digits. Of any length. No exponent, no
 * grouping (`1,000`), no blanks, ASCII digits only.
 * @returns undefined for anything else.
 */
export function parseDecimal(text: string): Decimal | undefined {
  if (!PLAIN.test(text)) return undefined;
  const point = text.indexOf('.');
  if (point < 0) return { units: BigInt(text), scale: 0 };
  return { units: BigInt(text.slice(0, point) + text.slice(point + 1)), scale: text.length - point - 1 };
}

/** The one way a number is written: no leading zeros or `+`, no trailing zeros of a fraction, no `-0`. */
export function formatDecimal({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const point = digits.length - scale;
  let end = digits.length;
  while (end > point && digits[end - 1] === '0') end--;
  const fraction = digits.slice(point, end);
  return sign + digits.slice(0, point) + (fraction && `.${fraction}`);
}

/** The units of a decimal at a scale not smaller than its own. */
export function unitsAt(decimal: Decimal, scale: number): bigint {
  return scale === decimal.scale ? decimal.units : decimal.units * 10n ** BigInt(scale - decimal.scale);
}

/** Negative, zero or positive as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Quotient rounded towards minus infinity; the divisor is positive. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}

/** Quotient rounded to the nearest integer, halves away from zero; the divisor is positive. */
export function nearestDivide(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const quotient = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -quotient : quotient;
}

/** The value of a parameter that `decimalParam` has accepted. */
export function decimal(param: DecimalParam): Decimal {
  return parseDecimal(String(param))!;
}

/** Schema of a decimal parameter. Later refinements see only values that `decimal` can read. */
export function decimalParam(z: Zod) {
  return z.union([z.number(), z.string()]).refine((value) => parseDecimal(String(value)) !== undefined, {
    ...issue({
      en: 'a plain decimal number is expected; quote one that is very large or very small',
      ko: '십진수여야 합니다. 아주 크거나 작은 수는 따옴표로 묶으십시오',
    }),
    abort: true,
  });
}

/** Schema of a decimal parameter greater than 0. */
export function positiveParam(z: Zod) {
  return decimalParam(z).refine((value) => decimal(value).units > 0n, {
    ...issue({ en: 'a number greater than 0 is expected', ko: '0보다 큰 수여야 합니다' }),
    abort: true,
  });
}
