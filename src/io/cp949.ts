import iconv from 'iconv-lite';
import type { Extent } from './utf8.ts';

/**
 * CP949 (Microsoft code page 949, WHATWG `euc-kr`): ASCII, and 17,048 characters of two bytes. The mapping is
 * one to one, so bytes that decode encode to themselves. Tables come from iconv-lite.
 */
interface Tables {
  /** Code unit by lead << 8 | trail; 0 where none is assigned. */
  readonly decode: Uint16Array;
  /** lead << 8 | trail by code unit; 0 where there is none. */
  readonly encode: Uint16Array;
}

let built: Tables | undefined;

function tables(): Tables {
  built ??= build();
  return built;
}

function build(): Tables {
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) pairs.push(lead, trail, 0x0a);
  }
  const characters = iconv.decode(Buffer.from(pairs), 'cp949').split('\n');
  const decode = new Uint16Array(0x10000);
  const encode = new Uint16Array(0x10000);
  for (let i = 0; i < pairs.length / 3; i++) {
    const character = characters[i]!;
    if (character.length !== 1 || character === '\ufffd') continue;
    const code = (pairs[3 * i]! << 8) | pairs[3 * i + 1]!;
    decode[code] = character.charCodeAt(0);
    encode[character.charCodeAt(0)] = code;
  }
  return { decode, encode };
}

export interface DecodedCp949 extends Extent {
  /** The valid bytes as UTF-8. */
  readonly text: Uint8Array;
}

/** Decodes CP949 strictly up to the first byte that is no character or lacks its second byte. */
export function decodeCp949(bytes: Uint8Array): DecodedCp949 {
  const { decode } = tables();
  const text = new Uint8Array(Math.ceil(bytes.length * 1.5));
  let out = 0;
  let at = 0;
  let faulty = false;
  while (at < bytes.length) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      text[out++] = lead;
      at++;
      continue;
    }
    if (at + 1 === bytes.length) {
      faulty = lead === 0x80 || lead === 0xff;
      break;
    }
    const unit = decode[(lead << 8) | bytes[at + 1]!]!;
    if (unit === 0) {
      faulty = true;
      break;
    }
    if (unit < 0x800) {
      text[out++] = 0xc0 | (unit >> 6);
    } else {
      text[out++] = 0xe0 | (unit >> 12);
      text[out++] = 0x80 | ((unit >> 6) & 0x3f);
    }
    text[out++] = 0x80 | (unit & 0x3f);
    at += 2;
  }
  return { text: text.subarray(0, out), valid: at, faulty };
}

/** Encodes a string. @returns undefined when it holds a character that CP949 lacks. */
export function encodeCp949(text: string): Uint8Array | undefined {
  const { encode } = tables();
  const bytes = new Uint8Array(text.length * 2);
  let out = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) {
      bytes[out++] = unit;
      continue;
    }
    const code = encode[unit]!;
    if (code === 0) return undefined;
    bytes[out++] = code >> 8;
    bytes[out++] = code & 0xff;
  }
  return bytes.subarray(0, out);
}
