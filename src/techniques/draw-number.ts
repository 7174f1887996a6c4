const TWO_21 = 0x20_0000;
const TWO_53 = 0x20_0000_0000_0000;

/** The first 53 bits of the 8 bytes at `at`, over 2^53: a number in [0, 1). */
export function unitAt(draw: Uint8Array, at: number): number {
  const view = new DataView(draw.buffer, draw.byteOffset + at, 8);
  return (view.getUint32(0) * TWO_21 + (view.getUint32(4) >>> 11)) / TWO_53;
}

/**
 * The first 16 bytes as a big-endian integer in [0, 2^128): wide enough that `value × n >> 128` is uniform over
 * 0 … n−1 to within n / 2^128.
 */
export function uint128(draw: Uint8Array): bigint {
  const view = new DataView(draw.buffer, draw.byteOffset, 16);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}
