import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type Ended, rulesFor, Workplace } from './process.ts';

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterEach(() => place.delete(...place.filesBut()));
afterAll(() => place.remove());

const COLUMNS = ['번호', '이름', '메모'];
const APPLY = { 이름: { mask: { keep: { first: 1 } } }, 메모: { replace: { with: `a,b;c|d'e"f` } } };

interface Dialect {
  readonly name: string;
  readonly input?: object;
  readonly output?: object;
  readonly given: string;
  readonly expected: string;
  /** Encodings of the two files, UTF-8 by default. */
  readonly from?: string;
  readonly to?: string;
}

/** What is kept keeps its quotes; what changes is quoted where the dialect needs it. */
const DIALECTS: readonly Dialect[] = [
  {
    name: 'semicolon',
    input: { delimiter: ';' },
    given: '번호;이름;메모\n1,0;"홍;길동";x\n',
    expected: `번호;이름;메모\n1,0;홍***;"a,b;c|d'e""f"\n`,
  },
  {
    name: 'tab, CRLF',
    input: { delimiter: '\t' },
    given: '번호\t이름\t메모\r\n1\t"홍길\t"\tx\r\n"2"\t김\t""\r\n',
    expected: `번호\t이름\t메모\r\n1\t홍**\t"a,b;c|d'e""f"\r\n"2"\t*\t\r\n`,
  },
  {
    name: 'bar, apostrophe as quote',
    input: { delimiter: '|', quote: "'" },
    given: "번호|이름|메모\n'1|''2'|홍\"길\"|x\n",
    expected: `번호|이름|메모\n'1|''2'|홍***|'a,b;c|d''e"f'\n`,
  },
  {
    name: 'byte order mark in and out',
    output: { encoding: 'utf-8-bom' },
    given: '\ufeff번호,"이름",메모\n1,홍길동,x\n',
    expected: `\ufeff번호,"이름",메모\n1,홍**,"a,b;c|d'e""f"\n`,
  },
  {
    name: 'byte order mark in, none out, CRLF out',
    output: { newline: 'crlf' },
    given: '\ufeff번호,이름,메모\n"1\n1",홍길동,x',
    expected: `번호,이름,메모\r\n"1\n1",홍**,"a,b;c|d'e""f"\r\n`,
  },
  {
    name: 'CP949 in and out',
    input: { encoding: 'cp949', delimiter: '|' },
    output: { encoding: 'cp949' },
    from: 'cp949',
    to: 'cp949',
    given: '번호|이름|메모\r\n뷁|똠방각하|x\r\n',
    expected: `번호|이름|메모\r\n뷁|똠***|"a,b;c|d'e""f"\r\n`,
  },
  {
    name: 'CP949 in, UTF-8 out',
    input: { encoding: 'cp949' },
    from: 'cp949',
    given: '번호,이름,메모\n"뷁,꿹",펲시,x\n',
    expected: `번호,이름,메모\n"뷁,꿹",펲*,"a,b;c|d'e""f"\n`,
  },
  {
    name: 'UTF-8 in, CP949 out, LF out',
    output: { encoding: 'cp949', newline: 'lf' },
    to: 'cp949',
    given: '번호,이름,메모\r\n뷁,펲시,x\r\n',
    expected: `번호,이름,메모\n뷁,펲*,"a,b;c|d'e""f"\n`,
  },
];

/** Dialects that the fast engine leaves to the other. */
const UNUSUAL: readonly Dialect[] = [
  {
    name: 'backslash as escape',
    input: { escape: '\\' },
    given: '번호,이름,메모\n"1\\"1",홍길동,x\n',
    expected: `번호,이름,메모\n"1\\"1",홍**,"a,b;c|d'e\\"f"\n`,
  },
  {
    name: 'comments',
    input: { comment: '#' },
    given: '번호,이름,메모\n# 홍길동 "\n1,홍길동,x\n',
    expected: `번호,이름,메모\n1,홍**,"a,b;c|d'e""f"\n`,
  },
  {
    name: 'a delimiter of two characters',
    input: { delimiter: '||' },
    given: '번호||이름||메모\n1|1||홍길동||x\n',
    expected: `번호||이름||메모\n1|1||홍**||"a,b;c|d'e""f"\n`,
  },
];

async function run({ given, from, input, output }: Dialect, ...more: string[]): Promise<Ended> {
  place.write('in.csv', iconv.encode(given, from ?? 'utf-8'));
  place.write('rules', rulesFor(COLUMNS, APPLY, { ...(input && { input }), ...(output && { output }) }));
  const args = ['run', '--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--overwrite', '--quiet'];
  return place.run([...args, ...more]);
}

function expectOutput({ expected, to }: Dialect): void {
  const bytes = place.read('out.csv');
  expect(iconv.decode(bytes, to ?? 'utf-8', { stripBOM: false })).toBe(expected);
  expect(bytes.equals(iconv.encode(expected, to ?? 'utf-8'))).toBe(true);
}

const engineUsed = () => JSON.parse(place.read('out.csv.run.json').toString()).engine;

describe.each(ENGINES)('%s engine', (engine) => {
  test.each(DIALECTS)('$name', async (dialect) => {
    expect(await run(dialect, '--engine', engine)).toMatchObject({ status: 0, stderr: '' });
    expectOutput(dialect);
    expect(engineUsed()).toBe(engine);
  });
});

describe.each(UNUSUAL)('$name', (dialect) => {
  test('goes to the reference engine by itself', async () => {
    expect(await run(dialect)).toMatchObject({ status: 0, stderr: '' });
    expectOutput(dialect);
    expect(engineUsed()).toBe('reference');
  });
  test('is refused where the fast engine is asked for', async () => {
    const { status, stderr } = await run(dialect, '--engine', 'fast');
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringMatching(/^gamyeong: E_USAGE: [^\n]*\n$/),
    });
    expect(place.has('out.csv')).toBe(false);
  });
});
