import { createHash, hkdfSync } from 'node:crypto';
import type { KeyPurpose } from '../techniques/technique.ts';

/**
 * Key of one purpose and domain: HKDF-SHA-256 (RFC 5869) of the master key, empty salt,
 * info = `gamyeong/v1/` + purpose + `/` + domain, 32 bytes. Frozen: tokens must stay recomputable.
 */
export function deriveKey(master: Uint8Array, purpose: KeyPurpose, domain: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', master, new Uint8Array(0), `gamyeong/v1/${purpose}/${domain}`, 32),
  );
}

/** Public name of a master key: first 16 hex digits of SHA-256(`gamyeong/key-id/v1` ‖ key). */
export function keyId(master: Uint8Array): string {
  return createHash('sha256').update('gamyeong/key-id/v1').update(master).digest('hex').slice(0, 16);
}
