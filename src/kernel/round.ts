import type { Arena, Column } from './arena.ts';
import { type Treated, treat } from './treated.ts';

const MODES = { nearest: 0, down: 1, up: 2 } as const;

/** A sign and 16 digits: a result is the multiple itself or less than two times 10^15. */
const LONGEST = 17;

/** Parameters of the technique's kernel request `round`. */
export interface Round {
  /** 1 to 2^53 - 1. */
  readonly multiple: number;
  readonly mode: keyof typeof MODES;
}

/**
 * Rounds the cells that are integers of at most 15 digits; the others fall back. Empty cells stay empty, so
 * this is not for `on-empty: treat`.
 */
export function round(arena: Arena, column: Column, { multiple, mode }: Round): Treated {
  const { rows } = column;
  const { call } = arena.kernels;
  return treat(arena, rows, rows * LONGEST, (offsets, bytes, fallback) =>
    call.roundColumn(
      column.offsets,
      column.bytes,
      rows,
      BigInt(multiple),
      MODES[mode],
      offsets,
      bytes,
      fallback,
    ),
  );
}
