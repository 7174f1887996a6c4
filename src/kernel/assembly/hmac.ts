// HMAC-SHA-256 (RFC 2104) of a column under a key of 32 bytes, four cells at a time.
import { compress, INITIAL, SCHEDULE_BYTES, STATE_BYTES } from './sha256';

// The caller's area: the chaining values after the key's inner and outer block (8 words each), then work space.
const OUTER: usize = 32;
const W: usize = 64;
const S: usize = W + SCHEDULE_BYTES;
/** Rows that wait for three others of their block count; the last bucket takes all longer messages. */
const WAITING: usize = S + STATE_BYTES;
const BUCKETS: i32 = 8;
const COUNTS: usize = WAITING + 4 * 4 * BUCKETS;
/** Rows left waiting at the end. */
const LEFT: usize = COUNTS + 4 * BUCKETS;

/** Bytes of the area that `hmacInit` and `hmacColumn` take. */
export function hmacAreaBytes(): i32 {
  return <i32>(LEFT + 4 * 4 * BUCKETS);
}

/** 64 × ff, then 80 × 00: read at 64 - n, the mask of the first n bytes. */
const MASK: usize = memory.data(144, 16);
/** 80 at byte 64, else 00: read at 64 - n, the padding's first byte behind n bytes. */
const MARK: usize = memory.data(144, 16);
memory.fill(MASK, 0xff, 64);
store<u8>(MARK + 64, 0x80);

