import { generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, open, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists, syncDirectoryOf } from '../io/durable.ts';
import type { KeyUsage } from './certificate.ts';
import { type Issuer, issueCertificate } from './issue-certificate.ts';
import { OID } from './oids.ts';

const DAY_MS = 86_400_000;
/** Clocks differ. */
const EARLIER_MS = 3_600_000;

interface Role {
  readonly file: string;
  readonly commonName: string;
  readonly type: 'rsa' | 'ec';
  readonly usages: readonly KeyUsage[];
}

const AUTHORITY = 'Demo CA';
const ROLES: readonly Role[] = [
  { file: 'steward', commonName: 'Demo Steward', type: 'ec', usages: ['digitalSignature'] },
  { file: 'center', commonName: 'Demo Center', type: 'rsa', usages: ['keyEncipherment'] },
  { file: 'center-ec', commonName: 'Demo Center EC', type: 'ec', usages: ['keyAgreement'] },
  { file: 'reviewer-1', commonName: 'Demo Reviewer 1', type: 'ec', usages: ['digitalSignature'] },
  { file: 'reviewer-2', commonName: 'Demo Reviewer 2', type: 'ec', usages: ['digitalSignature'] },
  { file: 'reviewer-3', commonName: 'Demo Reviewer 3', type: 'ec', usages: ['digitalSignature'] },
];

const newKeyPair = promisify(generateKeyPair);

/**
 * Makes a throw-away authority with a steward who signs, centers that receive and reviewers: `ca.pem`, and for
 * each role `ROLE.pem` and `ROLE.key` (PKCS #8, 0600). The authority's key is not kept.
 * @param directory must not exist yet; it appears whole
 * @param days that the certificates are valid
 * @returns the files, in order
 * @throws GamyeongError E_PKI_NOT_EMPTY and others of the system
 */
export async function makeDemoPki(directory: string, days: number): Promise<readonly string[]> {
  if (await exists(directory)) throw new GamyeongError('E_PKI_NOT_EMPTY', {}, { file: directory });
  const files = await demoFiles(days);
  try {
    await mkdir(dirname(resolve(directory)), { recursive: true });
    const staged = await mkdtemp(`${resolve(directory)}.partial-`);
    try {
      for (const [name, text] of files) await writePrivate(join(staged, name), text);
      await rename(staged, directory);
      await syncDirectoryOf(directory);
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  } catch (error) {
    throw fromSystem(error, directory);
  }
  return [...files.keys()].map((name) => join(directory, name));
}

async function demoFiles(days: number): Promise<ReadonlyMap<string, string>> {
  const now = Date.now();
  const validity = { from: new Date(now - EARLIER_MS), to: new Date(now + days * DAY_MS) };
  const keys = await newKey('ec');
  const authority: Issuer = { commonName: AUTHORITY, ...keys };
  const self = {
    ...validity,
    commonName: AUTHORITY,
    key: keys.publicKey,
    authority: true,
    usages: ['keyCertSign', 'cRLSign'],
  } as const;
  const files = new Map([['ca.pem', issueCertificate(self, authority)]]);
  for (const { file, commonName, type, usages } of ROLES) {
    const { publicKey, privateKey } = await newKey(type);
    const content = { ...validity, commonName, key: publicKey, authority: false, usages };
    files.set(
      `${file}.pem`,
      issueCertificate({ ...content, extendedUsages: [OID.emailProtection] }, authority),
    );
    files.set(`${file}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  }
  return files;
}

function newKey(type: Role['type']): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
  return type === 'rsa'
    ? newKeyPair('rsa', { modulusLength: 3072 })
    : newKeyPair('ec', { namedCurve: 'prime256v1' });
}

async function writePrivate(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
