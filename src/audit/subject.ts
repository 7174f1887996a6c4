import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { fromSystem } from '../errors.ts';

const SHA256 = /^[0-9a-f]{64}$/i;

/**
 * SHA-256 (hex) of the data set that a person names: 64 hex digits as they are, the output of a run record
 * (`*.run.json`), else of the bytes of a file.
 * @returns undefined when the run record names no output
 * @throws GamyeongError E_FILE_…
 */
export async function digestOf(named: string): Promise<string | undefined> {
  if (SHA256.test(named)) return named.toLowerCase();
  try {
    return named.endsWith('.run.json') ? await outputOf(named) : await fileDigest(named);
  } catch (error) {
    throw fromSystem(error, named);
  }
}

async function outputOf(runRecord: string): Promise<string | undefined> {
  const text = await readFile(runRecord, 'utf8');
  try {
    const { output } = JSON.parse(text) as { output?: { sha256?: unknown } };
    return typeof output?.sha256 === 'string' && SHA256.test(output.sha256) ? output.sha256 : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 (hex) of a file's bytes. */
export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
