// A bounded dictionary of the values a column has shown, so that a value's treatment is computed once.
//
// Layout at `dict` (int32 fields): 0 entries in use, 4 most entries, 8 key bytes in use, 12 most key bytes,
// 16 slots in use - 1 (slots are a power of two, at most twice the entries), 20 address of slots, 24 address of
// key ends, 28 address of keys, 32 address of hashes. A slot holds a hash and entry + 1, or 0. Keys are stored one
// after the other. Few slots are used as long as there are few entries: what is read at random should be small.
import { copyShort } from './copy';

/** Slots looked at before a value counts as missing: bounds what flooding with collisions costs. */
const PROBES = 128;

// @ts-ignore: decorator
@inline
function mix(a: u64, b: u64): u64 {
  const product = a * b;
  return product ^ (product >> 32);
}

/** A fast 32-bit hash; flooding it with collisions only costs hits, see PROBES. */
function hashOf(from: usize, length: usize): u32 {
  let hash: u64 = 0x9e3779b97f4a7c15 ^ <u64>length;
  let i: usize = 0;
  for (; i + 8 <= length; i += 8) hash = mix(hash ^ load<u64>(from + i), 0xff51afd7ed558ccd);
  const left = (length - i) << 3;
  if (left) hash = mix(hash ^ (load<u64>(from + i) & ((<u64>1 << <u64>left) - 1)), 0xc4ceb9fe1a85ec53);
  hash = mix(hash, 0x2545f4914f6cdd1d);
  return <u32>(hash >> 16);
}

// @ts-ignore: decorator
@inline
function equal(a: usize, b: usize, length: usize): bool {
  let i: usize = 0;
  for (; i + 16 <= length; i += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(a + i), v128.load(b + i)))) return false;
  }
  const left = <i32>(length - i);
  if (left == 0) return true;
  const same = i8x16.bitmask(i8x16.eq(v128.load(a + i), v128.load(b + i)));
  return (~same & ((1 << left) - 1)) == 0;
}

// @ts-ignore: decorator
@inline
function skip(at: usize, end: usize, blanks: bool): usize {
  while (at < end && (load<u8>(at) == 32) == blanks) at++;
  return at;
}

/** `prefixOf` byte by byte, for cells that begin with a blank or whose prefix is long. */
function longPrefixOf(from: usize, length: usize, words: i32, suffix: u32): usize {
  const end = from + length;
  let at = from;
  for (let word = 0; word < words; word++) at = skip(skip(at, end, true), end, false);
  let next = skip(at, end, true);
  if (next == end) return at - from; // a blank at the end of a key says that more words follow
  if (suffix) {
    const stop = skip(next, end, false);
    if (stop - next >= 3 && (load<u32>(stop - 3) & 0xffffff) == suffix) {
      at = stop;
      next = skip(at, end, true);
      if (next == end) return at - from;
    }
  }
  return at + 1 - from;
}

/**
 * Length of what decides about a cell: its first `words` words, the next one when it ends with the three bytes
 * `suffix`, and one blank when more words follow. Looks at 64 bytes at once.
 */
// @ts-ignore: decorator
@inline
function prefixOf(from: usize, length: usize, words: i32, suffix: u32): usize {
  const blank = i8x16.splat(32);
  let blanks =
    (<u64>i8x16.bitmask(i8x16.eq(v128.load(from), blank))) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(from, 16), blank))) << 16) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(from, 32), blank))) << 32) |
    ((<u64>i8x16.bitmask(i8x16.eq(v128.load(from, 48), blank))) << 48);
  const seen: u64 = length < 64 ? (<u64>1 << <u64>length) - 1 : -1;
  blanks &= seen;
  let wordEnds = blanks & ~(blanks << 1);
  for (let word = 1; word < words; word++) wordEnds &= wordEnds - 1;
  const following = wordEnds ? ~blanks & seen & (0 - (wordEnds & (0 - wordEnds))) : 0;
  if (blanks & 1 || following == 0) return longPrefixOf(from, length, words, suffix);
  let at = <usize>ctz(wordEnds);
  if (suffix) {
    // The following word ends at the next blank.
    const behind = blanks & (0 - (following & (0 - following)));
    if (behind == 0) return longPrefixOf(from, length, words, suffix);
    const stop = <usize>ctz(behind);
    if ((load<u32>(from + stop - 3) & 0xffffff) == suffix) {
      if ((~blanks & seen & (0 - (behind & (0 - behind)))) == 0) return longPrefixOf(from, length, words, suffix);
      at = stop;
    }
  }
  return at + 1;
}

