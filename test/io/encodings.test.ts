import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeCp949, encodeCp949 } from '../../src/io/cp949.ts';
import { StrictDecoder } from '../../src/io/text-decoder.ts';
import { utf8Extent } from '../../src/io/utf8.ts';

describe('CP949', () => {
  const pairs = Array.from({ length: 0x8000 }, (_, i) => Buffer.from([0x80 | (i >> 8), i & 0xff]));

  it('knows every pair of bytes that iconv-lite knows, and no other', () => {
    let known = 0;
    for (const pair of pairs) {
      const theirs = iconv.decode(pair, 'cp949');
      const isCharacter = theirs.length === 1 && theirs !== '\ufffd';
      const ours = decodeCp949(pair);
      if (isCharacter) {
        known++;
        expect(Buffer.from(ours.text).toString()).toBe(theirs);
        expect(Buffer.from(encodeCp949(theirs)!)).toEqual(pair);
      } else {
        expect(ours.valid).toBe(0);
        expect(ours.faulty).toBe(true);
      }
    }
    expect(known).toBe(17_048);
  });

  it('knows all 11,172 syllables, unlike KS X 1001 alone', () => {
    const syllables = Array.from({ length: 11_172 }, (_, i) => String.fromCharCode(0xac00 + i)).join('');
    const bytes = encodeCp949(syllables)!;
    expect(Buffer.from(decodeCp949(bytes).text).toString()).toBe(syllables);
  });

  it('agrees with iconv-lite on any text, and refuses what it lacks', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '"', '\n', '가', '뷁', '€', 'ゆ', '①') }),
        (text) => {
          expect(Buffer.from(encodeCp949(text)!)).toEqual(iconv.encode(text, 'cp949'));
        },
      ),
    );
    for (const text of ['々', '😀', '\u00a0', '\ufeff', '\ud800', '\u1112'])
      expect(encodeCp949(text)).toBeUndefined();
  });

  it('leaves an unfinished character for later', () => {
    expect(decodeCp949(Buffer.from([0x61, 0xb0]))).toMatchObject({ valid: 1, faulty: false });
    expect(decodeCp949(Buffer.from([0x61, 0xff]))).toMatchObject({ valid: 1, faulty: true });
  });
});

describe('UTF-8', () => {
  it('finds the first fault where TextDecoder finds one, and only there', () => {
    const part = fc.oneof(
      fc.constantFrom('a', '가', '😀', 'é').map((text) => Buffer.from(text)),
      fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
        const bytes = Buffer.concat(parts);
        const { valid, faulty } = utf8Extent(bytes);
        const isValid = (end: number, stream: boolean) => {
          try {
            new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream });
            return true;
          } catch {
            return false;
          }
        };
        expect(isValid(valid, false)).toBe(true);
        if (faulty) expect(isValid(bytes.length, true)).toBe(false);
        else if (valid < bytes.length) expect(isValid(bytes.length, false)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('names the same byte however the bytes arrive', () => {
    const bytes = Buffer.from('가나\x00다\xff', 'utf8');
    const broken = Buffer.concat([Buffer.from('가나다'), Buffer.from([0xed, 0x95, 0x22]), Buffer.from('라')]);
    for (const input of [bytes, broken]) {
      const places = [1, 2, 3, 5, 100].map((size) => {
        const decoder = new StrictDecoder('utf-8', 1000);
        for (let at = 0; at < input.length; at += size) {
          const { fault } = decoder.decode(input.subarray(at, at + size));
          if (fault) return fault;
        }
        return decoder.end();
      });
      expect(new Set(places.map((place) => JSON.stringify(place))).size).toBe(1);
      expect(places[0]).toEqual(
        input === bytes ? { code: 'E_NUL', byte: 1006 } : { code: 'E_ENCODING', byte: 1009 },
      );
    }
  });
});
