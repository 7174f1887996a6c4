import type { Arena, Column } from './arena.ts';
import { columnLength } from './arena.ts';
import type { Kernels } from './module.ts';

/**
 * Reads the cells of a column as strings; plain ASCII columns are decoded at once. The reader has a copy of the
 * column: kernel memory may grow while it is in use, and views of it are empty from then on.
 */
export function columnReader(kernels: Kernels, column: Column): (row: number) => string {
  const first = column.offsets >> 2;
  const ends = kernels.i32.slice(first, first + column.rows + 1);
  const length = columnLength(kernels, column);
  const view = Buffer.from(kernels.u8.buffer, column.bytes, length);
  const text = view.toString('utf8');
  // As many characters as bytes: ASCII only, so offsets in the text are offsets in the bytes.
  if (text.length === length) return (row) => text.slice(ends[row]!, ends[row + 1]!);
  const bytes = Buffer.from(view);
  return (row) => bytes.toString('utf8', ends[row]!, ends[row + 1]!);
}

/**
 * Puts strings into a new column.
 * @throws RangeError when halves of a surrogate pair in neighbouring cells have become one character
 */
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
    if (end !== encoded.length) throw new RangeError('cells are not well-formed');
  }
  return { offsets, bytes, rows };
}
