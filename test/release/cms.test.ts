import { createPublicKey, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSigner } from '../../src/audit/signer.ts';
import { parseCertificate, readCertificates } from '../../src/release/certificate.ts';
import { signDetached } from '../../src/release/cms-sign.ts';
import { verifyDetached } from '../../src/release/cms-verify.ts';
import { parseEnvelopeHead, prepareEnvelope } from '../../src/release/envelope.ts';
import { treatPart } from '../../src/release/part.ts';
import { readPrivateKey } from '../../src/release/private-key.ts';
import { contentKeyFor } from '../../src/release/recipient.ts';
import { demoPki, sha256, workDirectory } from './fixture.ts';
import { hasOpenssl, openssl } from './openssl.ts';

const work = workDirectory();
const at = (name: string) => join(work.path, name);
let pki: Awaited<ReturnType<typeof demoPki>>;
beforeAll(async () => {
  pki = await demoPki(work.path);
});
afterAll(work.done);

async function steward() {
  return readSigner({ certificate: pki.file('steward.pem'), key: pki.file('steward.key') });
}

async function receiver(name: string) {
  const [certificate] = await readCertificates(pki.file(`${name}.pem`));
  return {
    certificate: certificate!,
    key: await readPrivateKey({ key: pki.file(`${name}.key`) }, certificate!),
  };
}

/** Decrypts a file that is one envelope. */
async function decrypt(path: string, name: string): Promise<Buffer | undefined> {
  const bytes = readFileSync(path);
  const head = parseEnvelopeHead(bytes, bytes.length);
  const { certificate, key } = await receiver(name);
  const contentKey = contentKeyFor(head.recipientInfos, certificate, key);
  if (contentKey === undefined) return undefined;
  const { nonce, contentAt, contentBytes } = head;
  writeFileSync(at('plain'), '');
  const { plain } = treatPart({
    kind: 'decrypt',
    from: { path, at: 0, bytes: bytes.length },
    content: {
      at: contentAt,
      bytes: contentBytes,
      key: contentKey,
      nonce,
      into: { path: at('plain'), at: 0 },
    },
  });
  return plain === undefined ? undefined : readFileSync(at('plain'));
}

/** Encrypts to a file of one envelope. */
async function encrypt(plaintext: Uint8Array, path: string, ...names: string[]): Promise<void> {
  const recipients = await Promise.all(names.map(async (name) => (await receiver(name)).certificate));
  const envelope = prepareEnvelope(plaintext.length, recipients);
  writeFileSync(path, '');
  const { sha256: digest } = treatPart({
    kind: 'encrypt',
    from: { content: plaintext, bytes: plaintext.length },
    into: { path, at: 0 },
    ...envelope,
  });
  expect(readFileSync(path).length).toBe(envelope.bytes);
  expect(sha256(readFileSync(path))).toBe(digest);
}

describe('an envelope', () => {
  test.each(['center', 'center-ec'])('of any length is opened by %s', async (name) => {
    for (const length of [0, 1, 100, 127, 128, 255, 256, 65535, 65536, 1_600_000]) {
      const plaintext = randomBytes(length);
      await encrypt(plaintext, at('e'), name);
      expect((await decrypt(at('e'), name))?.equals(plaintext), String(length)).toBe(true);
    }
  });
  test('is opened by each of its recipients and by nobody else', async () => {
    await encrypt(Buffer.from('abc'), at('e'), 'center', 'center-ec');
    expect(await decrypt(at('e'), 'center')).toEqual(Buffer.from('abc'));
    expect(await decrypt(at('e'), 'center-ec')).toEqual(Buffer.from('abc'));
    await encrypt(Buffer.from('abc'), at('e'), 'center');
    expect(await decrypt(at('e'), 'center-ec')).toBeUndefined();
  });
  test('never uses a key or a nonce twice', async () => {
    const { certificate } = await receiver('center-ec');
    const seen = Array.from({ length: 50 }, () => prepareEnvelope(1, [certificate]));
    expect(new Set(seen.map(({ key }) => key.toString('hex'))).size).toBe(50);
    expect(new Set(seen.map(({ nonce }) => nonce.toString('hex'))).size).toBe(50);
  });
  test('that is changed anywhere gives no plaintext', async () => {
    await encrypt(Buffer.from('abcdef'), at('e'), 'center-ec');
    const good = readFileSync(at('e'));
    for (let i = 0; i < good.length; i++) {
      const bytes = Buffer.from(good);
      bytes[i]! ^= 1;
      writeFileSync(at('e'), bytes);
      const plaintext = await decrypt(at('e'), 'center-ec').catch(() => undefined);
      // Names of algorithms that are implied (the ephemeral key's) may vary; the text may not.
      if (plaintext !== undefined) expect(plaintext.toString(), String(i)).toBe('abcdef');
    }
  });
});

