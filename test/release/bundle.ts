import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentFile, writeBundle } from '../../src/release/bundle-writer.ts';
import { signDetached } from '../../src/release/cms-sign.ts';
import type { Manifest } from '../../src/release/manifest.ts';
import { authority, certificate, type Made, sha256 } from './fixture.ts';

/** Parties of a small bundle, all with elliptic keys: fast. */
export interface Parties {
  readonly ca: Made;
  readonly signer: Made;
  readonly center: Made;
  /** Paths of what `openBundle` reads. */
  readonly trust: string;
  readonly recipient: { readonly certificate: string; readonly key: { readonly key: string } };
}

export async function parties(directory: string): Promise<Parties> {
  const ca = await authority('CA');
  const signer = await certificate('Steward', {}, ca.issuer);
  const center = await certificate('Center', { usages: ['keyAgreement'] }, ca.issuer);
  const put = (name: string, text: string) => {
    const path = join(directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const pem = (made: Made) => made.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    ca,
    signer,
    center,
    trust: put('ca.pem', ca.pem),
    recipient: {
      certificate: put('center.pem', center.pem),
      key: { key: put('center.key', pem(center)) },
    },
  };
}

export const aboutOf = ({ signer, center }: Parties): Omit<Manifest, 'files'> => ({
  version: 1,
  format: 'gamyeong-bundle',
  created: '2026-02-03T04:05:06Z',
  tool: { name: 'gamyeong', version: '0.1.0' },
  purpose: { text: 'p' },
  period: { from: '2026-01-01', to: '2026-12-31' },
  tier: 'low',
  rules: { name: 'r', sha256: sha256('r') },
  plan: { sha256: sha256('p') },
  keyId: null,
  rows: { in: 0, out: 0, suppressed: 0, rejected: 0 },
  holds: [],
  signer: { subject: signer.certificate.subject, sha256: signer.certificate.sha256 },
  recipients: [{ subject: center.certificate.subject, sha256: center.certificate.sha256 }],
});

/** A bundle of small files in memory. */
export function writeSmallBundle(
  path: string,
  who: Parties,
  files: Readonly<Record<string, string>>,
  change: Partial<Omit<Manifest, 'files'>> = {},
  by: Made = who.signer,
): Promise<Manifest> {
  return writeBundle({
    path,
    overwrite: true,
    recipients: [who.center.certificate],
    files: Object.entries(files).map(([name, text]) => contentFile(name, Buffer.from(text))),
    about: { ...aboutOf(who), ...change },
    sign: (manifest) => signDetached(manifest, by.certificate, by.privateKey, [], new Date()),
  });
}
