import { GamyeongError } from '../errors.ts';
import type { Dialect } from '../rules/plan.ts';
import { decodeCp949 } from './cp949.ts';
import { utf8Extent } from './utf8.ts';

const BYTE_ORDER_MARK = Buffer.from('\ufeff');

export const ENCODING_NAMES = { 'utf-8': 'UTF-8', cp949: 'CP949' } as const;

/** Why the bytes at an offset are refused. */
export interface ByteFault {
  readonly code: 'E_ENCODING' | 'E_NUL' | 'E_BOM_INSIDE';
  /** Offset in the file, from 0. */
  readonly byte: number;
}

/** Text up to the first fault, in UTF-8, ending with a whole character. */
export interface DecodedText {
  readonly text: Buffer;
  readonly fault: ByteFault | undefined;
}

/**
 * Turns input bytes into valid UTF-8, whatever the sizes of the pieces. Invalid bytes, NUL and byte order
 * marks are faults: a mark at the very start of a file is taken off before.
 */
export class StrictDecoder {
  readonly #encoding: Dialect['encoding'];
  #offset: number;
  #partial: Uint8Array = new Uint8Array(0);

  /** @param offset offset in the file of the first byte that will come */
  constructor(encoding: Dialect['encoding'], offset: number) {
    this.#encoding = encoding;
    this.#offset = offset;
  }

  decode(bytes: Uint8Array): DecodedText {
    const input = this.#partial.length === 0 ? bytes : Buffer.concat([this.#partial, bytes]);
    const { text, valid, faulty } = this.#convert(input);
    const fault = this.#firstFault(text, faulty ? valid : undefined);
    this.#offset += valid;
    this.#partial = input.slice(valid);
    return fault ?? { text, fault: undefined };
  }

  /** The fault of a file that ends inside a character. */
  end(): ByteFault | undefined {
    return this.#partial.length > 0 ? { code: 'E_ENCODING', byte: this.#offset } : undefined;
  }

  #convert(input: Uint8Array): { text: Buffer; valid: number; faulty: boolean } {
    if (this.#encoding === 'cp949') {
      const { text, valid, faulty } = decodeCp949(input);
      return { text: asBuffer(text), valid, faulty };
    }
    const { valid, faulty } = utf8Extent(input);
    return { text: asBuffer(input.subarray(0, valid)), valid, faulty };
  }

  #firstFault(text: Buffer, invalid: number | undefined): DecodedText | undefined {
    const found: { code: ByteFault['code']; at: number }[] = [
      { code: 'E_NUL', at: text.indexOf(0) },
      { code: 'E_BOM_INSIDE', at: text.indexOf(BYTE_ORDER_MARK) },
    ];
    if (invalid !== undefined) found.push({ code: 'E_ENCODING', at: text.length });
    const first = found.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
    if (first === undefined) return undefined;
    const before = text.subarray(0, first.at);
    return { text: before, fault: { code: first.code, byte: this.#offset + this.#inputLength(before) } };
  }

  /** Bytes that a decoded text took in the input. */
  #inputLength(text: Buffer): number {
    return this.#encoding === 'cp949' ? cp949Length(text) : text.length;
  }
}

/** Bytes that a UTF-8 text of CP949's characters takes in CP949. */
export function cp949Length(text: Uint8Array): number {
  let length = 0;
  for (const byte of text) {
    if (byte < 0x80) length++;
    else if (byte >= 0xc0) length += 2;
  }
  return length;
}

/** The error for bytes that are refused. */
export function byteFaultError(
  fault: ByteFault,
  encoding: Dialect['encoding'],
  place: { file: string; row: number },
): GamyeongError {
  return new GamyeongError(fault.code, { byte: fault.byte, encoding: ENCODING_NAMES[encoding] }, place);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
