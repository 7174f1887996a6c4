import type { Dialect } from '../rules/plan.ts';

/** A decoded cell and whether it stood in quotes. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/** A record's cells and what ended it; or the cell that is followed by what no delimiter is. */
export type Quoting =
  | { readonly cells: readonly Cell[]; readonly newline: '\n' | '\r\n' | '' }
  | { readonly faulty: number };

/**
 * Finds out which cells of a record stood in quotes, by laying the parsed cells over its text. That also catches
 * a record that a parser took for something else: csv-parse lets a comment mark follow a closing quote.
 * @param record text of one record with its line end
 * @param texts its cells, as parsed
 */
export function quotingOf(record: string, texts: readonly string[], dialect: Dialect): Quoting {
  const { delimiter, quote } = dialect;
  const cells: Cell[] = [];
  let at = 0;
  for (const text of texts) {
    if (cells.length > 0) {
      if (!record.startsWith(delimiter, at)) return { faulty: cells.length - 1 };
      at += delimiter.length;
    }
    const quoted = record.startsWith(quote, at);
    at = quoted ? closedAt(record, at + quote.length, dialect) : at + text.length;
    cells.push({ text, quoted });
  }
  const newline = record.slice(at);
  if (newline === '' || newline === '\n' || newline === '\r\n') return { cells, newline };
  return { faulty: cells.length - 1 };
}

/** Where a quoted cell ends, behind its closing quote. */
function closedAt(record: string, start: number, { quote, escape: mark }: Dialect): number {
  let at = start;
  for (;;) {
    const end = record.indexOf(quote, at);
    if (end < 0) return record.length;
    if (mark === quote) {
      if (!record.startsWith(quote, end + quote.length)) return end + quote.length;
      at = end + 2 * quote.length;
    } else {
      const escaped = record.indexOf(mark, at);
      if (escaped < 0 || escaped > end) return end + quote.length;
      at = escaped + mark.length + 1;
    }
  }
}
