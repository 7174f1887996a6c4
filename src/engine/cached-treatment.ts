import { type Arena, type Column, columnLength } from '../kernel/arena.ts';
import type { Dictionary } from '../kernel/dictionary.ts';
import type { DecidingPrefix } from '../techniques/technique.ts';
import { type BatchContext, STATUS, type Treated, type Treatment } from './treatment.ts';

/** Batches for which a dictionary that did not help is left alone before it is tried again: first, and at most. */
const FIRST_REST = 16;
const LONGEST_REST = 1024;

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
  #rest = FIRST_REST;
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
    const { codes, firsts, fresh: count, missed } = this.#dictionary.lookUp(batch.arena, input, this.#prefix);
    const fresh = this.#inner.treat(pick(batch.arena, input, firsts, count), batch);
    if (fresh.status !== undefined) {
      this.#status.set(fresh.status, known);
      this.#faults = true;
    } else {
      this.#status.fill(STATUS.treated, known, known + count);
    }
    this.#plain &&= fresh.plain === true;
    const learnt = this.#dictionary.learn(fresh.column);
    if (!learnt || missed > 0) {
      this.#giveUp();
      return this.#inner.treat(input, batch);
    }
    const column = this.#dictionary.emit(batch.arena, codes, input.rows);
    const status = this.#faults ? this.#statusOf(batch.arena, codes, input.rows) : undefined;
    const treated = { column, plain: this.#plain, ...(status && { status }) };
    if (1 - count / input.rows < this.#worthwhile) this.#giveUp();
    return treated;
  }

  #giveUp(): void {
    this.#dictionary.clear();
    this.#resting = this.#rest;
    this.#rest = Math.min(this.#rest * 4, LONGEST_REST);
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

/** A column of `count` rows of another, listed at the address `rows`. */
function pick(arena: Arena, column: Column, rows: number, count: number): Column {
  const offsets = arena.allocate((count + 1) * 4);
  const bytes = arena.allocate(columnLength(arena.kernels, column));
  arena.kernels.call.pickRows(column.offsets, column.bytes, rows, count, offsets, bytes);
  return { offsets, bytes, rows: count };
}
