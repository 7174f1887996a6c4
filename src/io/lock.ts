import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { isAlive, processIdentity } from './process-identity.ts';

const PATIENCE_MS = 30_000;

/** What a lock holds that nobody holds. An empty one is being written. */
const FREE = 'free\n';

/**
 * Runs `work` while no other process, and no other call of this one, works under the same path.
 *
 * Locks are generations in the directory `<path>.lock`: whoever creates generation n + 1, which the file system
 * lets one process do, has the lock, once n is free or its process is dead. The highest generation is never
 * removed, only marked as free, so a slow process that thinks an old one is dead finds a higher one and steps back.
 * A dead process therefore never blocks, and two never both believe that they took its place.
 * @throws GamyeongError E_LOCK_BUSY when a living process keeps the lock for half a minute
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const directory = `${path}.lock`;
  const held = await acquire(directory, path).catch((error) => {
    throw fromSystem(error, path);
  });
  try {
    return await work();
  } finally {
    await writeFile(held, FREE).catch(() => undefined);
  }
}

async function acquire(directory: string, path: string): Promise<string> {
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const highest = Math.max(0, ...(await generations(directory)));
    if (highest === 0 || !(await isHeld(join(directory, String(highest))))) {
      const own = await take(directory, highest + 1);
      if (own !== undefined) return own;
    } else if (performance.now() > deadline) {
      throw new GamyeongError('E_LOCK_BUSY', {}, { file: path });
    }
    await sleep(2 + Math.random() * 10);
  }
}

async function take(directory: string, generation: number): Promise<string | undefined> {
  const own = join(directory, String(generation));
  if (!(await createWhole(own, await self()))) return undefined;
  const all = await generations(directory);
  if (Math.max(...all) !== generation) {
    await rm(own, { force: true });
    return undefined;
  }
  await Promise.all(all.map((n) => n < generation && rm(join(directory, String(n)), { force: true })));
  return own;
}

/** Creates a file with its content in one step. @returns false when it exists already */
async function createWhole(file: string, content: string): Promise<boolean> {
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  try {
    await writeFile(aside, content, { flag: 'wx', mode: 0o600 });
    await link(aside, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return writeFile(file, content, { flag: 'wx', mode: 0o600 }); // a file system without hard links
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function generations(directory: string): Promise<number[]> {
  return (await readdir(directory)).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function self(): Promise<string> {
  return `${hostname()} ${await processIdentity(process.pid)}`;
}

/** Held by a living process, or by one of another machine, of which nothing can be told. */
async function isHeld(file: string): Promise<boolean> {
  const content = await readFile(file, 'utf8').catch(() => undefined);
  if (content === undefined) return true; // gone: a higher generation has come
  if (content === FREE) return false;
  const [host, ...holder] = content.split(' ');
  return host !== hostname() || isAlive(holder.join(' '));
}
