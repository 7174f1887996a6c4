import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fromSystem } from '../errors.ts';

/** Length and SHA-256 (hex) of a file. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

const BLOCK_BYTES = 1 << 20;

/** A file that only grows, hashed while it is written. Readable by its owner alone. */
export class HashedFile {
  readonly #file: FileHandle;
  /** Name for errors: what the user knows it as. */
  readonly #name: string;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  private constructor(file: FileHandle, name: string) {
    this.#file = file;
    this.#name = name;
  }

  static async create(path: string, name: string): Promise<HashedFile> {
    try {
      return new HashedFile(await open(path, 'wx', 0o600), name);
    } catch (error) {
      throw fromSystem(error, name);
    }
  }

  /**
   * Opens a file to continue behind what it held at a checkpoint, and cuts off what came later.
   * @returns undefined when it does not hold that any more
   */
  static async continue(path: string, name: string, until: FileDigest): Promise<HashedFile | undefined> {
    const handle = await open(path, 'r+').catch(() => undefined);
    if (handle === undefined) return undefined;
    const file = new HashedFile(handle, name);
    await file.#readUntil(until.bytes);
    const { bytes, sha256 } = file.digest();
    if (bytes !== until.bytes || sha256 !== until.sha256) {
      await file.close();
      return undefined;
    }
    await file.#file.truncate(bytes);
    return file;
  }

  digest(): FileDigest {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  /** @throws GamyeongError E_DISK_FULL and others of the system; the file then ends anywhere */
  async append(bytes: Uint8Array): Promise<void> {
    const writing = this.#write(bytes, this.#bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    await writing;
  }

  /** Waits until all that was appended before is on the disk. */
  async sync(): Promise<void> {
    await this.#file.datasync().catch((error) => {
      throw fromSystem(error, this.#name);
    });
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        done += (await this.#file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
      }
    } catch (error) {
      throw fromSystem(error, this.#name);
    }
  }

  async #readUntil(end: number): Promise<void> {
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    while (this.#bytes < end) {
      const wanted = Math.min(block.length, end - this.#bytes);
      const { bytesRead } = await this.#file.read(block, 0, wanted, this.#bytes);
      if (bytesRead === 0) return;
      this.#hash.update(block.subarray(0, bytesRead));
      this.#bytes += bytesRead;
    }
  }
}
