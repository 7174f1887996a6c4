import { createHash, type Hash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';

/** The bytes that were read so far. */
export interface InputDigest {
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/**
 * At the end of a file: whoever still writes to it has not finished the data.
 * @throws GamyeongError E_INPUT_CHANGED
 */
async function refuseChanged(file: FileHandle, opened: Stats, path: string): Promise<void> {
  const { size, mtimeMs } = await file.stat();
  if (size !== opened.size || mtimeMs !== opened.mtimeMs) {
    throw new GamyeongError('E_INPUT_CHANGED', {}, { file: path });
  }
}

type Fill = (into: Uint8Array) => Promise<number>;

/** An input file or the standard input, read once from its start to its end and hashed on the way. */
export class Source {
  /** As the user typed it, for errors. */
  readonly file: string;
  /** Without directories, for records. */
  readonly name: string;
  /** Size in bytes, where it is known before the end: regular files. */
  readonly size: number | undefined;
  readonly #fill: Fill;
  readonly #release: () => Promise<void>;
  readonly #hash: Hash = createHash('sha256');
  #hashed = 0;
  #returned: Uint8Array = new Uint8Array(0);

  private constructor(file: string, size: number | undefined, fill: Fill, release: () => Promise<void>) {
    this.file = file;
    this.name = file === '-' ? '-' : basename(file);
    this.size = size;
    this.#fill = fill;
    this.#release = release;
  }

  /**
   * @param path a file, or `-` for the standard input
   * @throws GamyeongError E_FILE_MISSING, E_FILE_IS_DIRECTORY, E_FILE_FORBIDDEN; `read` of it E_INPUT_CHANGED
   */
  static async open(path: string): Promise<Source> {
    if (path === '-') return Source.#standardInput();
    let handle: FileHandle | undefined;
    try {
      handle = await open(path, 'r');
      const file = handle;
      const stat = await file.stat();
      if (stat.isDirectory()) throw new GamyeongError('E_FILE_IS_DIRECTORY', {}, { file: path });
      const size = stat.isFile() ? stat.size : undefined;
      const fill: Fill = async (into) => {
        const { bytesRead } = await file.read(into, 0, into.length);
        if (bytesRead === 0 && stat.isFile()) await refuseChanged(file, stat, path);
        return bytesRead;
      };
      return new Source(path, size, fill, () => file.close());
    } catch (error) {
      await handle?.close();
      throw fromSystem(error, path);
    }
  }

  static #standardInput(): Source {
    const chunks = process.stdin[Symbol.asyncIterator]();
    let rest = Buffer.alloc(0);
    const fill: Fill = async (into) => {
      if (rest.length === 0) {
        const next = await chunks.next();
        if (next.done) return 0;
        rest = next.value;
      }
      const count = rest.copy(into);
      rest = rest.subarray(count);
      return count;
    };
    return new Source('-', undefined, fill, async () => {
      process.stdin.destroy();
    });
  }

  /** Fills `into` with the next bytes. @returns bytes read: fewer than `into` holds only at the end */
  async read(into: Uint8Array): Promise<number> {
    let filled = Math.min(this.#returned.length, into.length);
    into.set(this.#returned.subarray(0, filled));
    this.#returned = this.#returned.subarray(filled);
    while (filled < into.length) {
      const count = await this.#readNew(into.subarray(filled));
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  /** Gives back bytes that were read last: the next `read` starts with them. */
  unread(bytes: Uint8Array): void {
    this.#returned = Buffer.concat([bytes, this.#returned]);
  }

  /** Digest of everything taken from the file so far, given back or not. */
  digest(): InputDigest {
    return { bytes: this.#hashed, sha256: this.#hash.copy().digest('hex') };
  }

  /**
   * Continues an interrupted job: reads on as far as it had read, compares, and goes back to where it goes on.
   * @param seen digest of what the job had read
   * @param position offset of the first byte not treated yet, at most `seen.bytes`
   * @throws GamyeongError E_RESUME_INPUT when the input does not begin with the same bytes
   */
  async resume(seen: InputDigest, position: number): Promise<void> {
    const kept: Buffer[] = [];
    let at = this.#hashed - this.#returned.length;
    while (at < seen.bytes) {
      const block = Buffer.allocUnsafeSlow(Math.min(1 << 20, seen.bytes - at));
      const count = await this.read(block);
      if (count === 0) break;
      if (at + count > position) kept.push(block.subarray(Math.max(0, position - at), count));
      at += count;
    }
    if (this.#hashed === seen.bytes && this.digest().sha256 === seen.sha256) {
      this.unread(Buffer.concat(kept));
      return;
    }
    throw new GamyeongError('E_RESUME_INPUT', {}, { file: this.file });
  }

  async close(): Promise<void> {
    await this.#release();
  }

  async #readNew(into: Uint8Array): Promise<number> {
    try {
      const count = await this.#fill(into);
      this.#hash.update(into.subarray(0, count));
      this.#hashed += count;
      return count;
    } catch (error) {
      throw fromSystem(error, this.file);
    }
  }
}
