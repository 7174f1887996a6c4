// Puts the cells that another party computed into a column.
import { copyShort } from './copy';

/**
 * Copies a column whose cells at `rows` are replaced.
 * @param rows int32[count], ascending
 * @param newOffsets, newBytes the column of the replacements, in the order of `rows`
 * @param outBytes bytes of both columns together
 * @returns bytes written
 */
export function spliceColumn(
  offsets: usize, bytes: usize, n: i32, rows: usize, count: i32, newOffsets: usize, newBytes: usize,
  outOffsets: usize, outBytes: usize,
): i32 {
  let out = outBytes;
  let row: usize = 0;
  for (let k: usize = 0; k <= <usize>count; k++) {
    const until = k < <usize>count ? <usize>load<u32>(rows + (k << 2)) : <usize>n;
    const begin = <usize>load<u32>(offsets + (row << 2));
    const length = <usize>load<u32>(offsets + (until << 2)) - begin;
    const shift = <u32>(out - outBytes - begin);
    memory.copy(out, bytes + begin, length);
    out += length;
    for (; row < until; row++) store<u32>(outOffsets + (row << 2), load<u32>(offsets + (row << 2)) + shift);
    store<u32>(outOffsets + (row << 2), <u32>(out - outBytes));
    if (k < <usize>count) {
      const from = <usize>load<u32>(newOffsets + (k << 2));
      const newLength = <usize>load<u32>(newOffsets + (k << 2), 4) - from;
      copyShort(out, newBytes + from, newLength);
      out += newLength;
      row++;
    }
  }
  return <i32>(out - outBytes);
}
