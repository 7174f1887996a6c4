import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keyId } from '../../src/keys/derive.ts';
import { createKeyFile, KeyFile } from '../../src/keys/key-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'gamyeong-key-'));
afterAll(() => rmSync(directory, { recursive: true }));
let files = 0;

function keyFile(content: string, mode = 0o600): string {
  const path = join(directory, `${files++}.key`);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const HEX = '00112233445566778899aabbccddeeff'.repeat(2);

describe('KeyFile', () => {
  it('reads 64 hex digits and a newline', async () => {
    const bytes = new Uint8Array(Buffer.from(HEX, 'hex'));
    for (const content of [`${HEX}\n`, HEX, `${HEX}\r\n`, `${HEX.toUpperCase()}\n`]) {
      expect(await new KeyFile(keyFile(content)).load()).toEqual({ bytes, id: keyId(bytes) });
    }
  });

  it.each([
    ['empty', ''],
    ['short', `${HEX.slice(1)}\n`],
    ['long', `${HEX}0\n`],
    ['with text after it', `${HEX}\nx`],
    ['no hex', `${HEX.slice(1)}g\n`],
    ['a larger file', `${HEX}\n`.repeat(1000)],
    ['32 raw bytes', HEX.slice(0, 32)],
  ])('refuses a key that is %s', async (_, content) => {
    const error = await new KeyFile(keyFile(content)).load().catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'E_KEY_FORMAT', exitCode: 5 });
    expect(error.stack + error.line()).not.toContain(HEX.slice(0, 16));
  });

  it.each([0o640, 0o604, 0o644, 0o620, 0o601])('refuses mode %o', async (mode) => {
    const path = keyFile(`${HEX}\n`, mode);
    await expect(new KeyFile(path).load()).rejects.toMatchObject({ code: 'E_KEY_READABLE', exitCode: 5 });
  });

  it('refuses what is no file', async () => {
    const folder = join(directory, 'folder');
    mkdirSync(folder, { mode: 0o700 });
    await expect(new KeyFile(folder).load()).rejects.toMatchObject({ code: 'E_FILE_IS_DIRECTORY' });
    await expect(new KeyFile(join(directory, 'none')).load()).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
      exitCode: 6,
    });
  });
});

describe('createKeyFile', () => {
  it('makes a key that can be read back, private, another each time', async () => {
    const [one, two] = [join(directory, 'one.key'), join(directory, 'two.key')];
    const id = await createKeyFile(one);
    expect(readFileSync(one, 'latin1')).toMatch(/^[0-9a-f]{64}\n$/);
    expect(statSync(one).mode & 0o777).toBe(0o600);
    expect((await new KeyFile(one).load()).id).toBe(id);
    expect(await createKeyFile(two)).not.toBe(id);
  });

  it('never overwrites', async () => {
    const path = keyFile('mine');
    await expect(createKeyFile(path)).rejects.toMatchObject({ code: 'E_KEY_EXISTS', exitCode: 5 });
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });
});
