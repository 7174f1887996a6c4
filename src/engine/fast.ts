import { GamyeongError } from '../errors.ts';
import { type Chunk, Chunker, RecordTooLong } from '../io/chunker.ts';
import { BatchProcessor } from './batch.ts';
import { diagnose } from './diagnose.ts';
import type { Body, Engine, EngineOptions, Piece } from './engine.ts';
import { packSetup } from './setup.ts';
import { startThreads } from './start-threads.ts';
import type { TaskResult, Threads } from './threads.ts';

/** The engine that treats whole chunks with WASM kernels, in worker threads when there is more than one chunk. */
export class FastEngine implements Engine {
  readonly #options: EngineOptions;
  /** Threads that this engine started itself. */
  #own: Threads | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  async *pieces(body: Body): AsyncGenerator<Piece> {
    const { dialect } = this.#options.plan;
    const chunker = new Chunker(
      (into) => body.read(into),
      dialect.quote.charCodeAt(0),
      this.#options.chunkBytes,
      dialect.maxRecordBytes,
    );
    const position = new Position(body, this.#options);
    const first = await chunker.next();
    if (first === undefined) return;
    if (first instanceof RecordTooLong) throw position.fault(first.bytes);
    if (first.last) yield this.#alone(first, body, position);
    else yield* this.#together(first, chunker, body, position);
  }

  /** An input of one chunk: not worth a thread. */
  #alone(chunk: Chunk, body: Body, position: Position): Piece {
    const { plan, keys } = this.#options;
    const result = new BatchProcessor(plan, keys, body.newline).process(chunk.bytes);
    if (result === undefined) throw position.fault(chunk.bytes);
    return { inputEnd: position.advance(chunk.bytes.length, result.rows.in), ...result };
  }

  /** Keeps a bounded number of chunks in the hands of the threads and takes the results in input order. */
  async *#together(first: Chunk, chunker: Chunker, body: Body, position: Position): AsyncGenerator<Piece> {
    const { plan, keys, started } = this.#options;
    if (started === undefined) this.#own = await startThreads(this.#options.threads);
    const threads = (started ?? this.#own)!;
    const buffers = new Buffers(this.#options.chunkBytes);
    const setup = packSetup({ plan, keys, newline: body.newline });
    const send = ({ bytes }: Chunk): Promise<TaskResult> => {
      const input = buffers.input(bytes.length);
      new Uint8Array(input).set(bytes);
      const sent = threads.run({ setup, input, length: bytes.length, spare: buffers.outputs.pop() });
      sent.catch(() => undefined); // awaited later, in order: a failure must not count as unhandled until then
      return sent;
    };
    const window: Promise<TaskResult>[] = [];
    const most = threads.count * 2 + 1;
    let next: Chunk | RecordTooLong | undefined = first;
    for (;;) {
      while (next !== undefined && !(next instanceof RecordTooLong) && window.length < most) {
        window.push(send(next));
        next = next.last ? undefined : await chunker.next();
      }
      const oldest = window.shift();
      if (oldest === undefined) {
        if (next instanceof RecordTooLong) throw position.fault(next.bytes);
        return;
      }
      const { input, length, output, outputLength, rejected, rows, redacted } = await oldest.catch(
        (error: unknown) => {
          throw new GamyeongError('E_WORKER_DIED', { reason: error instanceof Error ? error.name : 'exit' });
        },
      );
      if (rows === undefined) throw position.fault(new Uint8Array(input, 0, length));
      buffers.inputs.push(input);
      yield {
        inputEnd: position.advance(length, rows.in),
        output: new Uint8Array(output, 0, outputLength),
        rejected,
        rows,
        redacted,
      };
      buffers.outputs.push(output);
    }
  }

  async close(): Promise<void> {
    await this.#own?.close();
    this.#own = undefined;
  }
}

/** Buffers that came back from the threads and may travel again. */
class Buffers {
  readonly inputs: ArrayBuffer[] = [];
  readonly outputs: ArrayBuffer[] = [];
  readonly #usual: number;

  constructor(usual: number) {
    this.#usual = usual;
  }

  input(length: number): ArrayBuffer {
    const known = this.inputs.pop();
    return known !== undefined && known.byteLength >= length
      ? known
      : new ArrayBuffer(Math.max(length, this.#usual));
  }
}

/** Where in the input the next chunk stands, for checkpoints and for errors. */
class Position {
  readonly #body: Body;
  readonly #options: EngineOptions;
  #offset: number;
  #row: number;

  constructor(body: Body, options: EngineOptions) {
    this.#body = body;
    this.#options = options;
    this.#offset = body.offset;
    this.#row = body.row;
  }

  /** @returns the offset behind the chunk */
  advance(bytes: number, rows: number): number {
    this.#row += rows;
    this.#offset += bytes;
    return this.#offset;
  }

  /** The first error of a chunk, in the words of the reference engine. */
  fault(bytes: Uint8Array): GamyeongError {
    const { plan, keys } = this.#options;
    return (
      diagnose(bytes, this.#row, this.#offset, plan, keys, this.#body.file) ??
      new GamyeongError(
        'E_INTERNAL',
        { reason: 'engines disagree' },
        { file: this.#body.file, row: this.#row },
      )
    );
  }
}
