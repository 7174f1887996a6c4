import { createPrivateKey, type KeyObject } from 'node:crypto';
import { GamyeongError } from '../errors.ts';
import { passphrases } from '../keys/passphrase.ts';
import { readPrivate } from '../keys/private-file.ts';
import type { Certificate } from './certificate.ts';

/** Where a private key is, and what opens it. */
export interface PrivateKeyFile {
  /** PEM: PKCS #8, PKCS #1 or SEC 1. */
  readonly key: string;
  /** File with the passphrase of an encrypted key; without it the terminal is asked. */
  readonly passphraseFile?: string | undefined;
}

/**
 * Reads the private key of a certificate from a file that nobody else may read.
 * @throws GamyeongError E_KEY_READABLE, E_PRIVATE_KEY, E_PRIVATE_KEY_OTHER, E_FILE_…
 */
export async function readPrivateKey(file: PrivateKeyFile, certificate: Certificate): Promise<KeyObject> {
  const { bytes } = readPrivate(file.key);
  const passphrase = bytes.includes('ENCRYPTED') ? await askPassphrase(file) : undefined;
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: bytes, format: 'pem', ...(passphrase !== undefined && { passphrase }) });
  } catch {
    throw new GamyeongError('E_PRIVATE_KEY', {}, { file: file.key });
  } finally {
    bytes.fill(0);
  }
  if (!certificate.x509.checkPrivateKey(key)) {
    throw new GamyeongError('E_PRIVATE_KEY_OTHER', { subject: certificate.subject }, { file: file.key });
  }
  return key;
}

function askPassphrase({ key, passphraseFile }: PrivateKeyFile): Promise<string> {
  return passphrases({ passphraseFile })({ purpose: 'open', file: key });
}
