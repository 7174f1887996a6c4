import { isBusinessNumber, isCorporationNumber, isLuhn, isResidentNumber } from './checksums.ts';

/** Direct identifiers that are known by their shape; the names that rules use (`release: holds:`). */
export const IDENTIFIERS = [
  'rrn',
  'phone',
  'email',
  'card',
  'account',
  'passport',
  'driving-licence',
  'vehicle-plate',
  'business-no',
  'corporate-no',
] as const;
export type Identifier = (typeof IDENTIFIERS)[number];

/**
 * How sure a find is. `certain`: written as such numbers are, with separators, letters or a place of issue.
 * `bare`: a run of digits that fits; other numbers of that length fit by chance, so that only their share in a
 * column tells.
 */
export type Evidence = 'certain' | 'bare';

export type Report = (identifier: Identifier, evidence: Evidence) => void;

/** Dashes of all kinds, with the vowel ㅡ (U+1173 after NFKC) that is typed in their place. */
const SEPARATORS = '-.~·\u1173\u2010-\u2015\u2212 ';
const separator = `[${SEPARATORS}]`;
const spaced = `(?: ?[${SEPARATORS}] ?)`;
/** Neither inside a longer word or number nor a group of one: `…12-` before, `-34…` after. */
const start = `(?<![0-9A-Za-z*]|[0-9A-Za-z*][-._]|[0-9]:)`;
const end = `(?![0-9A-Za-z*]|[-._:][0-9A-Za-z*])`;
const pattern = (body: string) => new RegExp(`${start}(?:${body})${end}`, 'g');
/** For groups of digits that are no part of a word even where letters stand beside them: `TEL.010-…`, `id_800101-…`. */
const startBesideLetters = `(?<![0-9*]|[0-9*][-._]|[0-9]:)`;
const endBesideLetters = `(?![0-9*]|[-._:][0-9*])`;
/** A letter behind a hyphen is that of a UUID. */
const endBeforeSentence = `(?![0-9A-Za-z*]|[-_:][0-9A-Za-z*]|\\.[0-9*])`;

const MONTH_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const REGIONS = '서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주';
const PLATE_LETTERS =
  '[가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자배하허호육해공국합]';

/** Area codes, mobile prefixes and the like, after the 0 that they are dialled with. */
const MOBILE_CODES = '1[016789]';
const DIAL_CODES = `(?:${MOBILE_CODES}|2|[3-6]\\d|70|80|50\\d)`;
/** The 0, or the code of the country in its place. */
const DIALLED = `(?:\\+?82${separator}?\\(?0?\\)?|\\(?0)`;

interface Shape {
  readonly identifier: Identifier;
  readonly pattern: RegExp;
  /** What its digits must satisfy besides. */
  fits?(digits: string, written: string): boolean;
}

/** The more specific first: a text counts once. */
const SHAPES: readonly Shape[] = [
  { identifier: 'passport', pattern: pattern('[MSRGDOP]\\d{8}|[MSRGDOP]\\d{3}[A-Z]\\d{4}') },
  {
    identifier: 'vehicle-plate',
    pattern: pattern(`(?:${REGIONS}) ?\\d{1,3} ?${PLATE_LETTERS} ?\\d{4}|\\d{2,3}${PLATE_LETTERS}\\d{4}`),
  },
  { identifier: 'vehicle-plate', pattern: new RegExp(`^\\s*\\d{2,3} ?${PLATE_LETTERS} \\d{4}\\s*$`, 'g') },
  {
    identifier: 'driving-licence',
    pattern: pattern(
      `(?:${REGIONS})[ -]?\\d{2}${separator}\\d{6}${separator}\\d{2}|(?:1[1-9]|2[0-8])-\\d{2}-\\d{6}-\\d{2}`,
    ),
  },
  {
    identifier: 'rrn',
    pattern: new RegExp(
      `${startBesideLetters}(?:19|20)?\\d{2}${MONTH_DAY}${spaced}\\d{7}${endBesideLetters}`,
      'g',
    ),
  },
  { identifier: 'corporate-no', pattern: pattern(`\\d{6}${separator}\\d{7}`), fits: isCorporationNumber },
  {
    identifier: 'card',
    pattern: pattern(
      `\\d{4}${separator}(?:\\d{4}${separator}\\d{4}${separator}\\d{3,4}|\\d{6}${separator}\\d{5})`,
    ),
    fits: isCard,
  },
  {
    identifier: 'phone',
    pattern: new RegExp(
      `${startBesideLetters}${DIALLED}${DIAL_CODES}\\)?${separator}{1,2}\\d{3,4}${separator}\\d{4}${endBeforeSentence}`,
      'g',
    ),
  },
  {
    identifier: 'phone',
    pattern: new RegExp(
      `${startBesideLetters}${DIALLED}${MOBILE_CODES}\\)?${separator}{0,2}\\d{3,4}${separator}?\\d{4}${endBeforeSentence}`,
      'g',
    ),
    fits: (_, written) => /\D/.test(written),
  },
  {
    identifier: 'business-no',
    pattern: pattern(`\\d{3}${separator}\\d{2}${separator}\\d{5}`),
    fits: isBusinessNumber,
  },
  { identifier: 'account', pattern: pattern('\\d{2,6}(?:-\\d{2,7}){2,3}'), fits: isAccount },
];

