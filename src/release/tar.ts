/**
 * The profile of the tar format (POSIX.1-2001, pax) that a bundle is written in: regular files only, with one
 * owner, mode and time; a pax header where a name does not fit. Everything in it follows from the names, the sizes
 * and the time, so that a reader can compare every byte that is not content.
 */

export const BLOCK = 512;
/** Two blocks of zeros end an archive. */
export const END = Buffer.alloc(2 * BLOCK);

export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

/** An entry and where its content stands. */
export interface PlacedEntry extends TarEntry {
  /** Offset of its first header. */
  readonly headerAt: number;
  readonly contentAt: number;
}

const LONGEST_NAME = 100;
const PAX_NAME = 'pax-header';

/** Zeros that fill the last block of a content. */
export const paddingOf = (bytes: number) => (BLOCK - (bytes % BLOCK)) % BLOCK;

/** The header of an entry, with the pax header before it where one is needed. @param seconds since 1970 */
export function tarHeader({ name, bytes }: TarEntry, seconds: number): Buffer {
  if (fits(name)) return header(name, bytes, '0', seconds);
  const record = paxRecord('path', name);
  const plain = `${PAX_NAME}${BLOCK}`;
  return Buffer.concat([
    header(PAX_NAME, record.length, 'x', seconds),
    record,
    Buffer.alloc(paddingOf(record.length)),
    header(plain, bytes, '0', seconds),
  ]);
}

/** Lays entries out one after the other. @param at offset of the first */
export function placeEntries(entries: readonly TarEntry[], seconds: number, at: number): PlacedEntry[] {
  let next = at;
  return entries.map((entry) => {
    const headerAt = next;
    const contentAt = headerAt + tarHeader(entry, seconds).length;
    next = endOf({ ...entry, headerAt, contentAt });
    return { ...entry, headerAt, contentAt };
  });
}

/** Offset just behind the padding of an entry. */
export const endOf = ({ contentAt, bytes }: PlacedEntry) => contentAt + bytes + paddingOf(bytes);

/**
 * Reads the header of an entry.
 * @param read the next bytes of the archive; shorter only at its end
 * @returns undefined when this is no header of the profile
 */
export async function readTarHeader(
  at: number,
  read: (at: number, bytes: number) => Promise<Buffer>,
): Promise<PlacedEntry | undefined> {
  const first = parseHeader(await read(at, BLOCK));
  if (first === undefined) return undefined;
  if (first.type === '0')
    return { name: first.name, bytes: first.bytes, headerAt: at, contentAt: at + BLOCK };
  if (first.type !== 'x' || first.bytes > 2 * BLOCK) return undefined;
  const name = parsePaxPath(await read(at + BLOCK, first.bytes));
  const contentAt = at + 2 * BLOCK + first.bytes + paddingOf(first.bytes);
  const second = parseHeader(await read(contentAt - BLOCK, BLOCK));
  if (name === undefined || second?.type !== '0') return undefined;
  return { name, bytes: second.bytes, headerAt: at, contentAt };
}

function fits(name: string): boolean {
  return name.length <= LONGEST_NAME && /^[\x20-\x7e]*$/.test(name);
}

function header(name: string, bytes: number, type: '0' | 'x', seconds: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 'latin1');
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(octal(bytes), 124);
  block.write(octal(seconds), 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

const octal = (value: number) => `${value.toString(8).padStart(11, '0')}\0`;

/** `length keyword=value\n`, where length counts the whole record (POSIX.1-2001, pax). */
function paxRecord(keyword: string, value: string): Buffer {
  const rest = Buffer.from(` ${keyword}=${value}\n`);
  let length = rest.length;
  while (length !== rest.length + String(length).length) length = rest.length + String(length).length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

function parseHeader(block: Buffer): { name: string; bytes: number; type: string } | undefined {
  const size = /^[0-7]{11}\0$/.exec(block.toString('latin1', 124, 136));
  if (block.length < BLOCK || size === null) return undefined;
  const end = block.indexOf(0);
  const name = block.toString('latin1', 0, end < 0 || end > LONGEST_NAME ? LONGEST_NAME : end);
  const type = block.toString('latin1', 156, 157);
  return { name, bytes: Number.parseInt(size[0], 8), type };
}

function parsePaxPath(record: Buffer): string | undefined {
  const name = /^\d+ path=([^\n\0]+)\n$/.exec(record.toString('utf8'))?.[1];
  return name !== undefined && paxRecord('path', name).equals(record) ? name : undefined;
}
