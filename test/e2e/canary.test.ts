import { cpSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { ENGINES, type Ended, ROOT, rulesFor, Workplace } from './process.ts';

const SHAPES = ['resident-register', 'local-tax', 'welfare-payments', 'civil-complaints', 'security-events'];
/** Columns that point at a person whatever the rules make of them. */
const IDENTIFYING = new Set(['rrn', 'name', 'phone', 'email', 'address-kr']);
/** Shorter values may stand in an output by chance. */
const SHORTEST = 6;

interface WrittenRules {
  input?: object;
  output?: object;
  columns: Record<string, { role: string; type?: string; apply: unknown }>;
}

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterEach(() => place.delete(...place.filesBut()));
afterAll(() => place.remove());

/** The values of an input that must stand nowhere else, as they would stand in a CSV file. */
function identifiersOf(csv: string, { columns }: WrittenRules): Set<string> {
  const records = parse<Record<string, string>>(csv, { columns: true });
  const names = Object.entries(columns)
    .filter(
      ([, { role, type, apply }]) => apply !== 'keep' && (role === 'direct' || IDENTIFYING.has(type ?? '')),
    )
    .map(([name]) => name);
  const values = records.flatMap((record) => names.map((name) => record[name]!));
  return new Set(
    values.flatMap((value) => [value, value.trim(), value.replaceAll('"', '""')]).filter(isLongEnough),
  );
}

const isLongEnough = (value: string) => Buffer.byteLength(value) >= SHORTEST;

/** The text as each encoding writes it: a leak may have taken any way. */
function encodings(text: string): Buffer[] {
  const [utf8, cp949] = [Buffer.from(text), iconv.encode(text, 'cp949')];
  return utf8.equals(cp949) ? [utf8] : [utf8, cp949];
}

/** What a run has printed and left, by name, without what it was given. */
function traces({ stdout, stderr }: Ended, given: readonly string[]): Map<string, Buffer> {
  const files = place.filesBut(...given).map((name): [string, Buffer] => [name, place.read(name)]);
  return new Map([['stdout', stdout], ['stderr', Buffer.from(stderr)], ...files]);
}

/** How many of the values stand in each trace: never which, not even here. */
function found(values: Iterable<string>, where: Map<string, Buffer>): Record<string, number> {
  const needles = [...values].flatMap(encodings);
  const counts = [...where].map(([name, bytes]): [string, number] => {
    const starts = startsIn(bytes);
    const hits = needles.filter(
      (one) => starts.has(one.toString('latin1', 0, SHORTEST)) && bytes.includes(one),
    );
    return [name, hits.length];
  });
  return Object.fromEntries(counts.filter(([, count]) => count !== 0));
}

/** Everything of the shortest length that stands in the bytes: what is looked for first. */
function startsIn(bytes: Buffer): Set<string> {
  const text = bytes.toString('latin1');
  return new Set(Array.from(bytes, (_, at) => text.slice(at, at + SHORTEST)));
}

describe.each(SHAPES)('a run over %s', (shape) => {
  const rules: WrittenRules = parseYaml(readFileSync(join(ROOT, 'rules', `${shape}.yaml`), 'utf8'));
  const csv = readFileSync(join(ROOT, 'samples', `${shape}.csv`), 'utf8');
  const cases = ENGINES.flatMap((engine) => ['utf-8', 'cp949'].map((encoding) => ({ engine, encoding })));
  test.each(cases)('leaves no identifier behind: $engine, $encoding', async ({ engine, encoding }) => {
    cpSync(join(ROOT, 'rules', 'tables'), place.file('tables'), { recursive: true });
    place.write('in.csv', iconv.encode(csv, encoding));
    place.write('rules', { ...rules, input: { encoding }, output: { encoding } });
    const args = '--rules rules --in in.csv --out out.csv --key key --json --chunk-size 20K --threads 2';
    const ended = await place.run(['run', ...args.split(' '), '--engine', engine]);
    expect({ status: ended.status, stderr: ended.stderr }).toEqual({ status: 0, stderr: '' });
    expect(place.filesBut('tables/education.csv', 'tables/welfare-program.csv')).toEqual([
      'in.csv',
      'out.csv',
      'out.csv.run.json',
      'rules',
    ]);
    const identifiers = identifiersOf(csv, rules);
    expect(identifiers.size).toBeGreaterThan(1000);
    const { 'in.csv': given, ...leaked } = found(identifiers, traces(ended, ['rules']));
    expect(given).toBeGreaterThan(1000);
    expect(leaked).toEqual({});
  });
});

describe.each(ENGINES)('rejected records, %s engine', (engine) => {
  const COLUMNS = ['name', 'born'];
  const rows = Array.from({ length: 400 }, (_, row) => ({
    name: `카나리-홍길동-${1000 + row}`,
    born: row % 3 === 0 ? `미상-${1000 + row}` : '1990-01-02',
  }));
  const rules = rulesFor(COLUMNS, {
    name: 'drop',
    born: { 'date-truncate': { to: 'year', 'on-invalid': 'reject-row' } },
  });
  const given = ['in.csv', 'rules'];

  async function run(...more: string[]): Promise<Ended> {
    place.write('rules', rules);
    place.write('in.csv', `name,born\n${rows.map(({ name, born }) => `${name},${born}\n`).join('')}`);
    const args = ['--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--chunk-size', '1K'];
    const ended = await place.run(['run', ...args, '--engine', engine, ...more]);
    expect(ended).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('266 out, 0 suppressed, 134 rejected'),
    });
    return ended;
  }
  const canaries = rows.flatMap(({ name, born }) => (born.startsWith('미상') ? [name, born] : [name]));

  test('stand in the file that was asked for, readable by its owner alone, and nowhere else', async () => {
    const ended = await run('--rejects', 'rejects.csv');
    expect(statSync(place.file('rejects.csv')).mode & 0o777).toBe(0o600);
    expect(found(canaries, traces(ended, given))).toEqual({ 'rejects.csv': 268 });
  });
  test('stand nowhere when not asked for', async () => {
    expect(found(canaries, traces(await run(), given))).toEqual({});
  });
});

