import { GamyeongError, printable } from '../errors.ts';
import { Members, oidOf } from './asn1.ts';
import type { Certificate, KeyUsage } from './certificate.ts';
import { OID } from './oids.ts';

/** What a certificate is needed for. */
export type CertificateUse = 'sign' | 'encrypt';

const LONGEST_CHAIN = 8;
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
const SIGNATURES: ReadonlySet<string> = new Set([
  OID.sha256WithRsa,
  OID.sha384WithRsa,
  OID.sha512WithRsa,
  OID.ecdsaWithSha256,
  OID.ecdsaWithSha384,
  OID.ecdsaWithSha512,
  OID.ed25519,
]);
const HASHES: ReadonlySet<string> = new Set([OID.sha256, OID.sha384, OID.sha512]);

/** An extendedKeyUsage, where there is one, must name one of these. */
const PURPOSES = [OID.anyExtendedKeyUsage, OID.emailProtection, OID.documentSigning];

export interface Trust {
  readonly anchors: readonly Certificate[];
  /** Certificates that may lead to an anchor; not trusted themselves. */
  readonly intermediates: readonly Certificate[];
}

/**
 * Looks for everything that forbids using a certificate (RFC 5280, 6): the use, dates, strength, and a chain to
 * an anchor. Revocation is not looked at.
 * @returns all that was found; empty when it may be used
 */
export function objections(
  certificate: Certificate,
  use: CertificateUse,
  trust: Trust,
  now: Date,
): readonly GamyeongError[] {
  const found = [...weaknesses(certificate, now, 'signed'), ...misuse(certificate, use)];
  if (found.length > 0) return found;
  return chainExists(certificate, trust, now) ? [] : [fault('E_CERT_UNTRUSTED', certificate)];
}

/** A depth-first search for a chain whose every certificate may stand where it stands. */
function chainExists(leaf: Certificate, { anchors, intermediates }: Trust, now: Date): boolean {
  const reaches = (current: Certificate, authorities: number): boolean => {
    if (anchors.some((anchor) => anchor.sha256 === current.sha256)) return true;
    if (authorities >= LONGEST_CHAIN) return false;
    const usable = (issuer: Certificate, as: 'signed' | 'anchor') =>
      issued(issuer, current) && mayIssue(issuer, authorities) && weaknesses(issuer, now, as).length === 0;
    return (
      anchors.some((anchor) => usable(anchor, 'anchor')) ||
      intermediates.some((issuer) => usable(issuer, 'signed') && reaches(issuer, authorities + 1))
    );
  };
  return reaches(leaf, 0);
}

function issued(issuer: Certificate, subject: Certificate): boolean {
  return subject.x509.checkIssued(issuer.x509) && subject.x509.verify(issuer.key);
}

/** @param below authorities between it and the leaf */
function mayIssue({ authority, keyUsage, pathLength }: Certificate, below: number): boolean {
  return authority && keyUsage?.has('keyCertSign') === true && (pathLength ?? below) >= below;
}

/** The signature on an anchor proves nothing, so its strength does not matter. */
function weaknesses(certificate: Certificate, now: Date, as: 'signed' | 'anchor'): GamyeongError[] {
  const found: GamyeongError[] = [];
  if (now > certificate.to) found.push(fault('E_CERT_EXPIRED', certificate, { date: day(certificate.to) }));
  if (now < certificate.from) {
    found.push(fault('E_CERT_NOT_YET', certificate, { date: day(certificate.from) }));
  }
  const weakKey = keyWeakness(certificate);
  if (weakKey !== undefined) found.push(fault('E_CERT_WEAK', certificate, { reason: weakKey }));
  if (as === 'signed' && !hasStrongSignature(certificate)) {
    found.push(fault('E_CERT_WEAK', certificate, { reason: signatureName(certificate) }));
  }
  for (const id of certificate.unknownCritical) found.push(fault('E_CERT_CRITICAL', certificate, { id }));
  return found;
}

/** RSA from 2048 bits, the NIST curves, Ed25519 (for authorities). */
function keyWeakness({ key }: Certificate): string | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  switch (key.asymmetricKeyType) {
    case 'rsa':
      return modulusLength! >= 2048 ? undefined : `RSA ${modulusLength}`;
    case 'ec':
      return CURVES.has(namedCurve ?? '') ? undefined : `EC ${namedCurve}`;
    case 'ed25519':
      return undefined;
    default:
      return String(key.asymmetricKeyType);
  }
}

function hasStrongSignature({ signature }: Certificate): boolean {
  if (signature.oid !== OID.rsassaPss) return SIGNATURES.has(signature.oid);
  // RSASSA-PSS-params (RFC 4055, 3.1): the hash is SHA-1 unless [0] names another.
  const hash = signature.params && Members.ofSequence(signature.params).nextTagged(0);
  return hash !== undefined && HASHES.has(oidOf(Members.ofSequence(new Members(hash).next()).next()));
}

const WEAK_SIGNATURES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.2.840.10045.4.1': 'SHA-1',
  [OID.rsassaPss]: 'RSASSA-PSS',
};

function signatureName({ signature }: Certificate): string {
  return WEAK_SIGNATURES[signature.oid] ?? signature.oid;
}

function misuse(certificate: Certificate, use: CertificateUse): GamyeongError[] {
  const wanted = usagesFor(certificate, use);
  const allowed = wanted.some((usage) => certificate.keyUsage?.has(usage));
  const { extendedKeyUsage } = certificate;
  const forPurpose = extendedKeyUsage === undefined || PURPOSES.some((id) => extendedKeyUsage.has(id));
  if (wanted.length > 0 && allowed && forPurpose) return [];
  return [fault('E_CERT_USAGE', certificate, { use: wanted[0] ?? use })];
}

function usagesFor({ key }: Certificate, use: CertificateUse): readonly KeyUsage[] {
  const type = key.asymmetricKeyType;
  if (type !== 'rsa' && type !== 'ec') return [];
  if (use === 'sign') return ['digitalSignature', 'nonRepudiation'];
  return type === 'rsa' ? ['keyEncipherment'] : ['keyAgreement'];
}

type CertificateFault =
  | 'E_CERT_EXPIRED'
  | 'E_CERT_NOT_YET'
  | 'E_CERT_WEAK'
  | 'E_CERT_CRITICAL'
  | 'E_CERT_USAGE'
  | 'E_CERT_UNTRUSTED';

function fault(code: CertificateFault, { subject }: Certificate, values: Record<string, string> = {}) {
  return new GamyeongError(code, { subject: printable(subject), ...values });
}

const day = (date: Date) => date.toISOString().slice(0, 10);
