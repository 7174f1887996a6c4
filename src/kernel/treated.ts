import { type Arena, type Column, columnLength } from './arena.ts';
import { writeColumn } from './text-column.ts';

/**
 * A column that a kernel has treated. Cells that it could not treat exactly as the technique's `cell` does are
 * empty; whoever called computes them with `cell` and puts them in with `complete`.
 */
export interface Treated {
  readonly column: Column;
  /** Rows that are still to be treated, ascending. */
  readonly fallback: Int32Array;
  /** Address of the same rows. */
  readonly fallbackAt: number;
}

type Treatment = (outOffsets: number, outBytes: number, fallback: number) => number;

/**
 * Allocates what a kernel writes and calls it.
 * @param bound bytes that the result's cells may take together
 * @param treatment calls the kernel with the addresses it writes to; returns how many rows it listed
 */
export function treat(arena: Arena, rows: number, bound: number, treatment: Treatment): Treated {
  const offsets = arena.allocate((rows + 1) * 4);
  const bytes = arena.allocate(bound);
  const fallbackAt = arena.allocate(rows * 4);
  const listed = treatment(offsets, bytes, fallbackAt);
  const first = fallbackAt >> 2;
  const fallback = arena.kernels.i32.slice(first, first + listed);
  return { column: { offsets, bytes, rows }, fallback, fallbackAt };
}

/** The column with `cells[k]` in row `fallback[k]`. */
export function complete(arena: Arena, treated: Treated, cells: readonly string[]): Column {
  const { column, fallbackAt } = treated;
  if (cells.length === 0) return column;
  const { rows } = column;
  const added = writeColumn(arena, cells);
  const { kernels } = arena;
  const offsets = arena.allocate((rows + 1) * 4);
  const bytes = arena.allocate(columnLength(kernels, column) + columnLength(kernels, added));
  kernels.call.spliceColumn(
    column.offsets,
    column.bytes,
    rows,
    fallbackAt,
    cells.length,
    added.offsets,
    added.bytes,
    offsets,
    bytes,
  );
  return { offsets, bytes, rows };
}
