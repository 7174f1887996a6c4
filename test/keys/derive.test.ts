import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, keyId } from '../../src/keys/derive.ts';
import { hkdfByDefinition, hmacByDefinition } from './hmac-definition.ts';

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/hmac/${name}`, import.meta.url), 'utf8'));
const bytes = (hex: string) => Buffer.from(hex, 'hex');

interface HkdfVector {
  ikm: string;
  salt: string;
  info: string;
  size: number;
  okm: string;
  result: 'valid' | 'invalid';
}

describe('the definitions that tests recompute with', () => {
  it('give the HMACs of RFC 4231', () => {
    const { tests } = vectors('rfc4231.json') as {
      tests: { key_hex: string; data_hex: string; hmac_sha256: string }[];
    };
    expect(tests).toHaveLength(7);
    for (const { key_hex, data_hex, hmac_sha256 } of tests)
      expect(hmacByDefinition(bytes(key_hex), bytes(data_hex)).toString('hex')).toBe(hmac_sha256);
  });

  it('give the keys of the Wycheproof HKDF vectors', () => {
    const groups = vectors('wycheproof_hkdf_sha256_test.json').testGroups as { tests: HkdfVector[] }[];
    const valid = groups.flatMap((group) => group.tests).filter(({ result }) => result === 'valid');
    expect(valid.length).toBeGreaterThan(50);
    for (const { ikm, salt, info, size, okm } of valid)
      expect(hkdfByDefinition(bytes(ikm), bytes(salt), bytes(info), size).toString('hex')).toBe(okm);
  });
});

describe('deriveKey', () => {
  const master = Uint8Array.from({ length: 32 }, (_, i) => i);
  const hex = (key: Uint8Array) => Buffer.from(key).toString('hex');

  it('gives the frozen keys', () => {
    expect(hex(deriveKey(master, 'token', 'example'))).toBe(
      '3d1fb299ec9fedd64ecfc2d38fff171e67ca3bec88e732ca4c4ee12e1b3b03e4',
    );
    expect(hex(deriveKey(master, 'ip', 'example'))).toBe(
      'dd53d68f202d6561a04065ea33f3af0592cd64d09519cfae02fafe0f79a1d2d6',
    );
  });

  it('is HKDF-SHA-256 without salt, info = gamyeong/v1/purpose/domain, for any master key and domain', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.string({ unit: 'grapheme' }),
        (key, domain) => {
          const info = Buffer.from(`gamyeong/v1/noise/${domain}`);
          const expected = hkdfByDefinition(key, new Uint8Array(0), info, 32);
          expect(hex(deriveKey(key, 'noise', domain))).toBe(expected.toString('hex'));
        },
      ),
    );
  });
});

it('names a master key without giving it away', () => {
  expect(keyId(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe('653bb0d8b09bc352');
});
