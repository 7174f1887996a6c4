import { stat } from 'node:fs/promises';
import { GamyeongError } from '../errors.ts';

/**
 * Refuses an output that would replace a file which the same command reads, under whatever name.
 * @throws GamyeongError E_OUTPUT_IS_INPUT
 */
export async function refuseReplacing(output: string, reads: readonly string[]): Promise<void> {
  const written = await identityOf(output);
  if (written === undefined) return;
  const read = await Promise.all(reads.map(identityOf));
  if (read.includes(written)) throw new GamyeongError('E_OUTPUT_IS_INPUT', {}, { file: output });
}

/** Device and inode: the same for every name of a file; undefined where there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
