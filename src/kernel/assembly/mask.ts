// The `keep` form of the technique mask over simple text (see simple-text.ts).
import { copyShort } from './copy';
import { simpleBytes, simpleLength } from './simple-text';

/**
 * Keeps the first and last characters of every cell and masks the rest, as keepEnds in
 * src/techniques/mask-keep.ts does: at least one is masked. An empty cell stays empty; a cell that is not
 * simple becomes empty and its row is listed.
 * @param char UTF-8 bytes of the mask character
 * @param fixed number of mask characters, or -1 for one for each masked character
 * @param outBytes per input byte max(1, charLength) bytes, and fixed × charLength for each cell
 * @param fallback int32[n], receives the rows that are not simple
 * @returns number of those rows
 */
export function maskColumn(
  offsets: usize, bytes: usize, n: i32, first: i32, last: i32, char: usize, charLength: i32, fixed: i32,
  outOffsets: usize, outBytes: usize, fallback: usize,
): i32 {
  let out = outBytes;
  let listed = fallback;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const begin = <usize>load<u32>(offsets + (i << 2));
    const length = <usize>load<u32>(offsets + (i << 2), 4) - begin;
    const from = bytes + begin;
    const count = simpleLength(from, length);
    if (count < 0) {
      store<i32>(listed, <i32>i);
      listed += 4;
    } else if (count > 0) {
      const head = min(first, count - 1);
      const tail = min(last, count - 1 - head);
      let at = from;
      for (let k = 0; k < head; k++) at += simpleBytes(at);
      copyShort(out, from, at - from);
      out += at - from;
      const masked = fixed < 0 ? count - head - tail : fixed;
      for (let k = 0; k < masked; k++) {
        copyShort(out, char, <usize>charLength);
        out += <usize>charLength;
      }
      // Backwards over the tail: a continuation byte is 10xxxxxx.
      let end = from + length;
      for (let k = 0; k < tail; k++) end -= load<u8>(end - 1) < 0x80 ? 1 : 3;
      copyShort(out, end, from + length - end);
      out += from + length - end;
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>((listed - fallback) >> 2);
}
