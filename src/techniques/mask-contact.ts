import { keepEnds } from './mask-keep.ts';
import { Invalid } from './technique.ts';

const NO_EMAIL = new Invalid({ en: 'not one email address', ko: '전자우편 주소 하나가 아닙니다' });
const NO_PHONE = new Invalid({ en: 'not a Korean phone number', ko: '국내 전화번호가 아닙니다' });

/** A bare address: no display name, no quoted local part, a domain of at least two labels. */
const EMAIL = /^([^\s@,;:<>()"[\]\\\p{Cc}]+)(@(?:[\p{L}\p{M}\p{N}-]+\.)+[\p{L}\p{M}\p{N}-]+)$/u;

/** How many mask characters stand for the local part, however long it is. */
const LOCAL_PART = 3;

/** Keeps the domain of an email address and at most the `first` graphemes of its local part. */
export function maskEmail(first: number, char: string): (value: string) => string | Invalid {
  const maskLocal = keepEnds(first, 0, () => char.repeat(LOCAL_PART));
  return (value) => {
    const [, local, domain] = EMAIL.exec(value) ?? [];
    return local === undefined ? NO_EMAIL : maskLocal(local) + domain;
  };
}

/**
 * Korean phone numbers with their separators (hyphen, dot, space, parentheses around the code, or none):
 * 02, three-digit area and service codes (031, 010, 070, 080 …), 050x, each also as +82 without its 0,
 * and the eight-digit numbers of businesses (1588-0000).
 */
const PHONE = [
  /^((?:\+82[-. ]?(?:\(0\)|0)?|\(?0)(?:2|50[0-9]|[13-9][0-9])\)?[-. ]?)([0-9]{3,4}[-. ]?[0-9]{4})$/,
  /^(1[568][0-9]{2}[-. ]?)([0-9]{4})$/,
];

/** Keeps the area or service code of a phone number and its separators; masks every other digit. */
export function maskPhone(char: string): (value: string) => string | Invalid {
  return (value) => {
    for (const form of PHONE) {
      const [, code, number] = form.exec(value) ?? [];
      if (code !== undefined) return code + number!.replace(/[0-9]/g, () => char);
    }
    return NO_PHONE;
  };
}
