import { randomBytes } from 'node:crypto';
import {
  type Asn1,
  decode,
  encode,
  Members,
  NotAsExpected,
  octets,
  octetsOf,
  oid,
  oidOf,
  sequence,
  setOf,
  smallInteger,
  smallIntegerOf,
} from './asn1.ts';
import type { Certificate } from './certificate.ts';
import { OID } from './oids.ts';
import { recipientInfo } from './recipient.ts';

const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
/** DER of the field `mac` before its 16 bytes. */
export const MAC_HEAD = Buffer.of(0x04, TAG_BYTES);
/** What stands before the content of a part, with a hundred recipients, is far shorter. */
const LONGEST_HEAD = 1 << 20;

/**
 * A CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084) whose content is not there yet:
 * `head ‖ ciphertext (as long as the plaintext) ‖ MAC_HEAD ‖ tag`.
 */
export interface Envelope {
  readonly head: Buffer;
  readonly key: Buffer;
  readonly nonce: Buffer;
  /** Length of the whole structure. */
  readonly bytes: number;
}

/**
 * Prepares an envelope for a plaintext of known length under a fresh key, so that the content can be written as a
 * stream with definite lengths (DER).
 */
export function prepareEnvelope(plainBytes: number, recipients: readonly Certificate[]): Envelope {
  const key = randomBytes(32);
  const nonce = randomBytes(NONCE_BYTES);
  const gcm = sequence(oid(OID.aes256Gcm), sequence(octets(nonce), smallInteger(TAG_BYTES)));
  const recipientInfos = setOf(...recipients.map((recipient) => recipientInfo(recipient, key)));
  const contentInfo = Buffer.concat([encode(oid(OID.data)), encode(gcm), heading(0x80, plainBytes)]);
  const version = encode(smallInteger(0));
  const infos = encode(recipientInfos);
  const contentInfoBytes = contentInfo.length + plainBytes;
  const contentInfoHead = heading(0x30, contentInfoBytes);
  const bodyBytes =
    version.length + infos.length + contentInfoHead.length + contentInfoBytes + MAC_HEAD.length + TAG_BYTES;
  const bodyHead = heading(0x30, bodyBytes);
  const explicitHead = heading(0xa0, bodyHead.length + bodyBytes);
  const type = encode(oid(OID.authEnvelopedData));
  const outerHead = heading(0x30, type.length + explicitHead.length + bodyHead.length + bodyBytes);
  const head = Buffer.concat([
    outerHead,
    type,
    explicitHead,
    bodyHead,
    version,
    infos,
    contentInfoHead,
    contentInfo,
  ]);
  return {
    head,
    key,
    nonce,
    bytes: head.length + plainBytes + MAC_HEAD.length + TAG_BYTES,
  };
}

/** What stands before the ciphertext of an envelope. */
export interface EnvelopeHead {
  readonly recipientInfos: readonly Asn1[];
  readonly nonce: Buffer;
  /** Offset of the ciphertext. */
  readonly contentAt: number;
  readonly contentBytes: number;
}

/**
 * Reads the head of an envelope, as `prepareEnvelope` makes it, from the start of a part.
 * @param start the first bytes of the part: `headRoom` of them
 * @param bytes length of the part
 * @throws NotAsExpected and errors of node-forge for anything else
 */
export function parseEnvelopeHead(start: Buffer, bytes: number): EnvelopeHead {
  const reader = new HeadReader(start);
  reader.enter(0x30, bytes);
  if (oidOf(reader.node()) !== OID.authEnvelopedData) throw new NotAsExpected();
  reader.enter(0xa0, bytes);
  reader.enter(0x30, bytes);
  if (smallIntegerOf(reader.node()) !== 0) throw new NotAsExpected();
  const recipientInfos = Members.ofSet(reader.node()).rest();
  reader.enter(0x30, bytes - MAC_HEAD.length - TAG_BYTES);
  if (oidOf(reader.node()) !== OID.data) throw new NotAsExpected();
  const nonce = nonceOf(reader.node());
  reader.enter(0x80, bytes - MAC_HEAD.length - TAG_BYTES);
  const contentAt = reader.at;
  return { recipientInfos, nonce, contentAt, contentBytes: bytes - MAC_HEAD.length - TAG_BYTES - contentAt };
}

/** Bytes of a part that `parseEnvelopeHead` needs. */
export const headRoom = (bytes: number) => Math.min(bytes, LONGEST_HEAD);

function nonceOf(algorithm: Asn1): Buffer {
  const fields = Members.ofSequence(algorithm);
  if (oidOf(fields.next()) !== OID.aes256Gcm) throw new NotAsExpected();
  const params = Members.ofSequence(fields.next());
  const nonce = octetsOf(params.next());
  if (nonce.length !== NONCE_BYTES || smallIntegerOf(params.next()) !== TAG_BYTES) throw new NotAsExpected();
  return nonce;
}

/** Reads nested structures without having all of their content. */
class HeadReader {
  readonly #bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Steps into a structure with this tag that must end at `end`. */
  enter(tag: number, end: number): void {
    const [found, length] = this.#heading();
    if (found !== tag || this.at + length !== end) throw new NotAsExpected();
  }

  /** Reads a whole node. */
  node(): Asn1 {
    const start = this.at;
    const [, length] = this.#heading();
    this.at += length;
    if (this.at > this.#bytes.length) throw new NotAsExpected();
    return decode(this.#bytes.subarray(start, this.at));
  }

  /** Tag and length; lengths in the shortest form only (X.690, 10.1). */
  #heading(): [number, number] {
    const start = this.at;
    const tag = this.#byte();
    const first = this.#byte();
    if (first === 0x80 || first > 0x84) throw new NotAsExpected();
    let length = first & 0x7f;
    if (first > 0x80) {
      length = 0;
      for (let left = first & 0x7f; left > 0; left--) length = length * 256 + this.#byte();
    }
    if (!heading(tag, length).equals(this.#bytes.subarray(start, this.at))) throw new NotAsExpected();
    return [tag, length];
  }

  #byte(): number {
    const byte = this.#bytes[this.at++];
    if (byte === undefined) throw new NotAsExpected();
    return byte;
  }
}

/** Tag and definite length of a structure (X.690, 8.1.3). */
function heading(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(tag, length);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest & 0xff);
  return Buffer.of(tag, 0x80 | bytes.length, ...bytes);
}
