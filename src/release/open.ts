import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists, syncDirectoryOf } from '../io/durable.ts';
import { PartialDirectory } from '../io/partial-directory.ts';
import { BundleIndex } from './bundle-index.ts';
import { type Certificate, readCertificates } from './certificate.ts';
import { objections } from './chain.ts';
import { verifyDetached } from './cms-verify.ts';
import { headRoom, parseEnvelopeHead } from './envelope.ts';
import { MANIFEST, type Manifest, parseManifest, SIGNATURE } from './manifest.ts';
import type { DecryptTask } from './part.ts';
import { treatParts } from './part-threads.ts';
import { type PrivateKeyFile, readPrivateKey } from './private-key.ts';
import { contentKeyFor } from './recipient.ts';
import type { PlacedEntry } from './tar.ts';

export interface OpenOptions {
  readonly bundle: string;
  /** Certificates (PEM) that the signer's must lead to. */
  readonly trust: string;
  /** The receiver; without one only what needs no key is verified. */
  readonly recipient?: { readonly certificate: string; readonly key: PrivateKeyFile } | undefined;
  /** Certificate (PEM) of the one signer that is accepted. */
  readonly from?: string | undefined;
  /** Directory that will hold the files; without one they are verified only. */
  readonly out?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly now?: Date | undefined;
  onProgress?(done: number, total: number): void;
}

/** What was verified. */
export interface OpenedBundle {
  readonly manifest: Manifest;
  /** SHA-256 (hex) of the manifest: the name of the release in logs. */
  readonly manifestSha256: string;
  readonly signer: Certificate;
  readonly signingTime: Date;
  /** Whether the plaintexts were verified, too. */
  readonly decrypted: boolean;
}

interface Receiver {
  readonly certificate: Certificate;
  readonly key: KeyObject;
}

/** Where the plaintext of a file goes. */
type Place = (file: Manifest['files'][number]) => string;

/**
 * Verifies a bundle and unpacks it: signature, chain, dates, members, digests. The files appear together under the
 * directory when everything was right, or not at all.
 * @throws GamyeongError E_BUNDLE_…, E_SIGNATURE_…, E_CERT_…, E_OUTPUT_EXISTS, and of the private key
 */
export async function openBundle(options: OpenOptions): Promise<OpenedBundle> {
  const now = options.now ?? new Date();
  const receiver = await readReceiver(options);
  const bundle = await BundleIndex.open(options.bundle);
  try {
    const { manifest: text, signature } = await bundle.signedManifest();
    const signed = verifyDetached(signature, text, options.bundle);
    await acceptSigner(signed.signer, signed.certificates, options, now);
    const manifest = parseManifest(text, options.bundle);
    if (manifest.signer.sha256 !== signed.signer.sha256) {
      throw new GamyeongError('E_BUNDLE_SIGNER', {}, { file: options.bundle });
    }
    const members = await bundle.membersAsIn(manifest);
    const work = { options, bundle, manifest, members, receiver };
    if (options.out === undefined) await verifyMembers(work, undefined);
    else await unpack(work, options.out, text, signature);
    const { signer, signingTime } = signed;
    const manifestSha256 = createHash('sha256').update(text).digest('hex');
    return { manifest, manifestSha256, signer, signingTime, decrypted: receiver !== undefined };
  } catch (error) {
    throw fromSystem(error, options.bundle);
  } finally {
    await bundle.close();
  }
}

interface Work {
  readonly options: OpenOptions;
  readonly bundle: BundleIndex;
  readonly manifest: Manifest;
  readonly members: readonly PlacedEntry[];
  readonly receiver: Receiver | undefined;
}

async function readReceiver({ recipient }: OpenOptions): Promise<Receiver | undefined> {
  if (recipient === undefined) return undefined;
  const [certificate] = await readCertificates(recipient.certificate);
  return { certificate: certificate!, key: await readPrivateKey(recipient.key, certificate!) };
}

async function acceptSigner(
  signer: Certificate,
  intermediates: readonly Certificate[],
  { trust, from, bundle }: OpenOptions,
  now: Date,
): Promise<void> {
  const anchors = await readCertificates(trust);
  const [first, ...others] = objections(signer, 'sign', { anchors, intermediates }, now);
  if (first !== undefined) {
    throw new GamyeongError(first.code, first.values, { file: bundle }, others);
  }
  if (from === undefined) return;
  const [expected] = await readCertificates(from);
  if (expected!.sha256 !== signer.sha256) {
    throw new GamyeongError('E_BUNDLE_OTHER_SIGNER', { subject: signer.subject }, { file: bundle });
  }
}

