import type { NormalizeStep } from '../techniques/normalize.ts';
import { type Arena, type Column, columnLength } from './arena.ts';
import type { Kernels } from './module.ts';
import { type Treated, treat } from './treated.ts';

/** The kernel's codes; on the cells it treats the normalization forms change nothing. */
const CODES: Readonly<Record<NormalizeStep, readonly number[]>> = {
  trim: [0],
  'collapse-space': [1],
  digits: [2],
  upper: [3],
  lower: [4],
  nfc: [],
  nfkc: [],
};

/** Applies the steps to the cells of printable ASCII, Hangul syllables and Han; the others fall back. */
export function normalize(arena: Arena, column: Column, steps: readonly NormalizeStep[]): Treated {
  if (steps.length === 0) return { column, fallback: new Int32Array(), fallbackAt: 0 };
  const { kernels } = arena;
  const { rows } = column;
  const codes = steps.flatMap((step) => CODES[step]);
  const codesAt = arena.allocate(codes.length);
  kernels.u8.set(codes, codesAt);
  return treat(arena, rows, columnLength(kernels, column), (offsets, bytes, fallback) =>
    kernels.call.normalizeColumn(
      column.offsets,
      column.bytes,
      rows,
      codesAt,
      codes.length,
      offsets,
      bytes,
      fallback,
    ),
  );
}

/** Rows that had text before and have none after: values that keyed-hash refuses. */
export function emptiedRows(kernels: Kernels, before: Column, after: Column): number[] {
  const { i32 } = kernels;
  const isEmpty = ({ offsets }: Column, row: number) =>
    i32[(offsets >> 2) + row] === i32[(offsets >> 2) + row + 1];
  const rows: number[] = [];
  for (let row = 0; row < before.rows; row++) {
    if (isEmpty(after, row) && !isEmpty(before, row)) rows.push(row);
  }
  return rows;
}
