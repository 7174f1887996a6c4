import { mkdir } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { audited } from '../audit/audited.ts';
import { releaseCircumstances } from '../audit/circumstances.ts';
import { fileDigest } from '../audit/subject.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { fromSystem } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { STALE } from '../messages/job.ts';
import type { Text } from '../messages/language.ts';
import { BundleIndex } from '../release/bundle-index.ts';
import { readCertificates } from '../release/certificate.ts';
import { type Manifest, parseManifest } from '../release/manifest.ts';
import { release } from '../release/release.ts';
import { reviewsPath } from '../review/store.ts';
import type { JobContext } from './context.ts';
import type { ReleaseSettings, Task } from './task.ts';

/** @returns why a bundle has to be made (again); undefined when it holds the records as they are now */
export async function staleRelease(
  { output }: Task,
  settings: ReleaseSettings,
  run: RunRecord,
): Promise<Text | undefined> {
  const manifest = await manifestOf(settings.bundle);
  if (manifest === undefined) return STALE.noBundle;
  const held = new Set(manifest.files.map(({ sha256 }) => sha256));
  const risk = `${output}.risk.json`;
  for (const record of [`${output}.run.json`, risk, reviewsPath(risk)]) {
    if (!held.has(await fileDigest(record).catch(() => ''))) return STALE.bundle;
  }
  if (!held.has(run.output.sha256)) return STALE.data;
  const [signer, ...recipients] = await Promise.all(
    [settings.sign, ...settings.to].map(async (file) => (await readCertificates(file))[0]!.sha256),
  );
  const same =
    manifest.signer.sha256 === signer &&
    manifest.recipients.length === recipients.length &&
    manifest.recipients.every(({ sha256 }) => recipients.includes(sha256));
  return same ? undefined : STALE.recipients;
}

/** What a bundle says of itself; undefined when it is no bundle. Its signature is for the receiver to verify. */
async function manifestOf(bundle: string): Promise<Manifest | undefined> {
  if (!(await exists(bundle))) return undefined;
  try {
    const index = await BundleIndex.open(bundle);
    try {
      return parseManifest((await index.signedManifest()).manifest, bundle);
    } finally {
      await index.close();
    }
  } catch {
    return undefined;
  }
}

/** Releases an output. A bundle of ours is replaced; any other file never. */
export async function doRelease(task: Task, settings: ReleaseSettings, context: JobContext): Promise<void> {
  const { to, sign, signKey, passphraseFile, trust, bundle } = settings;
  await mkdir(dirname(bundle), { recursive: true, mode: 0o700 }).catch((error) => {
    throw fromSystem(error, dirname(bundle));
  });
  await audited(context.audit, 'release', async (note) => {
    note({ ids: { file: basename(task.output), bundle: basename(bundle) } });
    const released = await release({
      input: task.output,
      rules: task.rules,
      to,
      sign,
      signKey: { key: signKey, passphraseFile },
      trust,
      out: bundle,
      overwrite: (await manifestOf(bundle)) !== undefined,
      signal: context.signal,
    });
    note(releaseCircumstances(released));
  });
}
