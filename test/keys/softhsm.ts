import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { KeyPlace } from './place.ts';

const MODULES = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm.so',
  '/usr/lib64/pkcs11/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
];

export const TOKEN = 'gamyeong test';
export const PIN = '1234-5678';

/** What of the package the tests use to put keys on a token. */
interface Cryptoki {
  load(module: string): void;
  close(): void;
  C_Initialize(): void;
  C_Finalize(): void;
  C_GetSlotList(present: boolean): Buffer[];
  C_GetTokenInfo(slot: Buffer): { label: string };
  C_OpenSession(slot: Buffer, flags: number): Buffer;
  C_Login(session: Buffer, user: number, pin: string): void;
  C_CreateObject(session: Buffer, template: object[]): Buffer;
}

type Package = { PKCS11: new () => Cryptoki } & Record<string, number>;

/** SoftHSM2 and the optional package; the reason when one of them is missing. */
export interface SoftHsm {
  readonly module: string;
  readonly pkcs11: Package;
}

/**
 * Finds SoftHSM2, which is installed by apt-get when this runs as root and it is missing.
 * @returns undefined when it cannot be had: said loudly
 */
export function findSoftHsm(): SoftHsm | undefined {
  if (modulePath() === undefined && process.getuid?.() === 0) {
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'softhsm2'], { stdio: 'ignore' });
  }
  const module = modulePath();
  const pkcs11 = optionalPackage();
  if (module !== undefined && pkcs11 !== undefined) return { module, pkcs11 };
  const missing = module === undefined ? 'SoftHSM2 (package softhsm2)' : 'pkcs11js (optional dependency)';
  console.warn(`\n*** NOT TESTED: keys on PKCS#11 tokens, for want of ${missing} ***\n`);
  return undefined;
}

function modulePath(): string | undefined {
  if (spawnSync('softhsm2-util', ['--version']).status !== 0) return undefined;
  return MODULES.find((path) => existsSync(path));
}

function optionalPackage(): Package | undefined {
  try {
    return createRequire(import.meta.url)('pkcs11js');
  } catch {
    return undefined;
  }
}

/** Sets up a token in a private directory; from then on this process and its children see no other. */
export function makeToken(place: KeyPlace): void {
  place.write('softhsm2.conf', `directories.tokendir = ${place.path}\nobjectstore.backend = file\n`);
  process.env.SOFTHSM2_CONF = place.file('softhsm2.conf');
  const words = ['--init-token', '--free', '--label', TOKEN, '--pin', PIN, '--so-pin', PIN];
  const { status, stderr } = spawnSync('softhsm2-util', words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** Puts secret keys of known value on the token, in one session. */
export function putKeys({ module, pkcs11 }: SoftHsm, keys: readonly TokenKey[]): void {
  const cryptoki = new pkcs11.PKCS11();
  cryptoki.load(module);
  cryptoki.C_Initialize();
  const slot = cryptoki
    .C_GetSlotList(true)
    .find((one) => cryptoki.C_GetTokenInfo(one).label.trim() === TOKEN)!;
  const session = cryptoki.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION! | pkcs11.CKF_RW_SESSION!);
  cryptoki.C_Login(session, pkcs11.CKU_USER!, PIN);
  for (const { label, type, value, extractable = false } of keys) {
    cryptoki.C_CreateObject(session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_SECRET_KEY },
      { type: pkcs11.CKA_KEY_TYPE, value: pkcs11[type] },
      { type: pkcs11.CKA_LABEL, value: label },
      { type: pkcs11.CKA_VALUE, value: Buffer.from(value) },
      { type: pkcs11.CKA_TOKEN, value: true },
      { type: pkcs11.CKA_PRIVATE, value: true },
      { type: pkcs11.CKA_SENSITIVE, value: !extractable },
      { type: pkcs11.CKA_EXTRACTABLE, value: extractable },
      { type: pkcs11.CKA_SIGN, value: true },
    ]);
  }
  cryptoki.C_Finalize();
  cryptoki.close();
}

export interface TokenKey {
  readonly label: string;
  readonly type: 'CKK_GENERIC_SECRET' | 'CKK_AES';
  readonly value: Uint8Array;
  readonly extractable?: boolean;
}
