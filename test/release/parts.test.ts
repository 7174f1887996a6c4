import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { prepareEnvelope } from '../../src/release/envelope.ts';
import type { DecryptTask, EncryptTask } from '../../src/release/part.ts';
import { treatParts } from '../../src/release/part-threads.ts';
import { certificate, workDirectory } from './fixture.ts';

const work = workDirectory();
afterAll(work.done);
const at = (name: string) => join(work.path, name);

/** Enough for threads to be started. */
const PART_BYTES = 3_000_001;
const PARTS = 4;

describe('parts in threads', async () => {
  const center = await certificate('Center', { usages: ['keyAgreement'] });
  const plaintext = randomBytes(PART_BYTES * PARTS);
  writeFileSync(at('plain'), plaintext);

  const encryption = (into: string): EncryptTask[] => {
    let end = 0;
    return Array.from({ length: PARTS }, (_, i) => {
      const envelope = prepareEnvelope(PART_BYTES, [center.certificate]);
      const place = { path: into, at: end };
      end += envelope.bytes;
      return {
        kind: 'encrypt',
        from: { path: at('plain'), at: i * PART_BYTES, bytes: PART_BYTES },
        into: place,
        ...envelope,
      };
    });
  };

  test('come out as they went in, each in its place', async () => {
    writeFileSync(at('bundle'), '');
    writeFileSync(at('again'), '');
    const tasks = encryption(at('bundle'));
    const told: number[] = [];
    const encrypted = await treatParts(tasks, { file: 'f', onPart: (bytes) => told.push(bytes) });
    expect(told).toEqual(Array(PARTS).fill(PART_BYTES));
    const decryption = tasks.map(({ head, key, nonce, into, from }, i): DecryptTask => {
      const content = { at: head.length, bytes: PART_BYTES, key, nonce };
      const place = { path: at('again'), at: i * PART_BYTES };
      const bytes = head.length + from.bytes + 18;
      return { kind: 'decrypt', from: { ...into, bytes }, content: { ...content, into: place } };
    });
    expect(await treatParts(decryption, { file: 'f' })).toEqual(encrypted);
    expect(readFileSync(at('again')).equals(plaintext)).toBe(true);
    const first = createHash('sha256').update(plaintext.subarray(0, PART_BYTES)).digest('hex');
    expect(encrypted[0]!.plain).toBe(first);
  });

  test('say what the system refused', async () => {
    const tasks = encryption(at('absent'));
    await expect(treatParts(tasks, { file: 'f' })).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
      exitCode: 6,
    });
  });

  test('stop when they are told to', async () => {
    writeFileSync(at('stopped'), '');
    const signal = AbortSignal.abort();
    const stopped = treatParts(encryption(at('stopped')), { file: 'f', signal });
    await expect(stopped).rejects.toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
  });
});
