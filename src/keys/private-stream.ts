import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists, publish, syncDirectoryOf } from '../io/durable.ts';

/**
 * Writes a stream to a new file of mode 0600 that appears whole or not at all.
 * @throws GamyeongError E_OUTPUT_EXISTS and others of the system; what the stream throws
 */
export async function writePrivateStream(path: string, stream: AsyncIterable<Uint8Array>): Promise<void> {
  if (await exists(path)) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: path });
  const staged = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(staged, 'wx', 0o600);
    try {
      for await (const bytes of stream) await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await publish(staged, path, false);
    await syncDirectoryOf(path);
  } catch (error) {
    throw fromSystem(error, path);
  } finally {
    await rm(staged, { force: true });
  }
}
