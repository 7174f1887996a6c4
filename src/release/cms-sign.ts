import { createHash, type KeyObject, sign } from 'node:crypto';
import {
  type Asn1,
  decode,
  encode,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  smallInteger,
  tagged,
  time,
} from './asn1.ts';
import type { Certificate } from './certificate.ts';
import { OID } from './oids.ts';

/**
 * A detached CMS SignedData (RFC 5652, 5) over a content: SHA-256, with the signed attributes content-type,
 * message-digest, signing-time and signing-certificate-v2 (RFC 5035).
 * @param others certificates that help to verify: intermediate authorities
 * @returns DER of the ContentInfo
 */
export function signDetached(
  content: Uint8Array,
  signer: Certificate,
  key: KeyObject,
  others: readonly Certificate[],
  now: Date,
): Buffer {
  const digest = createHash('sha256').update(content).digest();
  const attributes = setOf(
    attribute(OID.contentType, oid(OID.data)),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingTime, time(now)),
    attribute(OID.signingCertificateV2, signingCertificate(signer)),
  );
  const signature = sign('sha256', encode(attributes), key);
  const signerInfo = sequence(
    smallInteger(1),
    sequence(signer.issuer, signer.serial),
    sequence(oid(OID.sha256)),
    tagged(0, ...(attributes.value as Asn1[])),
    key.asymmetricKeyType === 'rsa'
      ? sequence(oid(OID.rsaEncryption), nothing())
      : sequence(oid(OID.ecdsaWithSha256)),
    octets(signature),
  );
  const certificates = setOf(...[signer, ...others].map(({ der }) => decode(der)));
  const signedData = sequence(
    smallInteger(1),
    setOf(sequence(oid(OID.sha256))),
    sequence(oid(OID.data)),
    tagged(0, ...(certificates.value as Asn1[])),
    setOf(signerInfo),
  );
  return encode(sequence(oid(OID.signedData), tagged(0, signedData)));
}

const attribute = (type: string, value: Asn1): Asn1 => sequence(oid(type), setOf(value));

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the default hash and left out (RFC 5035, 4). */
function signingCertificate({ der, issuer, serial }: Certificate): Asn1 {
  const hash = octets(createHash('sha256').update(der).digest());
  const issuerSerial = sequence(sequence(tagged(4, issuer)), serial);
  return sequence(sequence(sequence(hash, issuerSerial)));
}
