import { describe, expect, it } from 'vitest';
import type { Dialect } from '../../src/rules/plan.ts';
import { cellsOf, readRecords, SPLITS, type Split } from './read-records.ts';

const splits = Object.keys(SPLITS) as Split[];

/** What RFC 4180 and the decisions of ARCHITECTURE.md make of an input. */
const VALID: readonly [string, string, string[][]][] = [
  ['no bytes', '', []],
  ['one record', 'a,b\n', [['a', 'b']]],
  [
    'no line end at the end',
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['no line end after a quoted cell', 'a,"b"', [['a', '"b"']]],
  [
    'CRLF',
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'CRLF and LF mixed',
    'a,b\r\nc,d\ne,f\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
    ],
  ],
  [
    'CRLF after a quote',
    '"a","b"\r\n"c","d"\r\n',
    [
      ['"a"', '"b"'],
      ['"c"', '"d"'],
    ],
  ],
  ['LF after a quote', '"a"\n"b"\n', [['"a"'], ['"b"']]],
  ['a lone CR is data', 'a\rb,c\n', [['a\rb', 'c']]],
  ['a lone CR before the delimiter', 'a\r,c\n', [['a\r', 'c']]],
  ['a lone CR at the end', 'a,b\r', [['a', 'b\r']]],
  ['CR CR LF', 'a,b\r\r\n', [['a', 'b\r']]],
  ['line ends in quotes', '"a\nb","c\r\nd"\n', [['"a\nb"', '"c\r\nd"']]],
  ['a delimiter in quotes', '"a,b",c\n', [['"a,b"', 'c']]],
  ['doubled quotes', '"a""b","""",""""""\n', [['"a"b"', '"""', '""""']]],
  ['an empty quoted cell', '"",a\n', [['""', 'a']]],
  ['only an empty quoted cell', '""\n', [['""']]],
  ['only an empty quoted cell at the end', 'a\n""', [['a'], ['""']]],
  ['empty cells', ',,\n', [['', '', '']]],
  ['a blank line is one empty cell', 'a\n\nb\n', [['a'], [''], ['b']]],
  ['a blank first line', '\na\n', [[''], ['a']]],
  ['a blank last line', 'a\n\n', [['a'], ['']]],
  ['a blank CRLF line', 'a\r\n\r\nb\r\n', [['a'], [''], ['b']]],
  ['a delimiter at the end', 'a,', [['a', '']]],
  ['blanks stay', ' a , b \n', [[' a ', ' b ']]],
  ['records of different lengths', 'a\nb,c\n', [['a'], ['b', 'c']]],
  ['Korean and emoji', '홍길동,"😀\u1112\u1161\u11ab"\n', [['홍길동', '"😀\u1112\u1161\u11ab"']]],
  ['names of JavaScript', '__proto__,constructor\n', [['__proto__', 'constructor']]],
  ['control characters', '\u0001\u007f\u0085\u2028\n', [['\u0001\u007f\u0085\u2028']]],
];

