import { createCipheriv } from 'node:crypto';
import type { AddressBytes } from './ip-address.ts';

const BLOCK = 16;

/** AES-128 of whole blocks, each for itself. Holds no state from call to call. */
function blockCipher(key: Uint8Array): (blocks: Uint8Array) => Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return (blocks) => cipher.update(blocks);
}

/**
 * Crypto-PAn: prefix-preserving pseudonyms of addresses (Xu, Fan, Ammar, Moon: "Prefix-Preserving IP Address
 * Anonymization", ICNP 2002; 128-bit addresses in the same way). Two addresses of one family that agree in
 * exactly their first n bits have results that agree in exactly their first n bits.
 *
 * Bit i of the result is bit i of the address XOR the first bit of AES(the first i bits of the address, then
 * bits i to 127 of the pad); the pad is AES(second half of the key).
 * @param key 32 bytes: an AES-128 key and the block whose encryption is the pad.
 */
export function cryptoPan(key: Uint8Array): (address: AddressBytes) => AddressBytes {
  const encrypt = blockCipher(key.subarray(0, BLOCK));
  const pad = Uint8Array.from(encrypt(key.subarray(BLOCK)));
  const ofLength = (length: number) => {
    const bits = length * 8;
    // Block i: what follows its first i bits is the pad's and never changes.
    const blocks = new Uint8Array(bits * BLOCK);
    for (let i = 0; i < bits; i++) blocks.set(pad, i * BLOCK);
    return (address: AddressBytes): AddressBytes => {
      for (let i = 0; i < bits; i++) {
        const start = i * BLOCK;
        const whole = i >> 3;
        const fromAddress = 0xff00 >> (i & 7);
        for (let j = 0; j < whole; j++) blocks[start + j] = address[j]!;
        blocks[start + whole] = (address[whole]! & fromAddress) | (pad[whole]! & ~fromAddress);
      }
      const encrypted = encrypt(blocks);
      const result = address.slice();
      for (let i = 0; i < bits; i++) result[i >> 3]! ^= (encrypted[i * BLOCK]! & 0x80) >> (i & 7);
      return result;
    };
  };
  const ipv4 = ofLength(4);
  const ipv6 = ofLength(16);
  return (address) => (address.length === 4 ? ipv4(address) : ipv6(address));
}
