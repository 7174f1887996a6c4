import { linkSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Note } from '../../src/keys/admission.ts';
import { changeEntry, combineKey, createKey, sealKey, splitKey } from '../../src/keys/create.ts';
import { cancelDestruction, destroyDue, rotateKey, scheduleDestruction } from '../../src/keys/lifecycle.ts';
import { findKey, openKeySource } from '../../src/keys/open.ts';
import { type KeyEntry, readRegister, registerBeside } from '../../src/keys/register.ts';
import { answering, KEY_HEX, KeyPlace, never, PASSPHRASE } from './place.ts';

const DAY = 24 * 60 * 60 * 1000;
const later = (days: number) => new Date(Date.now() + days * DAY);
const ask = answering(PASSPHRASE);

/** A place with one new key `my.key`. */
async function withKey(entry: Partial<KeyEntry> = {}) {
  const place = new KeyPlace();
  const file = place.file('my.key');
  return { place, file, entry: await createKey(file, entry), register: registerBeside(file) };
}

const only = async (register: string) => (await readRegister(register))[0]!;
const refusal = (code: string) => expect.objectContaining({ code, exitCode: 5 });

describe('use on data', () => {
  it('gives the key and its version', async () => {
    const { file, entry } = await withKey();
    expect(await openKeySource(file).load()).toMatchObject({ id: entry.id, version: 1 });
  });

  it('needs no register', async () => {
    const place = new KeyPlace();
    const path = place.write('plain.key', `${KEY_HEX}\n`);
    expect(await openKeySource(path).load()).not.toHaveProperty('version');
  });

  it('is refused to a key that the register beside it does not know, until it is entered', async () => {
    const { place, file, register, entry } = await withKey();
    const foreign = place.write('foreign.key', `${KEY_HEX}\n`);
    await expect(openKeySource(foreign).load()).rejects.toEqual(refusal('E_KEY_REGISTER_NOT_IN'));
    await sealKey(foreign, undefined, ask);
    const options = { passphrase: ask };
    await expect(openKeySource(foreign, options).load()).resolves.toMatchObject({ version: 1 });

    place.write('keys.json', JSON.stringify({ version: 1, keys: [] }));
    await expect(openKeySource(file).load()).rejects.toMatchObject({ values: { id: entry.id } });
    rmSync(register);
    await expect(openKeySource(file).load()).resolves.not.toHaveProperty('version');
  });

  it('names the register among the files that no output may replace', async () => {
    const { file, register } = await withKey();
    expect(openKeySource(file).files).toEqual([file, register]);
  });

  it.each([
    ['before', { from: '2999-01-01', to: '3000-01-01' }],
    ['after', { from: '2000-01-01', to: '2001-01-01' }],
  ])('is refused %s the period', async (_, period) => {
    const { file } = await withKey({ period });
    await expect(openKeySource(file).load()).rejects.toMatchObject({ code: 'E_KEY_PERIOD', values: period });
    await expect(findKey(file, never).load()).resolves.toBeDefined();
  });

  it('is granted from the first day of the period, and not on the day it ends', async () => {
    const day = (date: Date) =>
      [date.getFullYear(), date.getMonth() + 1, date.getDate()]
        .map((n) => String(n).padStart(2, '0'))
        .join('-');
    const starting = await withKey({ period: { from: day(later(0)), to: day(later(1)) } });
    await expect(openKeySource(starting.file).load()).resolves.toBeDefined();
    const ended = await withKey({ period: { from: day(later(-1)), to: day(later(0)) } });
    await expect(openKeySource(ended.file).load()).rejects.toEqual(refusal('E_KEY_PERIOD'));
  });

  it('comes with a word of warning when the key is retired or will be destroyed', async () => {
    const { file, entry } = await withKey();
    await rotateKey(file, { ask });
    await scheduleDestruction(file, 30);
    const told: unknown[] = [];
    const note: Note = (text, values) => told.push([text.en.split(';')[0], values?.id]);
    await openKeySource(file, { note }).load();
    expect(told).toEqual([
      ['warning: key {id} will be destroyed at {due}', entry.id],
      ['warning: key {id} is retired', entry.id],
    ]);
  });
});

