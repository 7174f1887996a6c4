import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBundle } from '../../src/release/open.ts';
import { release } from '../../src/release/release.ts';
import { csvText, demoPki, releasable, workDirectory } from './fixture.ts';
import { hasOpenssl, openssl } from './openssl.ts';

const work = workDirectory();
let pki: Awaited<ReturnType<typeof demoPki>>;
beforeAll(async () => {
  pki = await demoPki(work.path);
});
afterAll(work.done);

const receiver = (name: string) => ({
  certificate: pki.file(`${name}.pem`),
  key: { key: pki.file(`${name}.key`) },
});

const open = (bundle: string, name: string, out?: string) =>
  openBundle({ bundle, trust: pki.ca, recipient: receiver(name), out });

describe('a released file', () => {
  test.each(['center', 'center-ec'])('is opened by each recipient: %s', async (name) => {
    const fixture = await releasable(join(work.path, name), pki);
    const options = fixture.options({
      to: [pki.file('center.pem'), pki.file('center-ec.pem')],
      partBytes: 100,
    });
    const { manifest } = await release(options);
    const out = join(work.path, name, 'opened');
    const opened = await openBundle({
      bundle: options.out,
      trust: pki.ca,
      recipient: receiver(name),
      from: pki.file('steward.pem'),
      out,
    });
    expect(opened.manifest).toEqual(manifest);
    expect(opened.decrypted).toBe(true);
    expect(manifest.files[0]!.parts.length).toBe(Math.ceil(Buffer.byteLength(csvText()) / 100));
    expect(readFileSync(join(out, 'data/out.csv'), 'utf8')).toBe(csvText());
    for (const record of ['run', 'risk', 'reviews']) {
      const original = readFileSync(join(work.path, name, `out.csv.${record}.json`));
      expect(readFileSync(join(out, `records/${record}.json`))).toEqual(original);
    }
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('<!doctype html>');
    expect(readdirSync(out).sort()).toEqual([
      'data',
      'manifest.json',
      'manifest.p7s',
      'records',
      'report.html',
    ]);
    for (const entry of ['data/out.csv', 'manifest.json', 'report.html']) {
      expect(statSync(join(out, entry)).mode & 0o077, entry).toBe(0);
    }
  });

  test('leaves nothing but the bundle beside it, readable by its owner alone', async () => {
    const fixture = await releasable(join(work.path, 'alone'), pki);
    const before = readdirSync(join(work.path, 'alone'));
    const options = fixture.options();
    await release(options);
    expect(readdirSync(join(work.path, 'alone')).sort()).toEqual([...before, 'out.bundle'].sort());
    expect(statSync(options.out).mode & 0o077).toBe(0);
  });

  test('keeps a name that is long and Korean', async () => {
    const directory = join(work.path, 'named');
    const fixture = await releasable(directory, pki);
    const name = `${'가명정보_'.repeat(12)}.csv`;
    for (const suffix of ['', '.run.json', '.risk.json', '.reviews.json']) {
      writeFileSync(join(directory, name + suffix), readFileSync(fixture.file + suffix));
    }
    const options = fixture.options({ input: join(directory, name) });
    await release(options);
    await open(options.out, 'center', join(directory, 'opened'));
    expect(readFileSync(join(directory, 'opened/data', name), 'utf8')).toBe(csvText());
    mkdirSync(join(directory, 'tar'));
    const tar = spawnSync('tar', ['xf', options.out, '-C', join(directory, 'tar')], {
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      encoding: 'utf8',
    });
    expect({ status: tar.status, stderr: tar.stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(directory, 'tar/data'))).toEqual([`${name}.part-0001.cms`]);
  });

  test('never replaces a file that it reads', async () => {
    const fixture = await releasable(join(work.path, 'itself'), pki);
    const { input, rules, trust, signKey } = fixture.options();
    for (const out of [input, `${input}.run.json`, `${input}.reviews.json`, rules, trust, signKey.key]) {
      const before = readFileSync(out);
      await expect(release(fixture.options({ out, overwrite: true }))).rejects.toMatchObject({
        code: 'E_OUTPUT_IS_INPUT',
      });
      expect(readFileSync(out)).toEqual(before);
    }
  });

  test('does not replace a bundle unless told to', async () => {
    const fixture = await releasable(join(work.path, 'twice'), pki);
    await release(fixture.options());
    const first = readFileSync(fixture.options().out);
    await expect(release(fixture.options())).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' });
    expect(readFileSync(fixture.options().out)).toEqual(first);
    await release(fixture.options({ overwrite: true }));
    expect(readFileSync(fixture.options().out)).not.toEqual(first);
    await open(fixture.options().out, 'center');
  });

  test('takes an encrypted key with its passphrase', async () => {
    const fixture = await releasable(join(work.path, 'passphrase'), pki);
    const { createPrivateKey } = await import('node:crypto');
    const pem = createPrivateKey(readFileSync(pki.file('steward.key'))).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: '열쇠 말 1234',
    });
    const key = join(work.path, 'passphrase/steward.key');
    const passphraseFile = join(work.path, 'passphrase/words');
    writeFileSync(key, pem, { mode: 0o600 });
    writeFileSync(passphraseFile, '열쇠 말 1234\n', { mode: 0o600 });
    await release(fixture.options({ signKey: { key, passphraseFile } }));
    writeFileSync(passphraseFile, '다른 말 1234\n');
    const again = fixture.options({ overwrite: true, signKey: { key, passphraseFile } });
    await expect(release(again)).rejects.toMatchObject({ code: 'E_PRIVATE_KEY', exitCode: 5 });
  });

  test.each([
    ['others may read it', () => [pki.file('steward.pem'), 0o644, pki.file('steward.key')], 'E_KEY_READABLE'],
    [
      'it is another one',
      () => [pki.file('steward.pem'), 0o600, pki.file('center.key')],
      'E_PRIVATE_KEY_OTHER',
    ],
    ['it is no key', () => [pki.file('steward.pem'), 0o600, pki.file('ca.pem')], 'E_PRIVATE_KEY'],
  ] as const)('refuses a private key when %s', async (_, made, code) => {
    const [sign, mode, source] = made() as [string, number, string];
    const directory = join(work.path, `key-${code}`);
    const fixture = await releasable(directory, pki);
    const key = join(directory, 'a.key');
    writeFileSync(key, readFileSync(source), { mode });
    await expect(release(fixture.options({ sign, signKey: { key } }))).rejects.toMatchObject({ code });
    expect(existsSync(fixture.options().out)).toBe(false);
  });

  const changing = (file: string) => () => writeFileSync(file, csvText().replaceAll('당뇨', '간염'));

  test('is not released when it changes while the gate reads it', async () => {
    const fixture = await releasable(join(work.path, 'changed early'), pki);
    const options = fixture.options({ onProgress: changing(fixture.file) });
    await expect(release(options)).rejects.toMatchObject({
      code: 'E_RELEASE_REFUSED',
      also: [{ code: 'E_RELEASE_CHANGED' }],
    });
  });

  test('is not released when it changes while it is encrypted', async () => {
    const fixture = await releasable(join(work.path, 'changed'), pki);
    const options = fixture.options();
    const change = changing(fixture.file);
    let asked = 0;
    // The bundle's writer asks for the signal again, when the gate has let the file pass.
    Object.defineProperty(options, 'signal', { get: () => void (++asked === 2 && change()) });
    await expect(release(options)).rejects.toMatchObject({ code: 'E_RELEASE_CHANGED', exitCode: 4 });
    expect(readdirSync(join(work.path, 'changed'))).not.toContain('out.bundle');
    expect(readdirSync(join(work.path, 'changed'))).not.toContain('out.bundle.partial');
  });

  test('can be interrupted, and nothing stays', async () => {
    const fixture = await releasable(join(work.path, 'stopped'), pki);
    const before = readdirSync(join(work.path, 'stopped'));
    const controller = new AbortController();
    controller.abort();
    const options = fixture.options({ signal: controller.signal });
    await expect(release(options)).rejects.toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
    expect(readdirSync(join(work.path, 'stopped'))).toEqual(before);
  });

  test('shows no cell in its clear parts', async () => {
    const secret = '가나다라마바사아자차카타파하';
    const fixture = await releasable(join(work.path, 'clear'), pki, { csv: csvText([secret]) });
    const options = fixture.options();
    await release(options);
    expect(readFileSync(options.out).includes(secret)).toBe(false);
  });
});

