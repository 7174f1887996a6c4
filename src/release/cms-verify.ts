import { createHash, verify } from 'node:crypto';
import { GamyeongError } from '../errors.ts';
import {
  type Asn1,
  contentOf,
  decode,
  encode,
  Members,
  NotAsExpected,
  octetsOf,
  oidOf,
  setOf,
  smallIntegerOf,
  timeOf,
} from './asn1.ts';
import { type Certificate, isNamedBy, parseCertificate } from './certificate.ts';
import { OID } from './oids.ts';

/** A signature that is right. Whether its signer may be trusted is another question. */
export interface VerifiedSignature {
  readonly signer: Certificate;
  /** All certificates that came with it. */
  readonly certificates: readonly Certificate[];
  /** What the signer says about when. */
  readonly signingTime: Date;
}

/**
 * Verifies a detached CMS SignedData with one signer, as `signDetached` makes it: SHA-256, RSA (PKCS #1) or
 * ECDSA, signed attributes. The signer's certificate must be in it and be the one that the signed attributes name.
 * @param file name for errors
 * @throws GamyeongError E_SIGNATURE_FORMAT, E_SIGNATURE_WRONG
 */
export function verifyDetached(der: Uint8Array, content: Uint8Array, file: string): VerifiedSignature {
  try {
    return verifySignedData(der, content, file);
  } catch (error) {
    if (error instanceof GamyeongError) throw error;
    throw new GamyeongError('E_SIGNATURE_FORMAT', {}, { file });
  }
}

function verifySignedData(der: Uint8Array, content: Uint8Array, file: string): VerifiedSignature {
  const signedData = openContentInfo(der);
  expectOne(smallIntegerOf(signedData.next()));
  expectSha256(only(Members.ofSet(signedData.next())));
  const encapsulated = Members.ofSequence(signedData.next());
  expectOid(encapsulated.next(), OID.data);
  encapsulated.end();
  const certificates = (signedData.nextTagged(0) ?? fail()).value as Asn1[];
  const signerInfo = Members.ofSequence(only(Members.ofSet(signedData.next())));
  signedData.end();

  const place = { file };
  const given = certificates.map((node) => parseCertificate(encode(node), place));
  expectOne(smallIntegerOf(signerInfo.next()));
  const name = Members.ofSequence(signerInfo.next());
  const [issuer, serial] = [name.next(), name.next()];
  const signer = given.find((one) => isNamedBy(one, issuer, serial)) ?? fail();
  expectSha256(signerInfo.next());
  const attributes = (signerInfo.nextTagged(0) ?? fail()).value as Asn1[];
  const algorithm = oidOf(Members.ofSequence(signerInfo.next()).next());
  const signature = octetsOf(signerInfo.next());
  signerInfo.end();

  const signed = readAttributes(attributes);
  if (!isRightAlgorithm(algorithm, signer)) fail();
  const digest = createHash('sha256').update(content).digest();
  const right =
    signed.digest.equals(digest) &&
    signed.certificateHash.equals(createHash('sha256').update(signer.der).digest()) &&
    verify('sha256', encode(setOf(...attributes)), signer.key, signature);
  if (!right) throw new GamyeongError('E_SIGNATURE_WRONG', {}, place);
  return { signer, certificates: given, signingTime: signed.time };
}

function openContentInfo(der: Uint8Array): Members {
  const contentInfo = Members.ofSequence(decode(der));
  expectOid(contentInfo.next(), OID.signedData);
  const signedData = Members.ofSequence(only(new Members(contentInfo.nextTagged(0) ?? fail())));
  contentInfo.end();
  return signedData;
}

/** The four attributes that `signDetached` signs; each exactly once. */
function readAttributes(attributes: readonly Asn1[]) {
  const values = new Map<string, Asn1>();
  for (const attribute of attributes) {
    const fields = Members.ofSequence(attribute);
    const id = oidOf(fields.next());
    if (values.has(id)) fail();
    values.set(id, only(Members.ofSet(fields.next())));
    fields.end();
  }
  const value = (id: string) => values.get(id) ?? fail();
  expectOid(value(OID.contentType), OID.data);
  return {
    digest: octetsOf(value(OID.messageDigest)),
    time: timeOf(value(OID.signingTime)),
    certificateHash: certificateHash(value(OID.signingCertificateV2)),
  };
}

/** certHash of the first ESSCertIDv2; its hash must be SHA-256, by default or by name. */
function certificateHash(signingCertificate: Asn1): Buffer {
  const certificates = Members.ofSequence(Members.ofSequence(signingCertificate).next());
  const [first, second] = Members.ofSequence(certificates.next()).rest();
  if (first !== undefined && !Array.isArray(first.value)) return octetsOf(first);
  expectSha256(first ?? fail());
  return octetsOf(second ?? fail());
}

function isRightAlgorithm(algorithm: string, { key }: Certificate): boolean {
  if (key.asymmetricKeyType === 'ec') return algorithm === OID.ecdsaWithSha256;
  if (key.asymmetricKeyType !== 'rsa') return false;
  return algorithm === OID.rsaEncryption || algorithm === OID.sha256WithRsa;
}

function only(members: Members): Asn1 {
  const node = members.next();
  members.end();
  return node;
}

/** AlgorithmIdentifier of SHA-256; NULL parameters are accepted (RFC 5754, 2). */
function expectSha256(algorithm: Asn1): void {
  const fields = Members.ofSequence(algorithm);
  expectOid(fields.next(), OID.sha256);
  if (fields.more && contentOf(fields.next()).length > 0) fail();
  fields.end();
}

function expectOid(node: Asn1, id: string): void {
  if (oidOf(node) !== id) fail();
}

function expectOne(version: number): void {
  if (version !== 1) fail();
}

function fail(): never {
  throw new NotAsExpected();
}
