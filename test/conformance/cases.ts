import type { PlanSpec } from './harness.ts';

/** What both engines must make of an input, however it is cut up. */
export interface Case {
  readonly name: string;
  readonly plan: PlanSpec;
  /** Records without the header. */
  readonly body: string;
  /** Body, output and rejected records are bytes written as Latin-1. */
  readonly latin?: true;
  readonly newline?: '\n' | '\r\n';
  /** Output records, or the code of the error and its row. */
  readonly expect: string | { readonly code: string; readonly row: number; readonly column?: string };
  readonly rejected?: string;
  /** Cells redacted, by column. */
  readonly redacted?: readonly number[];
  readonly counts?: readonly [inside: number, out: number, suppressed: number, rejected: number];
}

const abc = ['a', 'b', 'c'] as const;
const stars = { technique: 'replace', params: { with: '***' } } as const;
const keep: PlanSpec = { header: abc };

/** Structure: quotes, line ends, widths. */
const STRUCTURE: readonly Case[] = [
  { name: 'no records', plan: keep, body: '', expect: '' },
  { name: 'one record', plan: keep, body: '1,2,3\n', expect: '1,2,3\n' },
  { name: 'no line end at the end', plan: keep, body: '1,2,3\n4,5,6', expect: '1,2,3\n4,5,6\n' },
  {
    name: 'CRLF becomes the line end of the output',
    plan: keep,
    body: '1,2,3\r\n4,5,6\n',
    expect: '1,2,3\n4,5,6\n',
  },
  {
    name: 'LF becomes CRLF',
    plan: keep,
    body: '1,2,3\n4,5,6\r\n',
    newline: '\r\n',
    expect: '1,2,3\r\n4,5,6\r\n',
  },
  { name: 'quoting of untouched cells stays', plan: keep, body: '"1",2,"3"\n', expect: '"1",2,"3"\n' },
  { name: 'quoted line feeds', plan: keep, body: '1,"x\ny",3\n4,5,6\n', expect: '1,"x\ny",3\n4,5,6\n' },
  { name: 'quoted CRLF and delimiter', plan: keep, body: '1,"x\r\n,y","z"\r\n', expect: '1,"x\r\n,y","z"\n' },
  { name: 'doubled quotes', plan: keep, body: '"""","a""b",""\n', expect: '"""","a""b",""\n' },
  { name: 'a lone CR is data', plan: keep, body: '1\r2,\r,3\n', expect: '1\r2,\r,3\n' },
  { name: 'two CRs before the LF: one is data', plan: keep, body: '1,2,3\r\r\n', expect: '1,2,"3\r"\n' },
  {
    name: 'a CR that comes to stand last',
    plan: { header: abc, columns: { c: { technique: 'drop' } } },
    body: 'x,2\r,3\n\r,\r,3\n',
    expect: 'x,"2\r"\n\r,"\r"\n',
  },
  { name: 'quote closed before CRLF', plan: keep, body: '1,2,"3"\r\n', expect: '1,2,"3"\n' },
  { name: 'empty cells', plan: keep, body: ',,\n,,\n', expect: ',,\n,,\n' },
  { name: 'Hangul and emoji', plan: keep, body: '홍길동,서울,🙂\n', expect: '홍길동,서울,🙂\n' },
  { name: 'white space is data', plan: keep, body: ' 1 , 2\t,3 \n', expect: ' 1 , 2\t,3 \n' },
  { name: 'one column', plan: { header: ['a'] }, body: '1\n\n2\n', expect: '1\n""\n2\n' },
  {
    name: 'another delimiter and quote',
    plan: { header: abc, dialect: { delimiter: ';', quote: "'", escape: "'" }, columns: { b: stars } },
    body: "'a;b';2;\"\n",
    expect: "'a;b';***;\"\n",
  },
  {
    name: 'tab as delimiter',
    plan: { header: abc, dialect: { delimiter: '\t' } },
    body: '1,\t2\t3\n',
    expect: '1,\t2\t3\n',
  },
  { name: 'too few cells', plan: keep, body: '1,2,3\n1,2\n', expect: { code: 'E_ROW_SHORT', row: 3 } },
  { name: 'too many cells', plan: keep, body: '1,2,3\n1,2,3,4\n', expect: { code: 'E_ROW_LONG', row: 3 } },
  {
    name: 'too many cells, no line end',
    plan: keep,
    body: '1,2,3,4',
    expect: { code: 'E_ROW_LONG', row: 2 },
  },
  { name: 'a blank line', plan: keep, body: '1,2,3\n\n1,2,3\n', expect: { code: 'E_ROW_SHORT', row: 3 } },
  { name: 'a blank line at the end', plan: keep, body: '1,2,3\n\n', expect: { code: 'E_ROW_SHORT', row: 3 } },
  { name: 'stray quote', plan: keep, body: '1,2,3\n1,x"y,3\n', expect: { code: 'E_QUOTE_STRAY', row: 3 } },
  {
    name: 'a pair of stray quotes',
    plan: keep,
    body: '1,x"y"z,3\n',
    expect: { code: 'E_QUOTE_STRAY', row: 2 },
  },
  {
    name: 'text after a closing quote',
    plan: keep,
    body: '1,"x"y,3\n',
    expect: { code: 'E_QUOTE_TRAILING', row: 2 },
  },
  {
    name: 'space after a closing quote',
    plan: keep,
    body: '1,"x" ,3\n',
    expect: { code: 'E_QUOTE_TRAILING', row: 2 },
  },
  {
    name: 'CR without LF after a closing quote',
    plan: keep,
    body: '1,2,"x"\r1,2,3\n',
    expect: { code: 'E_QUOTE_TRAILING', row: 2 },
  },
  {
    name: 'unclosed quote',
    plan: keep,
    body: '1,2,3\n1,"x,3\n4,5,6\n',
    expect: { code: 'E_QUOTE_UNCLOSED', row: 3 },
  },
  { name: 'NUL', plan: keep, body: '1,2,3\n1,x\0y,3\n', expect: { code: 'E_NUL', row: 3 } },
  {
    name: 'byte order mark inside',
    plan: keep,
    body: '1,2,3\n\ufeff1,2,3\n',
    expect: { code: 'E_BOM_INSIDE', row: 3 },
  },
  { name: 'full-width forms share its first byte', plan: keep, body: '１,ｘ,3\n', expect: '１,ｘ,3\n' },
  {
    name: 'a record longer than allowed',
    plan: { header: abc, dialect: { maxRecordBytes: 20 } },
    body: `1,2,3\n${'x'.repeat(16)},2,3\n${'x'.repeat(17)},2,3\n`,
    expect: { code: 'E_RECORD_TOO_LONG', row: 4 },
  },
  {
    name: 'the first of several faults counts',
    plan: { header: abc, columns: { a: { technique: 'round', params: { 'multiple-of': 10 } } } },
    body: '12,2,3\nx,2,3\n1,2\n"\n',
    expect: { code: 'E_CELL', row: 3, column: 'a' },
  },
];

