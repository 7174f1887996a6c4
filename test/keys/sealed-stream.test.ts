import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BrokenSeal, openStream, sealStream } from '../../src/keys/sealed-stream.ts';
import { KEY } from './place.ts';

const PIECE = 64 * 1024;
const SEALED = PIECE + 16;
const context = Buffer.from('what it is');

async function* inPieces(bytes: Uint8Array, sizes: readonly number[] = [bytes.length]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function gather(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  for await (const block of stream) blocks.push(block);
  return Buffer.concat(blocks);
}

const sealed = (bytes: Uint8Array, sizes?: readonly number[]) =>
  gather(sealStream(inPieces(bytes, sizes), KEY, context));
const opened = (bytes: Uint8Array, sizes?: readonly number[]) =>
  gather(openStream(inPieces(bytes, sizes), KEY, context));
const pattern = (size: number) => Buffer.from(Uint8Array.from({ length: size }, (_, i) => i * 7 + (i >> 8)));

describe('a sealed stream', () => {
  it.each([1, 15, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 1])(
    'of %i bytes opens',
    async (size) => {
      const bytes = pattern(size);
      const box = await sealed(bytes);
      expect(box).toHaveLength(size + 16 * Math.ceil(size / PIECE));
      expect((await opened(box)).equals(bytes)).toBe(true);
    },
  );

  it('is the same however its bytes come', async () => {
    const bytes = pattern(2 * PIECE + 100);
    const box = await sealed(bytes);
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.integer({ min: 1, max: PIECE * 2 }), { minLength: 1, maxLength: 5 })
          .filter((sizes) => Math.max(...sizes) > 999),
        async (sizes) => {
          expect((await sealed(bytes, sizes)).equals(box)).toBe(true);
          expect((await opened(box, sizes)).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
    const small = pattern(300);
    expect((await opened(await sealed(small, [1]), [1])).equals(small)).toBe(true);
  });

  it('is refused when any byte was changed', async () => {
    const box = await sealed(pattern(40));
    for (let at = 0; at < box.length; at++) {
      const changed = Buffer.from(box);
      changed[at]! ^= 0x10;
      await expect(opened(changed)).rejects.toThrow(BrokenSeal);
    }
  });

  const box = sealed(pattern(3 * PIECE));
  const piece = (bytes: Buffer, i: number) => bytes.subarray(i * SEALED, (i + 1) * SEALED);
  it.each<[string, (bytes: Buffer) => Buffer[]]>([
    ['cut inside a piece', (bytes) => [bytes.subarray(0, -1)]],
    ['cut after a piece', (bytes) => [bytes.subarray(0, 2 * SEALED)]],
    ['cut to nothing', () => []],
    ['extended by a byte', (bytes) => [bytes, Buffer.of(0)]],
    ['extended by a piece', (bytes) => [bytes, piece(bytes, 2)]],
    ['re-ordered', (bytes) => [piece(bytes, 1), piece(bytes, 0), piece(bytes, 2)]],
    ['without its first piece', (bytes) => [piece(bytes, 1), piece(bytes, 2)]],
    ['without its middle', (bytes) => [piece(bytes, 0), piece(bytes, 2)]],
  ])('is refused when it is %s', async (_, change) => {
    await expect(opened(Buffer.concat(change(await box)))).rejects.toThrow(BrokenSeal);
  });

  it('is refused in another context and under another key', async () => {
    const bytes = await sealed(pattern(10));
    const otherKey = KEY.map((byte) => byte ^ 1);
    await expect(gather(openStream(inPieces(bytes), KEY, Buffer.from('else')))).rejects.toThrow(BrokenSeal);
    await expect(gather(openStream(inPieces(bytes), otherKey, context))).rejects.toThrow(BrokenSeal);
  });
});
