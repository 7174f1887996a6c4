import { type Arena, type Column, columnLength } from './arena.ts';
import { type Treated, treat } from './treated.ts';

/** Parameters of the technique's kernel request `mask-keep`. */
export interface MaskKeep {
  readonly first: number;
  readonly last: number;
  /** One grapheme. */
  readonly char: string;
  readonly length: 'same' | 'fixed';
  readonly fixedLength: number;
}

const ALL = 0x7fffffff;

/**
 * Masks the cells of printable ASCII, Hangul syllables and Han; the others fall back. Empty cells stay empty,
 * so this is not for `on-empty: treat`.
 */
export function maskKeep(arena: Arena, column: Column, request: MaskKeep): Treated {
  const { kernels } = arena;
  const { rows } = column;
  const char = Buffer.from(request.char, 'utf8');
  const charAt = arena.allocate(char.length);
  kernels.u8.set(char, charAt);
  const fixed = request.length === 'fixed' ? request.fixedLength : -1;
  const bound =
    columnLength(kernels, column) * Math.max(1, char.length) + rows * Math.max(0, fixed) * char.length;
  return treat(arena, rows, bound, (offsets, bytes, fallback) =>
    kernels.call.maskColumn(
      column.offsets,
      column.bytes,
      rows,
      Math.min(request.first, ALL),
      Math.min(request.last, ALL),
      charAt,
      char.length,
      fixed,
      offsets,
      bytes,
      fallback,
    ),
  );
}
