import { Piscina } from 'piscina';
import { kernelModule } from '../kernel/module.ts';
import type { CellCounts, RowCounts } from './engine.ts';

/** A chunk to treat; both buffers are transferred there and back. */
export interface Task {
  /** The same for all tasks: see `packSetup`. */
  readonly setup: SharedArrayBuffer;
  readonly input: ArrayBuffer;
  readonly length: number;
  /** A buffer to write the output into, when it is large enough. */
  readonly spare: ArrayBuffer | undefined;
}

/** The treated chunk; without `rows` something in it cannot be read or treated. */
export interface TaskResult {
  readonly input: ArrayBuffer;
  readonly length: number;
  readonly output: ArrayBuffer;
  readonly outputLength: number;
  readonly rejected: Uint8Array;
  readonly rows: RowCounts | undefined;
  readonly redacted: CellCounts;
}

/** A fixed number of worker threads. They load while the caller goes on. */
export class Threads {
  readonly count: number;
  readonly #pool: Piscina<Task, TaskResult>;
  /** All threads have loaded their modules, or failed to. */
  readonly #loaded: Promise<void>;
  #closing: Promise<void> | undefined;
  #lost = false;
  /** Rejects the tasks that are not done. */
  readonly #waiting = new Set<(reason: Error) => void>();

  constructor(count: number) {
    this.count = count;
    this.#pool = new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: count,
      maxThreads: count,
      concurrentTasksPerWorker: 2,
      workerData: kernelModule(),
    });
    this.#loaded = new Promise((resolve) => {
      let loaded = 0;
      this.#pool.on('message', () => {
        if (++loaded === count) resolve();
      });
      this.#pool.on('error', () => resolve());
      this.#pool.on('workerDestroy', () => {
        resolve();
        this.#lose();
      });
    });
  }

  /** @throws what the thread threw, or an Error when a thread ended */
  run(task: Task): Promise<TaskResult> {
    const { input, spare } = task;
    if (this.#lost) return Promise.reject(new Error('a thread ended'));
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      this.#pool
        .run(task, { transferList: spare ? [input, spare] : [input] })
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  /** Ends the threads, once they have loaded: Node 20 aborts the process when one is ended before. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#loaded.then(() => this.#pool.destroy());
    return this.#closing;
  }

  /** A thread that ends on its own takes the job with it; piscina would wait for one that ends while it loads. */
  #lose(): void {
    if (this.#closing !== undefined) return;
    this.#lost = true;
    for (const reject of this.#waiting) reject(new Error('a thread ended'));
  }
}
