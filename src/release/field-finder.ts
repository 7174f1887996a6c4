import { Arena } from '../kernel/arena.ts';
import { Kernels } from '../kernel/module.ts';

const LINE_FEED = 10;
const NO_LIMIT = 0x7fffffff;

/** Is given a field as it stands in the file, quotes included: `bytes[from .. to)`. */
export type OnField = (column: number, bytes: Uint8Array, from: number, to: number) => void;

/** Finds the fields of whole records with the scan of the engine (RFC 4180, UTF-8). */
export class FieldFinder {
  readonly #kernels = new Kernels();
  readonly #arena = new Arena(this.#kernels, this.#kernels.heapBase);
  readonly #columns: number;
  readonly #delimiter: number;
  readonly #quote: number;

  constructor(columns: number, delimiter: string, quote: string) {
    this.#columns = columns;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote.charCodeAt(0);
  }

  /**
   * @param chunk whole records
   * @returns number of records; undefined when the chunk is not well-formed
   */
  find(chunk: Uint8Array, onField: OnField): number | undefined {
    this.#arena.reset();
    const start = this.#arena.allocate(chunk.length + 1);
    this.#kernels.u8.set(chunk, start);
    let length = chunk.length;
    if (chunk.at(-1) !== LINE_FEED) this.#kernels.u8[start + length++] = LINE_FEED;
    const ends = this.#arena.allocate(4 * (length + 64));
    const { u8, i32, call } = this.#kernels;
    const found = call.findFields(start, length, this.#delimiter, this.#quote, this.#columns, NO_LIMIT, ends);
    if (found === -1) return undefined;
    const rows = found < 0 ? -2 - found : found;
    let from = start;
    let at = ends >> 2;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        const to = i32[at++]!;
        onField(column, u8, from, to);
        from = to + 1;
      }
    }
    return rows;
  }
}
