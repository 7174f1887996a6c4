// From digests to the text of tokens. Characters of one digest are written past its end: buffers have slack.

/** 0–9 and a–f. */
const HEX: v128 = i8x16(48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 97, 98, 99, 100, 101, 102);

/** 64 characters for base64url (RFC 4648 section 5), then 32 for base32 (section 6). */
const BASE64: usize = memory.data(96, 16);
const BASE32: usize = BASE64 + 64;
for (let i: usize = 0; i < 26; i++) {
  store<u8>(BASE64 + i, <u8>(65 + i));
  store<u8>(BASE64 + 26 + i, <u8>(97 + i));
  store<u8>(BASE32 + i, <u8>(65 + i));
}
for (let i: usize = 0; i < 10; i++) store<u8>(BASE64 + 52 + i, <u8>(48 + i));
for (let i: usize = 0; i < 6; i++) store<u8>(BASE32 + 26 + i, <u8>(50 + i));
store<u8>(BASE64 + 62, 45);
store<u8>(BASE64 + 63, 95);

/** 32 hex digits of 16 bytes. */
// @ts-ignore: decorator
@inline
function writeHex(out: usize, bytes: v128): void {
  const high = i8x16.swizzle(HEX, i8x16.shr_u(bytes, 4));
  const low = i8x16.swizzle(HEX, v128.and(bytes, i8x16.splat(15)));
  v128.store(out, i8x16.shuffle(high, low, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23));
  v128.store(out + 16, i8x16.shuffle(high, low, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31));
}

/** `bits` bits in characters of `width` bits, the last one filled up with zeros. */
function writeBase(out: usize, digest: usize, bits: i32, width: i32): void {
  const alphabet = width == 6 ? BASE64 : BASE32;
  const mask = (1 << width) - 1;
  let held = 0;
  let count = 0;
  for (let taken = 0; taken < bits; taken += 8) {
    held = (held << 8) | load<u8>(digest++);
    for (count += 8; count >= width; ) {
      count -= width;
      store<u8>(out++, load<u8>(alphabet + <usize>((held >>> count) & mask)));
    }
  }
  if (count > 0) store<u8>(out, load<u8>(alphabet + <usize>((held << (width - count)) & mask)));
}

/**
 * Writes the first `bits` bits of each 32-byte digest as text.
 * @param sources offsets of the column that was hashed: its empty cells stay empty; 0 when none does
 * @param bits multiple of 8, at most 256
 * @param width bits per character: 4 hex, 5 base32, 6 base64url
 * @param outBytes n × ceil(bits / width) bytes at most
 * @returns bytes written
 */
export function writeTokens(
  digests: usize, sources: usize, n: i32, bits: i32, width: i32, outOffsets: usize, outBytes: usize,
): i32 {
  const length = <usize>((bits + width - 1) / width);
  let out = outBytes;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const source = sources + (i << 2);
    if (!sources || load<i32>(source, 4) != load<i32>(source)) {
      const digest = digests + (i << 5);
      if (width == 4) {
        writeHex(out, v128.load(digest));
        writeHex(out + 32, v128.load(digest, 16));
      } else {
        writeBase(out, digest, bits, width);
      }
      out += length;
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>(out - outBytes);
}
