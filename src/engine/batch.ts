import { isUtf8 } from 'node:buffer';
import { decodeCp949, encodeCp949 } from '../io/cp949.ts';
import { cp949Length } from '../io/text-decoder.ts';
import { Arena, type Column } from '../kernel/arena.ts';
import { Kernels } from '../kernel/module.ts';
import { columnReader } from '../kernel/text-column.ts';
import type { Plan } from '../rules/plan.ts';
import type { DrawRequest } from '../techniques/technique.ts';
import { Draws } from './draws.ts';
import type { CellCounts, RowCounts } from './engine.ts';
import { type CompiledPlan, compileTechniques, type KeyRing } from './keyring.ts';
import { OutputLayout } from './output-layout.ts';
import { type BatchContext, STATUS, type Treated } from './treatment.ts';
import { type ColumnTreatment, columnTreatments } from './treatments.ts';

/** A batch that was treated as a whole. Views into kernel memory: valid until the next batch. */
export interface BatchResult {
  readonly output: Uint8Array;
  readonly rejected: Uint8Array;
  readonly rows: RowCounts;
  readonly redacted: CellCounts;
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const NO_LIMIT = 0x7fffffff;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Treats chunks of whole records: finds the fields, collects the columns that change, treats them column by
 * column, writes the records. Says nothing about what is wrong with a chunk: see `diagnose.ts`.
 */
export class BatchProcessor {
  readonly #plan: Plan;
  readonly #newline: '\n' | '\r\n';
  readonly #kernels = new Kernels();
  readonly #arena: Arena;
  readonly #compiled: CompiledPlan;
  readonly #treatments: readonly ColumnTreatment[];
  readonly #layout: OutputLayout;
  readonly #draws: Draws;

