import type { Arena, Column } from '../kernel/arena.ts';
import type { Dictionary } from '../kernel/dictionary.ts';
import type { DecidingPrefix } from '../techniques/technique.ts';
import { type BatchContext, STATUS, type Treated, type Treatment } from './treatment.ts';

/** Batches for which a dictionary that did not help is left alone before it is tried again. */
const REST = 16;

/**
 * Treats each distinct value once and remembers the result. The memory is bounded: a dictionary that is full,
 * or that finds too few values again, is cleared and rests for some batches.
 */
export class CachedTreatment implements Treatment {
  readonly #inner: Treatment;
  readonly #dictionary: Dictionary;
  readonly #prefix: DecidingPrefix | undefined;
  readonly #worthwhile: number;
  readonly #status: Uint8Array;
  #resting = 0;
  #faults = false;
  #plain = true;

  /**
   * @param prefix what decides a result; whole cells when left out
   * @param worthwhile share of hits in a batch below which the dictionary rests; 0 to fill it first
   */
  constructor(
    inner: Treatment,
    dictionary: Dictionary,
    capacity: number,
    prefix: DecidingPrefix | undefined,
    worthwhile: number,
  ) {
    this.#inner = inner;
    this.#dictionary = dictionary;
    this.#prefix = prefix;
    this.#worthwhile = worthwhile;
    this.#status = new Uint8Array(capacity);
  }

  treat(input: Column, batch: BatchContext): Treated {
    if (this.#resting > 0) {
      this.#resting--;
      return this.#inner.treat(input, batch);
    }
    const known = this.#dictionary.entries;
    const { codes, firsts, missed } = this.#dictionary.lookUp(batch.arena, input, this.#prefix);
    const fresh = this.#inner.treat(pick(batch.arena, input, firsts), batch);
    if (fresh.status !== undefined) {
      this.#status.set(fresh.status, known);
      this.#faults = true;
    } else {
      this.#status.fill(STATUS.treated, known, known + firsts.length);
    }
    this.#plain &&= fresh.plain === true;
    const learnt = this.#dictionary.learn(fresh.column);
    if (!learnt || missed > 0) {
      this.#rest();
      return this.#inner.treat(input, batch);
    }
    const column = this.#dictionary.emit(batch.arena, codes, input.rows);
    const status = this.#faults ? this.#statusOf(batch.arena, codes, input.rows) : undefined;
    const treated = { column, plain: this.#plain, ...(status && { status }) };
    if (1 - firsts.length / input.rows < this.#worthwhile) this.#rest();
    return treated;
  }

  #rest(): void {
    this.#dictionary.clear();
    this.#resting = REST;
    this.#faults = false;
    this.#plain = true;
  }

  #statusOf(arena: Arena, codes: number, rows: number): Uint8Array {
    const heap = arena.kernels.i32;
    const first = codes >> 2;
    const status = new Uint8Array(rows);
    for (let row = 0; row < rows; row++) status[row] = this.#status[heap[first + row]!]!;
    return status;
  }
}

/** A column of the given rows of another. */
function pick(arena: Arena, column: Column, rows: Int32Array): Column {
  const { kernels } = arena;
  const offsets = arena.allocate((rows.length + 1) * 4);
  const from = column.offsets >> 2;
  let length = 0;
  for (const row of rows) length += kernels.i32[from + row + 1]! - kernels.i32[from + row]!;
  const bytes = arena.allocate(length);
  const { u8, i32 } = kernels;
  let end = 0;
  i32[offsets >> 2] = 0;
  rows.forEach((row, index) => {
    const begin = column.bytes + i32[from + row]!;
    const stop = column.bytes + i32[from + row + 1]!;
    u8.copyWithin(bytes + end, begin, stop);
    end += stop - begin;
    i32[(offsets >> 2) + index + 1] = end;
  });
  return { offsets, bytes, rows: rows.length };
}
