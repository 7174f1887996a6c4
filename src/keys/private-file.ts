import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { constants, type FileHandle, lstat, open, rename, rm } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { syncDirectoryOf } from '../io/durable.ts';

/** Longest private file that is read. Keys take a few hundred bytes, a register of a thousand keys half of this. */
const MAX_BYTES = 1 << 20;

/** What a file held that only its owner can read and write. */
export interface PrivateFile {
  readonly bytes: Buffer;
  /** It belongs to the user of this process or to root, so nobody else has written what it says. */
  readonly trusted: boolean;
}

/**
 * Reads a file that only its owner may read. It is opened once, so that what is checked is what is read.
 * @throws GamyeongError E_KEY_AS_NAME (the name is not told), E_KEY_READABLE, E_KEY_FORMAT when it is longer than any key, and others of the system
 */
export function readPrivate(path: string): PrivateFile {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, 'r');
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) throw new GamyeongError('E_FILE_IS_DIRECTORY', {}, { file: path });
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
      throw new GamyeongError('E_KEY_READABLE', {}, { file: path });
    }
    const trusted = process.geteuid === undefined || [0, process.geteuid()].includes(stat.uid);
    return { bytes: readAll(descriptor, path), trusted };
  } catch (error) {
    if (/^[0-9a-f]{64}$/i.test(path)) throw new GamyeongError('E_KEY_AS_NAME');
    throw fromSystem(error, path);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function readAll(descriptor: number, path: string): Buffer {
  const blocks: Buffer[] = [];
  for (let total = 0; ; ) {
    const block = Buffer.alloc(4096);
    const count = readSync(descriptor, block, 0, block.length, null);
    if (count === 0) return Buffer.concat(blocks);
    total += count;
    if (total > MAX_BYTES) throw new GamyeongError('E_KEY_FORMAT', {}, { file: path });
    blocks.push(block.subarray(0, count));
  }
}

/**
 * Writes a new file of mode 0600 and waits until it is on the disk.
 * @throws GamyeongError E_KEY_EXISTS: what holds a key is never overwritten; and others of the system
 */
export async function writeNewPrivate(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new GamyeongError('E_KEY_EXISTS', {}, { file: path })
      : fromSystem(error, path);
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw fromSystem(error, path);
  } finally {
    await file.close();
  }
  await syncDirectoryOf(path);
}

/**
 * Puts other text in the place of a private file: whoever looks sees the old or the new one, whole. The bytes of
 * the old one are then overwritten.
 */
export async function replacePrivate(path: string, text: string): Promise<void> {
  const staged = `${path}.${randomBytes(4).toString('hex')}`;
  const old = await openForErasure(path);
  try {
    await writeNewPrivate(staged, text);
    await rename(staged, path);
    await overwrite(old);
    await syncDirectoryOf(path);
  } catch (error) {
    await rm(staged, { force: true });
    throw fromSystem(error, path);
  } finally {
    await old.close();
  }
}

/**
 * Overwrites a file with random bytes, waits until they are on the disk, and unlinks it. On disks that write
 * elsewhere than where the file was (SSD, copy-on-write, snapshots, backups) old bytes may survive this.
 */
export async function erase(path: string): Promise<void> {
  try {
    const file = await openForErasure(path);
    try {
      await overwrite(file);
    } finally {
      await file.close();
    }
    await rm(path);
    await syncDirectoryOf(path);
  } catch (error) {
    throw fromSystem(error, path);
  }
}

/** Opens the file itself, never one that a symbolic link points to. */
async function openForErasure(path: string): Promise<FileHandle> {
  try {
    if (!(await lstat(path)).isFile()) throw new GamyeongError('E_OUTPUT_NOT_FILE', {}, { file: path });
    return await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw fromSystem(error, path);
  }
}

async function overwrite(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  await file.write(randomBytes(size), 0, size, 0);
  await file.sync();
}
