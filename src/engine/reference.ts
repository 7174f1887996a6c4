import { type InputRecord, RecordReader } from '../io/records.ts';
import type { Body, Engine, EngineOptions, Piece, RowCounts } from './engine.ts';
import { type OutputCell, RecordProcessor } from './record-processor.ts';
import { RecordWriter } from './record-writer.ts';

/** Records treated since the last piece. */
interface Gathered {
  readonly output: (readonly OutputCell[])[];
  readonly rejected: Uint8Array[];
  rows: RowCounts;
  inputEnd: number;
}

/**
 * The plain engine: csv-parse → record processor → csv-stringify, in one thread. It serves every dialect and
 * says what is right: the fast engine must give the same bytes.
 */
export class ReferenceEngine implements Engine {
  readonly #options: EngineOptions;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async *pieces(body: Body): AsyncGenerator<Piece> {
    const { plan, keys, chunkBytes } = this.#options;
    const processor = new RecordProcessor(plan, keys, body.file);
    const writer = new RecordWriter(plan, body.newline);
    let gathered = gather(body.offset);
    const reader = new RecordReader({
      file: body.file,
      dialect: plan.dialect,
      offset: body.offset,
      row: body.row,
      header: plan.header,
      onRecord: (record) => take(gathered, record, processor.process(record.cells, record.row), body.newline),
    });
    for (let ended = false; !ended; ) {
      const block = Buffer.allocUnsafeSlow(chunkBytes);
      const count = await body.read(block);
      ended = count === 0;
      if (ended) reader.end();
      else reader.write(block.subarray(0, count));
      yield {
        inputEnd: gathered.inputEnd,
        output: writer.encode(gathered.output),
        rejected: Buffer.concat(gathered.rejected),
        rows: gathered.rows,
        redacted: processor.takeRedacted(),
      };
      gathered = gather(gathered.inputEnd);
    }
  }

  async close(): Promise<void> {}
}

function gather(inputEnd: number): Gathered {
  return { output: [], rejected: [], rows: { in: 0, out: 0, suppressed: 0, rejected: 0 }, inputEnd };
}

function take(
  into: Gathered,
  record: InputRecord,
  outcome: ReturnType<RecordProcessor['process']>,
  newline: string,
): void {
  const { rows } = into;
  into.inputEnd = record.end;
  if (outcome === 'suppressed') {
    into.rows = { ...rows, in: rows.in + 1, suppressed: rows.suppressed + 1 };
  } else if (outcome === 'rejected') {
    into.rows = { ...rows, in: rows.in + 1, rejected: rows.rejected + 1 };
    into.rejected.push(record.raw, Buffer.from(newline));
  } else {
    into.rows = { ...rows, in: rows.in + 1, out: rows.out + 1 };
    into.output.push(outcome);
  }
}
