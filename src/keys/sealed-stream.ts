import { createCipheriv, createDecipheriv } from 'node:crypto';

/** Plaintext bytes of every piece but the last, which holds 1 to as many. */
const PIECE_BYTES = 64 * 1024;
const TAG_BYTES = 16;

/** Thrown for a stream that was changed, cut, extended or re-ordered, and for a wrong key. */
export class BrokenSeal extends Error {
  override readonly name = 'BrokenSeal';
}

/**
 * Encrypts a stream in pieces that cannot be changed, re-ordered, left out or added to (STREAM: Hoang, Reyhanitabar,
 * Rogaway and Vizár, Online authenticated-encryption and its nonce-reuse misuse-resistance, 2015): AES-256-GCM,
 * nonce = number of the piece (11 bytes, big-endian, from 0) ‖ 1 for the last piece, 0 for others.
 * @param key 32 bytes, never used for another stream
 * @param context authenticated with every piece
 * @param plain at least one byte
 */
export async function* sealStream(
  plain: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  context: Uint8Array,
): AsyncGenerator<Uint8Array> {
  let number = 0;
  for await (const { bytes, last } of pieces(plain, PIECE_BYTES)) {
    const cipher = createCipheriv('aes-256-gcm', key, nonce(number++, last));
    cipher.setAAD(context);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Decrypts what `sealStream` made. What it yields is true, but only after the end is it known to be whole.
 * @throws BrokenSeal
 */
export async function* openStream(
  sealed: AsyncIterable<Uint8Array>,
  key: Uint8Array,
  context: Uint8Array,
): AsyncGenerator<Uint8Array> {
  let number = 0;
  for await (const { bytes, last } of pieces(sealed, PIECE_BYTES + TAG_BYTES)) {
    if (bytes.length <= TAG_BYTES) throw new BrokenSeal();
    const decipher = createDecipheriv('aes-256-gcm', key, nonce(number++, last));
    decipher.setAAD(context);
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      yield Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
    } catch {
      throw new BrokenSeal();
    }
  }
  if (number === 0) throw new BrokenSeal();
}

function nonce(number: number, last: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(number, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
}

/** Cuts a stream into pieces of one size, the last of 1 to `size` bytes. */
async function* pieces(stream: AsyncIterable<Uint8Array>, size: number) {
  let held: Uint8Array = new Uint8Array(0);
  for await (const block of stream) {
    held = held.length === 0 ? block : Buffer.concat([held, block]);
    while (held.length > size) {
      yield { bytes: held.subarray(0, size), last: false };
      held = held.subarray(size);
    }
  }
  if (held.length > 0) yield { bytes: held, last: true };
}
