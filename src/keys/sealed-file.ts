import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import { GamyeongError } from '../errors.ts';
import { canonicalJson } from '../rules/canonical.ts';
import type { AskPassphrase } from './passphrase.ts';

/** Cost of deriving a key from a passphrase; see RFC 7914. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and some tenths of a second for every guess. */
export const DEFAULT_COST: ScryptCost = { N: 1 << 17, r: 8, p: 1 };

const SHORTEST_PASSPHRASE = 8;

const base64 = (bytes: number) => z.base64().refine((text) => Buffer.from(text, 'base64').length === bytes);
const hex16 = z.string().regex(/^[0-9a-f]{16}$/);

const shareSchema = z.strictObject({
  /** Names the set that was made at one time: shares of different sets do not fit together. */
  set: hex16,
  index: z.int().min(1).max(255),
  /** How many shares give the key. */
  threshold: z.int().min(2).max(255),
  /** How many were made. */
  count: z.int().min(2).max(255),
});

const sealedSchema = z.strictObject({
  format: z.enum(['gamyeong/sealed-key/v1', 'gamyeong/sealed-share/v1']),
  keyId: hex16,
  share: shareSchema.optional(),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.int().positive(),
    r: z.int().positive(),
    p: z.int().positive(),
    salt: base64(32),
  }),
  cipher: z.strictObject({ name: z.literal('aes-256-gcm'), nonce: base64(12) }),
  /** 32 bytes of ciphertext and the 16 bytes of the tag. */
  sealed: base64(48),
});

/** A sealed key or share as its file says it. Only `unseal` tells whether it is true. */
export type SealedFile = z.output<typeof sealedSchema>;

/** What is sealed: a key, or a share of one. */
export interface SealedContent {
  /** Id of the key. */
  readonly keyId: string;
  readonly share?: z.output<typeof shareSchema>;
  /** 32 bytes: the key, or the share's value of each polynomial. */
  readonly secret: Uint8Array;
}

/**
 * Text of a file that holds a secret under a passphrase: JSON with AES-256-GCM under a key that scrypt derives
 * from the UTF-8 bytes of the passphrase in form NFC. The canonical JSON of all other members is authenticated.
 * @throws GamyeongError E_PASSPHRASE_SHORT below 8 characters
 */
export async function seal(
  { keyId, share, secret }: SealedContent,
  passphrase: string,
  cost: ScryptCost = DEFAULT_COST,
): Promise<string> {
  if ([...passphrase].length < SHORTEST_PASSPHRASE) {
    throw new GamyeongError('E_PASSPHRASE_SHORT', { least: SHORTEST_PASSPHRASE });
  }
  const nonce = randomBytes(12);
  const header: Omit<SealedFile, 'sealed'> = {
    format: share === undefined ? 'gamyeong/sealed-key/v1' : 'gamyeong/sealed-share/v1',
    keyId,
    ...(share !== undefined && { share }),
    kdf: { name: 'scrypt', ...cost, salt: randomBytes(32).toString('base64') },
    cipher: { name: 'aes-256-gcm', nonce: nonce.toString('base64') },
  };
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, header.kdf), nonce);
  cipher.setAAD(Buffer.from(canonicalJson(header)));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return `${JSON.stringify({ ...header, sealed: sealed.toString('base64') }, null, 2)}\n`;
}

/**
 * Reads the text of a sealed file without opening it.
 * @returns undefined when it is no sealed file at all
 * @throws GamyeongError E_KEY_SEALED when it is damaged or of another version, E_KEY_SEALED_COST when scrypt
 * would take no work worth the name, or more than 1 GiB or a minute
 */
export function parseSealed(text: string, path: string): SealedFile | undefined {
  const data = parseJson(text);
  if (typeof (data as SealedFile | undefined)?.format !== 'string') return undefined;
  const parsed = sealedSchema.safeParse(data);
  const kindFits =
    parsed.success &&
    (parsed.data.share !== undefined) === parsed.data.format.startsWith('gamyeong/sealed-share');
  if (!kindFits) throw new GamyeongError('E_KEY_SEALED', {}, { file: path });
  if (!isBearable(parsed.data.kdf)) throw new GamyeongError('E_KEY_SEALED_COST', {}, { file: path });
  return parsed.data;
}

/** @throws GamyeongError E_PASSPHRASE_WRONG also for a file that was changed: they cannot be told apart */
export async function unseal(file: SealedFile, path: string, ask: AskPassphrase): Promise<Uint8Array> {
  const passphrase = await ask({ purpose: 'open', file: path });
  const { sealed, ...header } = file;
  const bytes = Buffer.from(sealed, 'base64');
  const nonce = Buffer.from(file.cipher.nonce, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', await stretch(passphrase, file.kdf), nonce);
  decipher.setAAD(Buffer.from(canonicalJson(header)));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]));
  } catch {
    throw new GamyeongError('E_PASSPHRASE_WRONG', {}, { file: path });
  }
}

/** Memory is 128·N·r bytes, work is N·r·p. */
function isBearable({ N, r, p }: ScryptCost): boolean {
  const isPowerOfTwo = (N & (N - 1)) === 0;
  return isPowerOfTwo && N >= 1 << 14 && N <= 1 << 20 && r >= 8 && N * r <= 1 << 23 && N * r * p <= 1 << 26;
}

async function stretch(passphrase: string, { N, r, p, salt }: SealedFile['kdf']): Promise<Buffer> {
  const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
  return derive(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, {
    N,
    r,
    p,
    maxmem: 256 * N * r,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}
