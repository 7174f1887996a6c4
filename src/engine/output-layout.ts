import type { Arena } from '../kernel/arena.ts';
import { columnLength } from '../kernel/arena.ts';
import type { Plan } from '../rules/plan.ts';
import type { Batch, Live } from './batch.ts';
import type { Treated } from './treatment.ts';

/** See assembly/encode.ts. */
const KIND = { raw: 0, cells: 1, plain: 2 } as const;
const DESCRIPTOR_WORDS = 8;

/** What a stretch of an output record is made of: untouched neighbours are copied as one. */
type Part = { readonly first: number; readonly last: number } | { readonly changed: number };

/** Writes the records of a batch from untouched input columns and treated ones. */
export class OutputLayout {
  readonly #plan: Plan;
  readonly #parts: readonly Part[];
  readonly #descriptors: number;

  /** @param permanent where the descriptors of the columns are kept */
  constructor(plan: Plan, permanent: Arena) {
    this.#plan = plan;
    const parts: Part[] = [];
    plan.columns.forEach(({ action }, index) => {
      const before = parts.at(-1);
      if (action === 'change') parts.push({ changed: index });
      else if (action === 'keep') {
        if (before !== undefined && 'last' in before && before.last === index - 1) {
          parts[parts.length - 1] = { first: before.first, last: index };
        } else {
          parts.push({ first: index, last: index });
        }
      }
    });
    this.#parts = parts;
    this.#descriptors = permanent.allocate(parts.length * DESCRIPTOR_WORDS * 4);
  }

  /**
   * @param keep address of one byte per live record, 0 to leave it out; or 0 to keep all
   * @returns a view of the encoded records in kernel memory
   */
  encode(
    arena: Arena,
    batch: Batch,
    live: Live,
    keep: number,
    columns: ReadonlyMap<number, Treated>,
    newline: '\n' | '\r\n',
  ): Uint8Array {
    const { kernels } = arena;
    const { dialect, header } = this.#plan;
    let room = batch.length + live.count * 4; // a longer line end, quotes around a last cell
    const words: number[] = [];
    for (const part of this.#parts) {
      if ('changed' in part) {
        const { column, plain } = columns.get(part.changed)!;
        room += (plain ? 1 : 2) * columnLength(kernels, column) + 3 * live.count;
        words.push(plain ? KIND.plain : KIND.cells, column.offsets, column.bytes, 0, 0, 0, 0, 0);
      } else {
        words.push(KIND.raw, part.first, part.last, 0, 0, 0, 0, 0);
      }
    }
    const output = arena.allocate(room);
    kernels.i32.set(words, this.#descriptors >> 2);
    const single = this.#plan.columns.filter(({ action }) => action !== 'drop').length === 1 ? 1 : 0;
    const length = kernels.call.encodeRecords(
      batch.start,
      batch.ends,
      header.length,
      live.rows,
      keep,
      live.count,
      this.#descriptors,
      this.#parts.length,
      dialect.delimiter.charCodeAt(0),
      dialect.quote.charCodeAt(0),
      newline === '\r\n' ? 13 : 10,
      single,
      output,
    );
    return kernels.u8.subarray(output, output + length);
  }
}
