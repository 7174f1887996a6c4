import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GamyeongError } from '../../src/errors.ts';
import { signDetached } from '../../src/release/cms-sign.ts';
import {
  MANIFEST,
  type Manifest,
  type ManifestFile,
  manifestText,
  parseManifest,
  SIGNATURE,
} from '../../src/release/manifest.ts';
import { openBundle } from '../../src/release/open.ts';
import { END, placeEntries, readTarHeader, tarHeader } from '../../src/release/tar.ts';
import { type Parties, parties, writeSmallBundle } from './bundle.ts';
import { authority, certificate, workDirectory } from './fixture.ts';

const work = workDirectory();
afterAll(work.done);

const FILES = { 'data/a.csv': 'a\n1\n', 'records/run.json': '{}', 'report.html': '' };
let who: Parties;
let bundle: Buffer;
beforeAll(async () => {
  who = await parties(work.path);
  const path = join(work.path, 'good.bundle');
  await writeSmallBundle(path, who, FILES);
  bundle = readFileSync(path);
});

const SECONDS = Date.parse('2026-02-03T04:05:06Z') / 1000;
const changed = () => join(work.path, 'changed.bundle');

/** Verifies bytes as a bundle. @returns the error, undefined when nothing is wrong */
async function errorOf(bytes: Buffer, recipient?: Parties['recipient']): Promise<GamyeongError | undefined> {
  writeFileSync(changed(), bytes);
  try {
    await openBundle({ bundle: changed(), trust: who.trust, recipient });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(GamyeongError);
    return error as GamyeongError;
  }
}

interface Member {
  readonly name: string;
  readonly content: Buffer;
}

/** The members of the good bundle. */
async function members(): Promise<Member[]> {
  const found: Member[] = [];
  for (let at = 0; at < bundle.length - END.length; ) {
    const entry = (await readTarHeader(at, async (from, bytes) => bundle.subarray(from, from + bytes)))!;
    const content = bundle.subarray(entry.contentAt, entry.contentAt + entry.bytes);
    found.push({ name: entry.name, content });
    at = entry.contentAt + Math.ceil(entry.bytes / 512) * 512;
  }
  return found;
}

function archive(of: readonly Member[]): Buffer {
  const entries = of.map(({ name, content }) => ({ name, bytes: content.length }));
  const places = placeEntries(entries, SECONDS, 0);
  const parts = places.flatMap((place, i) => [
    tarHeader(place, SECONDS),
    of[i]!.content,
    Buffer.alloc((512 - (place.bytes % 512)) % 512),
  ]);
  return Buffer.concat([...parts, END]);
}

test('the bundle is right as it is, and put together anew', async () => {
  expect(await errorOf(bundle)).toBeUndefined();
  expect(await errorOf(bundle, who.recipient)).toBeUndefined();
  expect(archive(await members())).toEqual(bundle);
  expect((await members()).map(({ name }) => name)).toEqual([
    'data/a.csv.part-0001.cms',
    'records/run.json.cms',
    'report.html.cms',
    'manifest.json',
    'manifest.p7s',
  ]);
});

test('every byte counts: each is flipped in one bit and refused with exit code 5', async () => {
  await writeSmallBundle(changed(), who, { 'data/a.csv': 'a\n1\n' });
  const small = readFileSync(changed());
  const passed: number[] = [];
  for (let at = 0; at < small.length; at++) {
    const bytes = Buffer.from(small);
    bytes[at]! ^= 1 << (at % 8);
    const error = await errorOf(bytes, at % 50 === 0 ? who.recipient : undefined);
    if (error === undefined) passed.push(at);
    else expect(error.exitCode, `${error.code} at ${at}`).toBe(5);
  }
  expect(passed).toEqual([]);
});

test('every cut is refused', async () => {
  for (let length = 0; length < bundle.length; length += 97) {
    const error = await errorOf(bundle.subarray(0, length));
    expect(error?.code, String(length)).toMatch(/^E_BUNDLE_FORMAT$/);
  }
});

test.each([
  ['a byte', Buffer.of(0)],
  ['a block of zeros', Buffer.alloc(512)],
  ['another archive', Buffer.from('data')],
])('%s behind the end is refused', async (_, more) => {
  expect(await errorOf(Buffer.concat([bundle, more]))).toMatchObject({ code: 'E_BUNDLE_FORMAT' });
});

