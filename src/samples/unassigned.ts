import { type CalendarDate, shortDate } from './calendar.ts';
import type { Draws } from './draws.ts';

const RRN_WEIGHTS = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/** The check digit that a resident registration number issued before October 2020 has, from its first 12 digits. */
export function residentCheckDigit(first12: string): number {
  const sum = RRN_WEIGHTS.reduce((total, weight, i) => total + weight * Number(first12[i]), 0);
  return (11 - (sum % 11)) % 10;
}

/**
 * A resident registration number that was never issued and never will be, for two reasons that hold together:
 * 1. its seventh digit is 9 (male) or 0 (female), which stands for a birth in 1800–1899. No such person is
 *    alive, so no number of this kind is issued any more; those that were issued date from before October 2020
 *    (from then on the last six digits are random) and therefore satisfy the check digit;
 * 2. its check digit is wrong.
 * The first six digits are those of `birth` and the seventh tells the sex, as in real numbers.
 */
export function drawResidentNumber(draws: Draws, birth: CalendarDate, sex: 'male' | 'female'): string {
  const first12 = `${shortDate(birth)}${sex === 'male' ? '9' : '0'}${draws.digits(5)}`;
  const last = (residentCheckDigit(first12) + draws.between(1, 9)) % 10;
  return `${first12.slice(0, 6)}-${first12.slice(6)}${last}`;
}

/**
 * A mobile number of the form 010-0xxx-xxxx or 010-1xxx-xxxx: exchange numbers begin with 2–9, so no
 * subscriber has one.
 */
export function drawMobile(draws: Draws): string {
  return `010-${draws.below(2)}${draws.digits(3)}-${draws.digits(4)}`;
}

/** A landline number of an area, its exchange number beginning with 0 or 1: unassigned for the same reason. */
export function drawLandline(draws: Draws, areaCode: string): string {
  return `${areaCode}-${draws.below(2)}${draws.digits(2)}-${draws.digits(4)}`;
}

/** A 16-digit card number with a wrong Luhn digit. */
export function drawCardNumber(draws: Draws): string {
  const first15 = `${draws.pick(['4', '5', '9'])}${draws.digits(14)}`;
  const last = (luhnDigit(first15) + draws.between(1, 9)) % 10;
  return `${first15}${last}`.replace(/(\d{4})(?=\d)/g, '$1-');
}

/** The digit that completes a number under the Luhn rule (ISO/IEC 7812-1 annex B). */
export function luhnDigit(digits: string): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** A number plate with 카, 타, 파 or 차, which are not used on plates. */
export function drawPlate(draws: Draws): string {
  return `${draws.between(100, 699)}${draws.pick(['카', '타', '파', '차'])}${draws.between(1000, 9999)}`;
}

/** Banks that do not exist, so that an account number belongs to nobody. */
export const BANKS = ['가명은행', '예시은행', '견본은행', '표본저축은행'] as const;

export function drawAccount(draws: Draws): string {
  return `${draws.digits(3)}-${draws.digits(2)}-${draws.digits(6)}`;
}

/** Mail domains reserved for examples (RFC 2606). */
export const MAIL_DOMAINS = ['example.com', 'example.net', 'example.org', 'mail.example'] as const;

/** An IPv4 address of a block reserved for documentation (RFC 5737). */
export function drawDocumentationIPv4(draws: Draws): string {
  return `${draws.pick(['192.0.2', '198.51.100', '203.0.113'])}.${draws.between(1, 254)}`;
}

/** An IPv6 address of the block reserved for documentation (RFC 3849), in the form of RFC 5952. */
export function drawDocumentationIPv6(draws: Draws): string {
  const subnet = draws.between(1, 0xff).toString(16);
  return `2001:db8:${subnet}::${draws.between(1, 0xffff).toString(16)}`;
}
