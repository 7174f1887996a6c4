import type { Arena, Column } from './arena.ts';
import type { Kernels } from './module.ts';

/** How a token is written, and its bits per character. */
const WIDTH = { hex: 4, base32: 5, base64url: 6 } as const;

export type TokenEncoding = keyof typeof WIDTH;

export interface TokenForm {
  /** Length of the token: the first `bits` bits of the digest; a multiple of 8, at most 256. */
  readonly bits: number;
  readonly encoding: TokenEncoding;
}

/** Bytes of kernel memory that one `Hmac` takes. */
export function hmacBytes(kernels: Kernels): number {
  return kernels.call.hmacAreaBytes();
}

/** HMAC-SHA-256 under one key, whose chaining values stay in kernel memory. */
export class Hmac {
  readonly #at: number;

  /**
   * @param key 32 bytes
   * @param at address of `hmacBytes()` bytes that are this key's alone, aligned to 16
   */
  constructor(kernels: Kernels, key: Uint8Array, at: number) {
    if (key.length !== 32) throw new RangeError('the key must have 32 bytes');
    this.#at = at;
    kernels.u8.set(key, at);
    kernels.call.hmacInit(at);
  }

  /** @returns address of the digests of all cells, empty ones too: 32 bytes a row */
  digests(arena: Arena, column: Column): number {
    const out = arena.allocate(column.rows * 32);
    arena.kernels.call.hmacColumn(column.offsets, column.bytes, column.rows, this.#at, out);
    return out;
  }
}

/**
 * The tokens of digests, as a column.
 * @param digests address of 32 bytes a row
 * @param sources a column whose empty cells get an empty token; without it every row gets one
 */
export function tokens(
  arena: Arena,
  digests: number,
  rows: number,
  form: TokenForm,
  sources?: Column,
): Column {
  const { bits, encoding } = form;
  const width = WIDTH[encoding];
  const offsets = arena.allocate((rows + 1) * 4);
  const bytes = arena.allocate(rows * Math.ceil(bits / width));
  const { call } = arena.kernels;
  call.writeTokens(digests, sources?.offsets ?? 0, rows, bits, width, offsets, bytes);
  return { offsets, bytes, rows };
}
