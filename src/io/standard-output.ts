import { createHash, type Hash } from 'node:crypto';
import { fromSystem } from '../errors.ts';
import { writeWhole } from './durable.ts';
import type { FileDigest } from './hashed-file.ts';
import { asJson, type Output } from './output.ts';

/** The reader of the standard output has gone: not an error, there is just nobody to write for. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** Records go to the standard output as they come. */
export class StandardOutput implements Output {
  readonly #record: string | undefined;
  readonly #hash: Hash = createHash('sha256');
  #bytes = 0;

  /** @param record path of the run record, if it is wanted */
  constructor(record: string | undefined) {
    this.#record = record;
    process.stdout.on('error', () => {}); // told to the callback of write as well
  }

  /** @throws ReaderGone */
  async append(records: Uint8Array): Promise<void> {
    if (records.length === 0) return;
    this.#hash.update(records);
    this.#bytes += records.length;
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(records, (error) => {
        if (!error) resolve();
        else
          reject(
            (error as NodeJS.ErrnoException).code === 'EPIPE' ? new ReaderGone() : fromSystem(error, '-'),
          );
      });
    });
  }

  digest(): FileDigest {
    return { bytes: this.#bytes, sha256: this.#hash.copy().digest('hex') };
  }

  async commit<R>(describe: () => R): Promise<R> {
    const record = describe();
    if (this.#record !== undefined) await writeWhole(this.#record, asJson(record));
    return record;
  }

  async abandon(): Promise<void> {}
}
