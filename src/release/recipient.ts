import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
} from 'node:crypto';
import {
  type Asn1,
  bits,
  bitsOf,
  decode,
  encode,
  Members,
  NotAsExpected,
  octets,
  octetsOf,
  oid,
  oidOf,
  sequence,
  smallInteger,
  smallIntegerOf,
  tagged,
} from './asn1.ts';
import { type Certificate, isNamedBy } from './certificate.ts';
import { OID } from './oids.ts';

/** RFC 3394, 2.2.3.1. */
const WRAP_IV = Buffer.alloc(8, 0xa6);
const WRAPPED_BYTES = 40;
const KEY_BITS = 256;

/**
 * RecipientInfo (RFC 5652, 6.2) that gives a content key to the holder of a certificate's private key: RSA-OAEP
 * with SHA-256 (RFC 3560), or ephemeral-static ECDH with the X9.63 KDF over SHA-256 and AES-256 key wrap (RFC 5753).
 * Its length depends on the certificate alone.
 */
export function recipientInfo(recipient: Certificate, contentKey: Uint8Array): Asn1 {
  const name = sequence(recipient.issuer, recipient.serial);
  return recipient.key.asymmetricKeyType === 'rsa'
    ? keyTransport(name, recipient.key, contentKey)
    : keyAgreement(name, recipient.key, contentKey);
}

/**
 * The content key that one of the recipient infos holds for a certificate.
 * @returns undefined when none is for it or it cannot be opened
 */
export function contentKeyFor(
  infos: readonly Asn1[],
  certificate: Certificate,
  key: KeyObject,
): Buffer | undefined {
  for (const info of infos) {
    const found =
      info.tagClass === 0 ? openTransport(info, certificate, key) : openAgreement(info, certificate, key);
    if (found !== undefined) return found.length === KEY_BITS / 8 ? found : undefined;
  }
  return undefined;
}

const oaep = () => {
  const sha256 = sequence(oid(OID.sha256));
  const params = sequence(tagged(0, sha256), tagged(1, sequence(oid(OID.mgf1), sha256)));
  return sequence(oid(OID.rsaesOaep), params);
};
const aes256Wrap = () => sequence(oid(OID.aes256Wrap));
const agreement = () => sequence(oid(OID.stdDhSha256Kdf), aes256Wrap());

function keyTransport(name: Asn1, key: KeyObject, contentKey: Uint8Array): Asn1 {
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const encrypted = publicEncrypt({ key, padding, oaepHash: 'sha256' }, contentKey);
  return sequence(smallInteger(0), name, oaep(), octets(encrypted));
}

function openTransport(info: Asn1, certificate: Certificate, key: KeyObject): Buffer | undefined {
  const fields = Members.ofSequence(info);
  if (smallIntegerOf(fields.next()) !== 0) return undefined;
  if (!names(fields.next(), certificate) || key.asymmetricKeyType !== 'rsa') return undefined;
  expectSame(fields.next(), oaep());
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return attempt(() => privateDecrypt({ key, padding, oaepHash: 'sha256' }, octetsOf(fields.next())));
}

function keyAgreement(name: Asn1, key: KeyObject, contentKey: Uint8Array): Asn1 {
  const namedCurve = key.asymmetricKeyDetails!.namedCurve!;
  const ephemeral = generateKeyPairSync('ec', { namedCurve });
  const wrapKey = agreedKey(ephemeral.privateKey, key);
  const cipher = createCipheriv('id-aes256-wrap', wrapKey, WRAP_IV);
  const wrapped = Buffer.concat([cipher.update(contentKey), cipher.final()]);
  return tagged(
    1,
    smallInteger(3),
    tagged(0, tagged(1, sequence(oid(OID.ecPublicKey)), bits(pointOf(ephemeral.publicKey)))),
    agreement(),
    sequence(sequence(name, octets(wrapped))),
  );
}

function openAgreement(info: Asn1, certificate: Certificate, key: KeyObject): Buffer | undefined {
  if ((info.type as number) !== 1) return undefined;
  const fields = new Members(info);
  if (smallIntegerOf(fields.next()) !== 3) return undefined;
  const originator = new Members(new Members(fields.nextTagged(0) ?? fail()).nextTagged(1) ?? fail());
  if (oidOf(Members.ofSequence(originator.next()).next()) !== OID.ecPublicKey) fail();
  const point = bitsOf(originator.next());
  const algorithm = fields.next();
  const wrapped = Members.ofSequence(fields.next())
    .rest()
    .map((recipient) => Members.ofSequence(recipient))
    .find((recipient) => names(recipient.next(), certificate))
    ?.next();
  if (wrapped === undefined || key.asymmetricKeyType !== 'ec') return undefined;
  expectSame(algorithm, agreement());
  const bytes = octetsOf(wrapped);
  if (bytes.length !== WRAPPED_BYTES) return undefined;
  return attempt(() => {
    const wrapKey = agreedKey(key, publicKeyOf(point, certificate.key));
    const decipher = createDecipheriv('id-aes256-wrap', wrapKey, WRAP_IV);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  });
}

/** X9.63 KDF (SEC 1, 3.6.1), one block of SHA-256 over Z ‖ counter ‖ ECC-CMS-SharedInfo (RFC 5753, 7.2). */
function agreedKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(KEY_BITS);
  const sharedInfo = encode(sequence(aes256Wrap(), tagged(2, octets(length))));
  return createHash('sha256')
    .update(secret)
    .update(Uint8Array.of(0, 0, 0, 1))
    .update(sharedInfo)
    .digest();
}

/** The uncompressed point of an EC public key: the BIT STRING of its SubjectPublicKeyInfo. */
function pointOf(key: KeyObject): Buffer {
  const fields = Members.ofSequence(decode(key.export({ type: 'spki', format: 'der' })));
  fields.next();
  return bitsOf(fields.next());
}

/** The public key with a point on the curve of `like`. OpenSSL refuses points that are not on it. */
function publicKeyOf(point: Uint8Array, like: KeyObject): KeyObject {
  const algorithm = Members.ofSequence(decode(like.export({ type: 'spki', format: 'der' }))).next();
  return createPublicKey({ key: encode(sequence(algorithm, bits(point))), format: 'der', type: 'spki' });
}

function names(issuerAndSerial: Asn1, certificate: Certificate): boolean {
  if (!Array.isArray(issuerAndSerial.value) || issuerAndSerial.tagClass !== 0) return false;
  const fields = Members.ofSequence(issuerAndSerial);
  return isNamedBy(certificate, fields.next(), fields.next());
}

function expectSame(found: Asn1, expected: Asn1): void {
  if (!encode(found).equals(encode(expected))) fail();
}

/** Undefined for a wrong key: which step failed is not told. */
function attempt(open: () => Buffer): Buffer | undefined {
  try {
    return open();
  } catch {
    return undefined;
  }
}

function fail(): never {
  throw new NotAsExpected();
}
