import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { syncDirectoryOf } from '../io/durable.ts';
import { keyId } from './derive.ts';
import type { KeySource, MasterKey } from './source.ts';

/** 64 hex digits and a newline. */
const FILE_BYTES = 65;

/** A key in a file that only its owner can read: 64 hex digits and a newline. */
export class KeyFile implements KeySource {
  readonly files: readonly string[];
  readonly #path: string;

  constructor(path: string) {
    this.files = [path];
    this.#path = path;
  }

  /** @throws GamyeongError E_FILE_MISSING and others of the system, E_KEY_READABLE, E_KEY_FORMAT */
  async load(): Promise<MasterKey> {
    const place = { file: this.#path };
    const text = await this.#read();
    if (!/^[0-9a-fA-F]{64}\r?\n?$/.test(text)) throw new GamyeongError('E_KEY_FORMAT', {}, place);
    const bytes = new Uint8Array(Buffer.from(text.slice(0, 64), 'hex'));
    return { bytes, id: keyId(bytes) };
  }

  /** Opens once, so that what is checked is what is read. */
  async #read(): Promise<string> {
    const place = { file: this.#path };
    const file = await open(this.#path, 'r').catch((error) => {
      throw fromSystem(error, this.#path);
    });
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw new GamyeongError('E_FILE_IS_DIRECTORY', {}, place);
      if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) {
        throw new GamyeongError('E_KEY_READABLE', {}, place);
      }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(FILE_BYTES + 2), 0, FILE_BYTES + 2, null);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

/**
 * Makes a new random key in a new file of mode 0600. @returns its id
 * @throws GamyeongError E_KEY_EXISTS: a key is never overwritten
 */
export async function createKeyFile(path: string): Promise<string> {
  const key = randomBytes(32);
  const file = await open(path, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST'
      ? new GamyeongError('E_KEY_EXISTS', {}, { file: path })
      : fromSystem(error, path);
  });
  try {
    await file.writeFile(`${key.toString('hex')}\n`);
    await file.sync();
  } catch (error) {
    throw fromSystem(error, path);
  } finally {
    await file.close();
  }
  await syncDirectoryOf(path);
  return keyId(key);
}
