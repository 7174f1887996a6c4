import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyId } from '../../src/keys/derive.ts';
import { findKey } from '../../src/keys/open.ts';
import { hmacByDefinition } from './hmac-definition.ts';
import { answering, KEY, KEY_HEX, KeyPlace, never } from './place.ts';
import { findSoftHsm, makeToken, PIN, putKeys, TOKEN } from './softhsm.ts';

const place = new KeyPlace();
const softHsm = findSoftHsm();

function reference(change: object = {}): string {
  const module = softHsm?.module ?? '/nonexistent.so';
  const data = { source: 'pkcs11', module, token: TOKEN, key: 'master', ...change };
  return place.write('token.yaml', JSON.stringify(data));
}

/** AES-CMAC as RFC 4493 defines it. */
function cmac(key: Uint8Array, message: Buffer): Buffer {
  const aes = (block: Buffer) => {
    const cipher = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  };
  const double = (block: Buffer) => {
    const bits = BigInt(`0x${block.toString('hex')}`) << 1n;
    const reduced = bits >> 128n ? (bits & ((1n << 128n) - 1n)) ^ 0x87n : bits;
    return Buffer.from(reduced.toString(16).padStart(32, '0'), 'hex');
  };
  const xor = (a: Buffer, b: Buffer) => Buffer.from(a.map((byte, i) => byte ^ b[i]!));
  const k1 = double(aes(Buffer.alloc(16)));
  const count = Math.max(1, Math.ceil(message.length / 16));
  const whole = message.length > 0 && message.length % 16 === 0;
  const end = message.subarray((count - 1) * 16);
  const padded = whole ? end : Buffer.concat([end, Buffer.of(0x80), Buffer.alloc(15 - end.length)]);
  let state = Buffer.alloc(16);
  for (let i = 0; i < count - 1; i++) state = aes(xor(state, message.subarray(i * 16, i * 16 + 16)));
  return aes(xor(xor(state, padded), whole ? k1 : double(k1)));
}

it('knows CMAC: RFC 4493 has AES-128 only, NIST SP 800-38B D.3 has this', () => {
  const key = Buffer.from('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4', 'hex');
  const message = Buffer.from(
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411',
    'hex',
  );
  expect(cmac(key, message).toString('hex')).toBe('aaf3d8f1de5640c232f5b169b9c911e6');
});

describe.skipIf(softHsm === undefined)('a key on a PKCS#11 token', () => {
  beforeAll(() => {
    makeToken(place);
    putKeys(softHsm!, [
      { label: 'master', type: 'CKK_GENERIC_SECRET', value: KEY },
      { label: 'aes', type: 'CKK_AES', value: KEY },
      { label: 'loose', type: 'CKK_GENERIC_SECRET', value: KEY, extractable: true },
      { label: 'twice', type: 'CKK_GENERIC_SECRET', value: KEY },
      { label: 'twice', type: 'CKK_GENERIC_SECRET', value: KEY },
    ]);
  });

  it('that is a generic secret gives HMAC-SHA-256 of our label, and asks for the PIN', async () => {
    const ask = answering(PIN);
    const { bytes, id } = await findKey(reference(), ask).load();
    expect(Buffer.from(bytes)).toEqual(hmacByDefinition(KEY, Buffer.from('gamyeong/pkcs11/v1')));
    expect(id).toBe(keyId(bytes));
    expect(ask.asked).toEqual([{ purpose: 'pin', file: TOKEN }]);
    expect((await findKey(reference({ 'key-id': id }), ask).load()).bytes).toEqual(bytes);
  });

  it('that is an AES key gives NIST SP 800-108 in counter mode with CMAC', async () => {
    const { bytes } = await findKey(reference({ key: 'aes' }), answering(PIN)).load();
    const input = (i: number) =>
      Buffer.from(`${String.fromCharCode(i)}gamyeong/pkcs11/v1\0\u0001\0`, 'latin1');
    expect(Buffer.from(bytes)).toEqual(Buffer.concat([cmac(KEY, input(1)), cmac(KEY, input(2))]));
  });

  it.each([
    ['a wrong PIN', {}, '0000-0000', 'E_KEY_PIN', 'CKR_PIN_INCORRECT'],
    ['another token', { token: 'other' }, PIN, 'E_KEY_TOKEN', 'token'],
    ['no such key', { key: 'none' }, PIN, 'E_KEY_TOKEN', 'key: 0'],
    ['two such keys', { key: 'twice' }, PIN, 'E_KEY_TOKEN', 'key: 2'],
    ['no such library', { module: '/nonexistent.so' }, PIN, 'E_KEY_TOKEN', 'module'],
  ])('is refused with %s', async (_, change, pin, code, reason) => {
    const error = await findKey(reference(change), answering(pin))
      .load()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code, exitCode: 5, values: { reason } });
    expect(error.stack + error.line()).not.toContain(pin);
  });

  it('is refused when the token would give it out', async () => {
    const error = await findKey(reference({ key: 'loose' }), answering(PIN))
      .load()
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'E_KEY_EXTRACTABLE', exitCode: 5 });
  });

  it('is read again and again in one process', async () => {
    const ids = new Set<string>();
    for (let i = 0; i < 3; i++) ids.add((await findKey(reference(), answering(PIN)).load()).id);
    expect(ids.size).toBe(1);
  });

  it('does not lie on the disk', () => {
    for (const name of place.names()) {
      expect(place.read(name)).not.toContain(KEY_HEX);
      expect(readFileSync(place.file(name)).includes(Buffer.from(KEY))).toBe(false);
    }
  });
});

it('is not looked for before a passphrase is needed', () => {
  expect(findKey(reference(), never).form).toBe('pkcs11');
});
