// The steps of keyed-hash's `normalize` over simple text (see simple-text.ts), where nfc and nfkc do nothing.
import { copyShort } from './copy';
import { simpleLength } from './simple-text';

const TRIM = 0;
const COLLAPSE = 1;
const DIGITS = 2;
const UPPER = 3;
const SPACE: u8 = 32;

/** One space in place of each run, in place. @returns the new end */
function collapse(at: usize, end: usize): usize {
  let to = at;
  let previous: u8 = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to, byte);
    to += <usize>(byte != SPACE || previous != SPACE);
    previous = byte;
  }
  return to;
}

/** Only 0–9, in place. @returns the new end */
function keepDigits(at: usize, end: usize): usize {
  let to = at;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to, byte);
    to += <usize>(byte - 48 <= 9);
  }
  return to;
}

/** Inverts the case of the letters between `first` and `first` + 25, in place; may touch 15 bytes behind. */
function changeCase(at: usize, end: usize, first: i8): void {
  const below = i8x16.splat(first - 1);
  const above = i8x16.splat(first + 26);
  for (; at < end; at += 16) {
    const block = v128.load(at);
    const letters = v128.and(i8x16.gt_s(block, below), i8x16.lt_s(block, above));
    v128.store(at, v128.xor(block, v128.and(letters, i8x16.splat(32))));
  }
}

/**
 * Applies steps to every cell, in order. A cell that is not simple becomes empty and its row is listed.
 * @param steps one byte each: 0 trim, 1 collapse-space, 2 digits, 3 upper, 4 lower
 * @param outBytes as many bytes as the column has
 * @param fallback int32[n], receives the rows that are not simple
 * @returns number of those rows
 */
export function normalizeColumn(
  offsets: usize, bytes: usize, n: i32, steps: usize, stepCount: i32,
  outOffsets: usize, outBytes: usize, fallback: usize,
): i32 {
  const lastStep = steps + <usize>stepCount;
  let out = outBytes;
  let listed = fallback;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const begin = <usize>load<u32>(offsets + (i << 2));
    const length = <usize>load<u32>(offsets + (i << 2), 4) - begin;
    if (simpleLength(bytes + begin, length) < 0) {
      store<i32>(listed, <i32>i);
      listed += 4;
    } else {
      let at = out;
      let end = out + length;
      copyShort(out, bytes + begin, length);
      for (let p = steps; p < lastStep; p++) {
        const step = load<u8>(p);
        if (step == TRIM) {
          while (at < end && load<u8>(at) == SPACE) at++;
          while (at < end && load<u8>(end - 1) == SPACE) end--;
        } else if (step == COLLAPSE) {
          end = collapse(at, end);
        } else if (step == DIGITS) {
          end = keepDigits(at, end);
        } else {
          changeCase(at, end, step == UPPER ? 97 : 65);
        }
      }
      if (at > out) memory.copy(out, at, end - at);
      out += end - at;
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>((listed - fallback) >> 2);
}
