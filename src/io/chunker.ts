import { Kernels } from '../kernel/module.ts';

/** More than what may stand behind the longest record before it is known to be too long: CR, a cut character. */
const CUT_OFF = 8;

/** Whole records in a buffer of the chunker's own: valid until the next call. */
export interface Chunk {
  readonly bytes: Uint8Array;
  /** The input ends with this chunk. */
  readonly last: boolean;
}

/** The input cannot be cut: a record (or what an unclosed quote makes of the rest) is longer than allowed. */
export class RecordTooLong {
  /** The first bytes of that record. */
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/**
 * Cuts a stream of bytes into chunks that end where a record ends, whatever the reads deliver. Only quotes and
 * line feeds matter, so it works on every ASCII-compatible encoding whose trail bytes are neither (UTF-8, CP949).
 */
export class Chunker {
  readonly #read: (into: Uint8Array) => Promise<number>;
  readonly #quote: number;
  readonly #target: number;
  readonly #longest: number;
  readonly #kernels = new Kernels();
  readonly #start: number;
  #held = 0;
  #given = 0;
  #ended = false;

  /**
   * @param read fills an array from its start; 0 at the end
   * @param target bytes a chunk should have; more only when a record needs them
   * @param longest bytes a record may have
   */
  constructor(read: (into: Uint8Array) => Promise<number>, quote: number, target: number, longest: number) {
    this.#read = read;
    this.#quote = quote;
    this.#target = target;
    this.#longest = longest;
    this.#start = (this.#kernels.heapBase + 63) & ~63;
  }

  /** @returns undefined at the end of the input */
  async next(): Promise<Chunk | RecordTooLong | undefined> {
    this.#dropGiven();
    for (let want = this.#target; ; want = Math.max(this.#held + this.#target, 2 * this.#held)) {
      await this.#fill(want);
      const bytes = this.#kernels.u8.subarray(this.#start, this.#start + this.#held);
      if (this.#ended) {
        this.#given = this.#held;
        return this.#held === 0 ? undefined : { bytes, last: true };
      }
      const end = this.#kernels.call.lastRecordEnd(this.#start, this.#held, this.#quote);
      if (end > 0) {
        this.#given = end;
        return { bytes: bytes.subarray(0, end), last: false };
      }
      if (this.#held > this.#longest + CUT_OFF) return new RecordTooLong(bytes);
    }
  }

  /** Moves what follows the last chunk to the front. */
  #dropGiven(): void {
    const from = this.#start + this.#given;
    this.#kernels.u8.copyWithin(this.#start, from, this.#start + this.#held);
    this.#held -= this.#given;
    this.#given = 0;
  }

  async #fill(want: number): Promise<void> {
    this.#kernels.ensure(this.#start + want + 64);
    while (this.#held < want && !this.#ended) {
      const into = this.#kernels.u8.subarray(this.#start + this.#held, this.#start + want);
      const got = await this.#read(into);
      if (got === 0) this.#ended = true;
      this.#held += got;
    }
  }
}
