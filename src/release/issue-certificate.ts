import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  type Asn1,
  bits,
  bitsOf,
  decode,
  encode,
  integer,
  Members,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  smallInteger,
  tagged,
  taggedBytes,
  time,
  truth,
  utf8,
} from './asn1.ts';
import { KEY_USAGES, type KeyUsage } from './certificate.ts';
import { OID } from './oids.ts';

/** What a certificate says. */
export interface CertificateContent {
  readonly commonName: string;
  readonly key: KeyObject;
  readonly from: Date;
  readonly to: Date;
  readonly authority: boolean;
  readonly usages: readonly KeyUsage[];
  readonly extendedUsages?: readonly string[];
}

/** Who signs it. */
export interface Issuer {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const ORGANIZATION = 'gamyeong demo';

/** Issues an X.509 certificate, version 3 (RFC 5280). @returns PEM */
export function issueCertificate(content: CertificateContent, issuer: Issuer): string {
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const tbs = sequence(
    tagged(0, smallInteger(2)),
    integer(serialNumber()),
    algorithm,
    name(issuer.commonName),
    sequence(time(content.from), time(content.to)),
    name(content.commonName),
    publicKeyInfo(content.key),
    tagged(3, sequence(...extensions(content, issuer))),
  );
  const signature = sign('sha256', encode(tbs), issuer.privateKey);
  const der = encode(sequence(tbs, algorithm, bits(signature)));
  const lines = der.toString('base64').match(/.{1,64}/g)!;
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** 127 random bits, positive. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
}

function name(commonName: string): Asn1 {
  const attribute = (type: string, value: Asn1) => setOf(sequence(oid(type), value));
  return sequence(
    attribute(OID.organization, utf8(ORGANIZATION)),
    attribute(OID.commonName, utf8(commonName)),
  );
}

function signatureAlgorithm(key: KeyObject): Asn1 {
  return key.asymmetricKeyType === 'rsa'
    ? sequence(oid(OID.sha256WithRsa), nothing())
    : sequence(oid(OID.ecdsaWithSha256));
}

function publicKeyInfo(key: KeyObject): Asn1 {
  return decode(key.export({ type: 'spki', format: 'der' }));
}

function extensions(content: CertificateContent, issuer: Issuer): Asn1[] {
  const critical = (id: string, value: Asn1) => sequence(oid(id), truth(), octets(encode(value)));
  const plain = (id: string, value: Asn1) => sequence(oid(id), octets(encode(value)));
  const { extendedUsages = [] } = content;
  return [
    critical(OID.basicConstraints, content.authority ? sequence(truth()) : sequence()),
    critical(OID.keyUsage, keyUsage(content.usages)),
    ...(extendedUsages.length > 0 ? [plain(OID.extendedKeyUsage, sequence(...extendedUsages.map(oid)))] : []),
    plain(OID.subjectKeyIdentifier, octets(keyIdentifier(content.key))),
    plain(OID.authorityKeyIdentifier, sequence(taggedBytes(0, keyIdentifier(issuer.publicKey)))),
  ];
}

/** A BIT STRING of named bits: no zeros at its end (X.690, 11.2.2). */
function keyUsage(usages: readonly KeyUsage[]): Asn1 {
  const positions = usages.map((usage) => KEY_USAGES.indexOf(usage));
  const last = Math.max(...positions);
  const bytes = Buffer.alloc((last >> 3) + 1);
  for (const position of positions) bytes[position >> 3]! |= 0x80 >> (position & 7);
  return bits(bytes, 7 - (last & 7));
}

/** SHA-1 over the public key: a name, not a protection (RFC 5280, 4.2.1.2). */
function keyIdentifier(key: KeyObject): Buffer {
  const fields = Members.ofSequence(publicKeyInfo(key));
  fields.next();
  return createHash('sha1').update(bitsOf(fields.next())).digest();
}