describe('a job that fails', () => {
  const CANARY = 'CANARY가나리881207';
  /** A byte of the cell's inside may be lost with an error, so parts are looked for, too. */
  const PARTS = ['CANARY', '가나리', '881207'];
  const COLUMNS = {
    id: 'keyed-hash',
    name: { mask: { keep: { first: 1 } } },
    born: { 'date-truncate': { to: 'year' } },
    moved: { 'date-shift': { subject: 'id', 'max-days': 3 } },
    age: { generalize: { 'age-band': { 'reference-date': '2025-12-31', width: 10 } } },
    income: { round: { 'multiple-of': 1000 } },
    tax: { noise: { distribution: 'laplace', scale: 10 } },
    size: { 'top-bottom-code': { top: 4, 'top-label': '4+' } },
    band: { generalize: { bins: { bounds: [0, 10, 20], labels: ['a', 'b'] } } },
    grade: { generalize: { table: { file: 'grades.csv', level: 1 } } },
    address: { generalize: { address: 'sigungu' } },
    phone: { mask: { phone: 'keep-area-code' } },
    email: { mask: { email: 'keep-domain' } },
    source: { ip: { truncate: { v4: 24, v6: 48 } } },
    peer: { ip: { 'prefix-preserving': true } },
    note: 'keep',
  };
  const NAMES = Object.keys(COLUMNS);
  const GOOD: Readonly<Record<string, string>> = {
    id: 'A1',
    name: '김하나',
    born: '1990-01-02',
    moved: '2001-02-03',
    age: '1980-05-06',
    income: '123456',
    tax: '100',
    size: '3',
    band: '5',
    grade: 'x',
    address: '서울특별시 강남구 영동대로 1',
    phone: '010-0000-0001',
    email: 'a@example.org',
    source: '10.1.2.3',
    peer: '10.1.2.4',
    note: 'n',
  };
  const record = (cells: Readonly<Record<string, string>> = {}) =>
    `${NAMES.map((name) => cells[name] ?? GOOD[name]).join(',')}\n`;
  const HEADER = `${NAMES.join(',')}\n`;
  /** Enough records that the fault comes to a thread, and not in the first chunk. */
  const BEFORE = record().repeat(40);

  interface Kind {
    readonly kind: string;
    readonly code: string;
    readonly body: string | Buffer;
    readonly rules?: object;
  }
  const untreatable = ['born', 'moved', 'age', 'income', 'tax', 'size', 'band', 'grade', 'address', 'phone'];
  const KINDS: readonly Kind[] = [
    ...[...untreatable, 'email', 'source', 'peer'].map((name) => ({
      kind: `a value of ${name} that cannot be treated`,
      code: 'E_CELL',
      body: `${HEADER}${BEFORE}${record({ [name]: CANARY })}${BEFORE}`,
    })),
    { kind: 'too few cells', code: 'E_ROW_SHORT', body: `${HEADER}${BEFORE}${CANARY},${CANARY}\n${BEFORE}` },
    { kind: 'too many cells', code: 'E_ROW_LONG', body: `${HEADER}${BEFORE}${CANARY},${record()}${BEFORE}` },
    {
      kind: 'a stray quote',
      code: 'E_QUOTE_STRAY',
      body: `${HEADER}${BEFORE}${record({ name: `${CANARY}"${CANARY}` })}`,
    },
    {
      kind: 'text after a quote',
      code: 'E_QUOTE_TRAILING',
      body: `${HEADER}${BEFORE}${record({ name: `"${CANARY}"${CANARY}` })}`,
    },
    {
      kind: 'an unclosed quote',
      code: 'E_QUOTE_UNCLOSED',
      body: `${HEADER}${BEFORE}${record({ name: `"${CANARY}` })}${BEFORE}`,
    },
    {
      kind: 'a NUL',
      code: 'E_NUL',
      body: `${HEADER}${BEFORE}${record({ name: `${CANARY}\0${CANARY}` })}${BEFORE}`,
    },
    {
      kind: 'a BOM inside',
      code: 'E_BOM_INSIDE',
      body: `${HEADER}${BEFORE}${record({ name: `${CANARY}\ufeff${CANARY}` })}${BEFORE}`,
    },
    {
      kind: 'an invalid byte',
      code: 'E_ENCODING',
      body: Buffer.concat([
        Buffer.from(`${HEADER}${BEFORE}${CANARY}`),
        Buffer.from([0xff]),
        Buffer.from(`${CANARY}${record()}`),
      ]),
    },
    {
      kind: 'a record that is too long',
      code: 'E_RECORD_TOO_LONG',
      body: `${HEADER}${BEFORE}${record({ name: CANARY.repeat(500) })}${BEFORE}`,
      rules: { input: { 'max-record-bytes': 1024 } },
    },
    {
      kind: 'a character that the output cannot hold',
      code: 'E_UNMAPPABLE',
      body: `${HEADER}${BEFORE}${record({ note: `${CANARY}\u{1f600}` })}${BEFORE}`,
      rules: { output: { encoding: 'cp949' } },
    },
    {
      kind: 'no header',
      code: 'E_HEADER_FOREIGN',
      body: `${NAMES.map((name) => CANARY + name).join(',')}\n${BEFORE}`,
    },
    {
      kind: 'no header, and twice the same value',
      code: 'E_HEADER_DUPLICATE',
      body: `${NAMES.map(() => CANARY).join(',')}\n${BEFORE}`,
    },
    {
      kind: 'no header, and an empty value',
      code: 'E_HEADER_EMPTY',
      body: `${CANARY},,${CANARY}2\n${BEFORE}`,
    },
    { kind: 'no header, and a stray quote', code: 'E_QUOTE_STRAY', body: `${CANARY}"${CANARY},2\n${BEFORE}` },
  ];
  const MODES = [
    ['--engine', 'fast', '--chunk-size', '1K', '--threads', '1'],
    ['--engine', 'reference', '--chunk-size', '1K'],
  ];

  async function fail({ body, rules }: Kind, here: Workplace, args: readonly string[]): Promise<Ended> {
    here.write('grades.csv', 'x,X\ny,Y\n');
    here.write('rules', rulesFor(NAMES, COLUMNS, rules));
    here.write('in.csv', body);
    const files = ['--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--key', 'key'];
    const more = ['--rejects', 'rejects.csv', ...args];
    return here.run(['run', ...files, ...more], { env: { GAMYEONG_DEBUG: '1' } });
  }

  test.each(KINDS)('shows nothing of the record, $kind', async (kind) => {
    const places = MODES.map(() => new Workplace());
    try {
      const ended = await Promise.all(MODES.map((args, index) => fail(kind, places[index]!, args)));
      for (const { status, stdout, stderr } of ended) {
        expect({ status, stderr }).toEqual({
          status: 3,
          stderr: expect.stringMatching(new RegExp(`^gamyeong: ${kind.code}: [^\\n]*\\n$`)),
        });
        expect(stdout).toHaveLength(0);
        expect(stderr).toBe(ended[0]!.stderr);
        expect(found(PARTS, new Map([['stderr', Buffer.from(stderr)]]))).toEqual({});
      }
      const left = places.map((here) => here.filesBut('grades.csv', 'in.csv', 'rules'));
      expect(left).toEqual([[], []]);
    } finally {
      for (const here of places) here.remove();
    }
  });
});
