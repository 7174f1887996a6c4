import { randomBytes } from 'node:crypto';
import { GamyeongError } from '../errors.ts';
import { keyId } from './derive.ts';
import { readPrivate, writeNewPrivate } from './private-file.ts';
import type { KeySource, MasterKey } from './source.ts';

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
    const bytes = parsePlainKey(readPrivate(this.#path).bytes);
    if (bytes === undefined) throw new GamyeongError('E_KEY_FORMAT', {}, { file: this.#path });
    return { bytes, id: keyId(bytes) };
  }
}

/** The 32 bytes of a key written as 64 hex digits, with or without a newline; undefined for anything else. */
export function parsePlainKey(text: Buffer): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]{64}\r?\n?$/.test(text.toString('latin1', 0, 67))) return undefined;
  return new Uint8Array(Buffer.from(text.toString('latin1', 0, 64), 'hex'));
}

export function formatPlainKey(key: Uint8Array): string {
  return `${Buffer.from(key).toString('hex')}\n`;
}

/**
 * Makes a new random key in a new file of mode 0600. @returns its id
 * @throws GamyeongError E_KEY_EXISTS: a key is never overwritten
 */
export async function createKeyFile(path: string): Promise<string> {
  const key = randomBytes(32);
  await writeNewPrivate(path, formatPlainKey(key));
  return keyId(key);
}
