import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { keyId } from '../../src/keys/derive.ts';
import { openRekeyMap, type RekeyOptions, writeRekeyMap } from '../../src/keys/rekey-map.ts';
import { hkdfByDefinition } from './hmac-definition.ts';
import { KEY, KEY_HEX, KeyPlace } from './place.ts';

const next = KEY.map((byte) => byte ^ 0x5a);
const [oldKey, newKey] = [KEY, next].map((bytes) => ({ bytes, id: keyId(bytes) })) as [MasterKey, MasterKey];
type MasterKey = RekeyOptions['old'];
const dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: '',
  maxRecordBytes: 1 << 20,
} as const;

let place: KeyPlace;
beforeEach(() => {
  place = new KeyPlace();
});

function options(csv: string | Uint8Array, change: Partial<RekeyOptions> = {}): RekeyOptions {
  return {
    old: oldKey,
    next: newKey,
    domain: 'resident-2026',
    input: place.write('ids.csv', csv),
    dialect,
    column: 'id',
    params: { normalize: [], bits: 256, encoding: 'hex' },
    output: place.file('tokens.map'),
    ...change,
  };
}

/** A token as DESIGN defines it, apart from our code. */
function token(key: Uint8Array, domain: string, value: string): string {
  const derived = hkdfByDefinition(key, new Uint8Array(0), Buffer.from(`gamyeong/v1/token/${domain}`), 32);
  return createHmac('sha256', derived).update(value, 'utf8').digest('hex');
}

async function openedMap(): Promise<string> {
  await openRekeyMap(place.file('tokens.map'), newKey, place.file('tokens.csv'));
  return place.read('tokens.csv');
}

describe('a map from old to new tokens', () => {
  const csv = 'name,id\n홍길동,가나다\n"김,철수","a ""b"""\n이영희,\n박,가나다\n';

  it('holds the tokens that keyed-hash makes under both keys, in the order of the file', async () => {
    expect(await writeRekeyMap(options(csv))).toEqual({ pairs: 3, empty: 1 });
    const pair = (value: string) =>
      `${token(KEY, 'resident-2026', value)},${token(next, 'resident-2026', value)}\n`;
    expect(await openedMap()).toBe(`old,new\n${pair('가나다')}${pair('a "b"')}${pair('가나다')}`);
  });

  it('takes the parameters of the rules', async () => {
    const params = { normalize: ['trim', 'upper'], bits: 128, encoding: 'base64url' };
    await writeRekeyMap(options('id\n ab \n', { params }));
    const encoded = (key: Uint8Array) =>
      Buffer.from(token(key, 'resident-2026', 'AB').slice(0, 32), 'hex').toString('base64url');
    expect(await openedMap()).toBe(`old,new\n${encoded(KEY)},${encoded(next)}\n`);
  });

  it('may be empty', async () => {
    expect(await writeRekeyMap(options('id\n'))).toEqual({ pairs: 0, empty: 0 });
    expect(await openedMap()).toBe('old,new\n');
  });

  it('is private, shows no token, no identifier and no key, and differs each time', async () => {
    await writeRekeyMap(options(csv));
    const first = readFileSync(place.file('tokens.map'));
    expect(statSync(place.file('tokens.map')).mode & 0o777).toBe(0o600);
    const secrets = ['가나다', KEY_HEX, token(KEY, 'resident-2026', '가나다').slice(0, 16), 'old,new'];
    for (const secret of secrets) expect(first.includes(secret)).toBe(false);
    await writeRekeyMap(options(csv, { output: place.file('second.map') }));
    expect(readFileSync(place.file('second.map')).equals(first)).toBe(false);
    await openedMap();
    expect(statSync(place.file('tokens.csv')).mode & 0o777).toBe(0o600);
  });

  it('streams: many rows come out whole', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `id-${i}`);
    expect(await writeRekeyMap(options(`id\n${ids.join('\n')}\n`))).toEqual({ pairs: 20_000, empty: 0 });
    const lines = (await openedMap()).split('\n');
    expect(lines).toHaveLength(20_002);
    expect(lines[12_345 + 1]).toBe(
      `${token(KEY, 'resident-2026', 'id-12345')},${token(next, 'resident-2026', 'id-12345')}`,
    );
  });
});

describe('opening', () => {
  beforeEach(async () => {
    await writeRekeyMap(options('id\na\nb\n'));
  });

  it('needs the new key', async () => {
    await expect(openRekeyMap(place.file('tokens.map'), oldKey, place.file('x.csv'))).rejects.toMatchObject({
      code: 'E_KEY_OTHER',
      exitCode: 5,
    });
  });

  it('refuses a map in which any byte was changed, and leaves nothing', async () => {
    const bytes = readFileSync(place.file('tokens.map'));
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      const map = place.write('changed.map', changed);
      const error = await openRekeyMap(map, newKey, place.file('x.csv')).catch((thrown) => thrown);
      codes.add(error.code);
      expect(existsSync(place.file('x.csv'))).toBe(false);
    }
    expect([...codes].sort()).toEqual(['E_KEY_OTHER', 'E_REKEY_BROKEN', 'E_REKEY_FORMAT']);
    expect(place.names().filter((name) => name.includes('tmp'))).toEqual([]);
  });

  it.each(['', 'hello', '{}\n', '{"format":"gamyeong/rekey-map/v1"}\nx'])('refuses %j', async (text) => {
    const map = place.write('other.map', text);
    await expect(openRekeyMap(map, newKey, place.file('x.csv'))).rejects.toMatchObject({
      code: 'E_REKEY_FORMAT',
    });
  });
});

describe('what is refused', () => {
  const refused = async (change: RekeyOptions) => {
    const error = await writeRekeyMap(change).catch((thrown) => thrown);
    expect(place.names()).toEqual(['ids.csv']);
    return error;
  };

  it('one key twice', async () => {
    expect(await refused(options('id\na\n', { next: oldKey }))).toMatchObject({ code: 'E_REKEY_SAME' });
  });

  it('a column that is not there', async () => {
    const error = await refused(options('id\na\n', { column: 'name' }));
    expect(error).toMatchObject({ code: 'E_REKEY_COLUMN', exitCode: 2, place: { column: 'name' } });
  });

  it('a cell without a token, with its place and not its value', async () => {
    const params = { normalize: ['digits'], bits: 256, encoding: 'hex' };
    const error = await refused(options('id\n1\nCanary\n', { params }));
    expect(error).toMatchObject({ code: 'E_CELL', exitCode: 3, place: { row: 3, column: 'id' } });
    expect(error.line()).not.toContain('Canary');
  });

  it('a ragged row', async () => {
    expect(await refused(options('id,b\n1,2\n3\n'))).toMatchObject({
      code: 'E_ROW_SHORT',
      place: { row: 3 },
    });
  });

  it('an output that exists', async () => {
    const output = place.write('tokens.map', 'mine');
    await expect(writeRekeyMap(options('id\na\n'))).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' });
    expect(readFileSync(output, 'utf8')).toBe('mine');
  });
});