/** Changing cells. */
const CHANGES: readonly Case[] = [
  {
    name: 'drop the first column',
    plan: { header: abc, columns: { a: { technique: 'drop' } } },
    body: '1,"2",3\r\n',
    expect: '"2",3\n',
  },
  {
    name: 'drop the last column',
    plan: { header: abc, columns: { c: { technique: 'drop' } } },
    body: '1,2,"3"\r\n',
    expect: '1,2\n',
  },
  {
    name: 'drop the middle column',
    plan: { header: abc, columns: { b: { technique: 'drop' } } },
    body: '1,"x\ny",3\n',
    expect: '1,3\n',
  },
  {
    name: 'change the first',
    plan: { header: abc, columns: { a: stars } },
    body: '1,2,3\n"x",,\n',
    expect: '***,2,3\n***,,\n',
  },
  {
    name: 'change the last',
    plan: { header: abc, columns: { c: stars } },
    body: '1,2,3\r\n1,2,"x"\r\n1,2,\r\n',
    expect: '1,2,***\n1,2,***\n1,2,\n',
  },
  {
    name: 'quotes where a changed cell needs them',
    plan: { header: abc, columns: { b: { technique: 'replace', params: { with: 'x,"\r\n' } } } },
    body: '1,2,3\n',
    expect: '1,"x,""\r\n",3\n',
  },
  {
    name: 'no quotes where a changed cell needs none',
    plan: { header: abc, columns: { b: { technique: 'replace', params: { with: "x; 'y'" } } } },
    body: '1,"2",3\n',
    expect: "1,x; 'y',3\n",
  },
  {
    name: 'a changed empty cell of a single column is written ""',
    plan: { header: ['a'], columns: { a: { technique: 'redact' } } },
    body: 'x\ny\n',
    expect: '""\n""\n',
  },
  {
    name: 'redact',
    plan: { header: abc, columns: { b: { technique: 'redact' } } },
    body: '1,2,3\n',
    expect: '1,,3\n',
  },
  {
    name: 'steps follow each other',
    plan: {
      header: abc,
      columns: {
        b: [
          { technique: 'round', params: { 'multiple-of': 10, mode: 'down' } },
          { technique: 'mask', params: { keep: { first: 1 } } },
        ],
      },
    },
    body: '1,1239,3\n1,55,3\n',
    expect: '1,1***,3\n1,5*,3\n',
  },
];

