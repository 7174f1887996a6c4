import { GamyeongError } from '../errors.ts';
import type { AskPassphrase } from './passphrase.ts';
import type { TokenReference } from './reference.ts';

/** What is used of the optional package `pkcs11js`; names are those of PKCS #11. */
interface Cryptoki {
  load(module: string): void;
  close(): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): { readonly label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_CloseSession(session: Buffer): void;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_Logout(session: Buffer): void;
  C_FindObjectsInit(session: Buffer, template: readonly Attribute[]): void;
  C_FindObjects(session: Buffer, most: number): Buffer[];
  C_FindObjectsFinal(session: Buffer): void;
  C_GetAttributeValue(
    session: Buffer,
    object: Buffer,
    template: readonly Attribute[],
  ): { readonly value: Buffer }[];
  C_SignInit(session: Buffer, mechanism: { mechanism: number; parameter: null }, key: Buffer): void;
  C_Sign(session: Buffer, data: Buffer, into: Buffer): Buffer;
}

interface Attribute {
  readonly type: number;
  readonly value?: number | boolean | string | Buffer;
}

/** Numbers of the PKCS #11 header file, version 2.40. */
const CKA_CLASS = 0x0;
const CKA_LABEL = 0x3;
const CKA_KEY_TYPE = 0x100;
const CKA_EXTRACTABLE = 0x162;
const CKO_SECRET_KEY = 4;
const CKK_AES = 0x1f;
const CKM_SHA256_HMAC = 0x251;
const CKM_AES_CMAC = 0x108a;
const CKF_SERIAL_SESSION = 4;
const CKU_USER = 1;

const LABEL = 'gamyeong/pkcs11/v1';

/**
 * The master key that belongs to a key on a PKCS #11 token. The token's key never leaves it: the token computes
 * the master key, and only that comes into the memory of this process.
 * - generic secret: HMAC-SHA-256(token key, `gamyeong/pkcs11/v1`)
 * - AES: NIST SP 800-108 in counter mode with AES-CMAC: K(1) ‖ K(2),
 *   K(i) = CMAC(token key, i ‖ `gamyeong/pkcs11/v1` ‖ 0x00 ‖ 0x0100), i one byte, 0x0100 the length in bits
 * @throws GamyeongError E_KEY_PKCS11_MISSING, E_KEY_TOKEN, E_KEY_PIN, E_KEY_EXTRACTABLE
 */
export async function keyFromToken(
  reference: TokenReference,
  path: string,
  ask: AskPassphrase,
): Promise<Uint8Array> {
  const place = { file: path };
  const cryptoki = await loadPackage(path);
  const pin = await ask({ purpose: 'pin', file: reference.token });
  try {
    cryptoki.load(reference.module);
  } catch {
    throw new GamyeongError('E_KEY_TOKEN', { reason: 'module' }, place);
  }
  try {
    cryptoki.C_Initialize();
    return withSession(cryptoki, reference, pin, path);
  } catch (error) {
    if (error instanceof GamyeongError) throw error;
    const reason = /CKR_\w+/.exec((error as Error).message)?.[0] ?? 'CKR';
    throw new GamyeongError(reason.startsWith('CKR_PIN') ? 'E_KEY_PIN' : 'E_KEY_TOKEN', { reason }, place);
  } finally {
    quietly(() => cryptoki.C_Finalize());
    cryptoki.close();
  }
}

/** The package is loaded by a name that no compiler or bundler follows: it may not be installed. */
async function loadPackage(path: string): Promise<Cryptoki> {
  const name: string = 'pkcs11js';
  try {
    const { PKCS11 } = (await import(name)).default as { PKCS11: new () => Cryptoki };
    return new PKCS11();
  } catch {
    throw new GamyeongError('E_KEY_PKCS11_MISSING', {}, { file: path });
  }
}

function withSession(cryptoki: Cryptoki, reference: TokenReference, pin: string, path: string): Uint8Array {
  const slot = cryptoki
    .C_GetSlotList(true)
    .find((candidate) => cryptoki.C_GetTokenInfo(candidate).label.trimEnd() === reference.token);
  if (slot === undefined) throw new GamyeongError('E_KEY_TOKEN', { reason: 'token' }, { file: path });
  const session = cryptoki.C_OpenSession(slot, CKF_SERIAL_SESSION);
  try {
    cryptoki.C_Login(session, CKU_USER, pin);
    return masterKey(cryptoki, session, findKey(cryptoki, session, reference.key, path), path);
  } finally {
    quietly(() => cryptoki.C_Logout(session));
    quietly(() => cryptoki.C_CloseSession(session));
  }
}

function findKey(cryptoki: Cryptoki, session: Buffer, label: string, path: string): Buffer {
  cryptoki.C_FindObjectsInit(session, [
    { type: CKA_CLASS, value: CKO_SECRET_KEY },
    { type: CKA_LABEL, value: label },
  ]);
  const found = cryptoki.C_FindObjects(session, 2);
  cryptoki.C_FindObjectsFinal(session);
  if (found.length !== 1) {
    throw new GamyeongError('E_KEY_TOKEN', { reason: `key: ${found.length}` }, { file: path });
  }
  return found[0]!;
}

function masterKey(cryptoki: Cryptoki, session: Buffer, key: Buffer, path: string): Uint8Array {
  const [extractable, type] = cryptoki.C_GetAttributeValue(session, key, [
    { type: CKA_EXTRACTABLE },
    { type: CKA_KEY_TYPE },
  ]);
  if (extractable!.value[0] !== 0) throw new GamyeongError('E_KEY_EXTRACTABLE', {}, { file: path });
  const sign = (mechanism: number, data: Buffer, size: number) => {
    cryptoki.C_SignInit(session, { mechanism, parameter: null }, key);
    return cryptoki.C_Sign(session, data, Buffer.alloc(size));
  };
  if (!isAes(type!.value)) return new Uint8Array(sign(CKM_SHA256_HMAC, Buffer.from(LABEL), 32));
  const block = (i: number) =>
    sign(CKM_AES_CMAC, Buffer.concat([Buffer.of(i), Buffer.from(`${LABEL}\0`), Buffer.of(1, 0)]), 16);
  return new Uint8Array(Buffer.concat([block(1), block(2)]));
}

/** The key type is a CK_ULONG in the byte order of the machine; all that matter fit in its lowest byte. */
function isAes(type: Buffer): boolean {
  return type.some((byte) => byte !== 0) && type.every((byte) => byte === 0 || byte === CKK_AES);
}

/** For what is done on the way out: the first failure is the one to tell. */
function quietly(work: () => void): void {
  try {
    work();
  } catch {}
}
