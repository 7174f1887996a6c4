import { randomBytes } from 'node:crypto';
import { chmod, link, lstat, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists } from './durable.ts';
import { isAlive, processIdentity } from './process-identity.ts';

/** In the order in which they are removed: a published job is known by its data, so that goes last. */
const FILES = [
  'checkpoint.json.partial',
  'checkpoint.json',
  'work',
  'rejected',
  'data',
  'reworked',
  'lock',
] as const;

export type PartialFile = (typeof FILES)[number];

/**
 * The private directory `<output>.partial` in which one process at a time builds an output. It lies beside the
 * output, so that finished files get their final names within one file system. Mode 0700.
 */
export class PartialDirectory {
  readonly path: string;
  /** Another process left it behind. */
  readonly leftBehind: boolean;

  private constructor(path: string, leftBehind: boolean) {
    this.path = path;
    this.leftBehind = leftBehind;
  }

  /** @throws GamyeongError E_OUTPUT_BUSY when a living process has it */
  static async enter(output: string): Promise<PartialDirectory> {
    const path = `${output}.partial`;
    try {
      const made = await makeDirectory(path, output);
      const directory = new PartialDirectory(path, !made);
      await directory.#lock(output);
      return directory;
    } catch (error) {
      throw fromSystem(error, output);
    }
  }

  file(name: PartialFile): string {
    return join(this.path, name);
  }

  /** Whether there is anything in it that is not elsewhere. */
  async holdsWork(): Promise<boolean> {
    return (await exists(this.file('data'))) || exists(this.file('rejected'));
  }

  /** Removes what other runs left behind, but not the lock. */
  async clear(): Promise<void> {
    const asides = (await readdir(this.path)).filter((name) => name.startsWith('lock.'));
    for (const name of [...asides, ...FILES]) {
      if (name !== 'lock') await rm(join(this.path, name), { force: true, recursive: name === 'work' });
    }
  }

  /** Lets another process enter; the files stay. */
  async leave(): Promise<void> {
    await rm(this.file('lock'), { force: true });
  }

  /** Removes the files and the directory, unless someone has put other files into it. */
  async remove(): Promise<void> {
    await this.clear();
    await this.leave();
    await rmdir(this.path).catch(() => undefined);
  }

  async #lock(output: string): Promise<void> {
    const lock = this.file('lock');
    for (;;) {
      if (await createLock(lock)) return;
      const holder = await readFile(lock, 'utf8').catch(() => '');
      if (await isAlive(holder)) throw busy(holder, output);
      await takeAway(lock, output);
    }
  }
}

/** @returns false when it exists already */
async function makeDirectory(path: string, output: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const found = await lstat(path);
    if (!found.isDirectory()) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: output });
    // Its owner could put another file in the place of what is built in it.
    if (process.geteuid !== undefined && found.uid !== process.geteuid())
      throw new GamyeongError('E_FILE_FORBIDDEN', {}, { file: path });
    await chmod(path, 0o700);
    return false;
  }
}

/** Creates the lock with its content in one step. @returns false when it exists already */
async function createLock(lock: string): Promise<boolean> {
  const holder = await processIdentity(process.pid);
  const own = aside(lock);
  try {
    await writeFile(own, holder, { flag: 'wx', mode: 0o600 });
    await link(own, lock).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw error;
      return writeFile(lock, holder, { flag: 'wx', mode: 0o600 }); // a file system without hard links
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Takes a dead process's lock away; puts it back when another process was faster and it is its own. */
async function takeAway(lock: string, output: string): Promise<void> {
  const taken = aside(lock);
  await rename(lock, taken).catch(() => undefined);
  const holder = await readFile(taken, 'utf8').catch(() => '');
  const alive = await isAlive(holder);
  if (alive) await link(taken, lock).catch(() => undefined);
  await rm(taken, { force: true });
  if (alive) throw busy(holder, output);
}

const aside = (lock: string) => `${lock}.${randomBytes(4).toString('hex')}`;

function busy(holder: string, output: string): GamyeongError {
  return new GamyeongError('E_OUTPUT_BUSY', { pid: Number.parseInt(holder, 10) }, { file: output });
}