const round = { technique: 'round', params: { 'multiple-of': 10 } } as const;

/** What happens to empty cells and to those a technique cannot treat. */
const POLICIES: readonly Case[] = [
  {
    name: 'empty stays empty',
    plan: { header: abc, columns: { b: round } },
    body: '1,,3\n1,"",3\n',
    expect: '1,,3\n1,,3\n',
  },
  {
    name: 'empty is an error',
    plan: { header: abc, columns: { b: { ...round, onEmpty: 'error' } } },
    body: '1,2,3\n1,,3\n',
    expect: { code: 'E_CELL', row: 3, column: 'b' },
  },
  {
    name: 'empty rejects its record',
    plan: { header: abc, columns: { b: { ...round, onEmpty: 'reject-row' } } },
    body: '1,12,3\n"1",,3\r\n',
    expect: '1,10,3\n',
    rejected: '"1",,3\n',
    counts: [2, 1, 0, 1],
  },
  {
    name: 'empty is treated',
    plan: { header: abc, columns: { b: { ...stars, onEmpty: 'treat' } } },
    body: '1,,3\n',
    expect: '1,***,3\n',
  },
  {
    name: 'invalid is an error',
    plan: { header: abc, columns: { b: round } },
    body: '1,x,3\n',
    expect: { code: 'E_CELL', row: 2, column: 'b' },
  },
  {
    name: 'invalid becomes empty',
    plan: { header: abc, columns: { b: { ...round, onInvalid: 'redact' } } },
    body: '1,x,3\n1,19,3\n',
    expect: '1,,3\n1,20,3\n',
    redacted: [0, 1, 0],
  },
  {
    name: 'invalid rejects its record',
    plan: { header: abc, columns: { b: { ...round, onInvalid: 'reject-row' } } },
    body: '1,x,"3\n"\n1,19,3\n1,y,3',
    expect: '1,20,3\n',
    rejected: '1,x,"3\n"\n1,y,3\n',
    counts: [3, 1, 0, 2],
  },
  {
    name: 'a rejected record is not looked at further',
    plan: { header: abc, columns: { a: { ...round, onInvalid: 'reject-row' }, b: round } },
    body: 'x,y,3\n',
    expect: '',
    rejected: 'x,y,3\n',
    counts: [1, 0, 0, 1],
  },
  {
    name: 'an error before a rejection counts',
    plan: { header: abc, columns: { a: round, b: { ...round, onInvalid: 'reject-row' } } },
    body: 'x,y,3\n',
    expect: { code: 'E_CELL', row: 2, column: 'a' },
  },
  {
    name: 'suppressed records are gone and not treated',
    plan: {
      header: abc,
      columns: { b: round },
      rows: [{ technique: 'suppress-row', params: { when: { column: 'a', equals: ['drop'] } } }],
    },
    body: 'drop,x,3\n1,19,3\n"drop",1,1\n',
    expect: '1,20,3\n',
    counts: [3, 1, 2, 0],
  },
];

const hash = { technique: 'keyed-hash', params: { normalize: ['trim', 'nfc'] } } as const;
const many = (row: (i: number) => string, rows: number) =>
  Array.from({ length: rows }, (_, i) => row(i)).join('');

