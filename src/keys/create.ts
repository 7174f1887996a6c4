import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { refuseDestroyed } from './admission.ts';
import { keyId } from './derive.ts';
import { formatPlainKey } from './key-file.ts';
import { findKey } from './open.ts';
import type { AskPassphrase } from './passphrase.ts';
import { replacePrivate, writeNewPrivate } from './private-file.ts';
import { changeRegister, type KeyEntry, readRegister, registerBeside } from './register.ts';
import { type SealedContent, seal } from './sealed-file.ts';
import { keyFromShares, sharesOf } from './shares.ts';
import type { MasterKey } from './source.ts';

/**
 * Makes a random key in a new file and enters it in the register beside it.
 * @param sealing gives the passphrase for a sealed file; a plain one without it
 * @throws GamyeongError E_KEY_EXISTS, E_PASSPHRASE_SHORT and others of the system
 */
export async function createKey(
  file: string,
  { sealing, ...entry }: { sealing?: AskPassphrase | undefined } & Partial<KeyEntry> = {},
): Promise<KeyEntry> {
  const bytes = new Uint8Array(randomBytes(32));
  const key = { bytes, id: keyId(bytes) };
  await writeNewPrivate(file, await fileText(key, file, sealing));
  return changeEntry(file, { ...newEntry(key.id, file, new Date()), ...entry });
}

/**
 * Puts a key under a passphrase: in its own place, or as a copy in a new file.
 * @throws GamyeongError E_KEY_ELSEWHERE for a key that has no file of its own to replace, E_KEY_EXISTS,
 * E_KEY_DESTROYED, what the key brings
 */
export async function sealKey(file: string, out: string | undefined, ask: AskPassphrase): Promise<KeyEntry> {
  const { key, entry, form } = await takeKey(file, ask);
  const target = out ?? file;
  if (out === undefined && form !== 'plain' && form !== 'sealed') {
    throw new GamyeongError('E_KEY_ELSEWHERE', {}, { file });
  }
  const text = await fileText(key, target, ask);
  await (out === undefined ? replacePrivate(file, text) : writeNewPrivate(target, text));
  return changeEntry(target, { ...entry, files: [basename(target)] });
}

/** Shares to be made of a key. */
export interface Split {
  readonly shares: number;
  readonly threshold: number;
  /** Directory for the share files; it is made where there is none. */
  readonly out: string;
}

/**
 * Splits a key into sealed share files, all or none. The key itself stays where it is.
 * @returns the key's id and the paths of the share files
 * @throws GamyeongError E_KEY_EXISTS, E_PASSPHRASE_SHORT, what the key brings
 */
export async function splitKey(
  file: string,
  split: Split,
  ask: AskPassphrase,
): Promise<{ id: string; files: string[] }> {
  const { key, entry } = await takeKey(file, ask);
  const contents = sharesOf(key.bytes, split.threshold, split.shares);
  const shareFiles = [];
  for (const content of contents) {
    const path = join(split.out, shareName(file, content.share!.index, split.shares));
    if (await exists(path)) throw new GamyeongError('E_KEY_EXISTS', {}, { file: path });
    shareFiles.push({ path, text: await sealFor(content, path, ask) });
  }
  await makeDirectory(split.out);
  await writeAll(shareFiles);
  const { set, threshold, count } = contents[0]!.share!;
  const made = { set, threshold, count, created: new Date().toISOString() };
  await changeEntry(file, entry, (now) => ({ ...now, shares: [...(now.shares ?? []), made] }));
  return { id: key.id, files: shareFiles.map(({ path }) => path) };
}

/**
 * Puts a key together from shares in a new file.
 * @throws GamyeongError what `keyFromShares` throws, E_KEY_EXISTS, E_KEY_DESTROYED when the register beside the
 * new file says so
 */
export async function combineKey(
  shares: readonly string[],
  out: string,
  { sealing, ask }: { sealing?: AskPassphrase | undefined; ask: AskPassphrase },
): Promise<KeyEntry> {
  const bytes = await keyFromShares(shares, ask);
  const key = { bytes, id: keyId(bytes) };
  const entry = (await entryOf(key.id, out)) ?? newEntry(key.id, out, new Date());
  refuseDestroyed(entry, out, new Date());
  await writeNewPrivate(out, await fileText(key, out, sealing));
  return changeEntry(out, entry);
}

/** The entry of a key in the register beside its file; one made up now where it has none. */
export async function entryFor(id: string, file: string): Promise<KeyEntry> {
  return (await entryOf(id, file)) ?? newEntry(id, file, (await stat(file)).mtime);
}

/**
 * Changes the entry of a key in the register beside its file, and sees to it that the file stands in it.
 * @param fresh the entry where the register has none
 * @param change may throw: then nothing is changed
 */
export async function changeEntry(
  file: string,
  fresh: KeyEntry,
  change: (entry: KeyEntry) => KeyEntry = (entry) => entry,
): Promise<KeyEntry> {
  return changeRegister(registerBeside(file), async (entries) => {
    const known = entries.find(({ id }) => id === fresh.id);
    const changed = change(known ?? fresh);
    const result = { ...changed, files: [...new Set([...changed.files, basename(file)])] };
    const all = known === undefined ? [...entries, result] : entries.map((e) => (e === known ? result : e));
    return { entries: all, result };
  });
}

async function entryOf(id: string, file: string): Promise<KeyEntry | undefined> {
  return (await readRegister(registerBeside(file))).find((entry) => entry.id === id);
}

function newEntry(id: string, file: string, created: Date): KeyEntry {
  return { id, files: [basename(file)], created: created.toISOString(), state: 'active', version: 1 };
}

async function takeKey(file: string, ask: AskPassphrase) {
  const found = findKey(file, ask);
  const key = await found.load();
  const entry = await entryFor(key.id, file);
  refuseDestroyed(entry, file, new Date());
  return { key, entry, form: found.form };
}

async function fileText(key: MasterKey, file: string, sealing: AskPassphrase | undefined): Promise<string> {
  if (sealing === undefined) return formatPlainKey(key.bytes);
  return sealFor({ keyId: key.id, secret: key.bytes }, file, sealing);
}

async function sealFor(content: SealedContent, file: string, ask: AskPassphrase): Promise<string> {
  return seal(content, await ask({ purpose: 'seal', file }));
}

function shareName(file: string, index: number, count: number): string {
  return `${basename(file)}.${index}-of-${count}.share`;
}

async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error) => {
    throw fromSystem(error, path);
  });
}

async function writeAll(files: readonly { path: string; text: string }[]): Promise<void> {
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await writeNewPrivate(path, text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await rm(path, { force: true });
    throw error;
  }
}
