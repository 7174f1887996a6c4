import { type FileHandle, open } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import type { Text } from '../messages/language.ts';
import { say } from '../messages/language.ts';
import { BUNDLE_FAULTS } from '../messages/release.ts';
import { MANIFEST, type Manifest, membersOf, SIGNATURE } from './manifest.ts';
import { END, endOf, type PlacedEntry, placeEntries, readTarHeader, tarHeader } from './tar.ts';

/** A manifest and its signature are small; more than this is no bundle of ours. */
const LONGEST_MANIFEST = 64 << 20;

/** A bundle whose entries were found; nothing in it was believed yet. */
export class BundleIndex {
  readonly path: string;
  readonly entries: readonly PlacedEntry[];
  readonly #file: FileHandle;

  private constructor(path: string, file: FileHandle, entries: readonly PlacedEntry[]) {
    this.path = path;
    this.#file = file;
    this.entries = entries;
  }

  /**
   * Opens a bundle and finds its entries.
   * @throws GamyeongError E_BUNDLE_FORMAT when it is no whole archive of the profile; E_FILE_…
   */
  static async open(path: string): Promise<BundleIndex> {
    let file: FileHandle | undefined;
    try {
      file = await open(path, 'r');
      return new BundleIndex(path, file, await findEntries(path, file));
    } catch (error) {
      await file?.close();
      throw fromSystem(error, path);
    }
  }

  /** The manifest and the signature, which are the last two entries. */
  async signedManifest(): Promise<{ manifest: Buffer; signature: Buffer }> {
    const [manifest, signature] = this.entries.slice(-2);
    if (manifest?.name !== MANIFEST || signature?.name !== SIGNATURE) {
      throw formatFault(BUNDLE_FAULTS.manifestMissing, this.path);
    }
    return { manifest: await this.#content(manifest), signature: await this.#content(signature) };
  }

  /**
   * Holds the archive to its manifest: exactly its members in its order and with its sizes, and every byte around
   * them as our writer puts it.
   * @returns the members before the manifest
   * @throws GamyeongError E_BUNDLE_FORMAT, E_BUNDLE_MEMBERS
   */
  async membersAsIn(manifest: Manifest): Promise<readonly PlacedEntry[]> {
    const seconds = Date.parse(manifest.created) / 1000;
    const members = membersOf(manifest);
    const expected = placeEntries([...members, ...this.entries.slice(-2)], seconds, 0);
    if (expected.length !== this.entries.length)
      throw new GamyeongError('E_BUNDLE_MEMBERS', {}, { file: this.path });
    for (const [i, place] of expected.entries()) {
      const found = this.entries[i]!;
      if (found.name !== place.name || found.bytes !== place.bytes) {
        throw new GamyeongError('E_BUNDLE_MEMBERS', {}, { file: this.path });
      }
      const header = tarHeader(place, seconds);
      const end = place.contentAt + place.bytes;
      const padding = await read(this.#file, end, endOf(place) - end);
      if (!(await read(this.#file, place.headerAt, header.length)).equals(header) || padding.some(Boolean)) {
        throw formatFault(BUNDLE_FAULTS.header, this.path);
      }
    }
    return expected.slice(0, members.length);
  }

  /** The first bytes of an entry's content. */
  start(entry: PlacedEntry, bytes: number): Promise<Buffer> {
    return read(this.#file, entry.contentAt, Math.min(bytes, entry.bytes));
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #content(entry: PlacedEntry): Promise<Buffer> {
    if (entry.bytes > LONGEST_MANIFEST) throw formatFault(BUNDLE_FAULTS.header, this.path);
    return read(this.#file, entry.contentAt, entry.bytes);
  }
}

async function findEntries(path: string, file: FileHandle): Promise<PlacedEntry[]> {
  const { size } = await file.stat();
  const last = size - END.length;
  const entries: PlacedEntry[] = [];
  let at = 0;
  while (at < last) {
    const entry = await readTarHeader(at, (from, bytes) => read(file, from, bytes));
    if (entry === undefined) throw formatFault(BUNDLE_FAULTS.header, path);
    entries.push(entry);
    at = endOf(entry);
  }
  if (at !== last || !(await read(file, at, END.length)).equals(END))
    throw formatFault(BUNDLE_FAULTS.end, path);
  return entries;
}

/** The bytes at a place; fewer where the file ends. */
async function read(file: FileHandle, at: number, bytes: number): Promise<Buffer> {
  const into = Buffer.alloc(bytes);
  let done = 0;
  while (done < bytes) {
    const { bytesRead } = await file.read(into, done, bytes - done, at + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return into.subarray(0, done);
}

function formatFault(reason: Text, file: string): GamyeongError {
  return new GamyeongError('E_BUNDLE_FORMAT', { reason: say(reason) }, { file });
}