describe.runIf(hasOpenssl)('stock tools', () => {
  test('unpack, verify and decrypt a bundle', async () => {
    const directory = join(work.path, 'stock');
    const fixture = await releasable(directory, pki);
    const options = fixture.options({
      to: [pki.file('center.pem'), pki.file('center-ec.pem')],
      partBytes: 150,
    });
    const { manifest } = await release(options);
    const at = (name: string) => join(directory, 'unpacked', name);
    mkdirSync(at(''));
    expect(spawnSync('tar', ['xf', options.out, '-C', at('')]).status).toBe(0);
    const signature = ['-inform', 'DER', '-in', at('manifest.p7s'), '-CAfile', pki.ca];
    const verify = ['cms', '-verify', '-binary', '-content', at('manifest.json'), ...signature];
    expect(openssl(...verify, '-purpose', 'any')).toEqual(readFileSync(at('manifest.json')));
    expect(openssl(...verify, '-cades')).toEqual(readFileSync(at('manifest.json')));
    for (const name of ['center', 'center-ec']) {
      const who = ['-recip', pki.file(`${name}.pem`), '-inkey', pki.file(`${name}.key`)];
      const texts = manifest.files[0]!.parts.map((part) =>
        openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', at(part.name), ...who),
      );
      expect(texts.length).toBeGreaterThan(2);
      expect(Buffer.concat(texts).toString()).toBe(csvText());
    }
  });
});
