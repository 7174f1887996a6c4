import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readHeader, readHeaderOf } from '../../src/io/header.ts';
import { Source } from '../../src/io/source.ts';
import type { Dialect } from '../../src/rules/plan.ts';
import { RFC_4180 } from './read-records.ts';

const directory = mkdtempSync(join(tmpdir(), 'gamyeong-header-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The header of a file and what is left to read after it. */
async function headerAndRest(content: string | Uint8Array, dialect: Partial<Dialect> = {}) {
  const path = join(directory, 'in.csv');
  writeFileSync(path, content);
  const source = await Source.open(path);
  try {
    const header = await readHeader(source, { ...RFC_4180, ...dialect });
    const rest = Buffer.alloc(1 << 20);
    return { ...header, rest: rest.toString('utf8', 0, await source.read(rest)) };
  } finally {
    await source.close();
  }
}

describe('readHeader', () => {
  it.each([
    ['LF', 'a,b\n1,2\n', ['a', 'b'], '\n', 4],
    ['CRLF', 'a,b\r\n1,2\r\n', ['a', 'b'], '\r\n', 5],
    ['no line end', 'a,b', ['a', 'b'], '\n', 3],
    ['byte order mark', '\ufeffa,b\n1,2\n', ['a', 'b'], '\n', 7],
    ['byte order mark and quotes', '\ufeff"a","b"\n1,2\n', ['a', 'b'], '\n', 11],
    ['quoted line ends', '"a\nx","b""y"\n1,2\n', ['a\nx', 'b"y'], '\n', 13],
    ['Korean', '이름,생년월일\n', ['이름', '생년월일'], '\n', 20],
    ['faults only later', 'a,b\n"x"y\0', ['a', 'b'], '\n', 4],
  ])('%s', async (_, content, names, newline, bytes) => {
    const header = await headerAndRest(content);
    expect(header).toMatchObject({ names, newline, bytes });
    expect(header.rest).toBe(Buffer.from(content).subarray(bytes).toString());
  });

  it('reads a header that is longer than a block', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `column_${index}`);
    const header = await headerAndRest(`${names.join(',')}\n1\n`);
    expect(header.names).toEqual(names);
    expect(header.rest).toBe('1\n');
  });

  it('skips comments before the header', async () => {
    const header = await headerAndRest('# made by\na,b\n1,2\n', { comment: '#' });
    expect(header).toMatchObject({ names: ['a', 'b'], bytes: 14, rest: '1,2\n' });
  });

  it('reads CP949', async () => {
    const bytes = Buffer.from([0xb0, 0xa1, 0x2c, 0xb3, 0xaa, 0x0a]);
    expect((await headerAndRest(bytes, { encoding: 'cp949' })).names).toEqual(['가', '나']);
  });

  it.each([
    ['an empty file', '', 'E_INPUT_EMPTY', {}],
    ['only a byte order mark', '\ufeff', 'E_INPUT_EMPTY', {}],
    ['a blank first line', '\na,b\n', 'E_HEADER_EMPTY', { number: 1 }],
    ['an empty name', 'a,,c\n', 'E_HEADER_EMPTY', { number: 2 }],
    ['a blank name', 'a,"  "\n', 'E_HEADER_EMPTY', { number: 2 }],
    ['two names alike', 'a,b,"a"\n', 'E_HEADER_DUPLICATE', { first: 1, second: 3 }],
    ['two byte order marks', '\ufeff\ufeffa\n', 'E_BOM_INSIDE', { byte: 3 }],
    ['NUL', 'a,\0\n', 'E_NUL', { byte: 2 }],
    ['an unclosed quote', '"a,b\n', 'E_QUOTE_UNCLOSED', {}],
    ['UTF-16', Buffer.from('\ufeffa,b\n', 'utf16le'), 'E_ENCODING', { byte: 0 }],
  ])('refuses %s', async (_, content, code, values) => {
    await expect(headerAndRest(content)).rejects.toMatchObject({ code, values });
  });

  it('refuses a header that is too long', async () => {
    await expect(headerAndRest(`${'x'.repeat(200)}\n`, { maxRecordBytes: 100 })).rejects.toMatchObject({
      code: 'E_RECORD_TOO_LONG',
      place: { row: 1 },
    });
  });

  it('reads by path', async () => {
    const path = join(directory, 'by-path.csv');
    writeFileSync(path, 'a,b\n');
    expect((await readHeaderOf(path, RFC_4180)).names).toEqual(['a', 'b']);
    await expect(readHeaderOf(join(directory, 'none'), RFC_4180)).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
    });
    await expect(readHeaderOf(directory, RFC_4180)).rejects.toMatchObject({ code: 'E_FILE_IS_DIRECTORY' });
  });
});