/** Doubles the slots and enters all entries anew. @returns the new mask */
function grow(slots: usize, mask: u32, hashes: usize, entries: i32): u32 {
  mask = mask * 2 + 1;
  memory.fill(slots, 0, (<usize>mask + 1) << 3);
  for (let entry = 0; entry < entries; entry++) {
    const hash = load<u32>(hashes + (<usize>entry << 2));
    let slot = hash & mask;
    while (load<i32>(slots + (<usize>slot << 3), 4)) slot = (slot + 1) & mask;
    store<u32>(slots + (<usize>slot << 3), hash);
    store<i32>(slots + (<usize>slot << 3), entry + 1, 4);
  }
  return mask;
}

/**
 * Looks every cell up and enters the new ones. `codes` receives the entry of each cell, or -1 where the
 * dictionary was full. `firsts` receives, for each entry made by this call, the row that showed it first.
 * @param words when not 0, cells with the same deciding prefix are one value (see DecidingPrefix)
 * @returns number of cells with code -1
 */
export function lookUp(
  dict: usize, offsets: usize, bytes: usize, n: i32, words: i32, suffix: u32, codes: usize, firsts: usize,
): i32 {
  let entries = load<i32>(dict);
  const mostEntries = load<i32>(dict, 4);
  let used = load<i32>(dict, 8);
  const mostBytes = load<i32>(dict, 12);
  let mask = load<u32>(dict, 16);
  const slots = <usize>load<u32>(dict, 20);
  const keyEnds = <usize>load<u32>(dict, 24);
  const keys = <usize>load<u32>(dict, 28);
  const hashes = <usize>load<u32>(dict, 32);
  let missed = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const begin = <usize>load<u32>(offsets + (i << 2));
    const from = bytes + begin;
    let length = <usize>load<u32>(offsets + (i << 2), 4) - begin;
    if (words) length = prefixOf(from, length, words, suffix);
    const hash = hashOf(from, length);
    let code = -1;
    let slot = hash & mask;
    for (let probe = 0; probe < PROBES; probe++) {
      const at = slots + (<usize>slot << 3);
      const entry = load<i32>(at, 4) - 1;
      if (entry < 0) {
        if (entries < mostEntries && used + <i32>length <= mostBytes) {
          store<u32>(at, hash);
          store<i32>(at, entries + 1, 4);
          store<u32>(hashes + (<usize>entries << 2), hash);
          copyShort(keys + <usize>used, from, length);
          used += <i32>length;
          store<i32>(keyEnds + (<usize>entries << 2) + 4, used);
          store<i32>(firsts, <i32>i);
          firsts += 4;
          code = entries++;
          if (<u32>entries * 2 > mask && entries < mostEntries) mask = grow(slots, mask, hashes, entries);
        }
        break;
      }
      if (load<u32>(at) == hash) {
        const keyAt = <usize>load<u32>(keyEnds + (<usize>entry << 2));
        const keyLength = <usize>load<u32>(keyEnds + (<usize>entry << 2), 4) - keyAt;
        if (keyLength == length && equal(keys + keyAt, from, length)) {
          code = entry;
          break;
        }
      }
      slot = (slot + 1) & mask;
    }
    if (code < 0) missed++;
    store<i32>(codes + (i << 2), code);
  }
  store<i32>(dict, entries);
  store<i32>(dict, used, 8);
  store<u32>(dict, mask, 16);
  return missed;
}

/**
 * Writes a column from codes: cell i is value codes[i] of the values column.
 * @returns bytes written
 */
export function emitCodes(
  codes: usize, n: i32, valueOffsets: usize, valueBytes: usize, outOffsets: usize, outBytes: usize,
): i32 {
  let out = outBytes;
  store<i32>(outOffsets, 0);
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = valueOffsets + (<usize>load<u32>(codes + (i << 2)) << 2);
    const begin = <usize>load<u32>(at);
    const length = <usize>load<u32>(at, 4) - begin;
    copyShort(out, valueBytes + begin, length);
    out += length;
    store<i32>(outOffsets + (i << 2) + 4, <i32>(out - outBytes));
  }
  return <i32>(out - outBytes);
}

/** Bytes that `emitCodes` will write. */
export function codesBytes(codes: usize, n: i32, valueOffsets: usize): i32 {
  let sum = 0;
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = valueOffsets + (<usize>load<u32>(codes + (i << 2)) << 2);
    sum += load<i32>(at, 4) - load<i32>(at);
  }
  return sum;
}
