import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Hmac, hmacBytes, type TokenEncoding, tokens } from '../../src/kernel/hmac.ts';
import { writeColumn } from '../../src/kernel/text-column.ts';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { compileExample, exampleKey } from '../techniques/compile.ts';
import { cellsOf, freshArena, kernels, RESERVED } from './columns.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, i) => i * 7 + 1);
const keyed = (key: Uint8Array) => new Hmac(kernels, key, RESERVED);

/** Deterministic bytes, never twice the same at the start. */
function bytesOf(length: number, seed: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
    createHash('sha256').update(`${seed}/${i}`).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function digestsOf(hmac: Hmac, messages: readonly Uint8Array[]): string[] {
  const arena = freshArena();
  const rows = messages.length;
  const all = Buffer.concat(messages);
  const offsets = arena.allocate((rows + 1) * 4);
  const bytes = arena.allocate(all.length);
  kernels.u8.set(all, bytes);
  let end = 0;
  kernels.i32[offsets >> 2] = 0;
  messages.forEach((message, row) => {
    end += message.length;
    kernels.i32[(offsets >> 2) + row + 1] = end;
  });
  const out = hmac.digests(arena, { offsets, bytes, rows });
  return messages.map((_, row) =>
    Buffer.from(kernels.u8.slice(out + row * 32, out + row * 32 + 32)).toString('hex'),
  );
}

const oracle = (key: Uint8Array, message: Uint8Array) =>
  createHmac('sha256', key).update(message).digest('hex');

describe('HMAC kernel', () => {
  const LENGTHS = Array.from({ length: 301 }, (_, length) => length);

  it('agrees with node:crypto at every length from 0 to 300, lane by lane', () => {
    const hmac = keyed(KEY);
    for (const length of LENGTHS) {
      const messages = Array.from({ length: 4 }, (_, lane) => bytesOf(length, lane));
      expect(digestsOf(hmac, messages), `length ${length}`).toEqual(messages.map((m) => oracle(KEY, m)));
    }
  });

  it.each([
    ['ascending', LENGTHS],
    ['descending', LENGTHS.toReversed()],
    ['scattered', LENGTHS.map((i) => (i * 113) % 301)],
    ['few', [300, 0, 55, 56, 119]],
    ['one', [64]],
    ['none', []],
    ['long beside short', [100_000, 3, 511, 512, 1000, 64, 63]],
  ])('agrees with node:crypto where lengths mix: %s', (_, lengths) => {
    const messages = lengths.map((length, row) => bytesOf(length, row));
    expect(digestsOf(keyed(KEY), messages)).toEqual(messages.map((m) => oracle(KEY, m)));
  });

  it('agrees with node:crypto for any key and any column', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 40, size: 'max' }),
        (key, messages) => {
          expect(digestsOf(keyed(key), messages)).toEqual(messages.map((m) => oracle(key, m)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves nothing of the key in its area, and refuses a key of another length', () => {
    const key = bytesOf(32, 99);
    keyed(key);
    const area = Buffer.from(kernels.u8.slice(RESERVED, RESERVED + hmacBytes(kernels)));
    expect(area.includes(key.subarray(0, 8))).toBe(false);
    expect(area.subarray(64).every((byte) => byte === 0)).toBe(true);
    expect(() => keyed(key.subarray(1))).toThrow(RangeError);
  });
});

/** RFC 2104: shorter keys are filled up with zeros, those longer than a block are hashed. */
function keyOf32(key: Buffer): Buffer | undefined {
  if (key.length > 64) return createHash('sha256').update(key).digest();
  return key.length <= 32 ? Buffer.concat([key, Buffer.alloc(32 - key.length)]) : undefined;
}

const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../vectors/hmac/${name}`, import.meta.url), 'utf8'));

describe('published vectors', () => {
  it('RFC 4231', () => {
    const { tests } = vectors('rfc4231.json') as {
      tests: { key_hex: string; data_hex: string; hmac_sha256: string }[];
    };
    expect(tests).toHaveLength(7);
    for (const { key_hex, data_hex, hmac_sha256 } of tests) {
      const key = keyOf32(Buffer.from(key_hex, 'hex'));
      expect(key, 'every key of RFC 4231 can be brought to 32 bytes').toBeDefined();
      const [digest] = digestsOf(keyed(key!), [Buffer.from(data_hex, 'hex')]);
      expect(digest!.slice(0, hmac_sha256.length)).toBe(hmac_sha256);
    }
  });

  it('Wycheproof', () => {
    const { testGroups, numberOfTests } = vectors('wycheproof_hmac_sha256_test.json') as {
      numberOfTests: number;
      testGroups: { tests: { tcId: number; key: string; msg: string; tag: string; result: string }[] }[];
    };
    const tests = testGroups.flatMap((group) => group.tests);
    for (const { tcId, key, msg, tag, result } of tests) {
      const usable = keyOf32(Buffer.from(key, 'hex'));
      expect(usable, `key of test ${tcId}`).toBeDefined();
      const [digest] = digestsOf(keyed(usable!), [Buffer.from(msg, 'hex')]);
      expect(digest!.startsWith(tag), `test ${tcId}`).toBe(result === 'valid');
    }
    expect(tests).toHaveLength(numberOfTests);
  });
});

describe('tokens', () => {
  const CELLS = ['홍길동', '', 'a', '긴 값'.repeat(30), '', '🙂'];

  it.each(
    (['hex', 'base32', 'base64url'] as const).flatMap((encoding: TokenEncoding) =>
      [128, 136, 144, 152, 160, 192, 248, 256].map((bits) => ({ encoding, bits })),
    ),
  )('$encoding of $bits bits as keyed-hash writes them', (form) => {
    const cell = compileExample(techniqueNamed('keyed-hash'), form);
    const hmac = keyed(exampleKey('token'));
    const arena = freshArena();
    const column = writeColumn(arena, CELLS);
    const digests = hmac.digests(arena, column);
    expect(cellsOf(tokens(arena, digests, CELLS.length, form))).toEqual(CELLS.map(cell));
    expect(cellsOf(tokens(arena, digests, CELLS.length, form, column))).toEqual(
      CELLS.map((value) => (value === '' ? '' : cell(value))),
    );
  });
});
