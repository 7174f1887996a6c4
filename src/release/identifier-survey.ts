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

const AT = 0x40;
/** Runs of letters and digits longer than any identifier are tokens. */
const LONGEST_WORD = 20;
const FEWEST_DIGITS = 5;

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
  let digits = 0;
  let word = true;
  for (let i = from; i < to; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x30 && byte <= 0x39) digits++;
    else if (byte === AT) return true;
    else if (byte >= 0x80) {
      word = false;
      if (byte === 0xef) digits++; // full-width digits
    } else if (byte < 0x30 || (byte > 0x39 && byte < 0x41) || byte > 0x7a) word = false;
  }
  if (digits < FEWEST_DIGITS) return false;
  const length = to - from;
  if (!word) return true;
  return length <= LONGEST_WORD && (digits < length || digits >= 9);
}
