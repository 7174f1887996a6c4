import { availableParallelism } from 'node:os';
import { fromSystem, GamyeongError } from '../errors.ts';
import { type PartDigests, type PartTask, treatPart } from './part.ts';
import type { PartAnswer } from './part-worker.ts';

/** Less than this in all is not worth a thread. */
const ALONE_BYTES = 8 << 20;

export interface PartsOptions {
  /** The bundle as the user typed it, for errors. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
  /** Told after each part: the bytes of it. */
  onPart?(bytes: number): void;
}

/**
 * Does tasks on parts, in threads where there is much to do.
 * @returns the digests in the order of the tasks
 * @throws GamyeongError E_INTERRUPTED, E_WORKER_DIED, E_DISK_FULL and others of the system
 */
export async function treatParts(
  tasks: readonly PartTask[],
  options: PartsOptions,
): Promise<readonly PartDigests[]> {
  const total = tasks.reduce((sum, { from }) => sum + from.bytes, 0);
  const done = (task: PartTask, answer: PartDigests): PartDigests => {
    options.onPart?.(task.from.bytes);
    return answer;
  };
  if (total < ALONE_BYTES) return tasks.map((task) => done(task, alone(task, options.file)));
  const threads = Math.min(tasks.length, availableParallelism());
  const { pool, close } = await startPool(threads);
  try {
    return await Promise.all(
      tasks.map(async (task) => {
        const answer = await pool
          .run(task, { signal: options.signal ?? null })
          .catch((error: unknown) => refuse(error));
        if ('systemError' in answer) throw fromSystem({ code: answer.systemError }, options.file);
        return done(task, answer);
      }),
    );
  } finally {
    await close();
  }
}

function alone(task: PartTask, file: string): PartDigests {
  try {
    return treatPart(task);
  } catch (error) {
    throw fromSystem(error, file);
  }
}

function refuse(error: unknown): never {
  const name = error instanceof Error ? error.name : 'exit';
  if (name === 'AbortError') throw new GamyeongError('E_INTERRUPTED');
  throw new GamyeongError('E_WORKER_DIED', { reason: name });
}

async function startPool(threads: number) {
  const { Piscina } = await import('piscina');
  const pool = new Piscina<PartTask, PartAnswer>({
    filename: new URL('./part-worker.js', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  });
  // Node 20 aborts the whole process when a thread is ended while it still loads its modules.
  const ready = new Promise<void>((resolve) => {
    let count = 0;
    pool.on('message', () => {
      if (++count === threads) resolve();
    });
    pool.on('error', () => resolve());
  });
  const close = async () => {
    await ready;
    await pool.destroy();
  };
  return { pool, close };
}