/** [name, input, code, row, column]. */
const FAULTY: readonly [string, string | Buffer, string, number, string?][] = [
  ['quote in an unquoted cell', 'a,b\nc"d,e\n', 'E_QUOTE_STRAY', 2, 'first'],
  ['quote at the end of an unquoted cell', 'a,b\nc,e"\n', 'E_QUOTE_STRAY', 2, 'second'],
  ['quoted cell after a blank', 'a, "b"\n', 'E_QUOTE_STRAY', 1, 'second'],
  ['text after a closing quote', 'a,b\n"c"d,e\n', 'E_QUOTE_TRAILING', 2, 'first'],
  ['blank after a closing quote', '"c" ,e\n', 'E_QUOTE_TRAILING', 1, 'first'],
  ['lone CR after a closing quote', '"c"\r,e\n', 'E_QUOTE_TRAILING', 1, 'first'],
  ['lone CR after a closing quote at the end', 'a,"c"\r', 'E_QUOTE_TRAILING', 1, 'second'],
  ['two quoted parts', '"a" "b"\n', 'E_QUOTE_TRAILING', 1, 'first'],
  ['unclosed quote', 'a,b\nc,"d\ne,f\n', 'E_QUOTE_UNCLOSED', 2, 'second'],
  ['lone quote at the end', 'a,b\n"', 'E_QUOTE_UNCLOSED', 2, 'first'],
  ['unclosed after a doubled quote', '"a""', 'E_QUOTE_UNCLOSED', 1, 'first'],
  ['NUL', 'a,b\nc,d\0\n', 'E_NUL', 2],
  ['byte order mark inside', 'a,b\n\ufeffc,d\n', 'E_BOM_INSIDE', 2],
  ['byte order mark at the start of what is read', '\ufeffa\n', 'E_BOM_INSIDE', 1],
  ['invalid UTF-8', Buffer.from('61 2c 62 0a 63 ff 64 0a'.replaceAll(' ', ''), 'hex'), 'E_ENCODING', 2],
  ['overlong UTF-8', Buffer.from('c0af0a', 'hex'), 'E_ENCODING', 1],
  ['surrogate in UTF-8', Buffer.from('eda0800a', 'hex'), 'E_ENCODING', 1],
  ['UTF-8 cut off', Buffer.from('610aed95', 'hex'), 'E_ENCODING', 2],
  ['fault in the record after a whole one', Buffer.from('"a"\nb\n"c\xff"', 'latin1'), 'E_ENCODING', 3],
  ['stray quote before invalid UTF-8', Buffer.from('a"\n\xff', 'latin1'), 'E_QUOTE_STRAY', 1, 'first'],
  ['NUL in quotes', '"a\0"\n', 'E_NUL', 1],
];

describe.each(splits)('records, %s', (split) => {
  it.each(VALID)('reads %s', (_, input, expected) => {
    const { records, error } = readRecords(input, {}, split);
    expect(error?.line()).toBeUndefined();
    expect(cellsOf(records)).toEqual(expected);
  });

  it.each(VALID)('knows rows, bytes and places: %s', (_, input) => {
    const { records } = readRecords(input, {}, split);
    expect(records.map(({ row }) => row)).toEqual(records.map((_, index) => index + 1));
    const rebuilt = records.map(({ raw, newline }) => Buffer.concat([raw, Buffer.from(newline)]));
    expect(Buffer.concat(rebuilt).toString()).toBe(input);
    let end = 0;
    expect(records.map((record) => record.end)).toEqual(rebuilt.map(({ length }) => (end += length)));
  });

  it.each(FAULTY)('refuses %s', (_, input, code, row, column) => {
    const { records, error } = readRecords(input, {}, split);
    expect(error?.code).toBe(code);
    expect(error?.place).toEqual({ file: 'in.csv', row, ...(column !== undefined && { column }) });
    expect(records).toHaveLength(row - 1);
  });

  it('tells the byte of a fault', () => {
    const input = Buffer.concat([Buffer.from('이름,b\n'), Buffer.from([0x61, 0xed, 0x95, 0x2c])]);
    expect(readRecords(input, {}, split).error?.values.byte).toBe(10);
    expect(readRecords('이름\n\0', {}, split).error?.values.byte).toBe(7);
    expect(readRecords('이름\n\ufeff', {}, split).error?.values.byte).toBe(7);
  });

  it('limits the length of a record, line end not counted', () => {
    const limit = { maxRecordBytes: 100 };
    const fits = `${'x'.repeat(98)},y\r\n`;
    expect(readRecords(fits + fits, limit, split).error).toBeUndefined();
    for (const extra of [1, 2, 70, 500]) {
      const { records, error } = readRecords(`${fits}${'x'.repeat(98 + extra)},y\n${fits}`, limit, split);
      expect(error?.code).toBe('E_RECORD_TOO_LONG');
      expect(error?.place.row).toBe(2);
      expect(records).toHaveLength(1);
    }
  });

  it('calls an unclosed quote too long once the limit is passed', () => {
    const rest = 'a,b\n'.repeat(100);
    expect(readRecords(`"${rest}`, { maxRecordBytes: 100 }, split).error?.code).toBe('E_RECORD_TOO_LONG');
    expect(readRecords(`"${rest}`, { maxRecordBytes: 1000 }, split).error?.code).toBe('E_QUOTE_UNCLOSED');
  });
});

