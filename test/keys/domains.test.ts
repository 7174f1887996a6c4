import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey } from '../../src/keys/derive.ts';
import { keyedHash } from '../../src/techniques/keyed-hash.ts';
import type { KeyPurpose } from '../../src/techniques/technique.ts';
import { hkdfByDefinition } from './hmac-definition.ts';
import { KEY } from './place.ts';

const PURPOSES: readonly KeyPurpose[] = [
  'token',
  'date-shift',
  'noise',
  'sample',
  'ip',
  'round',
  'order',
  'rekey-map',
];
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

function tokens(domain: string, values: readonly string[]): string[] {
  const context = {
    column: 'id',
    header: ['id'],
    key: (purpose: KeyPurpose) => deriveKey(KEY, purpose, domain),
  };
  const { cell } = keyedHash.compile({ normalize: [], bits: 128, encoding: 'hex' }, context);
  return values.map((value) => cell(value) as string);
}

describe('linkage by domain', () => {
  const values = Array.from({ length: 2000 }, (_, i) => `사람-${i}`);
  const [here, there] = [tokens('resident-2026', values), tokens('welfare-2026', values)];

  it('links the same value within a domain', () => {
    expect(tokens('resident-2026', values)).toEqual(here);
    expect(new Set(here).size).toBe(values.length);
  });

  it('shares no token between domains, whoever it belongs to', () => {
    const known = new Set(here);
    expect(there.filter((token) => known.has(token))).toEqual([]);
  });

  it('makes the tokens of one person in two domains as unlike as those of two persons', () => {
    const word = (token: string) => Number.parseInt(token.slice(0, 8), 16);
    const equalBits = (a: string, b: string) => {
      const same = (~(word(a) ^ word(b)) >>> 0).toString(2);
      return same.replaceAll('0', '').length;
    };
    const mean = (shift: number) =>
      here.reduce((sum, token, i) => sum + equalBits(token, there[(i + shift) % there.length]!), 0) /
      here.length;
    expect(mean(0)).toBeGreaterThan(15.5);
    expect(mean(0)).toBeLessThan(16.5);
    expect(mean(1)).toBeGreaterThan(15.5);
    expect(mean(1)).toBeLessThan(16.5);
  });

  it("cannot be crossed with one domain's key: no use of it gives another domain's", () => {
    const own = deriveKey(KEY, 'token', 'resident-2026');
    const wanted = hex(deriveKey(KEY, 'token', 'welfare-2026'));
    const info = Buffer.from('gamyeong/v1/token/welfare-2026');
    const attempts = [
      deriveKey(own, 'token', 'welfare-2026'),
      hkdfByDefinition(own, new Uint8Array(32), info, 32),
      createHmac('sha256', own)
        .update(Buffer.concat([info, Buffer.of(1)]))
        .digest(),
      createHmac('sha256', own).update(info).digest(),
    ];
    for (const attempt of attempts) expect(hex(attempt)).not.toBe(wanted);
  });
});

it('gives every purpose and domain a key of its own, whatever stands in the domain', () => {
  const domain = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', '/', 'token', 'gamyeong/v1/', '가', ' '), maxLength: 5 }),
    fc.string({ unit: 'grapheme' }),
  );
  const name = fc.tuple(fc.constantFrom(...PURPOSES), domain);
  fc.assert(
    fc.property(name, name, ([purpose, one], [otherPurpose, two]) => {
      const same = purpose === otherPurpose && one === two;
      expect(hex(deriveKey(KEY, purpose, one)) === hex(deriveKey(KEY, otherPurpose, two))).toBe(same);
    }),
  );
});
