import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineShares, multiply, type Share, splitSecret } from '../../src/keys/shamir.ts';

/** Product of two polynomials over GF(2), reduced by long division: FIPS 197 section 4.2 to the letter. */
function productByDefinition(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 8; bit++) if ((b >> bit) & 1) product ^= a << bit;
  for (let bit = 14; bit >= 8; bit--) if ((product >> bit) & 1) product ^= 0x11b << (bit - 8);
  return product;
}

describe('the field', () => {
  it('multiplies as FIPS 197 defines it, for all pairs', () => {
    for (let a = 0; a < 256; a++) {
      for (let b = 0; b < 256; b++) {
        if (multiply(a, b) !== productByDefinition(a, b)) expect.fail(`${a}·${b}`);
      }
    }
  });

  it('gives the worked example of FIPS 197: 57 · 83 = c1', () => {
    expect(multiply(0x57, 0x83)).toBe(0xc1);
  });
});

const parameters = fc
  .tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 2, max: 12 }))
  .map(([a, b]) => ({ threshold: Math.min(a, b), count: Math.max(a, b) }));
const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });

it('gives the secret back from any shares that reach the threshold, in any order', () => {
  fc.assert(
    fc.property(
      secret,
      parameters,
      fc.infiniteStream(fc.double({ noNaN: true, min: 0, max: 1 })),
      (key, { threshold, count }, order) => {
        const shares = splitSecret(key, threshold, count)
          .map((share) => ({ share, at: order.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ share }) => share);
        for (let size = threshold; size <= count; size++) {
          expect(combineShares(shares.slice(0, size))).toEqual(key);
        }
      },
    ),
  );
});

it('numbers its shares from 1: a share at 0 would be the secret', () => {
  expect(splitSecret(new Uint8Array(32), 3, 255).map(({ index }) => index)).toEqual(
    Array.from({ length: 255 }, (_, i) => i + 1),
  );
});

it('tells nothing below the threshold: every secret fits to the shares exactly once', () => {
  const key = createHash('sha256').update('secret').digest();
  const [one, two] = splitSecret(new Uint8Array(key), 3, 5) as [Share, Share];
  for (let at = 0; at < 4; at++) {
    const possible = new Set<number>();
    for (let third = 0; third < 256; third++) {
      const guess = { index: 3, bytes: Uint8Array.of(third) };
      const known = [one, two].map(({ index, bytes }) => ({ index, bytes: bytes.slice(at, at + 1) }));
      possible.add(combineShares([...known, guess])[0]!);
    }
    expect(possible.size).toBe(256);
  }
});

it('makes other shares each time', () => {
  const key = new Uint8Array(32).fill(7);
  const first = splitSecret(key, 2, 2).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  const second = splitSecret(key, 2, 2).map(({ bytes }) => Buffer.from(bytes).toString('hex'));
  expect(new Set([...first, ...second]).size).toBe(4);
});

it.each([
  [1, 3],
  [4, 3],
  [2, 256],
  [Number.NaN, 3],
])('refuses %i of %i', (threshold, count) => {
  expect(() => splitSecret(new Uint8Array(32), threshold, count)).toThrow(RangeError);
});