// @ts-ignore: decorator
@inline
function swapBytes(x: v128): v128 {
  return i8x16.shuffle(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
}

/** Stores the columns of the 4 × 4 matrix of words whose rows are a to d, with the bytes of each word swapped. */
// @ts-ignore: decorator
@inline
function transpose(a: v128, b: v128, c: v128, d: v128, p: usize, q: usize, r: usize, s: usize): void {
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const ef = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const gh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(p, swapBytes(i64x2.shuffle(ab, cd, 0, 2)));
  v128.store(q, swapBytes(i64x2.shuffle(ab, cd, 1, 3)));
  v128.store(r, swapBytes(i64x2.shuffle(ef, gh, 0, 2)));
  v128.store(s, swapBytes(i64x2.shuffle(ef, gh, 1, 3)));
}

/** 16 bytes of a block that ends after some bytes, with its padding; `shift` is 64 less their number. */
// @ts-ignore: decorator
@inline
function padded(from: usize, shift: usize): v128 {
  return v128.or(v128.and(v128.load(from), v128.load(MASK + shift)), v128.load(MARK + shift));
}

/** 64 less the bytes of the message in the block that starts at `done`; 65 where it ended before. */
// @ts-ignore: decorator
@inline
function shiftOf(length: i32, done: i32): usize {
  return <usize>(64 - max(min(length - done, 64), -1));
}

/** Words 0 to 15 of the block at `done` of four messages, without the length. */
function loadBlock(
  w: usize, done: i32,
  p0: usize, l0: i32, p1: usize, l1: i32, p2: usize, l2: i32, p3: usize, l3: i32,
): void {
  const s0 = shiftOf(l0, done);
  const s1 = shiftOf(l1, done);
  const s2 = shiftOf(l2, done);
  const s3 = shiftOf(l3, done);
  // Where a message has ended nothing of it is used, so it is read from its start.
  p0 += s0 > 64 ? 0 : <usize>done;
  p1 += s1 > 64 ? 0 : <usize>done;
  p2 += s2 > 64 ? 0 : <usize>done;
  p3 += s3 > 64 ? 0 : <usize>done;
  for (let i: usize = 0; i < 64; i += 16) {
    transpose(
      padded(p0 + i, s0 + i), padded(p1 + i, s1 + i), padded(p2 + i, s2 + i), padded(p3 + i, s3 + i),
      w, w + 16, w + 32, w + 48,
    );
    w += 64;
  }
}

/** Blocks of a message of `length` bytes with its padding. */
// @ts-ignore: decorator
@inline
function blocksOf(length: i32): i32 {
  return <i32>((<u32>length + 72) >>> 6);
}

/** Puts the bit length of message and key block into the lane's last two words. */
// @ts-ignore: decorator
@inline
function putLength(w: usize, lane: usize, length: i32): void {
  store<u32>(w + 14 * 16 + (lane << 2), (<u32>length + 64) >>> 29);
  store<u32>(w + 15 * 16 + (lane << 2), (<u32>length + 64) << 3);
}

/** Starts all lanes with 8 words. */
// @ts-ignore: decorator
@inline
function begin(s: usize, words: usize): void {
  for (let i: usize = 0; i < 8; i++) v128.store(s + (i << 4), v128.load32_splat(words + (i << 2)));
}

/** Words 0 to 15 of the outer block: the inner digest and its padding. Stores, as memory.copy is a call. */
// @ts-ignore: decorator
@inline
function outerBlock(w: usize, s: usize): void {
  const zero = i32x4.splat(0);
  for (let i: usize = 0; i < 128; i += 16) {
    v128.store(w + i, v128.load(s + i));
    v128.store(w + i, zero, 128);
  }
  v128.store(w, i32x4.splat(0x80000000), 8 * 16);
  v128.store(w, i32x4.splat((64 + 32) * 8), 15 * 16);
}

/** The digests of four rows, which may be equal and may differ in block count. */
function hmacFour(
  offsets: usize, bytes: usize, r0: usize, r1: usize, r2: usize, r3: usize, area: usize, out: usize,
): void {
  const w = area + W;
  const s = area + S;
  const o0 = load<i32>(offsets + (r0 << 2));
  const o1 = load<i32>(offsets + (r1 << 2));
  const o2 = load<i32>(offsets + (r2 << 2));
  const o3 = load<i32>(offsets + (r3 << 2));
  const l0 = load<i32>(offsets + (r0 << 2), 4) - o0;
  const l1 = load<i32>(offsets + (r1 << 2), 4) - o1;
  const l2 = load<i32>(offsets + (r2 << 2), 4) - o2;
  const l3 = load<i32>(offsets + (r3 << 2), 4) - o3;
  const b0 = blocksOf(l0);
  const b1 = blocksOf(l1);
  const b2 = blocksOf(l2);
  const b3 = blocksOf(l3);
  const fewest = min(min(b0, b1), min(b2, b3));
  const most = max(max(b0, b1), max(b2, b3));
  begin(s, area);
  for (let block = 0; block < most; block++) {
    loadBlock(
      w, block << 6, bytes + <usize>o0, l0, bytes + <usize>o1, l1, bytes + <usize>o2, l2, bytes + <usize>o3, l3,
    );
    if (block == b0 - 1) putLength(w, 0, l0);
    if (block == b1 - 1) putLength(w, 1, l1);
    if (block == b2 - 1) putLength(w, 2, l2);
    if (block == b3 - 1) putLength(w, 3, l3);
    if (block < fewest) {
      compress(w, s);
    } else {
      const going = i32x4.gt_s(
        i32x4.replace_lane(i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(b0), 1, b1), 2, b2), 3, b3),
        i32x4.splat(block),
      );
      compressLanes(w, s, going);
    }
  }
  outerBlock(w, s);
  begin(s, area + OUTER);
  compress(w, s);
  const d0 = out + (r0 << 5);
  const d1 = out + (r1 << 5);
  const d2 = out + (r2 << 5);
  const d3 = out + (r3 << 5);
  transpose(v128.load(s), v128.load(s, 16), v128.load(s, 32), v128.load(s, 48), d0, d1, d2, d3);
  transpose(
    v128.load(s, 64), v128.load(s, 80), v128.load(s, 96), v128.load(s, 112), d0 + 16, d1 + 16, d2 + 16, d3 + 16,
  );
}

