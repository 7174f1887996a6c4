import type { Arena, Column } from './arena.ts';
import { columnLength } from './arena.ts';
import type { Kernels } from './module.ts';

/** Reads the cells of a column as strings; plain ASCII columns are decoded at once. */
export function columnReader(kernels: Kernels, column: Column): (row: number) => string {
  const { offsets, bytes } = column;
  const heap = kernels.i32;
  const first = offsets >> 2;
  const length = columnLength(kernels, column);
  const buffer = Buffer.from(kernels.u8.buffer, bytes, length);
  const text = buffer.toString('utf8', 0, length);
  // As many characters as bytes: ASCII only, so offsets in the text are offsets in the bytes.
  return text.length === length
    ? (row) => text.slice(heap[first + row]!, heap[first + row + 1]!)
    : (row) => buffer.toString('utf8', heap[first + row]!, heap[first + row + 1]!);
}

/** Puts strings into a new column. */
export function writeColumn(arena: Arena, cells: readonly string[]): Column {
  const rows = cells.length;
  const offsets = arena.allocate((rows + 1) * 4);
  const encoded = Buffer.from(cells.join(''), 'utf8');
  const bytes = arena.allocate(encoded.length);
  const { u8, i32 } = arena.kernels;
  u8.set(encoded, bytes);
  const first = offsets >> 2;
  let end = 0;
  i32[first] = 0;
  let characters = 0;
  for (let row = 0; row < rows; row++) {
    characters += cells[row]!.length;
    i32[first + row + 1] = characters;
  }
  if (characters !== encoded.length) {
    for (let row = 0; row < rows; row++) {
      end += Buffer.byteLength(cells[row]!, 'utf8');
      i32[first + row + 1] = end;
    }
  }
  return { offsets, bytes, rows };
}