describe('sealing', () => {
  it('in place puts the key under a passphrase and leaves no plain bytes in the old file', async () => {
    const { place, file, entry } = await withKey();
    const plain = place.read('my.key').trim();
    linkSync(file, place.file('witness'));
    expect((await sealKey(file, undefined, ask)).id).toBe(entry.id);
    expect(place.read('my.key')).toContain('gamyeong/sealed-key/v1');
    expect(place.read('witness')).not.toContain(plain);
    expect((await findKey(file, ask).load()).id).toBe(entry.id);
    expect(place.names()).toEqual(expect.arrayContaining(['keys.json', 'my.key', 'witness']));
    expect(place.names().filter((name) => name.startsWith('my.key.'))).toEqual([]);
  });

  it('as a copy leaves the original and enters both files', async () => {
    const { place, file, register } = await withKey();
    await sealKey(file, place.file('sealed.key'), ask);
    expect((await only(register)).files).toEqual(['my.key', 'sealed.key']);
    expect(place.read('my.key')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('changes the passphrase of a sealed key: the old one first, then the new one', async () => {
    const { file } = await withKey({});
    await sealKey(file, undefined, ask);
    await sealKey(file, undefined, answering(PASSPHRASE, 'another passphrase'));
    await expect(findKey(file, ask).load()).rejects.toEqual(refusal('E_PASSPHRASE_WRONG'));
    await expect(findKey(file, answering('another passphrase')).load()).resolves.toBeDefined();
  });

  it('with a short passphrase leaves the file alone', async () => {
    const { place, file } = await withKey();
    const before = place.read('my.key');
    await expect(sealKey(file, undefined, answering('short'))).rejects.toEqual(refusal('E_PASSPHRASE_SHORT'));
    expect(place.read('my.key')).toBe(before);
  });

  it('never overwrites another file', async () => {
    const { place, file } = await withKey();
    const other = place.write('other', 'mine');
    await expect(sealKey(file, other, ask)).rejects.toEqual(refusal('E_KEY_EXISTS'));
    expect(place.read('other')).toBe('mine');
  });
});

describe('splitting', () => {
  const split = { shares: 3, threshold: 2 };

  it('makes private sealed shares that give the key back', async () => {
    const { place, file, entry, register } = await withKey();
    const { files } = await splitKey(file, { ...split, out: place.file('shares') }, ask);
    expect(files).toEqual([1, 2, 3].map((i) => place.file(`shares/my.key.${i}-of-3.share`)));
    const plain = place.read('my.key').trim();
    for (const path of files) expect(readFileSync(path, 'utf8')).not.toContain(plain);
    expect((await only(register)).shares).toMatchObject([{ threshold: 2, count: 3 }]);
    const back = await combineKey([files[2]!, files[0]!], place.file('back/../back.key'), { ask });
    expect(back.id).toBe(entry.id);
    expect(place.read('back.key').trim()).toBe(plain);
  });

  it('leaves nothing when one share cannot be written', async () => {
    const { place, file, register } = await withKey();
    const out = place.file('.');
    place.write('my.key.3-of-3.share', 'mine');
    await expect(splitKey(file, { ...split, out }, ask)).rejects.toEqual(refusal('E_KEY_EXISTS'));
    expect(place.names().filter((name) => name.endsWith('.share'))).toEqual(['my.key.3-of-3.share']);
    expect((await only(register)).shares).toBeUndefined();
  });
});

describe('rotation', () => {
  it('makes the next version in a new file, of the same form, and retires the old', async () => {
    const { place, file, entry, register } = await withKey();
    const two = await rotateKey(file, { ask });
    expect(two.file).toBe(place.file('my.v2.key'));
    expect(two.next).toMatchObject({ version: 2, previous: entry.id, state: 'active' });
    expect(two.old).toMatchObject({ id: entry.id, state: 'retired' });
    await sealKey(two.file, undefined, ask);
    const three = await rotateKey(two.file, { ask });
    expect(three.file).toBe(place.file('my.v3.key'));
    expect(findKey(three.file, never).form).toBe('sealed');
    expect((await readRegister(register)).map(({ version, state }) => [version, state])).toEqual([
      [1, 'retired'],
      [2, 'retired'],
      [3, 'active'],
    ]);
    const keys = await Promise.all([file, two.file, three.file].map((path) => findKey(path, ask).load()));
    expect(new Set(keys.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(3);
  });

  it('enters a key that stood in no register', async () => {
    const place = new KeyPlace();
    const file = place.write('old.key', `${KEY_HEX}\n`);
    const { old } = await rotateKey(file, { ask: never });
    expect(await readRegister(registerBeside(file))).toContainEqual(old);
    expect(old).toMatchObject({ files: ['old.key'], version: 1, state: 'retired' });
  });

  it('is refused twice, and without a period where the old key has one', async () => {
    const { file } = await withKey({ period: { from: '2020-01-01', to: '2099-01-01' } });
    await expect(rotateKey(file, { ask })).rejects.toEqual(refusal('E_KEY_PERIOD_NEEDED'));
    await rotateKey(file, { ask, period: { from: '2030-01-01', to: '2031-01-01' } });
    await expect(rotateKey(file, { ask, period: { from: '2030-01-01', to: '2031-01-01' } })).rejects.toEqual(
      refusal('E_KEY_RETIRED'),
    );
  });

  it('is refused for a key that is kept elsewhere', async () => {
    const place = new KeyPlace();
    const file = place.write('vault.yaml', 'source: command\ncommand: [client]\n');
    await expect(rotateKey(file, { ask })).rejects.toEqual(refusal('E_KEY_ELSEWHERE'));
    await expect(scheduleDestruction(file, 1)).rejects.toEqual(refusal('E_KEY_ELSEWHERE'));
    await expect(sealKey(file, undefined, ask)).rejects.toMatchObject({ exitCode: 5 });
  });
});

describe('destruction', () => {
  it('is scheduled, can be cancelled until it is due, and then not any more', async () => {
    const { file, register } = await withKey();
    await scheduleDestruction(file, 30);
    await cancelDestruction(file, later(29));
    expect(await only(register)).not.toHaveProperty('destroyDue');
    await expect(cancelDestruction(file)).rejects.toEqual(refusal('E_KEY_NOT_SCHEDULED'));
    await scheduleDestruction(file, 30);
    await expect(cancelDestruction(file, later(31))).rejects.toEqual(refusal('E_KEY_DUE'));
    await expect(scheduleDestruction(file, 99, later(31))).rejects.toEqual(refusal('E_KEY_DUE'));
  });

  it('makes a key unusable from the moment it is due', async () => {
    const { file } = await withKey();
    await scheduleDestruction(file, 0);
    await expect(openKeySource(file).load()).rejects.toEqual(refusal('E_KEY_DUE'));
    await expect(rotateKey(file, { ask })).rejects.toEqual(refusal('E_KEY_DUE'));
    await expect(sealKey(file, undefined, ask)).rejects.toEqual(refusal('E_KEY_DUE'));
  });

  it('waits for its time', async () => {
    const { place, file, register } = await withKey();
    await scheduleDestruction(file, 30);
    expect(await destroyDue(register, later(29))).toEqual({ destroyed: [], failures: [] });
    expect(place.read('my.key')).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('overwrites and unlinks every file of the key, and nothing else', async () => {
    const { place, file, entry, register } = await withKey();
    const plain = place.read('my.key');
    await sealKey(file, place.file('sealed.key'), ask);
    await createKey(place.file('other.key'));
    linkSync(file, place.file('witness'));
    await scheduleDestruction(file, 30);
    const { destroyed } = await destroyDue(register, later(30.01));
    expect(destroyed.map((one) => [one.entry.id, one.missing])).toEqual([[entry.id, []]]);
    expect(place.names().filter((name) => !name.startsWith('keys.json'))).toEqual(['other.key', 'witness']);
    expect(readFileSync(place.file('witness'))).toHaveLength(65);
    expect(place.read('witness')).not.toBe(plain);
    expect((await readRegister(register)).map(({ state }) => state)).toEqual(['destroyed', 'active']);
  });

  it('does not let a copy of the key be used or put together again', async () => {
    const { place, file, register } = await withKey();
    const plain = place.read('my.key');
    const { files } = await splitKey(file, { shares: 2, threshold: 2, out: place.file('s') }, ask);
    await scheduleDestruction(file, 0);
    await destroyDue(register);
    const copy = place.write('copy.key', plain);
    await expect(openKeySource(copy).load()).rejects.toEqual(refusal('E_KEY_DESTROYED'));
    await expect(combineKey(files, place.file('back.key'), { ask })).rejects.toEqual(
      refusal('E_KEY_DESTROYED'),
    );
    expect(place.names()).not.toContain('back.key');
  });

  it('says which files were not there, and ends what a crash had begun', async () => {
    const { place, file, register, entry } = await withKey();
    await changeEntry(place.file('moved.key'), entry);
    await scheduleDestruction(file, 0);
    const { destroyed } = await destroyDue(register);
    expect(destroyed[0]!.missing).toEqual(['moved.key']);
  });

  it('spares a file that holds another key now, or is a link, and destroys the rest', async () => {
    const { place, file, register } = await withKey();
    await createKey(place.file('second.key'));
    await scheduleDestruction(file, 0);
    await scheduleDestruction(place.file('second.key'), 0);
    const foreign = place.write('my.key', `${KEY_HEX}\n`);
    const { destroyed, failures } = await destroyDue(register);
    expect(failures).toEqual([refusal('E_KEY_OTHER')]);
    expect(destroyed.map(({ entry }) => entry.files)).toEqual([['second.key']]);
    expect(readFileSync(foreign, 'utf8')).toBe(`${KEY_HEX}\n`);
  });

  it('never overwrites through a symbolic link', async () => {
    const { place, file, register } = await withKey();
    const elsewhere = place.write('elsewhere', place.read('my.key'));
    await scheduleDestruction(file, 0);
    rmSync(file);
    symlinkSync(elsewhere, file);
    const { failures } = await destroyDue(register);
    expect(failures).toEqual([expect.objectContaining({ code: 'E_OUTPUT_NOT_FILE' })]);
    expect(place.read('elsewhere')).toMatch(/^[0-9a-f]{64}\n$/);
  });
});
