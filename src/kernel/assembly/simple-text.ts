// Simple text: printable ASCII, Hangul syllables (U+AC00 to U+D7A3) and Han (U+4E00 to U+9FFF). There one code
// point is one grapheme (UAX #29), NFC and NFKC change nothing (UAX #15), and U+0020 is the only white space.

/** Whether the three bytes at `from` are a simple character. */
// @ts-ignore: decorator
@inline
function isSimpleThree(from: usize): bool {
  const bytes = load<u32>(from);
  if ((bytes & 0xc0c0f0) != 0x8080e0) return false;
  const point = ((bytes & 0x0f) << 12) | ((bytes >>> 2) & 0xfc0) | ((bytes >>> 16) & 0x3f);
  return point - 0xac00 <= 0xd7a3 - 0xac00 || point - 0x4e00 <= 0x9fff - 0x4e00;
}

/** Characters of the cell, or -1 when it is not simple. */
export function simpleLength(from: usize, length: usize): i32 {
  const end = from + length;
  let count = 0;
  while (from < end) {
    const block = v128.load(from);
    const printable = i8x16.bitmask(
      v128.and(i8x16.gt_s(block, i8x16.splat(0x1f)), i8x16.lt_s(block, i8x16.splat(0x7f))),
    );
    const run = min(<usize>ctz(~printable), end - from);
    count += <i32>run;
    from += run;
    while (from < end && (load<i8>(from) < 0x20 || load<u8>(from) == 0x7f)) {
      if (!isSimpleThree(from)) return -1;
      from += 3;
      count++;
    }
  }
  return from == end ? count : -1;
}

/** Bytes of the character of simple text at `from`. */
// @ts-ignore: decorator
@inline
export function simpleBytes(from: usize): usize {
  return load<u8>(from) < 0x80 ? 1 : 3;
}
