import { randomBytes } from 'node:crypto';
import { link, lstat, open, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';

/**
 * Writes text to a new file of mode 0600, all or nothing: into a temporary file beside it, which takes the name
 * at the end. Gives way to an existing file unless `overwrite`.
 *
 * @throws GamyeongError E_OUTPUT_EXISTS, or what the file system refuses.
 */
export async function writeNewFile(
  file: string,
  pieces: Iterable<string>,
  overwrite: boolean,
): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    if (!overwrite && (await exists(file))) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file });
    await fill(temporary, pieces);
    if (overwrite) await rename(temporary, file);
    else await link(temporary, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file });
    }
    throw fromSystem(error, file);
  } finally {
    await unlink(temporary).catch(() => {});
  }
}

/** Writes text to standard output as fast as its reader takes it; a reader that goes away ends it quietly. */
export async function writeStdout(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process;
  stdout.on('error', () => {});
  for (const piece of pieces) {
    const error = await new Promise<Error | null | undefined>((resolve) => stdout.write(piece, resolve));
    if (!error) continue;
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    throw fromSystem(error, '-');
  }
}

async function fill(file: string, pieces: Iterable<string>): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for (const piece of pieces) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}
