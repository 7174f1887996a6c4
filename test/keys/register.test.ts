import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changeEntry, createKey } from '../../src/keys/create.ts';
import { changeRegister, readRegister, registerBeside } from '../../src/keys/register.ts';
import { KEY_HEX, KeyPlace } from './place.ts';

const place = new KeyPlace();
const register = registerBeside(place.file('x.key'));

describe('the register', () => {
  it('lies beside the keys, names them, is private and holds none of them', async () => {
    const entry = await createKey(place.file('a.key'), { period: { from: '2026-01-01', to: '2027-01-01' } });
    expect(entry).toMatchObject({ files: ['a.key'], state: 'active', version: 1 });
    expect(await readRegister(register)).toEqual([entry]);
    expect(statSync(register).mode & 0o777).toBe(0o600);
    expect(readFileSync(register, 'utf8')).not.toContain(place.read('a.key').trim());
  });

  it('knows several files of one key', async () => {
    const [entry] = await readRegister(register);
    await changeEntry(place.file('copy.key'), entry!);
    expect((await readRegister(register))[0]!.files).toEqual(['a.key', 'copy.key']);
    expect(await readRegister(register)).toHaveLength(1);
  });

  it('stays as it was when a change fails', async () => {
    const before = readFileSync(register, 'utf8');
    const change = changeRegister(register, async () => Promise.reject(new Error('no')));
    await expect(change).rejects.toThrow('no');
    expect(readFileSync(register, 'utf8')).toBe(before);
  });

  it('takes the changes of several processes at once, each whole', async () => {
    const child = new URL('register-child.mjs', import.meta.url).pathname;
    const directory = `${place.path}/`;
    const children = ['p', 'q', 'r'].map((name) => fork(child, [directory, name]));
    const exits = await Promise.all(children.map((one) => once(one, 'exit')));
    expect(exits.map(([code]) => code)).toEqual([0, 0, 0]);
    const files = (await readRegister(register)).flatMap((entry) => entry.files);
    const expected = ['p', 'q', 'r'].flatMap((name) => [0, 1, 2, 3].map((i) => `${name}${i}.key`));
    expect(files.filter((name) => /^[pqr]\d/.test(name)).sort()).toEqual(expected);
  });

  it('is refused when it is damaged or others can write it, and what is in it is not told', async () => {
    const bad = new KeyPlace();
    const path = bad.file('keys.json');
    for (const text of [
      '',
      '{',
      '{"version":1}',
      `{"version":1,"keys":[{"id":"${KEY_HEX}"}]}`,
      '{"version":2,"keys":[]}',
    ]) {
      bad.write('keys.json', text);
      const error = await readRegister(path).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: 'E_KEY_REGISTER', exitCode: 5 });
      expect(error.stack).not.toContain(KEY_HEX.slice(0, 8));
    }
    chmodSync(path, 0o620);
    await expect(readRegister(path)).rejects.toMatchObject({ code: 'E_KEY_READABLE' });
  });

  it('never names files outside its directory', async () => {
    const bad = new KeyPlace();
    const entry = { id: '0'.repeat(16), files: ['../other.key'], created: '2026-01-01T00:00:00Z' };
    bad.write('keys.json', JSON.stringify({ version: 1, keys: [{ ...entry, state: 'active', version: 1 }] }));
    await expect(readRegister(bad.file('keys.json'))).rejects.toMatchObject({ code: 'E_KEY_REGISTER' });
  });
});