/** [name, dialect, input, cells or code]. */
const DIALECTS: readonly [string, Partial<Dialect>, string, string[][] | string][] = [
  ['semicolons', { delimiter: ';' }, 'a;"b;c";d,e\n', [['a', '"b;c"', 'd,e']]],
  ['tabs', { delimiter: '\t' }, 'a\tb\n', [['a', 'b']]],
  ['single quotes', { quote: "'", escape: "'" }, `'a''b','c"d'\n`, [[`"a'b"`, `"c"d"`]]],
  ['two-byte delimiter', { delimiter: '||' }, 'a||b|c||"d||e"\n', [['a', 'b|c', '"d||e"']]],
  ['delimiter of a wide character', { delimiter: '、' }, '가、나\n', [['가', '나']]],
  ['backslash escape', { escape: '\\' }, '"a\\"b","c\\\\d"\n', [['"a"b"', '"c\\d"']]],
  ['doubled quote with a backslash escape', { escape: '\\' }, '"a""b"\n', 'E_QUOTE_TRAILING'],
  ['escape outside quotes is data', { escape: '\\' }, 'a\\b,c\n', [['a\\b', 'c']]],
  [
    'comments',
    { comment: '#' },
    '# "x\na,b\n#c\nd,#e\n"#f",g\n#',
    [
      ['a', 'b'],
      ['d', '#e'],
      ['"#f"', 'g'],
    ],
  ],
  ['comment mark in a cell', { comment: '#' }, 'a#b,c\n', [['a#b', 'c']]],
  ['comment mark after a closing quote', { comment: '#' }, 'a,"b"#c\n', 'E_QUOTE_TRAILING'],
  ['the same after an empty first cell', { comment: '#' }, '""#c\n', 'E_QUOTE_TRAILING'],
  ['the same hidden by quotes', { comment: '#' }, '#\n""#c""\n', 'E_QUOTE_TRAILING'],
  ['quoted cells after comments', { comment: '#' }, '#\n"","a"\n', [['""', '"a"']]],
  ['long comment mark', { comment: '//' }, '//x\na,/b\n', [['a', '/b']]],
];

describe.each(splits)('dialects, %s', (split) => {
  it.each(DIALECTS)('%s', (_, dialect, input, expected) => {
    const { records, error } = readRecords(input, dialect, split);
    if (typeof expected === 'string') expect(error?.code).toBe(expected);
    else expect({ cells: cellsOf(records), error }).toEqual({ cells: expected, error: undefined });
  });

  it('reads CP949 and counts its bytes', () => {
    const line = Buffer.from([0xb0, 0xa1, 0x2c, 0x22, 0x8b, 0xa1, 0x22, 0x0a]); // 가,"떋": a syllable that KS X 1001 lacks
    const { records, error } = readRecords(Buffer.concat([line, line]), { encoding: 'cp949' }, split);
    expect(error).toBeUndefined();
    expect(records.map(({ end }) => end)).toEqual([8, 16]);
    expect(records.map(({ raw }) => Buffer.from(raw))).toEqual([line.subarray(0, 7), line.subarray(0, 7)]);
    expect(cellsOf(records)[1]).toEqual(['가', '"떋"']);
  });

  it('refuses what is no CP949', () => {
    for (const [bytes, at] of [
      [[0xb0, 0xa1, 0x0a, 0xff, 0x0a], 3],
      [[0x61, 0x0a, 0xb0], 2],
      [[0xb0, 0x22], 0],
      [[0xb0, 0xa1, 0x0a, 0x80, 0x41], 3],
    ] as const) {
      const { error } = readRecords(Buffer.from(bytes), { encoding: 'cp949' }, split);
      expect(error?.code).toBe('E_ENCODING');
      expect(error?.values.byte).toBe(at);
    }
  });
});

it('never puts a value into an error', () => {
  const secret = 'S3CRET';
  for (const input of [`${secret}"x`, `"${secret}"x`, `"${secret}`, `${secret}\0`, `${secret.repeat(30)}`]) {
    const { error } = readRecords(input, { maxRecordBytes: 100 });
    expect(error).toBeDefined();
    expect(`${error!.line()} ${error!.stack} ${JSON.stringify(error)}`).not.toContain(secret);
  }
});
