import { readFile } from 'node:fs/promises';
import type { CellCounts, RowCounts } from '../engine/engine.ts';
import type { FileDigest } from './hashed-file.ts';
import type { InputDigest } from './source.ts';

/** What must be the same for an interrupted job to be continued. */
export interface JobIdentity {
  readonly tool: string;
  /** Digest of the plan. */
  readonly plan: string;
  /** Id of the master key; null when the plan needs none. */
  readonly key: string | null;
}

/** How far a job had come: everything up to `position` is in the partial output and on the disk. */
export interface Checkpoint {
  readonly version: 1;
  readonly job: JobIdentity;
  /** Offset in the input of the first record that is not treated yet. */
  readonly position: number;
  /** What had been read of the input, at least up to `position`. */
  readonly input: InputDigest;
  readonly rows: RowCounts;
  readonly redacted: CellCounts;
  readonly output: FileDigest;
  /** The file of rejected records; null when none was asked for. */
  readonly rejected: FileDigest | null;
}

/** @returns undefined when there is none that this version wrote */
export async function readCheckpoint(path: string): Promise<Checkpoint | undefined> {
  try {
    const checkpoint = JSON.parse(await readFile(path, 'utf8')) as Checkpoint;
    return checkpoint.version === 1 ? checkpoint : undefined;
  } catch {
    return undefined;
  }
}
