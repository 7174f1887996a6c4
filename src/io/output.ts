import { lstat, mkdir, rm, stat } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { NOTES } from '../messages/notes.ts';
import { type Checkpoint, readCheckpoint } from './checkpoint.ts';
import { exists, publish, syncDirectoryOf, writeWhole } from './durable.ts';
import { type FileDigest, HashedFile } from './hashed-file.ts';
import { PartialDirectory } from './partial-directory.ts';

/** After so many bytes the output is sent to the disk, so that little is left to wait for at the end. */
const SYNC_BYTES = 16 << 20;

/** Where the encoded records go. */
export interface Output {
  append(records: Uint8Array, rejected: Uint8Array): Promise<void>;
  digest(): FileDigest;
  /**
   * Makes the output visible, whole, with the run record beside it.
   * @param describe makes the record when everything else is done
   * @returns that record
   */
  commit<R>(describe: () => R): Promise<R>;
  /** Ends without an output. @param keep leave what can be continued with `--resume` */
  abandon(keep: boolean): Promise<void>;
}

export interface FileOutputOptions {
  /** Final path. */
  readonly path: string;
  readonly overwrite: boolean;
  /** Final path of the rejected records; undefined when they are not wanted. */
  readonly rejects: string | undefined;
  /** Final path of the run record. */
  readonly record: string;
  /** Told to the user: what was found left behind. */
  note(text: Text): void;
}

/** An interrupted job that was taken up: to be continued, or found to be finished. */
export type Resumed =
  | { readonly finished: true }
  | { readonly finished: false; readonly output: FileOutput; readonly checkpoint: Checkpoint | undefined };

/** State of the job for a checkpoint: all but what the output knows itself. */
export type Progress = Omit<Checkpoint, 'version' | 'output' | 'rejected'>;

/** An output that is complete and not yet visible: it may be written anew. */
export interface Draft {
  /** What was appended, all of it. */
  readonly file: string;
  /** Private directory for whatever the work must keep on the disk; it is removed afterwards. */
  readonly directory: string;
  /** Begins the file that is published in place of what was appended. Once. */
  replace(): Promise<HashedFile>;
}

/**
 * An output file that appears whole or not at all. It grows in a private directory beside its final path; that
 * path is given to it at the end, when everything is on the disk. Checkpoints are made in the background.
 */
export class FileOutput implements Output {
  readonly #options: FileOutputOptions;
  readonly #directory: PartialDirectory;
  readonly #data: HashedFile;
  readonly #rejected: HashedFile | undefined;
  /** Is published in place of the data. These stay as they are, for a job that is interrupted goes on from them. */
  #reworked: HashedFile | undefined;
  #background: Promise<void> | undefined;
  #failure: unknown;
  #unsynced = 0;
  #published = false;

  private constructor(
    options: FileOutputOptions,
    directory: PartialDirectory,
    data: HashedFile,
    rejected: HashedFile | undefined,
  ) {
    this.#options = options;
    this.#directory = directory;
    this.#data = data;
    this.#rejected = rejected;
  }

  /**
   * Starts a new output; what a dead process left behind is discarded.
   * @throws GamyeongError E_OUTPUT_EXISTS, E_OUTPUT_BUSY and others of the system
   */
  static async create(options: FileOutputOptions): Promise<FileOutput> {
    const { path, rejects, record, overwrite } = options;
    await refuseExisting([path, rejects], overwrite);
    const directory = await PartialDirectory.enter(path);
    try {
      // A job that died may have left its record; any other belongs to an output that went elsewhere.
      if (!directory.leftBehind) await refuseExisting([record], overwrite);
      if (directory.leftBehind) options.note(NOTES.discarded);
      await directory.clear();
      return await FileOutput.#start(options, directory);
    } catch (error) {
      await directory.remove();
      throw error;
    }
  }

  /**
   * Opens the output of an interrupted job; without a checkpoint it starts anew.
   * @param accept checks that the checkpoint fits the job, before anything is changed
   * @throws GamyeongError E_RESUME_MISMATCH; what `accept` throws. What is there stays there.
   */
  static async resume(
    options: FileOutputOptions,
    accept: (checkpoint: Checkpoint) => Promise<void>,
  ): Promise<Resumed> {
    const directory = await PartialDirectory.enter(options.path);
    try {
      if (await isPublished(directory, options.path)) {
        await finish(options, directory);
        options.note(NOTES.finished);
        return { finished: true };
      }
      await refuseExisting([options.path, options.rejects], options.overwrite);
      const checkpoint = await readCheckpoint(directory.file('checkpoint.json'));
      if (checkpoint === undefined) {
        options.note(NOTES.noCheckpoint);
        await directory.clear();
        return { finished: false, output: await FileOutput.#start(options, directory), checkpoint };
      }
      if ((checkpoint.rejected === null) !== (options.rejects === undefined)) {
        throw mismatch(NOTES.otherRejects, options.path);
      }
      await accept(checkpoint);
      const [data, rejected] = await continueFiles(options, directory, checkpoint);
      return { finished: false, output: new FileOutput(options, directory, data, rejected), checkpoint };
    } catch (error) {
      await ((await directory.holdsWork()) ? directory.leave() : directory.remove());
      throw error;
    }
  }

  static async #start(options: FileOutputOptions, directory: PartialDirectory): Promise<FileOutput> {
    const data = await HashedFile.create(directory.file('data'), options.path);
    const rejected =
      options.rejects === undefined
        ? undefined
        : await HashedFile.create(directory.file('rejected'), options.rejects);
    return new FileOutput(options, directory, data, rejected);
  }

