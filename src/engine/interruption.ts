import { GamyeongError } from '../errors.ts';

/**
 * Waits for work, or for the signal if that comes first. Nothing is left on the signal afterwards: a promise that
 * outlives many waits would keep all their results in memory.
 * @throws GamyeongError E_INTERRUPTED when the signal is given
 */
export async function unlessInterrupted<T>(signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  if (signal === undefined) return work;
  let interrupt = () => {};
  const interrupted = new Promise<never>((_, reject) => {
    interrupt = () => reject(new GamyeongError('E_INTERRUPTED'));
    if (signal.aborted) interrupt();
    else signal.addEventListener('abort', interrupt);
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}
