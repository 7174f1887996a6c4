import type { Checkpoint } from '../io/checkpoint.ts';
import type { CellCounts, Piece, RowCounts } from './engine.ts';

/** What has been treated so far, resumed work included. */
export class Tally {
  /** Offset in the input where this run began: 0 unless resumed. */
  readonly resumedAt: number;
  #rows: RowCounts;
  #redacted: CellCounts;
  #position: number;
  #checkpointAt: number;

  /** @param start offset of the first data record */
  constructor(start: number, checkpoint: Checkpoint | undefined) {
    this.resumedAt = checkpoint?.position ?? 0;
    this.#rows = checkpoint?.rows ?? { in: 0, out: 0, suppressed: 0, rejected: 0 };
    this.#redacted = checkpoint?.redacted ?? [];
    this.#position = checkpoint?.position ?? start;
    this.#checkpointAt = this.#position;
  }

  get rows(): RowCounts {
    return this.#rows;
  }

  /** Offset in the input of the first record that is not treated yet. */
  get position(): number {
    return this.#position;
  }

  /** Bytes treated since the last checkpoint. */
  get sinceCheckpoint(): number {
    return this.#position - this.#checkpointAt;
  }

  get redacted(): CellCounts {
    return this.#redacted;
  }

  add({ rows, redacted, inputEnd }: Piece): void {
    this.#redacted = redacted.map((count, index) => count + (this.#redacted[index] ?? 0));
    this.#rows = {
      in: this.#rows.in + rows.in,
      out: this.#rows.out + rows.out,
      suppressed: this.#rows.suppressed + rows.suppressed,
      rejected: this.#rows.rejected + rows.rejected,
    };
    this.#position = inputEnd;
  }

  markCheckpoint(): void {
    this.#checkpointAt = this.#position;
  }
}