const LOCAL_PART = /[\p{L}\p{N}._%+-]+$/u;
const DOMAIN = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u;
/** RFC 5321, 4.5.3.1: longest local part and domain. */
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 255;
const BARE = pattern('\\d{9,16}');
const RESIDENT_DATE = new RegExp(`^\\d{2}${MONTH_DAY}`);
const BARE_PHONE = /^(?:(?:0|82)1[016789]\d{7,8}|02\d{7,8}|0(?:[3-6]\d|70|80)\d{7,8})$/;

const NOT_ASCII = /[^ -~]/;
/** What every shape has that is no e-mail address and no bare number: groups of digits, or a letter beside digits. */
const GROUPED = new RegExp(`\\d[)${SEPARATORS}]{1,3}\\d|\\+82|[A-Z가-힣] ?\\d{3}`);
/** Format characters, which nobody sees: zero-width spaces, soft hyphens. */
const INVISIBLE = /\p{Cf}/gu;

/** Finds the shapes of direct identifiers in one cell. */
export function findIdentifiers(cell: string, report: Report): void {
  const text = NOT_ASCII.test(cell) ? cell.normalize('NFKC').replace(INVISIBLE, '') : cell;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (isAddress(text, at)) report('email', 'certain');
  }
  const rest = GROUPED.test(text) ? withoutShapes(text, report) : text;
  for (const [digits] of rest.matchAll(BARE)) {
    const identifier = bareIdentifier(digits);
    if (identifier !== undefined) report(identifier, 'bare');
  }
}

/** Reports the shapes in a text. @returns the text without them */
function withoutShapes(text: string, report: Report): string {
  let rest = text;
  for (const { identifier, pattern: shape, fits } of SHAPES) {
    rest = rest.replace(shape, (written) => {
      if (fits?.(written.replace(/\D/g, ''), written) === false) return written;
      report(identifier, 'certain');
      return '·';
    });
  }
  return rest;
}

/** Whether a cell counts among those that a bare find is measured by. */
export function isBareNumber(cell: string): boolean {
  return cell.search(BARE) >= 0;
}

function bareIdentifier(digits: string): Identifier | undefined {
  if (BARE_PHONE.test(digits)) return 'phone';
  if (digits.length === 13) {
    if (RESIDENT_DATE.test(digits) && isResidentNumber(digits)) return 'rrn';
    return isCorporationNumber(digits) ? 'corporate-no' : undefined;
  }
  if (digits.length === 10) return isBusinessNumber(digits) ? 'business-no' : undefined;
  return (digits.length === 15 || digits.length === 16) && isCard(digits) ? 'card' : undefined;
}

/** Issuers' prefixes: Visa, Mastercard, American Express, JCB, Discover, UnionPay, and Korean domestic (9). */
function isCard(digits: string): boolean {
  return /^(?:3[4567]|4|5[1-5]|2[2-7]|6|9)/.test(digits) && isLuhn(digits);
}

/** Account numbers have no check digit: 10 to 14 digits in three or four groups, and not a date in front. */
function isAccount({ length }: string, written: string): boolean {
  return length >= 10 && length <= 14 && !/^(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-/.test(written);
}

/** Whether an e-mail address stands around an @. A local part of one character again and again is a mask. */
function isAddress(text: string, at: number): boolean {
  const local = LOCAL_PART.exec(text.slice(Math.max(0, at - LONGEST_LOCAL), at))?.[0];
  if (local === undefined || !DOMAIN.test(text.slice(at + 1, at + 1 + LONGEST_DOMAIN))) return false;
  return local.length === 1 || new Set(local).size > 1;
}
