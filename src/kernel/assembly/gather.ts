// From fields of the input to a column in Arrow's Utf8 layout: int32 offsets and one byte buffer.
import { copyShort } from './copy';

/** Address of the first byte of field `index` (row × columns + column). */
// @ts-ignore: decorator
@inline
export function fieldStart(ends: usize, index: usize, start: usize): usize {
  return index == 0 ? start : <usize>load<u32>(ends + (index << 2) - 4) + 1;
}

/** Address just behind field `index`, without the CR of a CRLF when it is the last of its record. */
// @ts-ignore: decorator
@inline
export function fieldEnd(ends: usize, index: usize, first: usize, last: bool): usize {
  const end = <usize>load<u32>(ends + (index << 2));
  return last && end > first && load<u8>(end - 1) == 13 ? end - 1 : end;
}

/** Copies the inside of a quoted field, halving its doubled quotes. @returns bytes written */
function unquote(to: usize, from: usize, end: usize, quote: i32): usize {
  const needle = i8x16.splat(<i8>quote);
  let out = to;
  while (from < end) {
    const block = v128.load(from);
    v128.store(out, block);
    const hits = i8x16.bitmask(i8x16.eq(block, needle));
    const left = end - from;
    const until: usize = hits ? <usize>ctz(hits) : 16;
    if (until >= left) return out + left - to;
    if (until == 16) {
      out += 16;
      from += 16;
    } else {
      // One quote of the pair is kept; the other, right behind it, is skipped.
      out += until + 1;
      from += until + 2;
    }
  }
  return out - to;
}

/**
 * Collects column `column` of the records listed in `rows` (or of records 0 to n - 1 when `rows` is 0).
 * @param outOffsets int32[n + 1]
 * @param outBytes large enough for all cells, with 64 bytes of slack
 * @returns bytes written
 */
export function gatherColumn(
  start: usize, ends: usize, columns: i32, column: i32, quote: i32,
  rows: usize, n: i32, outOffsets: usize, outBytes: usize,
): i32 {
  const last = column == columns - 1;
  let out = outBytes;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const row = rows ? <usize>load<u32>(rows + (i << 2)) : i;
    const index = row * <usize>columns + <usize>column;
    const from = fieldStart(ends, index, start);
    const end = fieldEnd(ends, index, from, last);
    if (from < end && load<u8>(from) == <u8>quote) {
      out += unquote(out, from + 1, end - 1, quote);
    } else {
      const length = end - from;
      copyShort(out, from, length);
      out += length;
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>(out - outBytes);
}

/**
 * Bytes that `gatherColumn` may write at most: the raw length of the column's fields.
 */
export function columnBytes(
  start: usize, ends: usize, columns: i32, column: i32, rows: usize, n: i32,
): i32 {
  let sum: usize = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const row = rows ? <usize>load<u32>(rows + (i << 2)) : i;
    const index = row * <usize>columns + <usize>column;
    sum += <usize>load<u32>(ends + (index << 2)) - fieldStart(ends, index, start);
  }
  return <i32>sum;
}

/**
 * Copies the cells of the rows listed in `rows` (int32[n]) to a column of their own.
 */
export function pickRows(
  offsets: usize, bytes: usize, rows: usize, n: i32, outOffsets: usize, outBytes: usize,
): void {
  let out = outBytes;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = offsets + (<usize>load<u32>(rows + (i << 2)) << 2);
    const from = <usize>load<u32>(at);
    const length = <usize>load<u32>(at, 4) - from;
    copyShort(out, bytes + from, length);
    out += length;
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
}

/**
 * Builds the messages of keyed draws: for each row a fixed prefix, then for each of `k` columns
 * its cell's length in 4 bytes big-endian and the cell.
 * @param columns pairs of int32: address of offsets, address of bytes
 */
export function packMessages(
  prefix: usize, prefixLength: i32, columns: usize, k: i32, n: i32, outOffsets: usize, outBytes: usize,
): i32 {
  let out = outBytes;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    memory.copy(out, prefix, <usize>prefixLength);
    out += <usize>prefixLength;
    for (let c: usize = 0; c < <usize>k; c++) {
      const offsets = <usize>load<u32>(columns + (c << 3));
      const bytes = <usize>load<u32>(columns + (c << 3), 4);
      const from = <usize>load<u32>(offsets + (i << 2));
      const length = <usize>load<u32>(offsets + (i << 2), 4) - from;
      store<u32>(out, bswap<u32>(<u32>length));
      copyShort(out + 4, bytes + from, length);
      out += 4 + length;
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>(out - outBytes);
}
