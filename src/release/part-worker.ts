import { parentPort } from 'node:worker_threads';
import { type PartDigests, type PartTask, treatPart } from './part.ts';

/** What a thread answers: errors of the system lose their codes on the way between threads. */
export type PartAnswer = PartDigests | { readonly systemError: string };

parentPort?.postMessage('ready');

/** Does one task (the function that piscina calls). */
export default function treat(task: PartTask): PartAnswer {
  try {
    return treatPart(task);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return { systemError: code };
  }
}
