/** Values that stand in the cells of the inputs below: none may be told. */
export const CANARIES = ['Canary7', '홍길동', '880101'];

/** Inputs that must be refused: by either engine, with one line, at the same place. */
export interface BadInput {
  readonly name: string;
  readonly input: string | Uint8Array;
  readonly code: string;
  /** Where the error says it is, behind the file's name. */
  readonly where: string;
}

const HEADER = 'id,name,amount\n';
const GOOD = '880101-1,"홍길동, Canary7",10\n';

const bytes = (...parts: (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

export const BAD_INPUTS: readonly BadInput[] = [
  { name: 'too few cells', input: `${HEADER}${GOOD}880101,Canary7\n`, code: 'E_ROW_SHORT', where: ':3' },
  { name: 'too many cells', input: `${HEADER}${GOOD}880101,Canary7,1,2\n`, code: 'E_ROW_LONG', where: ':3' },
  { name: 'a blank line', input: `${HEADER}${GOOD}\n${GOOD}`, code: 'E_ROW_SHORT', where: ':3' },
  { name: 'a stray quote', input: `${HEADER}880101,Can"ary7,1\n`, code: 'E_QUOTE_STRAY', where: ':2:name' },
  {
    name: 'text after a closing quote',
    input: `${HEADER}880101,"홍길동"Canary7,1\n`,
    code: 'E_QUOTE_TRAILING',
    where: ':2:name',
  },
  {
    name: 'an unclosed quote',
    input: `${HEADER}${GOOD}880101,"Canary7,1\n${GOOD.replaceAll('"', '')}`,
    code: 'E_QUOTE_UNCLOSED',
    where: ':3:name',
  },
  {
    name: 'invalid UTF-8',
    input: bytes(HEADER, GOOD, '880101,Canary7', [0xff], ',1\n'),
    code: 'E_ENCODING',
    where: ':3',
  },
  {
    name: 'a character cut off',
    input: bytes(HEADER, '1,2,', [0xed, 0x95]),
    code: 'E_ENCODING',
    where: ':2',
  },
  { name: 'a NUL byte', input: `${HEADER}${GOOD}880101,Canary7\0,1\n`, code: 'E_NUL', where: ':3' },
  {
    name: 'a byte order mark in the middle',
    input: `${HEADER}${GOOD}\ufeff${GOOD}`,
    code: 'E_BOM_INSIDE',
    where: ':3',
  },
  {
    name: 'a cell no technique can treat',
    input: `${HEADER}880101,홍길동,Canary7\n`,
    code: 'E_CELL',
    where: ':2:amount',
  },
  { name: 'an empty file', input: '', code: 'E_INPUT_EMPTY', where: '' },
  { name: 'an empty name in the header', input: `id,,amount\n${GOOD}`, code: 'E_HEADER_EMPTY', where: ':1' },
  {
    name: 'a name twice in the header',
    input: `id,name,id\n${GOOD}`,
    code: 'E_HEADER_DUPLICATE',
    where: ':1',
  },
  { name: 'no header at all', input: GOOD, code: 'E_HEADER_FOREIGN', where: ':1' },
  {
    name: 'UTF-16',
    input: Buffer.from(`\ufeff${HEADER}${GOOD}`, 'utf16le'),
    code: 'E_ENCODING',
    where: ':1',
  },
];

/** Rules for them. */
export const RULES = `version: 1
name: bad-input
domain: test
columns:
  id: { role: direct, apply: keyed-hash }
  name: { role: direct, apply: redact }
  amount: { role: sensitive, apply: { round: { multiple-of: 10 } } }
`;
