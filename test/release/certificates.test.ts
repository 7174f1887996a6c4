import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Certificate, readCertificates } from '../../src/release/certificate.ts';
import { type CertificateUse, objections } from '../../src/release/chain.ts';
import { authority, certificate, type Made, workDirectory } from './fixture.ts';
import { hasOpenssl, openssl } from './openssl.ts';

const work = workDirectory();
afterAll(work.done);

const DAY_MS = 86_400_000;

/** Codes of what stands against a certificate. */
function codes(
  leaf: Made | Certificate,
  anchors: readonly Made[],
  { use = 'sign', intermediates = [] as readonly Made[], now = new Date() } = {},
): string[] {
  const trust = {
    anchors: anchors.map((made) => made.certificate),
    intermediates: intermediates.map((made) => made.certificate),
  };
  const found = 'x509' in leaf ? leaf : leaf.certificate;
  return objections(found, use as CertificateUse, trust, now).map(({ code }) => code);
}

describe('a certificate under a trusted authority', async () => {
  const ca = await authority('CA');

  test('may be used', async () => {
    expect(codes(await certificate('A', {}, ca.issuer), [ca])).toEqual([]);
  });
  test('may be the trusted one itself', async () => {
    const self = await certificate('Self', {});
    expect(codes(self, [self])).toEqual([]);
  });
  test('is refused outside its dates', async () => {
    const leaf = await certificate('A', {}, ca.issuer);
    expect(codes(leaf, [ca], { now: new Date(Date.now() + 60 * DAY_MS) })).toEqual(['E_CERT_EXPIRED']);
    expect(codes(leaf, [ca], { now: new Date(Date.now() - 60 * DAY_MS) })).toEqual(['E_CERT_NOT_YET']);
  });
  test('is refused when the authority is outside its dates', async () => {
    const old = await authority('Old', { to: new Date(Date.now() - DAY_MS / 2) });
    expect(codes(await certificate('A', {}, old.issuer), [old])).toEqual(['E_CERT_UNTRUSTED']);
  });

  test.each([
    ['sign', ['keyEncipherment']],
    ['sign', ['keyCertSign']],
    ['encrypt', ['digitalSignature']],
    ['encrypt', ['keyEncipherment']],
  ] as const)('with an elliptic key is not for %s with usage %j', async (use, usages) => {
    expect(codes(await certificate('A', { usages }, ca.issuer), [ca], { use })).toEqual(['E_CERT_USAGE']);
  });
  test('encrypts by agreement with an elliptic key, by encipherment with RSA', async () => {
    const ec = await certificate('A', { usages: ['keyAgreement'] }, ca.issuer);
    expect(codes(ec, [ca], { use: 'encrypt' })).toEqual([]);
    const { publicKey: key, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = await certificate('A', { key, privateKey, usages: ['keyEncipherment'] }, ca.issuer);
    expect(codes(rsa, [ca], { use: 'encrypt' })).toEqual([]);
    const agreeing = await certificate('A', { key, privateKey, usages: ['keyAgreement'] }, ca.issuer);
    expect(codes(agreeing, [ca], { use: 'encrypt' })).toEqual(['E_CERT_USAGE']);
  });

  test.each([
    ['RSA 1024', () => generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['EC P-224', () => generateKeyPairSync('ec', { namedCurve: 'secp224r1' })],
    ['EC secp256k1', () => generateKeyPairSync('ec', { namedCurve: 'secp256k1' })],
  ] as const)('is refused with a weak key: %s', async (_, make) => {
    const { publicKey, privateKey } = make();
    const leaf = await certificate('A', { key: publicKey, privateKey }, ca.issuer);
    expect(codes(leaf, [ca])).toEqual(['E_CERT_WEAK']);
  });
  test('is refused under an authority with a weak key', async () => {
    const { publicKey: key, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const weak = await certificate('Weak', { authority: true, usages: ['keyCertSign'], key, privateKey });
    const leaf = await certificate('A', {}, { ...weak.issuer, privateKey, publicKey: key });
    expect(codes(leaf, [weak])).toEqual(['E_CERT_UNTRUSTED']);
  });

  test('is refused when another authority of the same name signed it', async () => {
    const namesake = await authority('CA');
    expect(codes(await certificate('A', {}, namesake.issuer), [ca])).toEqual(['E_CERT_UNTRUSTED']);
  });
  test('is refused when one that is no authority signed it', async () => {
    const person = await certificate('Person', {}, ca.issuer);
    const leaf = await certificate('A', {}, person.issuer);
    expect(codes(leaf, [ca], { intermediates: [person] })).toEqual(['E_CERT_UNTRUSTED']);
    expect(codes(leaf, [person])).toEqual(['E_CERT_UNTRUSTED']);
  });

  test('may have authorities between, if they come along', async () => {
    const middle = await authority('Middle', {}, ca.issuer);
    const lower = await authority('Lower', {}, middle.issuer);
    const leaf = await certificate('A', {}, lower.issuer);
    expect(codes(leaf, [ca], { intermediates: [lower, middle] })).toEqual([]);
    expect(codes(leaf, [ca], { intermediates: [middle] })).toEqual(['E_CERT_UNTRUSTED']);
    expect(codes(leaf, [middle], { intermediates: [lower] })).toEqual([]);
    expect(codes(leaf, [], { intermediates: [lower, middle, ca] })).toEqual(['E_CERT_UNTRUSTED']);
  });
});

test('what is no certificate is refused', async () => {
  const path = join(work.path, 'no.pem');
  for (const text of ['', 'x', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n']) {
    writeFileSync(path, text);
    await expect(readCertificates(path)).rejects.toMatchObject({ code: 'E_CERT_FORMAT', exitCode: 5 });
  }
});

describe.runIf(hasOpenssl)('certificates made by openssl', async () => {
  const at = (name: string) => join(work.path, name);
  const subject = (name: string) => ['-subj', `/CN=${name}`];
  const newKey = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    ...['req', '-x509', ...newKey, '-keyout', at('ca.key'), '-out', at('ca.pem'), ...subject('CA')],
    ...['-days', '9', '-addext', 'keyUsage=critical,keyCertSign'],
  );

  /** Signs a certificate with these extensions. */
  async function sign(extensions: string, ...options: string[]): Promise<Certificate> {
    writeFileSync(at('ext'), extensions);
    openssl(
      'req',
      '-utf8',
      '-new',
      ...newKey,
      '-keyout',
      at('a.key'),
      '-out',
      at('a.csr'),
      ...subject('가나다'),
    );
    const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('ext')];
    openssl('x509', '-req', '-in', at('a.csr'), ...by, '-out', at('a.pem'), '-days', '9', ...options);
    return (await readCertificates(at('a.pem')))[0]!;
  }
  const against = async (leaf: Certificate) => {
    const anchors = await readCertificates(at('ca.pem'));
    return objections(leaf, 'sign', { anchors, intermediates: [] }, new Date()).map(({ code }) => code);
  };

  test('are understood', async () => {
    const leaf = await sign('keyUsage=digitalSignature\nextendedKeyUsage=emailProtection\n');
    expect(leaf.names).toEqual(['가나다']);
    expect([...leaf.keyUsage!]).toEqual(['digitalSignature']);
    expect(await against(leaf)).toEqual([]);
  });
  test.each([
    ['keyUsage=digitalSignature\n', ['-sha1'], ['E_CERT_WEAK']],
    ['keyUsage=digitalSignature\n', ['-sha512'], []],
    ['keyUsage=digitalSignature\n', ['-sigopt', 'rsa_padding_mode:pss', '-sha256'], []],
    ['keyUsage=digitalSignature\n', ['-sigopt', 'rsa_padding_mode:pss', '-sha1'], ['E_CERT_WEAK']],
    ['basicConstraints=CA:FALSE\n', [], ['E_CERT_USAGE']],
    ['keyUsage=nonRepudiation\nextendedKeyUsage=serverAuth\n', [], ['E_CERT_USAGE']],
    ['keyUsage=digitalSignature\n1.2.3.4=critical,ASN1:UTF8:x\n', [], ['E_CERT_CRITICAL']],
    ['keyUsage=digitalSignature\n1.2.3.4=ASN1:UTF8:x\n', [], []],
    ['keyUsage=digitalSignature\nnameConstraints=critical,permitted;DNS:a.kr\n', [], ['E_CERT_CRITICAL']],
  ])('with %j %j give %j', async (extensions, options, expected) => {
    expect(await against(await sign(extensions, ...options))).toEqual(expected);
  });
});
