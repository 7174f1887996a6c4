import type { Threads } from './threads.ts';

/** Starts worker threads, which load on their own; what they need is imported only now. */
export async function startThreads(count: number): Promise<Threads> {
  const { Threads } = await import('./threads.ts');
  return new Threads(count);
}
