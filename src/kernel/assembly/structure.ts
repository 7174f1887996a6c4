// Where records and fields begin and end (RFC 4180), 64 bytes at a time.
//
// A block gives one bit per byte for quotes, delimiters and line feeds. The prefix XOR of the quote bits is
// 1 between an opening and its closing quote, so a separator counts only where it is 0. A doubled quote closes
// and opens again and needs no case of its own.

/** Bits of the 64 bytes at `at` that equal `needle`. */
// @ts-ignore: decorator
@inline
function bits64(at: usize, needle: v128): u64 {
  return (
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(at), needle))) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 16), needle))) << 16) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 32), needle))) << 32) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(at, 48), needle))) << 48)
  );
}

/** Bit i = XOR of bits 0 to i. */
// @ts-ignore: decorator
@inline
function prefixXor(bits: u64): u64 {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  bits ^= bits << 32;
  return bits;
}

/**
 * Length of the longest prefix of `length` bytes at `start` that ends a record; 0 when no record ends.
 * `start` must be the start of a record; 63 bytes after the end must be readable.
 */
export function lastRecordEnd(start: usize, length: i32, quote: i32): i32 {
  const quotes = i8x16.splat(<i8>quote);
  const feeds = i8x16.splat(10);
  let inside: u64 = 0;
  let end = 0;
  for (let i = 0; i < length; i += 64) {
    let q = bits64(start + i, quotes);
    let n = bits64(start + i, feeds);
    const left = length - i;
    if (left < 64) {
      const valid = (<u64>1 << <u64>left) - 1;
      q &= valid;
      n &= valid;
    }
    if (q | inside) {
      const within = prefixXor(q) ^ inside;
      inside = 0 - (within >> 63);
      n &= ~within;
    }
    if (n) end = i + 64 - <i32>clz(n);
  }
  return end;
}

/** Length of the record from `start` to the line feed at `feed`, without the CR of a CRLF. */
function contentLength(start: usize, feed: usize): usize {
  return feed - start - (feed > start && load<u8>(feed - 1) == 13 ? 1 : 0);
}

/**
 * Finds every field of the whole records in [start, start + length): `ends` receives, row by row, the address
 * of the separator (delimiter or line feed) after each field. The last byte must be a line feed and 64 bytes
 * after it must be readable.
 *
 * @param columns fields per record
 * @param longest bytes a record may have, its line end not counted
 * @returns number of records; -1 when a record has another number of fields or is too long, when a quote stands
 *   where RFC 4180 allows none or is not closed, or when a NUL stands anywhere; -2 - records when all is well but
 *   a byte 0xEF occurs (perhaps a byte order mark: the caller looks closer).
 */
export function findFields(
  start: usize, length: i32, delimiter: i32, quote: i32, columns: i32, longest: i32, ends: usize,
): i32 {
  const quotes = i8x16.splat(<i8>quote);
  const delimiters = i8x16.splat(<i8>delimiter);
  const feeds = i8x16.splat(10);
  const marks = i8x16.splat(<i8>0xef);
  const limit = start + length;
  const stride = <usize>columns << 2;
  let out = ends;
  let rowEnd = ends + stride; // where `out` must stand after the next line feed
  let recordStart = start;
  let inside: u64 = 0;
  let canOpen: u64 = 1; // bit 0: the byte before this block allows an opening quote
  let mustEnd: u64 = 0; // bit 0: the byte before this block closed a quote
  let smallest = i8x16.splat(-1); // for NUL: unsigned minimum of all bytes
  let marked = i8x16.splat(0);

  for (let at = start; at < limit; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let q = bits64(at, quotes);
    let s = bits64(at, delimiters);
    let n = bits64(at, feeds);
    const left = limit - at;
    if (left < 64) {
      const valid = (<u64>1 << <u64>left) - 1;
      q &= valid;
      s &= valid;
      n &= valid;
      for (let p = at; p < limit; p++) {
        const byte = load<u8>(p);
        if (byte == 0) return -1;
        if (byte == 0xef) marked = marks;
      }
    } else {
      smallest = i8x16.min_u(smallest, i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d)));
      marked = v128.or(
        marked,
        v128.or(
          v128.or(i8x16.eq(a, marks), i8x16.eq(b, marks)),
          v128.or(i8x16.eq(c, marks), i8x16.eq(d, marks)),
        ),
      );
    }
    const separators = s | n;
    if (q | inside | mustEnd) {
      const within = prefixXor(q) ^ inside;
      inside = 0 - (within >> 63);
      const opening = q & within;
      const closing = q & ~within;
      if (opening & ~(((separators | q) << 1) | canOpen)) return -1;
      let wrong = ((closing << 1) | mustEnd) & ~(separators | q);
      mustEnd = closing >> 63;
      // After a closing quote only a CR before the LF is left to allow.
      while (wrong) {
        const p = at + <usize>ctz(wrong);
        if (p >= limit || load<u8>(p) != 13 || load<u8>(p, 1) != 10) return -1;
        wrong &= wrong - 1;
      }
      s &= ~within;
      n &= ~within;
    }
    canOpen = (separators | q) >> 63;

    const all = s | n;
    for (let fields = all; fields; fields &= fields - 1) {
      store<u32>(out, <u32>(at + <usize>ctz(fields)));
      out += 4;
    }
    // Every line feed must come after exactly `columns` more fields.
    if (n) {
      const before = out - (<usize>popcnt(all) << 2);
      do {
        const bit = ctz(n);
        const upTo = all & ((<u64>2 << bit) - 1); // bit 63: 2 << 63 is 0, minus 1 is all ones
        if (before + (<usize>popcnt(upTo) << 2) != rowEnd) return -1;
        const feed = at + <usize>bit;
        if (feed - recordStart > <usize>longest && contentLength(recordStart, feed) > <usize>longest) return -1;
        recordStart = feed + 1;
        rowEnd += stride;
        n &= n - 1;
      } while (n);
    }
    if (out >= rowEnd) return -1; // too many fields in the open record
  }
  if (inside || out + stride != rowEnd) return -1;
  if (!i8x16.all_true(smallest)) return -1;
  const rows = <i32>((out - ends) / stride);
  return v128.any_true(marked) ? -2 - rows : rows;
}
