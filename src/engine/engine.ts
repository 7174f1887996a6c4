import type { Plan } from '../rules/plan.ts';
import type { KeyRing } from './keyring.ts';
import type { Threads } from './threads.ts';

/** Row counts; rows in = out + suppressed + rejected (checked at the end of every job). */
export interface RowCounts {
  readonly in: number;
  readonly out: number;
  /** Removed by a rule over records (`rows:`). */
  readonly suppressed: number;
  /** Removed by `on-invalid: reject-row` or `on-empty: reject-row`. */
  readonly rejected: number;
}

/** Cells emptied by `on-invalid: redact`, in records not rejected before: a count per input column. */
export type CellCounts = readonly number[];

/** The records of an input, after its header. */
export interface Body {
  /** File name as the user typed it, for errors. */
  readonly file: string;
  /** Offset in the file of the first body byte that `read` gives. */
  readonly offset: number;
  /** Row number of the record that starts there; the header is row 1, so 2 unless resumed. */
  readonly row: number;
  /** What ends the lines of the output. */
  readonly newline: '\n' | '\r\n';
  /** Fills `into` from its start with the next bytes. @returns bytes read, 0 at the end. */
  read(into: Uint8Array): Promise<number>;
}

/** Consecutive whole records, treated. Its buffers are valid until the next piece is asked for. */
export interface Piece {
  /** Offset in the input just after the last record of this piece. */
  readonly inputEnd: number;
  /** Encoded output records. */
  readonly output: Uint8Array;
  /** The rejected records as they stood in the input, each with its line end. */
  readonly rejected: Uint8Array;
  readonly rows: RowCounts;
  readonly redacted: CellCounts;
}

export interface EngineOptions {
  readonly plan: Plan;
  readonly keys: KeyRing;
  readonly threads: number;
  /** Threads that are running already. They are their owner's to end. */
  readonly started?: Threads | undefined;
  /** Bytes of input handed to a thread at a time. */
  readonly chunkBytes: number;
}

/** Treats bodies of data. Both engines give the same bytes and the same errors. */
export interface Engine {
  /**
   * Yields the pieces in input order.
   * @throws GamyeongError for the first record, in input order, that cannot be read or treated.
   */
  pieces(body: Body): AsyncIterable<Piece>;
  /** Ends threads. Idempotent. */
  close(): Promise<void>;
}
