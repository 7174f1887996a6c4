import type { KeyObject } from 'node:crypto';
import { type Certificate, readCertificates } from '../release/certificate.ts';
import { objections } from '../release/chain.ts';
import { signDetached } from '../release/cms-sign.ts';
import { type VerifiedSignature, verifyDetached } from '../release/cms-verify.ts';
import { readPrivateKey } from '../release/private-key.ts';

/** Someone who signs: a certificate, those above it, and its key. */
export interface Signer {
  readonly certificate: Certificate;
  readonly others: readonly Certificate[];
  readonly key: KeyObject;
}

export interface SignerFiles {
  /** PEM; the signer's certificate first. */
  readonly certificate: string;
  readonly key: string;
  readonly passphraseFile?: string | undefined;
}

/** @throws GamyeongError E_CERT_FORMAT, E_PRIVATE_KEY, E_PRIVATE_KEY_OTHER, E_KEY_READABLE, E_FILE_… */
export async function readSigner({ certificate, key, passphraseFile }: SignerFiles): Promise<Signer> {
  const [first, ...others] = await readCertificates(certificate);
  return { certificate: first!, others, key: await readPrivateKey({ key, passphraseFile }, first!) };
}

/** @returns DER of a detached CMS SignedData over the UTF-8 bytes of the text */
export function signText(text: string, { certificate, others, key }: Signer, now: Date): Buffer {
  return signDetached(Buffer.from(text), certificate, key, others, now);
}

/**
 * Verifies what `signText` made, and that the signer's certificate leads to an anchor.
 * @param at when the certificates must be valid; by default when the signer says that it was signed
 * @param file name for errors
 * @throws GamyeongError E_SIGNATURE_FORMAT, E_SIGNATURE_WRONG, E_CERT_…
 */
export function verifyText(
  text: string,
  signature: Uint8Array,
  anchors: readonly Certificate[],
  file: string,
  at?: Date,
): VerifiedSignature {
  const verified = verifyDetached(signature, Buffer.from(text), file);
  const trust = { anchors, intermediates: verified.certificates };
  const [first] = objections(verified.signer, 'sign', trust, at ?? verified.signingTime);
  if (first !== undefined) throw first;
  return verified;
}