describe('members', () => {
  test('left out', async () => {
    const all = await members();
    for (const [i, { name }] of all.entries()) {
      const error = await errorOf(archive(all.filter((_, index) => index !== i)));
      expect(error?.code, name).toMatch(i < 3 ? /^E_BUNDLE_MEMBERS$/ : /^E_BUNDLE_FORMAT$/);
    }
  });

  test('swapped, with and without their names', async () => {
    const all = await members();
    for (let i = 0; i < all.length; i++) {
      for (let j = 0; j < i; j++) {
        const swapped = [...all];
        [swapped[i], swapped[j]] = [all[j]!, all[i]!];
        expect((await errorOf(archive(swapped)))?.code, `${i} ${j}`).toMatch(/^E_/);
        const renamed = swapped.map(({ content }, at) => ({ name: all[at]!.name, content }));
        expect((await errorOf(archive(renamed)))?.code, `${i} ${j}`).toMatch(/^E_/);
      }
    }
  });

  test('put in twice, or foreign', async () => {
    const all = await members();
    const foreign = { name: 'data/b.csv.part-0001.cms', content: all[0]!.content };
    const refused = { code: 'E_BUNDLE_MEMBERS' };
    expect(await errorOf(archive([all[0]!, ...all]))).toMatchObject(refused);
    expect(await errorOf(archive([foreign, ...all]))).toMatchObject(refused);
    expect(await errorOf(archive([...all, foreign]))).toMatchObject({ code: 'E_BUNDLE_FORMAT' });
  });

  test('of another bundle to the same center', async () => {
    const other = join(work.path, 'other.bundle');
    await writeSmallBundle(other, who, FILES);
    const mine = await members();
    const first = readFileSync(other).subarray(512, 512 + mine[0]!.content.length);
    const error = await errorOf(archive([{ name: mine[0]!.name, content: first }, ...mine.slice(1)]));
    expect(error).toMatchObject({
      code: 'E_BUNDLE_DIGEST',
      values: { member: 'data/a.csv.part-0001.cms' },
    });
  });

  test.each(['link', 'directory', 'device'])('that are no files: %s', async (kind) => {
    const bytes = Buffer.from(bundle);
    const header = bytes.subarray(0, 512);
    header.write({ link: '2', directory: '5', device: '3' }[kind]!, 156);
    header.write('        ', 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(await errorOf(bytes)).toMatchObject({ code: 'E_BUNDLE_FORMAT' });
  });
});

describe('a signature', () => {
  const file = () => join(work.path, 'signed.bundle');
  const openIt = (more: object = {}) =>
    openBundle({ bundle: file(), trust: who.trust, recipient: who.recipient, ...more });

  test('by somebody else under the same authority is refused: the manifest names its signer', async () => {
    const other = await certificate('Other', {}, who.ca.issuer);
    await writeSmallBundle(file(), who, FILES, {}, other);
    await expect(openIt()).rejects.toMatchObject({ code: 'E_BUNDLE_SIGNER', exitCode: 5 });
  });

  test('by somebody else who also says so passes, but not against --from', async () => {
    const other = await certificate('Other', {}, who.ca.issuer);
    const { subject, sha256 } = other.certificate;
    await writeSmallBundle(file(), who, FILES, { signer: { subject, sha256 } }, other);
    expect((await openIt()).signer.subject).toContain('Other');
    const from = join(work.path, 'from.pem');
    writeFileSync(from, who.signer.pem);
    await expect(openIt({ from })).rejects.toMatchObject({ code: 'E_BUNDLE_OTHER_SIGNER' });
  });

  test.each([
    ['E_CERT_EXPIRED', { to: new Date(Date.now() - 1000) }],
    ['E_CERT_NOT_YET', { from: new Date(Date.now() + 3_600_000) }],
    ['E_CERT_USAGE', { usages: ['keyAgreement'] as const }],
    ['E_CERT_USAGE', { extendedUsages: ['1.3.6.1.5.5.7.3.1'] }],
  ] as const)('with a certificate that may not sign is refused: %s', async (code, content) => {
    const bad = await certificate('Bad', content, who.ca.issuer);
    const { subject, sha256 } = bad.certificate;
    await writeSmallBundle(file(), who, FILES, { signer: { subject, sha256 } }, bad);
    await expect(openIt()).rejects.toMatchObject({ code, exitCode: 5 });
  });

  test('from an unknown authority is refused', async () => {
    const unknown = await authority('CA');
    const bad = await certificate('Steward', {}, unknown.issuer);
    const { subject, sha256 } = bad.certificate;
    await writeSmallBundle(file(), who, FILES, { signer: { subject, sha256 } }, bad);
    await expect(openIt()).rejects.toMatchObject({ code: 'E_CERT_UNTRUSTED', exitCode: 5 });
  });
});

describe('opening', () => {
  const good = () => join(work.path, 'good.bundle');
  const out = () => join(work.path, 'out');

  test('needs one of the recipients', async () => {
    const mine = await parties(work.path);
    await writeSmallBundle(changed(), { ...mine, center: who.center }, FILES);
    const opening = openBundle({ bundle: changed(), trust: mine.trust, recipient: mine.recipient });
    await expect(opening).rejects.toMatchObject({ code: 'E_BUNDLE_NOT_RECIPIENT', exitCode: 5 });
    who = await parties(work.path);
    await writeSmallBundle(good(), who, FILES);
    bundle = readFileSync(good());
  });

  test('without a key verifies all but the plaintexts, and writes nothing', async () => {
    const before = readdirSync(work.path);
    const opened = await openBundle({ bundle: good(), trust: who.trust });
    expect(opened.decrypted).toBe(false);
    expect(readdirSync(work.path)).toEqual(before);
    const bytes = Buffer.from(bundle);
    bytes[600]! ^= 1;
    writeFileSync(changed(), bytes);
    await expect(openBundle({ bundle: changed(), trust: who.trust })).rejects.toMatchObject({
      code: 'E_BUNDLE_DIGEST',
    });
  });

  test('leaves no directory when a member is wrong', async () => {
    const bytes = Buffer.from(bundle);
    const all = await members();
    const at = 512 + all[0]!.content.length - 1;
    bytes[at]! ^= 1;
    writeFileSync(changed(), bytes);
    const before = readdirSync(work.path);
    const opening = openBundle({
      bundle: changed(),
      trust: who.trust,
      recipient: who.recipient,
      out: out(),
    });
    await expect(opening).rejects.toMatchObject({ code: 'E_BUNDLE_DIGEST' });
    expect(readdirSync(work.path)).toEqual(before);
  });

  test('never writes into a directory that exists', async () => {
    const options = { bundle: good(), trust: who.trust, recipient: who.recipient, out: out() };
    await openBundle(options);
    expect(readFileSync(join(out(), 'data/a.csv'), 'utf8')).toBe(FILES['data/a.csv']);
    expect(readFileSync(join(out(), 'report.html'), 'utf8')).toBe('');
    await expect(openBundle(options)).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' });
    expect(existsSync(`${out()}.partial`)).toBe(false);
  });

  test.each([
    '../escape.csv',
    'data/../../escape.csv',
    '/tmp/escape.csv',
    'data/..',
    'other/a.csv',
    'data/a\\b',
    'manifest.json',
    'data/a\nb',
  ])('refuses a signed manifest with the path %j', async (path) => {
    await writeSmallBundle(changed(), who, { [path]: 'x' });
    const opening = openBundle({
      bundle: changed(),
      trust: who.trust,
      recipient: who.recipient,
      out: `${out()}2`,
    });
    await expect(opening).rejects.toMatchObject({ exitCode: 5 });
    expect(existsSync(`${out()}2`)).toBe(false);
  });

  test('refuses a signed manifest that gives a part another length than it has', async () => {
    const longer = ({ files, ...about }: Manifest): Manifest => {
      const [{ parts, ...file }, ...others] = files as [ManifestFile, ...ManifestFile[]];
      const [{ plain, ...part }] = parts as [ManifestFile['parts'][number]];
      const bytes = plain.bytes + 2 ** 40;
      const first = { ...file, bytes, parts: [{ ...part, plain: { ...plain, bytes } }] };
      return { ...about, files: [first, ...others] };
    };
    const all = await members();
    const text = manifestText(longer(parseManifest(all.at(-2)!.content, changed())));
    const { certificate, privateKey } = who.signer;
    const signature = signDetached(text, certificate, privateKey, [], new Date());
    const entries = [
      ...all.slice(0, -2),
      { name: MANIFEST, content: text },
      { name: SIGNATURE, content: signature },
    ];
    expect(await errorOf(archive(entries), who.recipient)).toMatchObject({ code: 'E_BUNDLE_DIGEST' });
  });

  test('refuses paths that are one where case does not count', async () => {
    await writeSmallBundle(changed(), who, { 'data/a.csv': 'x', 'data/A.csv': 'y' });
    const opening = openBundle({ bundle: changed(), trust: who.trust });
    await expect(opening).rejects.toMatchObject({ code: 'E_BUNDLE_MANIFEST' });
  });

  test.each([
    ['nothing', ''],
    ['text', 'a,b\n1,2\n'.repeat(500)],
    ['zeros', '\0'.repeat(4096)],
  ])('refuses what is no bundle: %s', async (_, text) => {
    expect(await errorOf(Buffer.from(text))).toMatchObject({ code: 'E_BUNDLE_FORMAT', exitCode: 5 });
  });
});