/** Unpacks into a private directory beside `out` and gives it that name when all is verified and on the disk. */
async function unpack(work: Work, out: string, manifest: Buffer, signature: Buffer): Promise<void> {
  const { files } = work.manifest;
  const taken = new GamyeongError('E_OUTPUT_EXISTS', {}, { file: out });
  if (await exists(out)) throw taken;
  const directory = await PartialDirectory.enter(out);
  const tree = directory.file('data');
  try {
    await rm(tree, { recursive: true, force: true });
    await mkdir(tree, { mode: 0o700 });
    for (const { path } of files) {
      await mkdir(dirname(join(tree, path)), { recursive: true, mode: 0o700 });
      await put(join(tree, path), Buffer.alloc(0));
    }
    await verifyMembers(work, ({ path }) => join(tree, path));
    await put(join(tree, MANIFEST), manifest);
    await put(join(tree, SIGNATURE), signature);
    for (const { path, sha256 } of files) await settle(join(tree, path), sha256, work.bundle.path);
    for (const path of [MANIFEST, ...files.map((file) => file.path)]) await syncDirectoryOf(join(tree, path));
    if (await exists(out)) throw taken;
    await rename(tree, out);
    await syncDirectoryOf(out);
  } catch (error) {
    throw fromSystem(error, out);
  } finally {
    await rm(tree, { recursive: true, force: true });
    await directory.remove();
  }
}

async function put(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Compares a whole file with its digest and waits until it is on the disk. */
async function settle(path: string, sha256: string, bundle: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  if (hash.digest('hex') !== sha256) {
    throw new GamyeongError('E_BUNDLE_DIGEST', { member: basename(path) }, { file: bundle });
  }
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

/** Compares every member, and with a key its plaintext, with the manifest. */
async function verifyMembers(work: Work, place: Place | undefined): Promise<void> {
  const { bundle, manifest, members, receiver, options } = work;
  if (receiver && !manifest.recipients.some(({ sha256 }) => sha256 === receiver.certificate.sha256)) {
    throw new GamyeongError(
      'E_BUNDLE_NOT_RECIPIENT',
      { subject: receiver.certificate.subject },
      { file: bundle.path },
    );
  }
  const parts = manifest.files.flatMap((file) => {
    let plainAt = 0;
    return file.parts.map((part) => {
      const into = place && { path: place(file), at: plainAt };
      plainAt += part.plain.bytes;
      return { part, into };
    });
  });
  const tasks: DecryptTask[] = [];
  for (const [i, { part, into }] of parts.entries()) {
    const task = await decryptTask(work, members[i]!, into);
    if (task.content && task.content.bytes !== part.plain.bytes) {
      throw new GamyeongError('E_BUNDLE_DIGEST', { member: part.name }, { file: bundle.path });
    }
    tasks.push(task);
  }
  let done = 0;
  const total = tasks.reduce((sum, { from }) => sum + from.bytes, 0);
  const digests = await treatParts(tasks, {
    file: bundle.path,
    signal: options.signal,
    onPart: (bytes) => {
      done += bytes;
      options.onProgress?.(done, total);
    },
  });
  for (const [i, { part }] of parts.entries()) {
    const { sha256, plain } = digests[i]!;
    const refuse = (code: 'E_BUNDLE_DIGEST' | 'E_BUNDLE_DECRYPT') =>
      new GamyeongError(code, { member: part.name }, { file: bundle.path });
    if (sha256 !== part.sha256) throw refuse('E_BUNDLE_DIGEST');
    if (receiver === undefined) continue;
    if (plain === undefined) throw refuse('E_BUNDLE_DECRYPT');
    if (plain !== part.plain.sha256) throw refuse('E_BUNDLE_DIGEST');
  }
}

/** An envelope that cannot be opened is hashed all the same, to tell a changed one from one for somebody else. */
async function decryptTask(
  { bundle, receiver }: Work,
  member: PlacedEntry,
  into: { path: string; at: number } | undefined,
): Promise<DecryptTask> {
  const from = { path: bundle.path, at: member.contentAt, bytes: member.bytes };
  const content = receiver && (await openEnvelope(bundle, member, receiver));
  return { kind: 'decrypt', from, ...(content && { content: { ...content, into } }) };
}

async function openEnvelope(bundle: BundleIndex, member: PlacedEntry, { certificate, key }: Receiver) {
  const start = await bundle.start(member, headRoom(member.bytes));
  try {
    const { recipientInfos, nonce, contentAt, contentBytes } = parseEnvelopeHead(start, member.bytes);
    const contentKey = contentKeyFor(recipientInfos, certificate, key);
    return contentKey && { at: contentAt, bytes: contentBytes, key: contentKey, nonce };
  } catch {
    return undefined;
  }
}
