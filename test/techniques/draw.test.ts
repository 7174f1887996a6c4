import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draw, drawMessage } from '../../src/techniques/draw.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Reads LP fields back: what the message means. */
function fields(message: Uint8Array): string[] {
  const bytes = Buffer.from(message);
  const found: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32BE(at);
    found.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  return found;
}

it('writes length and UTF-8 bytes of the column and of each cell', () => {
  expect(hex(drawMessage('a', ['홍', '', 'xyz']))).toBe(
    ['00000001', '61', '00000003', 'ed998d', '00000000', '00000003', '78797a'].join(''),
  );
  expect(hex(drawMessage('', []))).toBe('00000000');
});

it('keeps apart records that only differ in where a cell ends', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.string({ unit: 'grapheme' })),
      (column, cells) => {
        expect(fields(drawMessage(column, cells))).toEqual([column, ...cells]);
      },
    ),
  );
});

it('is the HMAC-SHA-256 of that message', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i);
  // Python: hmac.new(bytes(range(32)), bytes.fromhex('0000000161' '00000003ed998d'), 'sha256')
  expect(hex(draw(key, 'a', ['홍']))).toBe(
    'ce7b006cd18a58043c218df3b2eb620617e34fa0aa550112d2494bb96768d76d',
  );
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (column, cells) => {
      const expected = createHmac('sha256', key).update(drawMessage(column, cells)).digest('hex');
      expect(hex(draw(key, column, cells))).toBe(expected);
    }),
  );
});
