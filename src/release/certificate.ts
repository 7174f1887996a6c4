import { type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fromSystem, GamyeongError, type Place } from '../errors.ts';
import {
  type Asn1,
  contentOf,
  decode,
  encode,
  isBoolean,
  isTrue,
  Members,
  octetsOf,
  oidOf,
  smallIntegerOf,
  textOf,
} from './asn1.ts';
import { OID } from './oids.ts';

/** Bits of the keyUsage extension, by position (RFC 5280, 4.2.1.3). */
export const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Extensions whose meaning is known here: another one that is critical makes a certificate unusable. */
const KNOWN_EXTENSIONS: ReadonlySet<string> = new Set([
  OID.subjectKeyIdentifier,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.certificatePolicies,
  OID.authorityKeyIdentifier,
  OID.extendedKeyUsage,
]);

/** An X.509 certificate with what its use is decided by. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly der: Buffer;
  /** One line, for people. */
  readonly subject: string;
  /** Values of commonName and organizationName in the subject. */
  readonly names: readonly string[];
  /** SHA-256 (hex) of the DER. */
  readonly sha256: string;
  readonly key: KeyObject;
  readonly from: Date;
  readonly to: Date;
  /** IssuerAndSerialNumber (RFC 5652, 10.2.4). */
  readonly issuer: Asn1;
  readonly serial: Asn1;
  /** AlgorithmIdentifier of the issuer's signature. */
  readonly signature: { readonly oid: string; readonly params: Asn1 | undefined };
  /** Undefined when the extension is absent. */
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined;
  readonly extendedKeyUsage: ReadonlySet<string> | undefined;
  /** cA of basicConstraints. */
  readonly authority: boolean;
  /** Authorities that may follow below; undefined for any number. */
  readonly pathLength: number | undefined;
  /** Critical extensions that are not understood. */
  readonly unknownCritical: readonly string[];
}

/**
 * Reads a file of certificates in PEM.
 * @returns at least one, in the order of the file
 * @throws GamyeongError E_CERT_FORMAT, E_FILE_…
 */
export async function readCertificates(path: string): Promise<readonly Certificate[]> {
  let text: string;
  try {
    text = await readFile(path, 'latin1');
  } catch (error) {
    throw fromSystem(error, path);
  }
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) throw new GamyeongError('E_CERT_FORMAT', {}, { file: path });
  return blocks.map((block) => {
    const base64 = block.replace(/-----[A-Z ]+-----/g, '');
    return parseCertificate(Buffer.from(base64, 'base64'), { file: path });
  });
}

/** @throws GamyeongError E_CERT_FORMAT */
export function parseCertificate(der: Buffer, place: Place): Certificate {
  try {
    const x509 = new X509Certificate(der);
    return { ...describe(x509), ...parseStructure(decode(x509.raw)) };
  } catch {
    throw new GamyeongError('E_CERT_FORMAT', {}, place);
  }
}

function describe(x509: X509Certificate) {
  const lines = x509.subject.split('\n');
  return {
    x509,
    der: x509.raw,
    subject: lines.join(', '),
    sha256: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    key: x509.publicKey,
    from: new Date(x509.validFrom),
    to: new Date(x509.validTo),
  };
}

/** What node:crypto does not tell: RFC 5280, 4.1. */
function parseStructure(certificate: Asn1) {
  const outer = Members.ofSequence(certificate);
  const tbs = Members.ofSequence(outer.next());
  const algorithm = Members.ofSequence(outer.next());
  tbs.nextTagged(0); // version
  const serial = tbs.next();
  tbs.next(); // signature: the same as the outer one, which OpenSSL checks
  const issuer = tbs.next();
  tbs.next(); // validity
  const subject = tbs.next();
  tbs.next(); // subjectPublicKeyInfo
  tbs.nextTagged(1);
  tbs.nextTagged(2);
  const extensions = tbs.nextTagged(3);
  tbs.end();
  return {
    issuer,
    serial,
    names: namesOf(subject),
    signature: { oid: oidOf(algorithm.next()), params: algorithm.more ? algorithm.next() : undefined },
    ...parseExtensions(extensions),
  };
}

function namesOf(subject: Asn1): string[] {
  const attributes = Members.ofSequence(subject)
    .rest()
    .flatMap((set) => Members.ofSet(set).rest())
    .map((attribute) => Members.ofSequence(attribute));
  const isName = (attribute: Members) => {
    const id = oidOf(attribute.next());
    return id === OID.commonName || id === OID.organization;
  };
  return attributes.filter(isName).map((attribute) => textOf(attribute.next()));
}

function parseExtensions(extensions: Asn1 | undefined) {
  const values = new Map<string, Buffer>();
  const unknownCritical: string[] = [];
  for (const extension of extensions ? Members.ofSequence(new Members(extensions).next()).rest() : []) {
    const fields = Members.ofSequence(extension);
    const id = oidOf(fields.next());
    const [criticalOrValue, value] = fields.rest();
    const flagged = criticalOrValue !== undefined && isBoolean(criticalOrValue);
    if (flagged && isTrue(criticalOrValue) && !KNOWN_EXTENSIONS.has(id)) unknownCritical.push(id);
    if (values.has(id)) throw new Error('an extension stands twice');
    values.set(id, octetsOf((flagged ? value : criticalOrValue)!));
  }
  const parsed = <T>(id: string, parse: (node: Asn1) => T): T | undefined => {
    const value = values.get(id);
    return value && parse(decode(value));
  };
  const constraints = parsed(OID.basicConstraints, parseBasicConstraints);
  return {
    keyUsage: parsed(OID.keyUsage, parseKeyUsage),
    extendedKeyUsage: parsed(
      OID.extendedKeyUsage,
      (node): ReadonlySet<string> => new Set(Members.ofSequence(node).rest().map(oidOf)),
    ),
    authority: constraints?.authority ?? false,
    pathLength: constraints?.pathLength,
    unknownCritical,
  };
}

function parseBasicConstraints(node: Asn1) {
  const fields = Members.ofSequence(node).rest();
  const authority = fields[0] !== undefined && isTrue(fields[0]);
  const length = fields.find((field) => !isBoolean(field));
  return { authority, pathLength: length && smallIntegerOf(length) };
}

function parseKeyUsage(node: Asn1): ReadonlySet<KeyUsage> {
  const bytes = contentOf(node).subarray(1); // the first byte counts unused bits, which are 0
  return new Set(KEY_USAGES.filter((_, bit) => ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1));
}

/** Whether a certificate is the one that an IssuerAndSerialNumber names. */
export function isNamedBy(certificate: Certificate, issuer: Asn1, serial: Asn1): boolean {
  return (
    encode(certificate.issuer).equals(encode(issuer)) && encode(certificate.serial).equals(encode(serial))
  );
}
