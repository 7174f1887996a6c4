import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScan } from '../../src/risk/csv-scan.ts';
import { RFC_4180 } from '../../src/risk/options.ts';
import { csvFile, measure } from './shared.ts';

const fault = async (text: string | Uint8Array, more = {}) =>
  measure(csvFile(text), ['a'], [], more).then(
    () => undefined,
    (error) => ({ code: error.code, row: error.place.row, text: `${error.line()}` }),
  );

describe('reading', () => {
  it.each([
    ['mixed line ends', 'a,b\n1,2\r\n3,4\n'],
    ['CRLF with a line feed among them', 'a,b\r\n1,2\n3,4\r\n'],
    ['no line end at the end', 'a,b\r\n1,"2\r\n3"\r\n3,4'],
    ['byte order mark and quoted header', '\uFEFF"a","b\nc"\n1,2\n3,4\n'],
    ['empty cells, quoted and not', 'a,b\n"",\n3,""\n'],
  ])('%s', async (_, text) => {
    const risk = await measure(csvFile(text), ['a'], []);
    expect(risk.file.rows).toBe(2);
    expect(risk.classes.count).toBe(2);
  });

  it('an empty cell is a value', async () => {
    expect((await measure(csvFile('a\n\n""\nx\n'), ['a'], [])).classes.histogram).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('CP949, comments and delimiters of several characters', async () => {
    const bytes = Uint8Array.from([...Buffer.from('# note\na||b\n'), 0xb0, 0xa1, ...Buffer.from('||1\n')]);
    const dialect = { ...RFC_4180, encoding: 'cp949' as const, delimiter: '||', comment: '#' };
    expect((await measure(csvFile(bytes), ['a'], ['b'], { dialect })).file.rows).toBe(1);
  });

  it('gives the digest of the file', async () => {
    const file = csvFile('a\n1\n');
    const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect((await measure(file, ['a'], [])).file.sha256).toBe(digest);
  });
});

describe('refuses, with the row and without a value', () => {
  it.each([
    ['short row', 'a,b\n1,2\nSECRET\n', 'E_RISK_CSV', 3],
    ['long row', 'a,b\n1,2\nSECRET,2,3\n', 'E_RISK_CSV', 3],
    ['blank line', 'a,b\n1,2\n\n3,4\n', 'E_RISK_CSV', 3],
    ['stray quote', 'a,b\n1,SEC"RET\n', 'E_RISK_CSV', 2],
    ['quote after a space', 'a,b\n1, "SECRET"\n', 'E_RISK_CSV', 2],
    ['text after a quote', 'a,b\n1,"SEC"RET\n', 'E_RISK_CSV', 2],
    ['unclosed quote', 'a,b\n1,"SECRET\n3,4\n', 'E_RISK_CSV', 2],
    ['repeated name', 'a,a\n1,2\n', 'E_RISK_HEADER', 1],
    ['no byte at all', '', 'E_RISK_EMPTY', undefined],
    ['header only', 'a,b\n', 'E_RISK_EMPTY', undefined],
    ['another delimiter', 'a;b\n1;2\n', 'E_RISK_COLUMN', undefined],
  ])('%s', async (_, text, code, row) => {
    const found = await fault(text);
    expect(found).toMatchObject({ code, row });
    expect(found!.text).not.toMatch(/SECRET|SEC/);
  });

  it('bytes that are not UTF-8', async () => {
    const found = await fault(Uint8Array.from([...Buffer.from('a,b\n1,'), 0xff, 0xfe, 10]));
    expect(found).toMatchObject({ code: 'E_RISK_ENCODING' });
  });

  it('words where numbers are asked for', async () => {
    const error = await measure(csvFile('a,s\nx,1\nx,two\n'), ['a'], ['s'], {
      orders: new Map([['s', 'numeric']]),
    }).catch((caught) => caught);
    expect(error).toMatchObject({ code: 'E_RISK_NUMBER', place: { row: 3, column: 's' } });
  });

  it('leaves no file behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('gamyeong-risk-'));
    await fault('a,b\n1,2\nSECRET\n');
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('gamyeong-risk-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});

it('counts records alike however the bytes are cut', () => {
  const bytes = fc.array(fc.constantFrom('a', ',', '"', '\n', '\r\n', '\r', '""'), { maxLength: 40 });
  const scan = (pieces: Buffer[]) => {
    const scanner = new CsvScan(44, 34);
    for (const piece of pieces) scanner.feed(piece);
    return scanner.end();
  };
  fc.assert(
    fc.property(bytes, fc.nat(40), (parts, cut) => {
      const text = Buffer.from(parts.join(''));
      const whole = scan([text]);
      expect(scan([text.subarray(0, cut), text.subarray(cut)])).toEqual(whole);
      expect(scan([...text].map((byte) => Buffer.from([byte])))).toEqual(whole);
    }),
    { numRuns: 500 },
  );
});