/** Enough records for several chunks and full dictionaries; compared between engines only. */
export const LONG: readonly Omit<Case, 'expect'>[] = [
  {
    name: 'repeated and unique values, hashed, masked, rounded, truncated',
    plan: {
      header: ['id', 'name', 'birth', 'address', 'income', 'memo'],
      columns: {
        id: hash,
        name: { technique: 'mask', params: { keep: { first: 1 } } },
        birth: { technique: 'date-truncate', params: { to: 'year' } },
        address: { technique: 'generalize', params: { address: 'sigungu' } },
        income: { technique: 'round', params: { 'multiple-of': 1000000, mode: 'down' } },
      },
    },
    body: many(
      (i) =>
        `M${i % 700},${['홍길동', '김 민수', 'Kim', '"이, 영"', ''][i % 5]},19${50 + (i % 50)}-0${1 + (i % 9)}-11,` +
        `"서울특별시 ${['종로구', '중구', '강남구'][i % 3]} 한글길 ${i}",${i * 977},"memo ""${i}"""\r\n`,
      3000,
    ),
  },
  {
    name: 'keyed draws over the record',
    plan: {
      header: ['id', 'date', 'amount', 'other'],
      columns: {
        date: { technique: 'date-shift', params: { subject: 'id', 'max-days': 30 } },
        amount: { technique: 'noise', params: { distribution: 'laplace', scale: 100 } },
        other: { technique: 'round', params: { 'multiple-of': 100, mode: 'random' } },
      },
      rows: [{ technique: 'sample', params: { share: 0.6 } }],
    },
    body: many((i) => `S${i % 50},2020-0${1 + (i % 9)}-15,${i * 3},"${i}"\n`, 1500),
  },
  {
    name: 'addresses of hosts, mail and telephone',
    plan: {
      header: ['ip', 'mail', 'phone'],
      columns: {
        ip: { technique: 'ip', params: { 'prefix-preserving': true } },
        mail: { technique: 'mask', params: { email: 'keep-domain' } },
        phone: { technique: 'mask', params: { phone: 'keep-area-code' } },
      },
    },
    body: many(
      (i) =>
        `${i % 2 ? `10.0.${i % 7}.${i % 250}` : `2001:db8::${(i % 90).toString(16)}`},u${i}@example.kr,010-0${100 + (i % 800)}-5678\n`,
      800,
    ),
  },
];

/** Inputs and outputs in CP949; bodies and expectations are written as its bytes, read as Latin-1. */
const CP949: PlanSpec = { header: abc, dialect: { encoding: 'cp949' }, output: { encoding: 'cp949' } };
const gana = '\xb0\xa1\xb3\xaa'; // 가나
const ddom = '\x8c\x63'; // 똠, beyond KS X 1001

const ENCODINGS: readonly Case[] = [
  {
    name: 'CP949 in and out',
    plan: CP949,
    latin: true,
    body: `${gana},${ddom},"x""\n"\n`,
    expect: `${gana},${ddom},"x""\n"\n`,
  },
  {
    name: 'CP949 in, UTF-8 out',
    plan: { header: abc, dialect: { encoding: 'cp949' } },
    latin: true,
    body: `${gana},${ddom},1\n`,
    expect: Buffer.from('가나,똠,1\n').toString('latin1'),
  },
  {
    name: 'CP949 cells are treated as text',
    plan: { ...CP949, columns: { a: { technique: 'mask', params: { keep: { first: 1 } } } } },
    latin: true,
    body: `${gana},2,3\n`,
    expect: '\xb0\xa1*,2,3\n',
  },
  {
    name: 'rejected records stay in CP949',
    plan: { ...CP949, columns: { b: { ...round, onInvalid: 'reject-row' } } },
    latin: true,
    body: `${gana},x,3\n`,
    expect: '',
    rejected: `${gana},x,3\n`,
  },
  {
    name: 'bytes that are no CP949',
    plan: CP949,
    latin: true,
    body: `1,2,3\n1,\xff\xff,3\n`,
    expect: { code: 'E_ENCODING', row: 3 },
  },
  {
    name: 'half a character at the end',
    plan: CP949,
    latin: true,
    body: `1,2,\xb0`,
    expect: { code: 'E_ENCODING', row: 2 },
  },
  {
    name: 'a character that CP949 lacks',
    plan: { header: abc, output: { encoding: 'cp949' } },
    body: '1,2,3\n1,🙂,3\n',
    expect: { code: 'E_UNMAPPABLE', row: 3 },
  },
  {
    name: 'a record too long in CP949 bytes',
    plan: { ...CP949, dialect: { encoding: 'cp949', maxRecordBytes: 8 } },
    latin: true,
    body: `${gana},2,3\n${gana},22,3\n`,
    expect: { code: 'E_RECORD_TOO_LONG', row: 3 },
  },
  {
    name: 'invalid UTF-8',
    plan: keep,
    latin: true,
    body: '1,2,3\n1,\xc0\xaf,3\n',
    expect: { code: 'E_ENCODING', row: 3 },
  },
  {
    name: 'a surrogate in UTF-8',
    plan: keep,
    latin: true,
    body: '1,\xed\xa0\x80,3\n',
    expect: { code: 'E_ENCODING', row: 2 },
  },
  {
    name: 'UTF-8 cut at the end',
    plan: keep,
    latin: true,
    body: '1,2,\xea\xb0',
    expect: { code: 'E_ENCODING', row: 2 },
  },
];

export const CASES: readonly Case[] = [...STRUCTURE, ...CHANGES, ...POLICIES, ...ENCODINGS];
