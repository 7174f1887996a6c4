import type { Shape } from './shape.ts';

/** How much text is handed over at a time, in UTF-16 code units. */
const PIECE = 1 << 20;

/**
 * The CSV text of a sample (RFC 4180, LF, header first; cells quoted only where they must be), in pieces of
 * about a million characters that end at record ends.
 */
export function* csvText(shape: Shape, rows: number, seed: number): Generator<string> {
  const record = shape.records(seed);
  let text = csvLine(shape.header);
  for (let i = 0; i < rows; i++) {
    text += csvLine(record(i));
    if (text.length >= PIECE) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function csvLine(cells: readonly string[]): string {
  let line = csvCell(cells[0]!);
  for (let i = 1; i < cells.length; i++) line += `,${csvCell(cells[i]!)}`;
  return `${line}\n`;
}

function csvCell(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
