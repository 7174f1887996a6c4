import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deriveKey } from '../../src/keys/derive.ts';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { EXAMPLE_KEY, Invalid } from '../../src/techniques/technique.ts';
import { hmacByDefinition } from '../keys/hmac-definition.ts';
import { compileExample, exampleKey, mistakes } from './compile.ts';

const keyedHash = techniqueNamed('keyed-hash');
const expected = (text: string) => hmacByDefinition(exampleKey('token'), Buffer.from(text, 'utf8'));

/** RFC 4648 base32 by its definition: the bits in groups of five, the last filled up with zeros. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((group) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(group.padEnd(5, '0'), 2)])
    .join('');
}

describe('keyed-hash', () => {
  it('is HMAC-SHA-256 of the UTF-8 bytes, at every length from 1 to 300 bytes', () => {
    const cell = compileExample(keyedHash, {});
    for (let length = 1; length <= 300; length++) {
      const value = 'a'.repeat(length % 3) + '가'.repeat(Math.floor(length / 3));
      expect(cell(value), `length ${length}`).toBe(expected(value).toString('hex'));
    }
  });

  it('writes the first bits of it, in every size and encoding', () => {
    const encoders = {
      hex: (bytes: Buffer) => bytes.toString('hex'),
      base64url: (bytes: Buffer) =>
        bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
      base32,
    };
    for (const [encoding, encode] of Object.entries(encoders))
      for (let bits = 128; bits <= 256; bits += 8) {
        const cell = compileExample(keyedHash, { bits, encoding });
        for (const value of ['홍길동', 'b', 'c', 'd'])
          expect(cell(value)).toBe(encode(expected(value).subarray(0, bits / 8)));
      }
  });

  it('gives one token to spellings that normalize alike, and refuses what normalizes to nothing', () => {
    const cell = compileExample(keyedHash, { normalize: ['trim', 'nfc'] });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const plain = text.trim().normalize('NFC');
        for (const spelling of [` ${text}`, `${text.normalize('NFD')}\t`]) {
          const result = cell(spelling);
          if (plain === '') expect(result).toBeInstanceOf(Invalid);
          else expect(result).toBe(expected(plain).toString('hex'));
        }
      }),
    );
  });

  it('gives an empty cell that it is told to treat the token of the empty string', () => {
    expect(compileExample(keyedHash, { normalize: ['trim'] })('')).toBe(expected('').toString('hex'));
  });

  it('links inside a domain only', () => {
    const tokenIn = (domain: string) => {
      const compiled = keyedHash.compile(keyedHash.params(z).parse({}), {
        column: 'value',
        header: ['value'],
        key: (purpose) => deriveKey(EXAMPLE_KEY, purpose, domain),
      });
      return compiled.cell('홍길동');
    };
    expect(tokenIn('resident-2026')).toBe(tokenIn('resident-2026'));
    expect(tokenIn('resident-2026')).not.toBe(tokenIn('resident-2027'));
  });

  it('names a kernel that computes the same', () => {
    const params = { normalize: ['trim'], bits: 128, encoding: 'hex' } as const;
    const { kernel } = keyedHash.compile(params, { column: 'value', header: ['value'], key: exampleKey });
    expect(kernel).toEqual({ kind: 'keyed-hash', key: exampleKey('token'), ...params });
  });

  it('refuses parameters that would weaken or misname a token', () => {
    for (const params of [{ bits: 120 }, { bits: 132 }, { bits: 264 }, { normalize: ['NFC'] }, { salt: 'x' }])
      expect(mistakes(keyedHash, params), JSON.stringify(params)).toHaveLength(1);
    expect(mistakes(keyedHash, {})).toEqual([]);
  });
});