describe('a signature', () => {
  const content = Buffer.from('{"a":1}\n');

  test('is verified, whatever was signed', async () => {
    const { certificate, key } = await steward();
    fc.assert(
      fc.property(fc.uint8Array(), fc.uint8Array(), (signed, other) => {
        const now = new Date('2026-01-02T03:04:05Z');
        const der = signDetached(signed, certificate, key, [], now);
        const verified = verifyDetached(der, signed, 'f');
        expect(verified.signer.sha256).toBe(certificate.sha256);
        expect(verified.signingTime).toEqual(now);
        if (!Buffer.from(signed).equals(other)) {
          expect(() => verifyDetached(der, other, 'f')).toThrow(/E_SIGNATURE_WRONG|changed/);
        }
      }),
      { numRuns: 30 },
    );
  });
  test('may be made after 2049', async () => {
    const { certificate, key } = await steward();
    const now = new Date('2051-01-02T03:04:05Z');
    expect(
      verifyDetached(signDetached(content, certificate, key, [], now), content, 'f').signingTime,
    ).toEqual(now);
  });
  test.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('text')],
    ['an empty structure', Buffer.of(0x30, 0)],
  ])('is not %s', (_, der) => {
    expect(() => verifyDetached(der, content, 'f')).toThrow(
      expect.objectContaining({ code: 'E_SIGNATURE_FORMAT' }),
    );
  });
});

describe.runIf(hasOpenssl)('with the openssl program', () => {
  const plaintext = randomBytes(70_000);

  test.each([['center'], ['center-ec'], ['center', 'center-ec']])(
    'ours are decrypted there: %s %s',
    async (...names) => {
      await encrypt(plaintext, at('ours'), ...names);
      for (const name of names) {
        const who = ['-recip', pki.file(`${name}.pem`), '-inkey', pki.file(`${name}.key`)];
        const found = openssl('cms', '-decrypt', '-binary', '-inform', 'DER', '-in', at('ours'), ...who);
        expect(found.equals(plaintext)).toBe(true);
      }
    },
  );

  test.each(['center', 'center-ec'])('theirs are decrypted here: %s', async (name) => {
    writeFileSync(at('text'), plaintext);
    const rsa = [
      '-keyopt',
      'rsa_padding_mode:oaep',
      '-keyopt',
      'rsa_oaep_md:sha256',
      '-keyopt',
      'rsa_mgf1_md:sha256',
    ];
    const ec = ['-keyopt', 'ecdh_kdf_md:sha256', '-aes256-wrap'];
    const how = name === 'center' ? rsa : ec;
    const to = ['-recip', pki.file(`${name}.pem`), ...how];
    openssl(
      'cms',
      '-encrypt',
      '-binary',
      '-aes-256-gcm',
      '-in',
      at('text'),
      '-outform',
      'DER',
      '-out',
      at('theirs'),
      ...to,
    );
    expect((await decrypt(at('theirs'), name))?.equals(plaintext)).toBe(true);
  });

  test('ours is verified there, theirs here', async () => {
    writeFileSync(at('text'), plaintext);
    const { certificate, key } = await steward();
    writeFileSync(at('ours.p7s'), signDetached(plaintext, certificate, key, [], new Date()));
    const trust = ['-CAfile', pki.ca, '-purpose', 'any'];
    const ours = ['-content', at('text'), '-inform', 'DER', '-in', at('ours.p7s')];
    expect(openssl('cms', '-verify', '-binary', '-cades', ...ours, ...trust).equals(plaintext)).toBe(true);
    const by = ['-signer', pki.file('steward.pem'), '-inkey', pki.file('steward.key')];
    const how = ['-binary', '-md', 'sha256', '-cades', '-outform', 'DER', '-in', at('text')];
    const theirs = openssl('cms', '-sign', ...how, ...by);
    expect(verifyDetached(theirs, plaintext, 'f').signer.sha256).toBe(certificate.sha256);
    const without = openssl('cms', '-sign', ...how.filter((word) => word !== '-cades'), ...by);
    expect(() => verifyDetached(without, plaintext, 'f')).toThrow(
      expect.objectContaining({ code: 'E_SIGNATURE_FORMAT' }),
    );
  });
});

test('certificates give the key that their structure holds', async () => {
  const { certificate } = await receiver('center');
  const again = parseCertificate(certificate.der, {});
  expect(createPublicKey(certificate.key.export({ type: 'spki', format: 'pem' })).equals(again.key)).toBe(
    true,
  );
});
