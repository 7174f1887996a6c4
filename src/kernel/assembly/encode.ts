// From columns back to CSV records.
import { copyShort } from './copy';
import { fieldEnd, fieldStart } from './gather';

/**
 * What an output column is made of: eight int32 each.
 * kind RAW:    a run of untouched input columns, [1] = first, [2] = last input column
 * kind CELLS:  a column, [1] = address of offsets, [2] = address of bytes; quoted where it must be
 * kind PLAIN:  the same, known to hold nothing that needs quotes
 */
const RAW = 0;
const PLAIN = 2;
const DESCRIPTOR: usize = 32;

/** Whether a cell holds the delimiter, the quote, CR or LF. */
// @ts-ignore: decorator
@inline
function needsQuotes(from: usize, length: usize, delimiters: v128, quotes: v128): bool {
  const returns = i8x16.splat(13);
  const feeds = i8x16.splat(10);
  for (let i: usize = 0; i < length; i += 16) {
    const block = v128.load(from + i);
    let hits = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(block, delimiters), i8x16.eq(block, quotes)),
        v128.or(i8x16.eq(block, returns), i8x16.eq(block, feeds)),
      ),
    );
    const left = length - i;
    if (left < 16) hits &= (1 << <i32>left) - 1;
    if (hits) return true;
  }
  return false;
}

/** Writes a cell in quotes, doubling those inside. @returns the address behind it */
function writeQuoted(out: usize, from: usize, length: usize, quote: u8): usize {
  store<u8>(out++, quote);
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(from + i);
    store<u8>(out++, byte);
    if (byte == quote) store<u8>(out++, quote);
  }
  store<u8>(out++, quote);
  return out;
}

/** Writes an empty cell in quotes. @returns the address behind it */
// @ts-ignore: decorator
@inline
function writeEmpty(out: usize, quote: u8): usize {
  store<u8>(out, quote);
  store<u8>(out, quote, 1);
  return out + 2;
}

/**
 * Puts the untouched last cell of a record into quotes: it ends with a CR that would read as part of the line
 * end. @param out address behind the cell @returns the new address behind it
 */
function quoteLast(
  out: usize, start: usize, ends: usize, columns: i32, base: usize, descriptor: usize, quote: u8,
): usize {
  const last = load<i32>(descriptor, 8);
  const from = fieldStart(ends, base + <usize>last, start);
  const length = fieldEnd(ends, base + <usize>last, from, last == columns - 1) - from;
  return writeQuoted(out - length, from, length, quote);
}

/**
 * Writes `n` records.
 * @param rows input record of each output record (int32), or 0 for 0 to n - 1
 * @param keep one byte per output record: 0 leaves it out; or 0 to keep all
 * @param single 1 when the output has one column: an empty cell is then written `""`
 * @param newline 10 for LF, 13 for CRLF
 * @returns bytes written
 */
export function encodeRecords(
  start: usize, ends: usize, columns: i32, rows: usize, keep: usize, n: i32,
  descriptors: usize, count: i32, delimiter: i32, quote: i32, newline: i32, single: i32, outBytes: usize,
): i32 {
  const delimiters = i8x16.splat(<i8>delimiter);
  const quotes = i8x16.splat(<i8>quote);
  let out = outBytes;
  const stop = descriptors + <usize>count * DESCRIPTOR;
  const endsRaw = load<i32>(stop - DESCRIPTOR) == RAW;
  for (let i: usize = 0; i < <usize>n; i++) {
    if (keep && !load<u8>(keep + i)) continue;
    const base = (rows ? <usize>load<u32>(rows + (i << 2)) : i) * <usize>columns;
    for (let d = descriptors; d < stop; d += DESCRIPTOR) {
      const kind = load<i32>(d);
      if (kind == RAW) {
        const first = base + <usize>load<u32>(d, 4);
        const last = load<i32>(d, 8);
        const from = fieldStart(ends, first, start);
        const end = fieldEnd(ends, base + <usize>last, from, last == columns - 1);
        if (from == end && single) {
          out = writeEmpty(out, <u8>quote);
        } else {
          copyShort(out, from, end - from);
          out += end - from;
        }
      } else {
        const at = <usize>load<u32>(d, 4) + (i << 2);
        const begin = <usize>load<u32>(at);
        const length = <usize>load<u32>(at, 4) - begin;
        const from = <usize>load<u32>(d, 8) + begin;
        if (kind != PLAIN && needsQuotes(from, length, delimiters, quotes)) {
          out = writeQuoted(out, from, length, <u8>quote);
        } else if (length == 0 && single) {
          out = writeEmpty(out, <u8>quote);
        } else {
          copyShort(out, from, length);
          out += length;
        }
      }
      store<u8>(out++, <u8>delimiter);
    }
    // The line end goes over the last delimiter.
    out--;
    if (endsRaw && load<u8>(out - 1) == 13) out = quoteLast(out, start, ends, columns, base, stop - DESCRIPTOR, <u8>quote);
    if (newline == 13) store<u8>(out++, 13);
    store<u8>(out++, 10);
  }
  return <i32>(out - outBytes);
}
