import type { DecidingPrefix } from '../techniques/technique.ts';
import { type Arena, type Column, columnLength } from './arena.ts';
import type { Kernels } from './module.ts';

/** Bytes of kernel memory that a dictionary of so many entries takes, keys and values included. */
export function dictionaryBytes(entries: number): number {
  return entries * (2 * SLOT_BYTES + 4 + 4 + 4 + 2 * BYTES_PER_ENTRY) + 1024;
}

const BYTES_PER_ENTRY = 24;
const SLOT_BYTES = 8;
/** Slots in use at first; a power of two. */
const FIRST_SLOTS = 512;

/** The three UTF-8 bytes of a Hangul syllable as a little-endian number; 0 for none. */
function suffixBytes(suffix: string | undefined): number {
  return suffix === undefined ? 0 : Buffer.from(suffix).readUIntLE(0, 3);
}

/** Codes of a batch's cells, and the rows that showed a value for the first time. */
export interface Lookup {
  /** Address of int32[rows]. */
  readonly codes: number;
  /** Address of the rows whose value is new, in the order of their codes, which follow those known before. */
  readonly firsts: number;
  /** How many they are. */
  readonly fresh: number;
  /** Rows without a code because the dictionary is full. */
  readonly missed: number;
}

/**
 * Remembers what values became, in kernel memory that is allocated once. `lookUp` gives new values a code;
 * the caller treats them and hands the results to `learn` in the same order.
 */
export class Dictionary {
  readonly #kernels: Kernels;
  readonly #at: number;
  readonly #mostEntries: number;
  readonly #slots: number;
  readonly #valueOffsets: number;
  readonly #valueBytes: number;
  readonly #mostValueBytes: number;
  #values = 0;

  /** @param at address of `dictionaryBytes(entries)` bytes; @param entries a power of two, at least half of the first slots */
  constructor(kernels: Kernels, at: number, entries: number) {
    this.#kernels = kernels;
    this.#at = at;
    this.#mostEntries = entries;
    this.#slots = at + 64;
    const keyEnds = this.#slots + entries * 2 * SLOT_BYTES;
    const hashes = keyEnds + (entries + 1) * 4;
    this.#valueOffsets = hashes + entries * 4;
    const keys = this.#valueOffsets + (entries + 1) * 4;
    this.#valueBytes = keys + entries * BYTES_PER_ENTRY + 64;
    this.#mostValueBytes = entries * BYTES_PER_ENTRY;
    const fields = [0, entries, 0, entries * BYTES_PER_ENTRY, 0, this.#slots, keyEnds, keys, hashes];
    kernels.i32.set(fields, at >> 2);
    kernels.i32[keyEnds >> 2] = 0;
    this.clear();
  }

  get entries(): number {
    return this.#kernels.i32[this.#at >> 2]!;
  }

  /** Forgets everything. */
  clear(): void {
    const { i32 } = this.#kernels;
    i32[this.#at >> 2] = 0;
    i32[(this.#at >> 2) + 2] = 0;
    i32[(this.#at >> 2) + 4] = FIRST_SLOTS - 1;
    i32.fill(0, this.#slots >> 2, (this.#slots + FIRST_SLOTS * SLOT_BYTES) >> 2);
    i32[this.#valueOffsets >> 2] = 0;
    this.#values = 0;
  }

  /** @param prefix what of a cell is looked up; all of it when left out */
  lookUp(arena: Arena, column: Column, prefix?: DecidingPrefix): Lookup {
    const codes = arena.allocate(column.rows * 4);
    const firsts = arena.allocate(column.rows * 4);
    const before = this.entries;
    const { call } = this.#kernels;
    const missed = call.lookUp(
      this.#at,
      column.offsets,
      column.bytes,
      column.rows,
      prefix?.words ?? 0,
      suffixBytes(prefix?.suffix),
      codes,
      firsts,
    );
    return { codes, firsts, fresh: this.entries - before, missed };
  }

  /**
   * Takes the results of the values last found new.
   * @returns false when they do not fit: the dictionary must then be cleared before it is used again.
   */
  learn(column: Column): boolean {
    const { i32, u8 } = this.#kernels;
    const length = columnLength(this.#kernels, column);
    const first = this.#valueOffsets >> 2;
    const used = i32[first + this.#values]!;
    if (used + length > this.#mostValueBytes || this.#values + column.rows > this.#mostEntries) return false;
    u8.copyWithin(this.#valueBytes + used, column.bytes, column.bytes + length);
    const from = column.offsets >> 2;
    for (let row = 1; row <= column.rows; row++) {
      i32[first + this.#values + row] = used + i32[from + row]!;
    }
    this.#values += column.rows;
    return true;
  }

  /** The column that the codes stand for. */
  emit(arena: Arena, codes: number, rows: number): Column {
    const { call } = this.#kernels;
    const offsets = arena.allocate((rows + 1) * 4);
    const bytes = arena.allocate(call.codesBytes(codes, rows, this.#valueOffsets));
    call.emitCodes(codes, rows, this.#valueOffsets, this.#valueBytes, offsets, bytes);
    return { offsets, bytes, rows };
  }
}
