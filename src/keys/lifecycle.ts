import { basename, dirname, extname, join } from 'node:path';
import { GamyeongError } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { isDue, refuseDestroyed } from './admission.ts';
import { changeEntry, createKey, entryFor } from './create.ts';
import { findKey } from './open.ts';
import type { AskPassphrase } from './passphrase.ts';
import { erase } from './private-file.ts';
import { changeRegister, type KeyEntry, type Period } from './register.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface Rotation {
  readonly old: KeyEntry;
  readonly next: KeyEntry;
  /** Path of the new key. */
  readonly file: string;
}

/**
 * Makes the next version of a key, random like the first, in a new file of the same form, and retires the old.
 * @param period of the new key: to be stated when the old one had one
 * @throws GamyeongError E_KEY_ELSEWHERE, E_KEY_RETIRED, E_KEY_DESTROYED, E_KEY_PERIOD_NEEDED, E_KEY_EXISTS
 */
export async function rotateKey(
  file: string,
  { period, ask }: { period?: Period | undefined; ask: AskPassphrase },
): Promise<Rotation> {
  const { id, form } = ownKey(file);
  const entry = await entryFor(id, file);
  refuseDestroyed(entry, file, new Date());
  if (entry.state === 'retired') throw new GamyeongError('E_KEY_RETIRED', { id }, { file });
  if (entry.period !== undefined && period === undefined) {
    throw new GamyeongError('E_KEY_PERIOD_NEEDED', {}, { file });
  }
  const version = entry.version + 1;
  const nextFile = fileOfVersion(file, version);
  const next = await createKey(nextFile, {
    version,
    previous: id,
    ...(period !== undefined && { period }),
    sealing: form === 'sealed' ? ask : undefined,
  });
  const retired = new Date().toISOString();
  const old = await changeEntry(file, entry, (now) => ({ ...now, state: 'retired', retired }));
  return { old, next, file: nextFile };
}

/**
 * Sets the time from which a key may not be used and will be destroyed.
 * @throws GamyeongError E_KEY_ELSEWHERE, E_KEY_DESTROYED, E_KEY_DUE
 */
export async function scheduleDestruction(file: string, days: number, now = new Date()): Promise<KeyEntry> {
  const destroyDue = new Date(now.getTime() + days * DAY_MS).toISOString();
  return changeEntry(file, await entryFor(ownKey(file).id, file), (entry) => {
    refuseDestroyed(entry, file, now);
    return { ...entry, destroyDue };
  });
}

/** @throws GamyeongError E_KEY_NOT_SCHEDULED, E_KEY_DUE when it is too late, E_KEY_DESTROYED */
export async function cancelDestruction(file: string, now = new Date()): Promise<KeyEntry> {
  return changeEntry(file, await entryFor(ownKey(file).id, file), (entry) => {
    refuseDestroyed(entry, file, now);
    const { destroyDue, ...kept } = entry;
    if (destroyDue === undefined) throw new GamyeongError('E_KEY_NOT_SCHEDULED', { id: entry.id }, { file });
    return kept;
  });
}

export interface Destruction {
  readonly entry: KeyEntry;
  /** Files of the key that were not there: moved away, they still hold it. */
  readonly missing: readonly string[];
}

export interface Destructions {
  readonly destroyed: readonly Destruction[];
  /** Why a key that is due could not be destroyed, e.g. E_KEY_OTHER for a file that holds another key now. */
  readonly failures: readonly unknown[];
}

/**
 * Destroys every key of a register whose time has come: its files are overwritten and unlinked. What fails for one
 * key does not keep the others.
 */
export async function destroyDue(register: string, now = new Date()): Promise<Destructions> {
  return changeRegister(register, async (entries) => {
    const destroyed: Destruction[] = [];
    const failures: unknown[] = [];
    for (const entry of entries.filter((candidate) => isDue(candidate, now))) {
      try {
        const missing = await eraseFiles(entry, dirname(register));
        destroyed.push({ entry: { ...entry, state: 'destroyed', destroyed: now.toISOString() }, missing });
      } catch (error) {
        failures.push(error);
      }
    }
    const changed = new Map(destroyed.map(({ entry }) => [entry.id, entry]));
    return {
      entries: entries.map((entry) => changed.get(entry.id) ?? entry),
      result: { destroyed, failures },
    };
  });
}

/** @returns names of the files that were not there */
async function eraseFiles({ id, files }: KeyEntry, directory: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of files) {
    const path = join(directory, name);
    if (!(await exists(path))) {
      missing.push(name);
      continue;
    }
    const { statedId } = findKey(path);
    if (statedId !== id) {
      throw new GamyeongError('E_KEY_OTHER', { expected: id, found: statedId ?? '–' }, { file: path });
    }
    await erase(path);
  }
  return missing;
}

/** A key that lies in a file of its own, with its id. */
function ownKey(file: string): { id: string; form: 'plain' | 'sealed' } {
  const { form, statedId } = findKey(file);
  if ((form !== 'plain' && form !== 'sealed') || statedId === undefined) {
    throw new GamyeongError('E_KEY_ELSEWHERE', {}, { file });
  }
  return { id: statedId, form };
}

/** my.key → my.v2.key → my.v3.key */
function fileOfVersion(file: string, version: number): string {
  const extension = extname(file);
  const stem = basename(file, extension).replace(/\.v\d+$/, '');
  return join(dirname(file), `${stem}.v${version}${extension}`);
}
