import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { Source } from '../../src/io/source.ts';

const directory = mkdtempSync(join(tmpdir(), 'gamyeong-source-'));
afterAll(() => rmSync(directory, { recursive: true }));

const content = Buffer.from(Array.from({ length: 5000 }, (_, i) => i % 251));
const path = join(directory, 'in');
writeFileSync(path, content);
const changing = join(directory, 'changing');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function take(source: Source, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  return into.subarray(0, await source.read(into));
}

it('reads in pieces, takes bytes back, and hashes every byte once', async () => {
  const source = await Source.open(path);
  expect(source.size).toBe(5000);
  expect(await take(source, 1000)).toEqual(content.subarray(0, 1000));
  expect(source.digest()).toEqual({ bytes: 1000, sha256: sha256(content.subarray(0, 1000)) });
  source.unread(content.subarray(400, 1000));
  expect(await take(source, 300)).toEqual(content.subarray(400, 700));
  expect(await take(source, 9000)).toEqual(content.subarray(700));
  expect(await take(source, 1)).toHaveLength(0);
  expect(source.digest()).toEqual({ bytes: 5000, sha256: sha256(content) });
  await source.close();
});

it('resumes where a job had come to, whatever was read before', async () => {
  for (const [position, seen, before] of [
    [1500, 3000, 100],
    [3000, 3000, 3000],
    [2000, 5000, 0],
    [100, 100, 100],
  ] as const) {
    const source = await Source.open(path);
    source.unread((await take(source, before)).subarray(Math.min(50, before)));
    await source.resume({ bytes: seen, sha256: sha256(content.subarray(0, seen)) }, position);
    expect(await take(source, 9000)).toEqual(content.subarray(position));
    expect(source.digest()).toEqual({ bytes: 5000, sha256: sha256(content) });
    await source.close();
  }
});

it.each([
  ['grows', () => appendFileSync(changing, 'more')],
  ['is cut short', () => truncateSync(changing, 4000)],
  ['is written again', () => utimesSync(changing, 1, 1)],
] as const)('refuses a file that %s while it is read', async (_, change) => {
  writeFileSync(changing, content);
  const source = await Source.open(changing);
  await take(source, 1000);
  change();
  const rest = take(source, 9000);
  await expect(rest).rejects.toMatchObject({ code: 'E_INPUT_CHANGED', exitCode: 3 });
  await source.close();
});

it('refuses to resume another input', async () => {
  const changed = Buffer.from(content);
  changed[700] = 255;
  for (const seen of [
    { bytes: 3000, sha256: sha256(changed.subarray(0, 3000)) },
    { bytes: 6000, sha256: sha256(content) },
  ]) {
    const source = await Source.open(path);
    await expect(source.resume(seen, 1000)).rejects.toMatchObject({ code: 'E_RESUME_INPUT', exitCode: 3 });
    await source.close();
  }
});

it('refuses what is no file', async () => {
  await expect(Source.open(directory)).rejects.toMatchObject({ code: 'E_FILE_IS_DIRECTORY', exitCode: 6 });
  await expect(Source.open(join(directory, 'none'))).rejects.toMatchObject({
    code: 'E_FILE_MISSING',
    exitCode: 6,
  });
});
