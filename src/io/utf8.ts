import { isUtf8 } from 'node:buffer';

/** How far a stretch of bytes holds whole, valid characters. */
export interface Extent {
  /** Bytes that are valid and end with a whole character. */
  readonly valid: number;
  /** The bytes at `valid` can never become a character; otherwise more input may complete them. */
  readonly faulty: boolean;
}

/** Checks UTF-8 (RFC 3629, section 4): no overlong forms, no surrogates, nothing above U+10FFFF. */
export function utf8Extent(bytes: Uint8Array): Extent {
  const end = bytes.length - partialLength(bytes);
  if (isUtf8(bytes.subarray(0, end))) return { valid: end, faulty: false };
  return { valid: firstFault(bytes.subarray(0, end)), faulty: true };
}

/** Bytes at the end (0 to 3) that begin a character without finishing it. */
function partialLength(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Length of the sequence that a first byte announces; 0 when it cannot be one. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Offset of the first byte of the first ill-formed sequence. */
function firstFault(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes[at]!);
    if (length === 0 || !isUtf8(bytes.subarray(at, at + length))) return at;
    at += length;
  }
  return at;
}
