import { createDecipheriv, scryptSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/keys/derive.ts';
import { DEFAULT_COST, parseSealed, type SealedFile, seal, unseal } from '../../src/keys/sealed-file.ts';
import { answering, KEY, KEY_HEX, never, PASSPHRASE } from './place.ts';

/** The least that is accepted: tests need no strength. */
const CHEAP = { N: 1 << 14, r: 8, p: 1 };
const content = { keyId: keyId(KEY), secret: KEY };
const share = { set: '00112233aabbccdd', index: 2, threshold: 3, count: 5 };

const sealed = async () => parseSealed(await seal(content, PASSPHRASE, CHEAP), 'k')!;
const opened = (file: SealedFile, passphrase = PASSPHRASE) => unseal(file, 'k', answering(passphrase));

describe('a sealed key', () => {
  it('opens with its passphrase, whatever the form of its Hangul', async () => {
    const file = await sealed();
    expect(await opened(file)).toEqual(KEY);
    expect(await opened(file, PASSPHRASE.normalize('NFD'))).toEqual(KEY);
  });

  it('refuses another passphrase', async () => {
    const error = await opened(await sealed(), `${PASSPHRASE} `).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'E_PASSPHRASE_WRONG', exitCode: 5 });
    expect(error.stack).not.toContain(PASSPHRASE);
  });

  it('is as its description says: anyone can open it with scrypt and AES-256-GCM', async () => {
    const { sealed: box, ...header } = JSON.parse(await seal(content, PASSPHRASE, CHEAP));
    const { N, r, p, salt } = header.kdf;
    const key = scryptSync(Buffer.from(PASSPHRASE, 'utf8'), Buffer.from(salt, 'base64'), 32, { N, r, p });
    const bytes = Buffer.from(box, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(header.cipher.nonce, 'base64'));
    const { cipher, format, kdf, keyId: id } = header;
    const aad = `{"cipher":{"name":"aes-256-gcm","nonce":"${cipher.nonce}"},"format":"${format}","kdf":{"N":${N},"name":"scrypt","p":${p},"r":${r},"salt":"${kdf.salt}"},"keyId":"${id}"}`;
    decipher.setAAD(Buffer.from(aad));
    decipher.setAuthTag(bytes.subarray(32));
    const plain = Buffer.concat([decipher.update(bytes.subarray(0, 32)), decipher.final()]);
    expect(plain.toString('hex')).toBe(KEY_HEX);
  });

  it('never has the same salt, nonce or ciphertext twice', async () => {
    const [one, two] = [await sealed(), await sealed()];
    expect(one.kdf.salt).not.toBe(two.kdf.salt);
    expect(one.cipher.nonce).not.toBe(two.cipher.nonce);
    expect(one.sealed).not.toBe(two.sealed);
  });

  it('costs 128 MiB a guess unless a caller says otherwise', async () => {
    expect(JSON.parse(await seal(content, PASSPHRASE)).kdf).toMatchObject(DEFAULT_COST);
    expect(128 * DEFAULT_COST.N * DEFAULT_COST.r).toBe(128 << 20);
  });

  it.each(['', 'short', '일곱글자입니다'])('refuses the short passphrase %j', async (passphrase) => {
    await expect(seal(content, passphrase, CHEAP)).rejects.toMatchObject({ code: 'E_PASSPHRASE_SHORT' });
  });

  it('takes a passphrase of eight Hangul syllables', async () => {
    await expect(seal(content, '여덟글자입니다요', CHEAP)).resolves.toContain('gamyeong/sealed-key/v1');
  });
});

describe('a changed sealed file', () => {
  const changes: [string, (file: SealedFile) => unknown][] = [
    ['key id', (file) => ({ ...file, keyId: '0000000000000000' })],
    ['kind', (file) => ({ ...file, format: 'gamyeong/sealed-share/v1', share })],
    ['salt', (file) => ({ ...file, kdf: { ...file.kdf, salt: Buffer.alloc(32, 1).toString('base64') } })],
    ['work', (file) => ({ ...file, kdf: { ...file.kdf, N: 1 << 15 } })],
    ['parallel work', (file) => ({ ...file, kdf: { ...file.kdf, p: 2 } })],
    ['nonce', (file) => ({ ...file, cipher: { ...file.cipher, nonce: 'AAAAAAAAAAAAAAAA' } })],
  ];
  it.each(changes)('is refused when its %s was changed', async (_, change) => {
    const changed = parseSealed(JSON.stringify(change(await sealed())), 'k')!;
    await expect(opened(changed)).rejects.toMatchObject({ code: 'E_PASSPHRASE_WRONG' });
  });

  it('is refused when a byte of the box was changed, at its start, end or in the tag', async () => {
    const file = await sealed();
    for (const at of [0, 15, 31, 32, 47]) {
      const bytes = Buffer.from(file.sealed, 'base64');
      bytes[at]! ^= 1;
      await expect(opened({ ...file, sealed: bytes.toString('base64') })).rejects.toMatchObject({
        code: 'E_PASSPHRASE_WRONG',
      });
    }
  });

  it('is refused when the share it says it is was changed', async () => {
    const file = parseSealed(await seal({ ...content, share }, PASSPHRASE, CHEAP), 'k')!;
    expect(await opened(file)).toEqual(KEY);
    const changed = { ...file, share: { ...share, index: 3 } };
    await expect(opened(changed)).rejects.toMatchObject({ code: 'E_PASSPHRASE_WRONG' });
  });
});

describe('reading', () => {
  it.each([
    ['other text', 'source: command'],
    ['a number', '1'],
    ['null', 'null'],
    ['other JSON', '{"format":1}'],
  ])('leaves %s to others', (_, text) => {
    expect(parseSealed(text, 'k')).toBeUndefined();
  });

  it.each([
    ['another version', { format: 'gamyeong/sealed-key/v2' }],
    ['an unknown member', { more: 1 }],
    ['no box', { sealed: undefined }],
    ['a short box', { sealed: 'AAAA' }],
    ['no base64', { sealed: '!'.repeat(64) }],
    ['a share that is called a key', { share }],
    ['a key that is called a share', { format: 'gamyeong/sealed-share/v1' }],
  ])('refuses %s', async (_, change) => {
    const text = JSON.stringify({ ...(await sealed()), ...change });
    expect(() => parseSealed(text, 'k')).toThrow(
      expect.objectContaining({ code: 'E_KEY_SEALED', exitCode: 5 }),
    );
  });

  it.each([
    ['too little work', { N: 1 << 13 }],
    ['too much memory', { N: 1 << 20, r: 16 }],
    ['more than 2^20', { N: 1 << 21, r: 1 }],
    ['no power of two', { N: 3 << 14 }],
    ['thin blocks', { r: 1 }],
    ['too much work', { N: 1 << 20, p: 9 }],
  ])('refuses scrypt with %s before a passphrase is asked for', async (_, change) => {
    const file = await sealed();
    const text = JSON.stringify({ ...file, kdf: { ...file.kdf, ...change } });
    expect(() => parseSealed(text, 'k')).toThrow(expect.objectContaining({ code: 'E_KEY_SEALED_COST' }));
  });

  it('does not ask for a passphrase by itself', async () => {
    await expect(unseal(await sealed(), 'k', never)).rejects.toThrow('asked to open k');
  });
});