  constructor(plan: Plan, keys: KeyRing, newline: '\n' | '\r\n') {
    this.#plan = plan;
    this.#newline = newline;
    this.#compiled = compileTechniques(plan, keys);
    const permanent = new Arena(this.#kernels, this.#kernels.heapBase);
    this.#draws = new Draws(permanent);
    for (const { compiled, drawKey } of [...this.#compiled.rows, ...this.#compiled.columns.flat()]) {
      if (compiled.draw && drawKey) this.#draws.prepare(drawKey, compiled.draw.column);
    }
    this.#treatments = columnTreatments(plan, this.#compiled, permanent);
    this.#layout = new OutputLayout(plan, permanent);
    this.#arena = new Arena(this.#kernels, permanent.allocate(0));
  }

  /**
   * @param chunk whole records; only the very last record of an input may lack its line end
   * @returns undefined when something in the chunk cannot be read or treated
   */
  process(chunk: Uint8Array): BatchResult | undefined {
    const text = this.#decode(chunk);
    const batch = text && this.#structure(text);
    if (batch === undefined) return undefined;
    const live = this.#suppress(batch);
    const status = new Uint8Array(live.count);
    const redacted = new Array<number>(this.#plan.header.length).fill(0);
    const columns = new Map<number, Treated>();
    const context: BatchContext = {
      arena: this.#arena,
      draws: (request, key) => this.#drawsOf(batch, live, request, key),
    };
    for (const treatment of this.#treatments) {
      let treated: Treated = { column: this.#gather(batch, live, treatment.index) };
      for (const step of treatment.steps) {
        treated = step.treat(treated.column, context);
        const found = merge(status, treated.status);
        if (found === undefined) return undefined;
        redacted[treatment.index]! += found;
      }
      columns.set(treatment.index, treated);
    }
    const encoded = this.#encode(batch, live, status, columns);
    return encoded && { ...encoded, redacted };
  }

  /** The chunk in UTF-8; undefined when it is not in the encoding it should be in. */
  #decode(chunk: Uint8Array): Uint8Array | undefined {
    if (this.#plan.dialect.encoding === 'utf-8') return isUtf8(chunk) ? chunk : undefined;
    const { text, valid } = decodeCp949(chunk);
    return valid === chunk.length ? text : undefined;
  }

  /** Copies the text into kernel memory and finds its fields. */
  #structure(text: Uint8Array): Batch | undefined {
    const { dialect, header } = this.#plan;
    this.#arena.reset();
    const start = this.#arena.allocate(text.length + 2);
    const { u8 } = this.#kernels;
    u8.set(text, start);
    let length = text.length;
    const last = text[length - 1];
    if (last === CARRIAGE_RETURN) u8[start + length++] = CARRIAGE_RETURN; // so that the CR stays data
    if (last !== LINE_FEED) u8[start + length++] = LINE_FEED;
    const ends = this.#arena.allocate(4 * (length + 64));
    const found = this.#kernels.call.findFields(
      start,
      length,
      dialect.delimiter.charCodeAt(0),
      dialect.quote.charCodeAt(0),
      header.length,
      dialect.encoding === 'utf-8' ? dialect.maxRecordBytes : NO_LIMIT,
      ends,
    );
    if (found === -1) return undefined;
    if (found < -1) {
      const bytes = Buffer.from(this.#kernels.u8.buffer, start, length);
      if (bytes.includes(BYTE_ORDER_MARK)) return undefined;
    }
    const batch = { start, length, ends, rows: found < 0 ? -2 - found : found, gathered: new Map() };
    return dialect.encoding === 'cp949' && this.#holdsLongRecord(batch) ? undefined : batch;
  }

  /** Whether a record is too long as CP949 counts it. */
  #holdsLongRecord({ start, length, ends, rows }: Batch): boolean {
    const { dialect, header } = this.#plan;
    if (length <= dialect.maxRecordBytes) return false;
    const { i32, u8 } = this.#kernels;
    let from = start;
    for (let row = 1; row <= rows; row++) {
      const feed = i32[(ends >> 2) + row * header.length - 1]!;
      const end = feed > from && u8[feed - 1] === 13 ? feed - 1 : feed;
      if (cp949Length(u8.subarray(from, end)) > dialect.maxRecordBytes) return true;
      from = feed + 1;
    }
    return false;
  }

  /** Applies the rules over records. */
  #suppress(batch: Batch): Live {
    const all: Live = { rows: 0, count: batch.rows };
    if (this.#compiled.rows.length === 0) return all;
    const keeps = new Uint8Array(batch.rows).fill(1);
    for (const { inputs, compiled, drawKey } of this.#compiled.rows) {
      const readers = inputs.map((index) => columnReader(this.#kernels, this.#gather(batch, all, index)));
      const draws = compiled.draw && drawKey ? this.#drawsOf(batch, all, compiled.draw, drawKey) : undefined;
      for (let row = 0; row < batch.rows; row++) {
        if (keeps[row] === 0) continue;
        const values = readers.map((read) => read(row));
        if (!compiled.keeps(values, draws?.subarray(row * 32, row * 32 + 32))) keeps[row] = 0;
      }
    }
    batch.gathered.clear();
    const rows = this.#arena.allocate(batch.rows * 4);
    const { i32 } = this.#kernels;
    let count = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (keeps[row] === 1) i32[(rows >> 2) + count++] = row;
    }
    return { rows, count };
  }

  /** The cells of an input column, decoded, as a column. */
  #gather(batch: Batch, live: Live, index: number): Column {
    const known = batch.gathered.get(index);
    if (known !== undefined) return known;
    const { call } = this.#kernels;
    const columns = this.#plan.header.length;
    const quote = this.#plan.dialect.quote.charCodeAt(0);
    const offsets = this.#arena.allocate((live.count + 1) * 4);
    const room = call.columnBytes(batch.start, batch.ends, columns, index, live.rows, live.count);
    const bytes = this.#arena.allocate(room);
    call.gatherColumn(batch.start, batch.ends, columns, index, quote, live.rows, live.count, offsets, bytes);
    const column = { offsets, bytes, rows: live.count };
    batch.gathered.set(index, column);
    return column;
  }

  #drawsOf(batch: Batch, live: Live, request: DrawRequest, key: Uint8Array): Uint8Array {
    const over = request.over === 'record' ? this.#plan.recordKey : request.over;
    const cells = over.map((name) => this.#gather(batch, live, this.#plan.header.indexOf(name)));
    return this.#draws.compute(this.#arena, key, request.column, cells, live.count);
  }

  #encode(
    batch: Batch,
    live: Live,
    status: Uint8Array,
    columns: Map<number, Treated>,
  ): Omit<BatchResult, 'redacted'> | undefined {
    const rejected = status.reduce((sum, one) => sum + one, 0);
    let keep = 0;
    if (rejected > 0) {
      keep = this.#arena.allocate(live.count);
      const { u8 } = this.#kernels;
      for (let row = 0; row < live.count; row++) u8[keep + row] = status[row] === STATUS.treated ? 1 : 0;
    }
    const text = this.#layout.encode(this.#arena, batch, live, keep, columns, this.#newline);
    const output = this.#plan.output.encoding === 'cp949' ? encodeCp949(asText(text)) : text;
    return (
      output && {
        output,
        rejected: rejected > 0 ? this.#rejectedRecords(batch, live, status) : new Uint8Array(0),
        rows: {
          in: batch.rows,
          out: live.count - rejected,
          suppressed: batch.rows - live.count,
          rejected,
        },
      }
    );
  }

  /** The rejected records as they stood in the input, with the line ends of the output. */
  #rejectedRecords(batch: Batch, live: Live, status: Uint8Array): Uint8Array {
    const { i32, u8 } = this.#kernels;
    const columns = this.#plan.header.length;
    const records: Uint8Array[] = [];
    const newline = Buffer.from(this.#newline);
    for (let index = 0; index < live.count; index++) {
      if (status[index] === STATUS.treated) continue;
      const row = live.rows === 0 ? index : i32[(live.rows >> 2) + index]!;
      const from = row === 0 ? batch.start : i32[(batch.ends >> 2) + row * columns - 1]! + 1;
      const feed = i32[(batch.ends >> 2) + (row + 1) * columns - 1]!;
      const end = feed > from && u8[feed - 1] === 13 ? feed - 1 : feed;
      records.push(u8.slice(from, end), newline);
    }
    const text = Buffer.concat(records);
    return this.#plan.dialect.encoding === 'cp949' ? encodeCp949(text.toString())! : text;
  }
}

const asText = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();

/** A chunk in kernel memory with the separators of its fields. */
export interface Batch {
  readonly start: number;
  readonly length: number;
  readonly ends: number;
  readonly rows: number;
  /** Columns collected so far, by input index. */
  readonly gathered: Map<number, Column>;
}

/** The records that are still in play: their numbers (address of int32, 0 for all) and how many. */
export interface Live {
  readonly rows: number;
  readonly count: number;
}

/**
 * Adds what a step made of the cells to what is known of the rows.
 * @returns cells redacted, in rows that are not rejected already; undefined when a cell of such a row is faulty
 */
function merge(known: Uint8Array, fresh: Uint8Array | undefined): number | undefined {
  if (fresh === undefined) return 0;
  let redacted = 0;
  for (let row = 0; row < known.length; row++) {
    if (known[row] !== STATUS.treated) continue;
    if (fresh[row] === STATUS.faulty) return undefined;
    if (fresh[row] === STATUS.rejected) known[row] = STATUS.rejected;
    if (fresh[row] === STATUS.redacted) redacted++;
  }
  return redacted;
}
