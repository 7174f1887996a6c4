import type { Kernels } from './module.ts';

/** Addresses are int32 in JavaScript: beyond this they would be negative. */
const MOST_BYTES = 0x7fff0000;

/** Readable and writable bytes behind every allocation: kernels copy 16 bytes at a time. */
const SLACK = 64;

/**
 * A column in Arrow's Utf8 layout, in kernel memory: cell i is
 * `bytes[offsets[i] .. offsets[i + 1])`; `offsets` and `bytes` are addresses.
 */
export interface Column {
  readonly offsets: number;
  readonly bytes: number;
  readonly rows: number;
}

/** Memory for one batch, handed out in order and taken back all at once. */
export class Arena {
  readonly kernels: Kernels;
  readonly #base: number;
  #next: number;

  /** @param base first address the arena may use */
  constructor(kernels: Kernels, base: number) {
    this.kernels = kernels;
    this.#base = (base + 63) & ~63;
    this.#next = this.#base;
  }

  /**
   * Address of `bytes` bytes with slack behind them, 64-byte aligned. Contents are undefined.
   * @throws RangeError when that would make more than 2 GiB
   */
  allocate(bytes: number): number {
    const at = this.#next;
    if (!(bytes >= 0 && at + bytes <= MOST_BYTES))
      throw new RangeError('the batch is too large for kernel memory');
    this.#next = (at + bytes + SLACK + 63) & ~63;
    this.kernels.ensure(this.#next);
    return at;
  }

  /** Takes everything back. */
  reset(): void {
    this.#next = this.#base;
  }
}

/** Bytes that the cells of a column take together. */
export function columnLength(kernels: Kernels, column: Column): number {
  return kernels.i32[(column.offsets >> 2) + column.rows]!;
}