  async append(records: Uint8Array, rejected: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await this.#data.append(records);
    if (rejected.length > 0) await this.#rejected?.append(rejected);
    this.#unsynced += records.length;
    if (this.#unsynced >= SYNC_BYTES) this.#inBackground(() => this.#sync());
  }

  digest(): FileDigest {
    return (this.#reworked ?? this.#data).digest();
  }

  /**
   * Lets `work` write the output anew, from what was appended. Nothing can be appended afterwards.
   * @throws what `work` throws, and GamyeongError of the system
   */
  async rework<R>(work: (draft: Draft) => Promise<R>): Promise<R> {
    await this.settle();
    const { path } = this.#options;
    const directory = this.#directory.file('work');
    const target = this.#directory.file('reworked');
    try {
      await rm(directory, { recursive: true, force: true });
      await rm(target, { force: true });
      await mkdir(directory, { mode: 0o700 });
    } catch (error) {
      throw fromSystem(error, path);
    }
    return work({
      file: this.#directory.file('data'),
      directory,
      replace: async () => {
        this.#reworked = await HashedFile.create(target, path);
        return this.#reworked;
      },
    });
  }

  /**
   * Records how far the job has come, in the background: a failure is thrown by the next call.
   * @returns false when something is still going on in the background, and nothing was done
   */
  checkpoint(progress: Progress): boolean {
    if (this.#background !== undefined) return false;
    const checkpoint: Checkpoint = {
      version: 1,
      ...progress,
      output: this.#data.digest(),
      rejected: this.#rejected?.digest() ?? null,
    };
    this.#inBackground(() => this.#save(checkpoint));
    return true;
  }

  /** Waits for the checkpoint that is being made. */
  async settle(): Promise<void> {
    await this.#background;
    if (this.#failure !== undefined) throw this.#failure;
  }

  async commit<R>(describe: () => R): Promise<R> {
    const { path, rejects, overwrite, record: recordPath } = this.#options;
    await this.settle();
    await this.#sync();
    await this.#close();
    await refuseExisting([path, rejects], overwrite);
    const record = describe();
    await writeWhole(recordPath, asJson(record));
    await publish(this.#directory.file(this.#reworked ? 'reworked' : 'data'), path, overwrite);
    this.#published = true;
    await finish(this.#options, this.#directory);
    return record;
  }

  async abandon(keep: boolean): Promise<void> {
    await this.#background;
    await this.#close();
    const unfinished = keep && (await exists(this.#directory.file('checkpoint.json')));
    // The rejected records of a published output may be nowhere else.
    if (this.#published || unfinished) await this.#directory.leave();
    else await this.#directory.remove();
  }

  /** Does one thing at a time beside the job; a failure is thrown by the next call. */
  #inBackground(work: () => Promise<void>): void {
    if (this.#background !== undefined) return;
    this.#unsynced = 0;
    this.#background = work()
      .catch((error) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#background = undefined;
      });
  }

  async #save(checkpoint: Checkpoint): Promise<void> {
    await this.#sync();
    await writeWhole(this.#directory.file('checkpoint.json'), `${JSON.stringify(checkpoint)}\n`);
  }

  async #sync(): Promise<void> {
    await Promise.all([this.#data.sync(), this.#rejected?.sync(), this.#reworked?.sync()]);
  }

  async #close(): Promise<void> {
    await Promise.all([this.#data.close(), this.#rejected?.close(), this.#reworked?.close()]);
  }
}

/** A record as people read it too. */
export function asJson(record: unknown): string {
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Puts the rejected records of a published output in their place and removes the partial directory. */
async function finish(options: FileOutputOptions, directory: PartialDirectory): Promise<void> {
  const { path, rejects, overwrite } = options;
  const rejected = directory.file('rejected');
  if (rejects !== undefined && (await exists(rejected)) && !(await sameFile(rejected, rejects))) {
    await publish(rejected, rejects, overwrite);
  }
  if (rejects !== undefined) await syncDirectoryOf(rejects);
  await syncDirectoryOf(path);
  await directory.remove();
}

async function continueFiles(
  options: FileOutputOptions,
  directory: PartialDirectory,
  checkpoint: Checkpoint,
): Promise<[HashedFile, HashedFile | undefined]> {
  const data = await HashedFile.continue(directory.file('data'), options.path, checkpoint.output);
  const rejected =
    checkpoint.rejected === null
      ? undefined
      : await HashedFile.continue(directory.file('rejected'), options.path, checkpoint.rejected);
  if (data !== undefined && (checkpoint.rejected === null || rejected !== undefined)) return [data, rejected];
  await data?.close();
  await rejected?.close();
  throw mismatch(NOTES.damaged, options.path);
}

/** @throws GamyeongError when a final path is taken and may not be, or can never be, replaced */
export async function refuseExisting(
  files: readonly (string | undefined)[],
  overwrite: boolean,
): Promise<void> {
  for (const file of files) {
    const taken = file === undefined ? undefined : await lstat(file).catch(() => undefined);
    if (taken === undefined) continue;
    if (taken.isDirectory()) throw new GamyeongError('E_FILE_IS_DIRECTORY', {}, { file: file! });
    if (!overwrite) throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: file! });
    if (!taken.isFile()) throw new GamyeongError('E_OUTPUT_NOT_FILE', {}, { file: file! });
  }
}

async function isPublished(directory: PartialDirectory, path: string): Promise<boolean> {
  return (await sameFile(directory.file('data'), path)) || sameFile(directory.file('reworked'), path);
}

async function sameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([one, other].map((path) => stat(path).catch(() => undefined)));
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** The refusal to continue a job, with its reason. */
export function mismatch(reason: Text, file: string): GamyeongError {
  return new GamyeongError('E_RESUME_MISMATCH', { reason: say(reason) }, { file });
}
