import { findIdentifiers, type Identifier, isBareNumber } from './identifiers.ts';

/** What was found in a column; never what stood there. */
export interface IdentifierFind {
  readonly column: string;
  readonly identifier: Identifier;
  /** Cells with at least one. */
  readonly cells: number;
}

/**
 * Bare numbers that fit an identifier by chance: at most 1 in 10 where there is a check digit. A column of real
 * ones is far above, a column of other numbers below.
 */
const CHANCE_SHARE = 0.2;

/** What a byte of UTF-8 may be; a byte can count as two. */
const DIGIT = 1;
const LETTER = 2;
const OTHER = 4;
const FOREIGN = 8;
const AT = 16;
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (byte === 0xef) return FOREIGN | DIGIT | AT; // full-width digits, full-width @
  if (byte >= 0x80) return FOREIGN;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[A-Za-z]/.test(character)) return LETTER;
  return character === '@' ? AT : OTHER;
});

const PLUS = 0x2b;
const DASH = 0x2d;
const SLASH = 0x2f;
const COLON = 0x3a;
const ZULU = 0x5a;
/** Runs of letters and digits longer than any identifier are tokens. */
const LONGEST_WORD = 20;
/** A plate has 5 digits or more; what is written without letters has 9. */
const FEWEST_DIGITS = 5;
const FEWEST_ALONE = 9;
const LONGEST_TIME = 35;

/** Counts cells with identifiers' shapes, column by column. */
export class IdentifierSurvey {
  readonly #columns: readonly string[];
  readonly #certain: Map<Identifier, number>[];
  readonly #bare: Map<Identifier, number>[];
  readonly #bareNumbers: number[];

  constructor(columns: readonly string[]) {
    this.#columns = columns;
    this.#certain = columns.map(() => new Map());
    this.#bare = columns.map(() => new Map());
    this.#bareNumbers = columns.map(() => 0);
  }

  look(column: number, cell: string): void {
    const found = new Map<Identifier, 'certain' | 'bare'>();
    findIdentifiers(cell, (identifier, evidence) => {
      if (found.get(identifier) !== 'certain') found.set(identifier, evidence);
    });
    if (isBareNumber(cell)) this.#bareNumbers[column]!++;
    for (const [identifier, evidence] of found) {
      const counts = (evidence === 'certain' ? this.#certain : this.#bare)[column]!;
      counts.set(identifier, (counts.get(identifier) ?? 0) + 1);
    }
  }

  finds(): IdentifierFind[] {
    return this.#columns.flatMap((column, index) => {
      const cells = new Map(this.#certain[index]);
      for (const [identifier, count] of this.#bare[index]!) {
        if (count >= CHANCE_SHARE * this.#bareNumbers[index]!) {
          cells.set(identifier, (cells.get(identifier) ?? 0) + count);
        }
      }
      return [...cells].map(([identifier, count]) => ({ column, identifier, cells: count }));
    });
  }
}

/**
 * Whether the bytes of a cell (UTF-8) could hold an identifier at all: most cells of a file can not, and are never
 * made into strings.
 */
export function mayHold(bytes: Uint8Array, from: number, to: number): boolean {
  let seen = 0;
  let digits = 0;
  for (let i = from; i < to; i++) {
    const kind = KINDS[bytes[i]!]!;
    seen |= kind;
    digits += kind & DIGIT;
  }
  if (seen & AT) return true;
  if (digits < FEWEST_DIGITS) return false;
  if ((seen & (LETTER | FOREIGN)) === 0 && digits < FEWEST_ALONE) return false;
  if ((seen & (OTHER | FOREIGN)) === 0) return to - from <= LONGEST_WORD;
  return (seen & FOREIGN) !== 0 || !isTime(bytes, from, to);
}

/** `2026-01-31 12:…` or with a T: a time, down to its offset, and nothing behind it. */
function isTime(bytes: Uint8Array, from: number, to: number): boolean {
  return (
    to - from >= 16 &&
    to - from <= LONGEST_TIME &&
    bytes[from + 4] === DASH &&
    bytes[from + 7] === DASH &&
    bytes[from + 13] === COLON &&
    bytes.subarray(from + 16, to - 1).every(isOfTime) &&
    (isOfTime(bytes[to - 1]!) || bytes[to - 1] === ZULU)
  );
}

/** Digits and `+ - . :`, between which no identifier begins. */
const isOfTime = (byte: number) => byte === PLUS || (byte >= DASH && byte <= COLON && byte !== SLASH);
