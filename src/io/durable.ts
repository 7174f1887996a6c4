import { constants, copyFile, link, lstat, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';

/**
 * Puts a small file at a path in one step: whoever looks sees the old file or the new one, whole.
 * @throws GamyeongError for what the system refuses
 */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const staged = `${path}.partial`;
  try {
    await rm(staged, { force: true });
    const file = await open(staged, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(staged, path);
  } catch (error) {
    throw fromSystem(error, path);
  }
}

/**
 * Puts a small file at a path in one step and makes its name durable.
 * @param overwrite replace a file that is there
 * @throws GamyeongError E_OUTPUT_EXISTS and others of the system
 */
export async function writeDurably(
  path: string,
  content: string | Uint8Array,
  overwrite: boolean,
): Promise<void> {
  const staged = `${path}.new`;
  await writeWhole(staged, content);
  try {
    await publish(staged, path, overwrite);
  } finally {
    await rm(staged, { force: true });
  }
  await syncDirectoryOf(path);
}

/** Why a hard link cannot be made although nothing is wrong. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/**
 * Gives a finished file, already on the disk, its final name as well; `from` stays where hard links exist.
 * Without `overwrite` an existing file is never touched; where there are no hard links that is checked just
 * before.
 * @throws GamyeongError E_OUTPUT_EXISTS and others of the system
 */
export async function publish(from: string, to: string, overwrite: boolean): Promise<void> {
  try {
    if (!overwrite) return await linkTo(from, to);
    const staged = `${to}.partial.link`;
    await rm(staged, { force: true });
    await linkTo(from, staged);
    await rename(staged, to);
  } catch (error) {
    throw fromSystem(error, to);
  }
}

async function linkTo(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: to });
    if (code !== 'EXDEV' && !NO_LINKS.has(code)) throw error;
    if (await exists(to)) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: to });
    if (code === 'EXDEV') await copyAcross(from, to);
    else await rename(from, to);
  }
}

/** Copies a file to another file system, where it appears whole. */
async function copyAcross(from: string, to: string): Promise<void> {
  const staged = `${to}.partial`;
  await rm(staged, { force: true });
  try {
    await copyFile(from, staged, constants.COPYFILE_EXCL);
    const file = await open(staged, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(staged, to);
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
}

/** Whether a name is taken, by whatever it is. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** Makes the names in the directory of a file durable; systems that cannot do it are left alone. */
export async function syncDirectoryOf(path: string): Promise<void> {
  const directory = await open(dirname(path), 'r').catch(() => undefined);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
