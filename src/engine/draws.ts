import type { Arena, Column } from '../kernel/arena.ts';
import { columnLength } from '../kernel/arena.ts';
import { Hmac, hmacBytes } from '../kernel/hmac.ts';

interface Prepared {
  readonly hmac: Hmac;
  /** LP(name) in kernel memory. */
  readonly prefix: number;
  readonly prefixLength: number;
}

/**
 * Keyed draws of whole batches: HMAC-SHA-256(key, LP(name) ‖ LP(each cell)), LP = 4-byte big-endian length and
 * UTF-8 bytes. The same as `draw` in techniques/draw.ts.
 */
export class Draws {
  readonly #permanent: Arena;
  readonly #prepared = new Map<string, Prepared>();

  /** @param permanent memory that stays for the life of the thread */
  constructor(permanent: Arena) {
    this.#permanent = permanent;
  }

  /** Must be called for every key and name before the first batch. */
  prepare(key: Uint8Array, name: string): void {
    const { kernels } = this.#permanent;
    const hmac = new Hmac(kernels, key, this.#permanent.allocate(hmacBytes(kernels)));
    const text = Buffer.from(name);
    const prefix = this.#permanent.allocate(4 + text.length);
    new DataView(kernels.u8.buffer).setUint32(prefix, text.length);
    kernels.u8.set(text, prefix + 4);
    this.#prepared.set(id(key, name), { hmac, prefix, prefixLength: 4 + text.length });
  }

  /** @returns 32 bytes a row */
  compute(arena: Arena, key: Uint8Array, name: string, cells: readonly Column[], rows: number): Uint8Array {
    const { hmac, prefix, prefixLength } = this.#prepared.get(id(key, name))!;
    const { kernels } = arena;
    const table = arena.allocate(cells.length * 8);
    const offsets = arena.allocate((rows + 1) * 4);
    const text = cells.reduce((sum, cell) => sum + columnLength(kernels, cell), 0);
    const bytes = arena.allocate(text + rows * (prefixLength + 4 * cells.length));
    kernels.i32.set(
      cells.flatMap((cell) => [cell.offsets, cell.bytes]),
      table >> 2,
    );
    kernels.call.packMessages(prefix, prefixLength, table, cells.length, rows, offsets, bytes);
    const digests = hmac.digests(arena, { offsets, bytes, rows });
    return kernels.u8.slice(digests, digests + rows * 32);
  }
}

const id = (key: Uint8Array, name: string): string => `${Buffer.from(key).toString('latin1')}/${name}`;
