import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { publish, syncDirectoryOf } from '../io/durable.ts';
import { PartialDirectory } from '../io/partial-directory.ts';
import type { Certificate } from './certificate.ts';
import { prepareEnvelope } from './envelope.ts';
import {
  MANIFEST,
  type Manifest,
  type ManifestFile,
  manifestText,
  PART_BYTES,
  partLengths,
  partName,
  SIGNATURE,
} from './manifest.ts';
import type { EncryptTask, PartDigests } from './part.ts';
import { treatParts } from './part-threads.ts';
import { END, endOf, type PlacedEntry, placeEntries, tarHeader } from './tar.ts';

/** A file to put into a bundle. */
export interface BundleFile {
  /** Path in the bundle. */
  readonly path: string;
  /** A file to read, or what was read already. */
  readonly source: string | Uint8Array;
  readonly bytes: number;
  /** SHA-256 (hex) of the whole and of each part, as they were when the gate looked at them. */
  readonly sha256: string;
  readonly partDigests: readonly string[];
}

/** A small file of the bundle from what stands in memory. */
export function contentFile(path: string, content: Uint8Array): BundleFile {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { path, source: content, bytes: content.length, sha256, partDigests: [sha256] };
}

export interface BundleOptions {
  /** Final path. */
  readonly path: string;
  readonly overwrite: boolean;
  readonly recipients: readonly Certificate[];
  readonly files: readonly BundleFile[];
  /** Everything of the manifest but the files. */
  readonly about: Omit<Manifest, 'files'>;
  sign(manifest: Buffer): Buffer;
  readonly partBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  onPart?(bytes: number): void;
}

/** A part and what it will take in the bundle. */
interface PlannedPart {
  readonly file: BundleFile;
  readonly index: number;
  readonly plainBytes: number;
  readonly plainAt: number;
  readonly envelope: ReturnType<typeof prepareEnvelope>;
}

/**
 * Writes a bundle: all lengths are known beforehand, so the parts are encrypted at once, each straight to its place
 * in the archive; the manifest and its signature follow them. The bundle appears at its path whole or not at all.
 * @throws GamyeongError E_RELEASE_CHANGED when a file is not what the gate saw; E_OUTPUT_EXISTS, E_OUTPUT_BUSY, …
 */
export async function writeBundle(options: BundleOptions): Promise<Manifest> {
  const directory = await PartialDirectory.enter(options.path);
  try {
    await directory.clear();
    const staged = directory.file('data');
    const manifest = await writeArchive(staged, options);
    await publish(staged, options.path, options.overwrite);
    await syncDirectoryOf(options.path);
    return manifest;
  } catch (error) {
    throw fromSystem(error, options.path);
  } finally {
    await directory.remove();
  }
}

async function writeArchive(staged: string, options: BundleOptions): Promise<Manifest> {
  const seconds = Date.parse(options.about.created) / 1000;
  const parts = planParts(options);
  const places = placeEntries(
    parts.map((part) => ({ name: partName(part.file.path, part.index), bytes: part.envelope.bytes })),
    seconds,
    0,
  );
  const archive = await open(staged, 'wx', 0o600);
  try {
    for (const place of places) await writeFrame(archive, place, seconds);
    const digests = await treatParts(
      parts.map((part, i) => encryptTask(part, staged, places[i]!)),
      { file: options.path, signal: options.signal, ...(options.onPart && { onPart: options.onPart }) },
    );
    const manifest = { ...options.about, files: describeFiles(parts, places, digests) };
    await writeEnd(archive, places, seconds, manifest, options);
    await archive.sync();
    return manifest;
  } finally {
    await archive.close();
  }
}

function planParts({ files, recipients, partBytes = PART_BYTES }: BundleOptions): PlannedPart[] {
  return files.flatMap((file) =>
    partLengths(file.bytes, typeof file.source === 'string' ? partBytes : file.bytes).map(
      (plainBytes, index) => ({
        file,
        index,
        plainBytes,
        plainAt: index * partBytes,
        envelope: prepareEnvelope(plainBytes, recipients),
      }),
    ),
  );
}

function encryptTask(part: PlannedPart, staged: string, { contentAt }: PlacedEntry): EncryptTask {
  const { head, key, nonce } = part.envelope;
  const { source } = part.file;
  return {
    kind: 'encrypt',
    from:
      typeof source === 'string'
        ? { path: source, at: part.plainAt, bytes: part.plainBytes }
        : { content: source, bytes: part.plainBytes },
    into: { path: staged, at: contentAt },
    head,
    key,
    nonce,
  };
}

/** Writes what stands around the content of an entry. */
async function writeFrame(archive: FileHandle, place: PlacedEntry, seconds: number): Promise<void> {
  await writeAt(archive, tarHeader(place, seconds), place.headerAt);
  const end = place.contentAt + place.bytes;
  await writeAt(archive, Buffer.alloc(endOf(place) - end), end);
}

async function writeEnd(
  archive: FileHandle,
  places: readonly PlacedEntry[],
  seconds: number,
  manifest: Manifest,
  options: BundleOptions,
): Promise<void> {
  const text = manifestText(manifest);
  const contents = [
    { name: MANIFEST, content: text },
    { name: SIGNATURE, content: options.sign(text) },
  ].map((entry) => ({ ...entry, bytes: entry.content.length }));
  const last = placeEntries(contents, seconds, endOf(places.at(-1)!));
  for (const [i, place] of last.entries()) {
    await writeFrame(archive, place, seconds);
    await writeAt(archive, contents[i]!.content, place.contentAt);
  }
  await writeAt(archive, END, endOf(last.at(-1)!));
}

function describeFiles(
  parts: readonly PlannedPart[],
  places: readonly PlacedEntry[],
  digests: readonly PartDigests[],
): ManifestFile[] {
  const files = new Map<BundleFile, ManifestFile>();
  parts.forEach(({ file, index, plainBytes }, i) => {
    const { sha256, plain } = digests[i]!;
    if (plain !== file.partDigests[index]) {
      throw new GamyeongError('E_RELEASE_CHANGED', {}, { file: file.path });
    }
    const { path, bytes, sha256: whole } = file;
    const described = files.get(file) ?? { path, bytes, sha256: whole, parts: [] };
    const { name, bytes: memberBytes } = places[i]!;
    described.parts.push({ name, bytes: memberBytes, sha256, plain: { bytes: plainBytes, sha256: plain } });
    files.set(file, described);
  });
  return [...files.values()];
}

async function writeAt(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}
