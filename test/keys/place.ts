import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll } from 'vitest';
import type { AskPassphrase, PassphraseRequest } from '../../src/keys/passphrase.ts';

/** A key whose bytes tests look for where they must not be. */
export const KEY_HEX = '8f1d3a5c7e9b0d2f4a6c8e0b1d3f5a7c9e2b4d6f8a0c1e3b5d7f9a2c4e6b8d0f';
export const KEY = new Uint8Array(Buffer.from(KEY_HEX, 'hex'));
export const PASSPHRASE = '가나다 correct horse';

const made: string[] = [];
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A private directory, removed after the tests of a file. */
export class KeyPlace {
  readonly path = mkdtempSync(join(tmpdir(), 'gamyeong-keys-'));

  constructor() {
    made.push(this.path);
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array, mode = 0o600): string {
    const path = this.file(name);
    rmSync(path, { force: true });
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  }

  read(name: string): string {
    return readFileSync(this.file(name), 'utf8');
  }

  names(): string[] {
    return readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.path, join(entry.parentPath, entry.name)))
      .sort();
  }
}

/** Answers with a passphrase and remembers what it was asked. */
export function answering(...answers: string[]): AskPassphrase & { readonly asked: PassphraseRequest[] } {
  const asked: PassphraseRequest[] = [];
  const ask = async (request: PassphraseRequest) => {
    asked.push(request);
    return answers.length === 1 ? answers[0]! : answers[asked.length - 1]!;
  };
  return Object.assign(ask, { asked });
}

/** Fails when it is asked. */
export const never: AskPassphrase = async ({ purpose, file }) => {
  throw new Error(`asked to ${purpose} ${file}`);
};
