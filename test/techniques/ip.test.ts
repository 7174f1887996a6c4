import { readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cryptoPan } from '../../src/techniques/cryptopan.ts';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { formatAddress, networkOf, parseAddress } from '../../src/techniques/ip-address.ts';
import { Invalid } from '../../src/techniques/technique.ts';
import { compileExample, mistakes } from './compile.ts';

const ip = techniqueNamed('ip');

const vectors = JSON.parse(
  readFileSync(new URL('../vectors/cryptopan/vectors.json', import.meta.url), 'utf8'),
) as { sets: { key_hex: string; pairs: [string, string][] }[] };

const octets = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const key = octets(32);

const bitsOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');

function commonPrefix(a: Uint8Array, b: Uint8Array): number {
  const [x, y] = [bitsOf(a), bitsOf(b)];
  let length = 0;
  while (length < x.length && x[length] === y[length]) length++;
  return length;
}

/** Pairs of one family that share a prefix of any length. */
const pair = (length: number) =>
  fc.tuple(octets(length), octets(length), fc.integer({ min: 0, max: length * 8 })).map(([a, b, shared]) => {
    const bits = bitsOf(a).slice(0, shared) + bitsOf(b).slice(shared);
    const mixed = Uint8Array.from(bits.match(/.{8}/g)!, (octet) => Number.parseInt(octet, 2));
    return [a, mixed] as const;
  });

describe('Crypto-PAn', () => {
  it('gives the pseudonyms of the reference vectors', () => {
    expect(vectors.sets.flatMap(({ pairs }) => pairs).length).toBeGreaterThan(80);
    for (const { key_hex, pairs } of vectors.sets) {
      const pseudonym = cryptoPan(Buffer.from(key_hex, 'hex'));
      for (const [address, expected] of pairs)
        expect(formatAddress(pseudonym(parseAddress(address)!)), address).toBe(expected);
    }
  });

  it.each([4, 16])('keeps exactly the common prefix of any two addresses of %i octets', (length) => {
    fc.assert(
      fc.property(key, pair(length), (bytes, [a, b]) => {
        const pseudonym = cryptoPan(bytes);
        expect(commonPrefix(pseudonym(a), pseudonym(b))).toBe(commonPrefix(a, b));
      }),
    );
  });

  it('leaves the address it was given as it is', () => {
    const address = Uint8Array.of(192, 0, 2, 1);
    cryptoPan(new Uint8Array(32))(address);
    expect([...address]).toEqual([192, 0, 2, 1]);
  });
});

describe('addresses in text', () => {
  it('are read back from what is written', () => {
    fc.assert(
      fc.property(fc.oneof(octets(4), octets(16)), (bytes) => {
        fc.pre(!bitsOf(bytes).startsWith('0'.repeat(80) + '1'.repeat(16)));
        expect([...parseAddress(formatAddress(bytes))!]).toEqual([...bytes]);
      }),
    );
  });

  it('mean what the platform takes them to mean', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV4(), (v6, v4) => {
        const list = new BlockList();
        list.addAddress(v6, 'ipv6');
        const bytes = parseAddress(v6)!;
        expect(list.check(formatAddress(bytes), bytes.length === 4 ? 'ipv4' : 'ipv6')).toBe(true);
        expect(formatAddress(parseAddress(v4)!)).toBe(v4);
      }),
    );
  });

  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:0db8:0000:0001:0001:0001:0001:0001', '2001:db8:0:1:1:1:1:1'],
    ['2001:DB8:0:0:0:0:0:0', '2001:db8::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::192.0.2.33', '::c000:221'],
    ['::ffff:0:0', '0.0.0.0'],
    ['0:0:0:0:0:FFFF:192.0.2.33', '192.0.2.33'],
  ])('%s is written %s (RFC 5952)', (text, canonical) => {
    expect(formatAddress(parseAddress(text)!)).toBe(canonical);
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.1.1.1',
    '0x1.2.3.4',
    '１.2.3.4',
    ' 1.2.3.4',
    '1.2.3.4\n',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    '::12345',
    '::g',
    '::1.2.3',
    '::01.2.3.4',
    '1.2.3.4::',
    '[::1]',
    '::1%lo',
    '::1/128',
  ])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('ip truncate', () => {
  it('keeps the leading bits and clears the others', () => {
    fc.assert(
      fc.property(fc.oneof(octets(4), octets(16)), fc.nat(128), (bytes, length) => {
        const prefix = Math.min(length, bytes.length * 8);
        const bits = bitsOf(bytes);
        expect(bitsOf(networkOf(bytes, prefix))).toBe(bits.slice(0, prefix).padEnd(bits.length, '0'));
      }),
    );
  });

  it('treats an IPv4-mapped address as the IPv4 address, in both forms', () => {
    for (const params of [{ truncate: {} }, { 'prefix-preserving': true }]) {
      const cell = compileExample(ip, params);
      fc.assert(fc.property(fc.ipV4(), (v4) => cell(`::ffff:${v4}`) === cell(v4)));
    }
  });

  it('needs no key', () => {
    const { cell } = ip.compile(
      { truncate: { v4: 16, v6: 32, as: 'network' } },
      {
        column: 'value',
        header: ['value'],
        key: () => {
          throw new Error('asked for a key');
        },
      },
    );
    expect(cell('203.0.113.7')).toBe('203.0.0.0/16');
    expect(cell('203.0.113')).toBeInstanceOf(Invalid);
  });
});

it('ip refuses parameters that choose no form or keep whole addresses', () => {
  for (const params of [
    {},
    { 'prefix-preserving': false },
    { 'prefix-preserving': true, truncate: {} },
    { truncate: { v4: 32 } },
    { truncate: { v6: 128 } },
    { truncate: { v4: 24, v5: 1 } },
  ])
    expect(mistakes(ip, params), JSON.stringify(params)).toHaveLength(1);
});