/** `compress` for the lanes that are all ones in `going`; the others keep their state. */
function compressLanes(w: usize, s: usize, going: v128): void {
  const s0 = v128.load(s, 0);
  const s1 = v128.load(s, 16);
  const s2 = v128.load(s, 32);
  const s3 = v128.load(s, 48);
  const s4 = v128.load(s, 64);
  const s5 = v128.load(s, 80);
  const s6 = v128.load(s, 96);
  const s7 = v128.load(s, 112);
  compress(w, s);
  v128.store(s, v128.bitselect(v128.load(s, 0), s0, going), 0);
  v128.store(s, v128.bitselect(v128.load(s, 16), s1, going), 16);
  v128.store(s, v128.bitselect(v128.load(s, 32), s2, going), 32);
  v128.store(s, v128.bitselect(v128.load(s, 48), s3, going), 48);
  v128.store(s, v128.bitselect(v128.load(s, 64), s4, going), 64);
  v128.store(s, v128.bitselect(v128.load(s, 80), s5, going), 80);
  v128.store(s, v128.bitselect(v128.load(s, 96), s6, going), 96);
  v128.store(s, v128.bitselect(v128.load(s, 112), s7, going), 112);
}

/** The chaining value after the block of the key xor `pad`, in every lane of S; lane 0 is stored. */
function keyBlock(key: usize, pad: u32, area: usize, to: usize): void {
  for (let i: usize = 0; i < 16; i++) {
    const word = i < 8 ? bswap<u32>(load<u32>(key + (i << 2))) : 0;
    v128.store(area + W + (i << 4), i32x4.splat(word ^ pad));
  }
  begin(area + S, INITIAL);
  compress(area + W, area + S);
  for (let i: usize = 0; i < 8; i++) store<u32>(to + (i << 2), load<u32>(area + S + (i << 4)));
}

/**
 * Prepares an area whose first 32 bytes are the key; they are overwritten.
 * @param area `hmacAreaBytes()` bytes, aligned to 16; as secret as the key
 */
export function hmacInit(area: usize): void {
  const key = area + LEFT;
  memory.copy(key, area, 32);
  keyBlock(key, 0x36363636, area, area);
  keyBlock(key, 0x5c5c5c5c, area, area + OUTER);
  memory.fill(area + W, 0, <usize>hmacAreaBytes() - W);
}

/**
 * Writes the 32-byte digests of all cells, empty ones too. Cells may have any length; equal block counts are
 * treated together, and those left over at the end with others.
 * @param out n × 32 bytes
 */
export function hmacColumn(offsets: usize, bytes: usize, n: i32, area: usize, out: usize): void {
  memory.fill(area + COUNTS, 0, 4 * BUCKETS);
  for (let i = 0; i < n; i++) {
    const at = offsets + (<usize>i << 2);
    const bucket = <usize>(min(blocksOf(load<i32>(at, 4) - load<i32>(at)), BUCKETS) - 1);
    const rows = area + WAITING + (bucket << 4);
    const counter = area + COUNTS + (bucket << 2);
    const count = load<i32>(counter);
    if (count < 3) {
      store<i32>(rows + (<usize>count << 2), i);
      store<i32>(counter, count + 1);
    } else {
      hmacFour(offsets, bytes, load<u32>(rows), load<u32>(rows, 4), load<u32>(rows, 8), i, area, out);
      store<i32>(counter, 0);
    }
  }
  let end = area + LEFT;
  for (let bucket: usize = 0; bucket < <usize>BUCKETS; bucket++) {
    const count = load<i32>(area + COUNTS + (bucket << 2));
    for (let i: usize = 0; i < <usize>count; i++, end += 4) {
      store<u32>(end, load<u32>(area + WAITING + (bucket << 4) + (i << 2)));
    }
  }
  for (let p = area + LEFT; p < end; p += 16) {
    const last = end - 4;
    hmacFour(
      offsets, bytes,
      load<u32>(p), load<u32>(min(p + 4, last)), load<u32>(min(p + 8, last)), load<u32>(min(p + 12, last)),
      area, out,
    );
  }
}
