import { createHmac } from 'node:crypto';
import type { Arena, Column } from '../kernel/arena.ts';

export class Draws {
  constructor(_permanent: Arena) {}
  compute(arena: Arena, key: Uint8Array, name: string, cells: readonly Column[], rows: number): Uint8Array {
    const { kernels } = arena;
    const lp = (bytes: Uint8Array) => { const b = Buffer.alloc(4 + bytes.length); b.writeUInt32BE(bytes.length); b.set(bytes, 4); return b; };
    const out = new Uint8Array(rows * 32);
    for (let row = 0; row < rows; row++) {
      const mac = createHmac('sha256', key).update(lp(Buffer.from(name)));
      for (const c of cells) mac.update(lp(kernels.u8.subarray(c.bytes + kernels.i32[(c.offsets >> 2) + row]!, c.bytes + kernels.i32[(c.offsets >> 2) + row + 1]!)));
      out.set(mac.digest(), row * 32);
    }
    return out;
  }
}
