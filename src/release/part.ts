import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { MAC_HEAD, TAG_BYTES } from './envelope.ts';

/** A stretch of a file. */
interface Stretch {
  readonly path: string;
  readonly at: number;
  readonly bytes: number;
}

/** Bytes in memory. */
interface Content {
  readonly content: Uint8Array;
  readonly bytes: number;
}

/** Encrypts a stretch of a file into an envelope at its place in the bundle. */
export interface EncryptTask {
  readonly kind: 'encrypt';
  readonly from: Stretch | Content;
  readonly into: { readonly path: string; readonly at: number };
  readonly head: Uint8Array;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Reads a member of a bundle; with a key, decrypts it, and writes the plaintext if there is a place for it. */
export interface DecryptTask {
  readonly kind: 'decrypt';
  readonly from: Stretch;
  /** Without it the member is hashed only. */
  readonly content?: {
    readonly at: number;
    readonly bytes: number;
    readonly key: Uint8Array;
    readonly nonce: Uint8Array;
    readonly into?: { readonly path: string; readonly at: number } | undefined;
  };
}

export type PartTask = EncryptTask | DecryptTask;

/** SHA-256 (hex) of the member and of its plaintext; `plain` is absent when it was not, or could not be, decrypted. */
export interface PartDigests {
  readonly sha256: string;
  readonly plain?: string;
}

const BLOCK_BYTES = 1 << 19;

/** Does a task in constant memory, in the calling thread. */
export function treatPart(task: PartTask): PartDigests {
  return task.kind === 'encrypt' ? encryptPart(task) : decryptPart(task);
}

function encryptPart({ from, into, head, key, nonce }: EncryptTask): PartDigests {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  const plain = createHash('sha256');
  const member = createHash('sha256');
  const output = openSync(into.path, 'r+');
  try {
    let at = into.at;
    const put = (bytes: Uint8Array) => {
      member.update(bytes);
      writeAll(output, bytes, at);
      at += bytes.length;
    };
    put(head);
    for (const block of blocksOf(from)) {
      plain.update(block);
      put(cipher.update(block));
    }
    cipher.final();
    put(MAC_HEAD);
    put(cipher.getAuthTag());
  } finally {
    closeSync(output);
  }
  return { sha256: member.digest('hex'), plain: plain.digest('hex') };
}

function decryptPart({ from, content }: DecryptTask): PartDigests {
  const member = createHash('sha256');
  if (content === undefined) {
    for (const block of blocksOf(from)) member.update(block);
    return { sha256: member.digest('hex') };
  }
  const stretch = (at: number, bytes: number) => blocksOf({ path: from.path, at: from.at + at, bytes });
  for (const block of stretch(0, content.at)) member.update(block);
  const decipher = createDecipheriv('aes-256-gcm', content.key, content.nonce, { authTagLength: TAG_BYTES });
  const plain = createHash('sha256');
  const output = content.into === undefined ? undefined : openSync(content.into.path, 'r+');
  try {
    let at = content.into?.at ?? 0;
    for (const block of stretch(content.at, content.bytes)) {
      member.update(block);
      const text = decipher.update(block);
      plain.update(text);
      if (output !== undefined) writeAll(output, text, at);
      at += text.length;
    }
  } finally {
    if (output !== undefined) closeSync(output);
  }
  const tail = content.at + content.bytes;
  const end = Buffer.concat([...stretch(tail, from.bytes - tail)]);
  member.update(end);
  const genuine = attempt(() => decipher.setAuthTag(end.subarray(MAC_HEAD.length)).final());
  return { sha256: member.digest('hex'), ...(genuine && { plain: plain.digest('hex') }) };
}

/** Bytes in blocks; those of a file in one buffer that is used again. A file that ends early ends the blocks. */
function* blocksOf(from: Stretch | Content): Generator<Uint8Array> {
  if ('content' in from) {
    yield from.content;
    return;
  }
  const { path, at, bytes } = from;
  const file = openSync(path, 'r');
  const block = Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, bytes));
  try {
    for (let done = 0; done < bytes; ) {
      const got = readSync(file, block, 0, Math.min(block.length, bytes - done), at + done);
      if (got === 0) return;
      yield block.subarray(0, got);
      done += got;
    }
  } finally {
    closeSync(file);
  }
}

function writeAll(file: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, at + done);
  }
}

function attempt(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
