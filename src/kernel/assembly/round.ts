// The technique round over plain integers of at most 15 digits.

const MOST_DIGITS: usize = 15;
const MINUS: u8 = 45;
const PLUS: u8 = 43;
const DOWN = 1;
const UP = 2;

/** The multiple nearest to, not above or not below a value; halves go away from zero. */
// @ts-ignore: decorator
@inline
function toMultiple(value: i64, multiple: i64, mode: i32): i64 {
  const rest = value % multiple;
  const towardsZero = value - rest;
  if (mode == DOWN) return rest < 0 ? towardsZero - multiple : towardsZero;
  if (mode == UP) return rest > 0 ? towardsZero + multiple : towardsZero;
  if (rest < 0) return rest <= -multiple - rest ? towardsZero - multiple : towardsZero;
  return rest >= multiple - rest ? towardsZero + multiple : towardsZero;
}

/** Writes an integer. @returns the address behind it */
function writeInteger(out: usize, value: i64): usize {
  if (value < 0) store<u8>(out++, MINUS);
  let left = value < 0 ? -value : value;
  let end = out + 1;
  for (let power: i64 = 10; power <= left; power *= 10) end++;
  for (let at = end; at > out; ) {
    const next = left / 10;
    store<u8>(--at, <u8>(48 + left - next * 10));
    left = next;
  }
  return end;
}

/**
 * Rounds every cell. An empty cell stays empty; one that is no integer of 1 to 15 digits, with or without a
 * sign, becomes empty and its row is listed.
 * @param multiple 1 to 2^53 - 1
 * @param mode 0 nearest, 1 down, 2 up
 * @param outBytes 17 bytes per cell
 * @param fallback int32[n], receives the rows not treated
 * @returns number of those rows
 */
export function roundColumn(
  offsets: usize, bytes: usize, n: i32, multiple: i64, mode: i32,
  outOffsets: usize, outBytes: usize, fallback: usize,
): i32 {
  let out = outBytes;
  let listed = fallback;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const begin = <usize>load<u32>(offsets + (i << 2));
    const end = bytes + <usize>load<u32>(offsets + (i << 2), 4);
    let at = bytes + begin;
    if (at < end) {
      const sign = load<u8>(at);
      if (sign == MINUS || sign == PLUS) at++;
      let value: i64 = 0;
      let plain = at < end && end - at <= MOST_DIGITS;
      for (; plain && at < end; at++) {
        const digit = load<u8>(at) - 48;
        plain = digit <= 9;
        value = value * 10 + <i64>digit;
      }
      if (plain) {
        out = writeInteger(out, toMultiple(sign == MINUS ? -value : value, multiple, mode));
      } else {
        store<i32>(listed, <i32>i);
        listed += 4;
      }
    }
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>((listed - fallback) >> 2);
}
