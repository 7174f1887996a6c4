import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists, publish } from '../io/durable.ts';
import { ReaderGone, StandardOutput } from '../io/standard-output.ts';

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
  if (!overwrite && (await exists(file))) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file });
  const temporary = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await fill(temporary, pieces);
    await publish(temporary, file, overwrite);
  } catch (error) {
    throw fromSystem(error, file);
  } finally {
    await rm(temporary, { force: true });
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

/** Writes text to standard output as fast as its reader takes it; a reader that goes away ends it quietly. */
export async function writeStdout(pieces: Iterable<string>): Promise<void> {
  const output = new StandardOutput(undefined);
  try {
    for (const piece of pieces) await output.append(Buffer.from(piece));
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
}
