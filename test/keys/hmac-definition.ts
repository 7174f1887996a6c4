import { createHash } from 'node:crypto';

const BLOCK = 64;

const sha256 = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** HMAC-SHA-256 spelled out as RFC 2104 section 2 defines it: H((K ⊕ opad) ‖ H((K ⊕ ipad) ‖ text)). */
export function hmacByDefinition(key: Uint8Array, text: Uint8Array): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(key.length > BLOCK ? sha256(key) : key);
  const inner = sha256(
    block.map((byte) => byte ^ 0x36),
    text,
  );
  return sha256(
    block.map((byte) => byte ^ 0x5c),
    inner,
  );
}

/** HKDF-SHA-256 as RFC 5869 section 2 defines it. */
export function hkdfByDefinition(
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  size: number,
): Buffer {
  const extracted = hmacByDefinition(salt, secret);
  const blocks: Buffer[] = [Buffer.alloc(0)];
  while (32 * (blocks.length - 1) < size)
    blocks.push(
      hmacByDefinition(extracted, Buffer.concat([blocks.at(-1)!, info, Buffer.from([blocks.length])])),
    );
  return Buffer.concat(blocks).subarray(0, size);
}
