import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/run.ts';
import { GamyeongError } from '../../src/errors.ts';
import { JobFiles } from './job-files.ts';

const QUASI = ['a', 'b', 'c'] as const;

/** A cell and how it is written. */
interface Cell {
  readonly text: string;
  readonly written: string;
}
type Row = readonly Cell[];

interface Policy {
  readonly k: number;
  readonly l: number;
  readonly suppress: 'cells' | 'rows';
  readonly limit: number;
  /** How many of the two recodings there are. */
  readonly recodings: number;
}

const RECODINGS: readonly { readonly column: number; readonly apply: string; cell(text: string): string }[] =
  [
    { column: 1, apply: '{ mask: { keep: { first: 1 } } }', cell: (text) => text.replace(/.$/, '*') },
    { column: 0, apply: 'redact', cell: () => '' },
  ];

const quasiOf = (row: Row) => JSON.stringify(row.slice(0, 3).map(({ text }) => text));
const put = (row: Row, column: number, text: string): Row =>
  row[column]!.text === text ? row : row.with(column, { text, written: text });

/** Rows by class. */
function classesOf(rows: readonly Row[]): Map<string, Row[]> {
  const classes = new Map<string, Row[]>();
  for (const row of rows) classes.set(quasiOf(row), [...(classes.get(quasiOf(row)) ?? []), row]);
  return classes;
}

const holds = (rows: readonly Row[], { k, l }: Policy) =>
  rows.length >= k && new Set(rows.map((row) => row[3]!.text)).size >= l;

/** Sets of columns by size; of one size those with the last columns first. */
const SETS = [[2], [1], [0], [1, 2], [0, 2], [0, 1], [0, 1, 2]];

/** What enforcement means, in memory. @returns undefined when the policy cannot be held */
function enforced(input: readonly Row[], policy: Policy): (Row | undefined)[] | undefined {
  let rows: (Row | undefined)[] = [...input];
  const violating = () => {
    const bad = new Set([...classesOf(rows as Row[])].filter(([, of]) => !holds(of, policy)).map(([k]) => k));
    return rows.flatMap((row, at) => (bad.has(quasiOf(row!)) ? [at] : []));
  };
  const allowed = Math.floor(policy.limit * rows.length);
  const recodings = RECODINGS.slice(0, policy.recodings);
  while (violating().length > allowed) {
    const next = recodings.shift();
    if (next === undefined) return undefined;
    rows = rows.map((row) => put(row!, next.column, next.cell(row![next.column]!.text)));
  }
  let open = violating();
  if (policy.suppress === 'cells')
    for (const set of SETS) {
      const settled = rows.filter((row, at) => !open.includes(at) && set.every((i) => row![i]!.text === ''));
      const emptied = new Map(
        open.map((at) => [at, set.reduce((row, column) => put(row, column, ''), rows[at]!)]),
      );
      const classes = classesOf([...emptied.values(), ...(settled as Row[])]);
      const joins = open.filter((at) => holds(classes.get(quasiOf(emptied.get(at)!))!, policy));
      for (const at of joins) rows[at] = emptied.get(at)!;
      open = open.filter((at) => !joins.includes(at));
    }
  for (const at of open) rows[at] = undefined;
  return input.length > 0 && rows.every((row) => row === undefined) ? undefined : rows;
}

const cell = (...texts: string[]) =>
  fc.constantFrom(
    ...texts.flatMap((text) => [
      { text, written: text },
      { text, written: `"${text}"` },
    ]),
  );
const ROW: fc.Arbitrary<Row> = fc.tuple(
  cell('가', '나', ''),
  cell('x1', 'x2', 'y1', ''),
  cell('p', 'q'),
  cell('s', 't', 'u'),
  fc.constantFrom({ text: 'n, 1', written: '"n, 1"' }, { text: 'line\n', written: '"line\n"' }),
);
const POLICY: fc.Arbitrary<Policy> = fc.record({
  k: fc.integer({ min: 1, max: 4 }),
  l: fc.integer({ min: 1, max: 2 }),
  suppress: fc.constantFrom('cells', 'rows'),
  limit: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
  recodings: fc.integer({ min: 0, max: 2 }),
});

/** One table, under policies that are refused, recoded, suppressed by cells and by rows. */
const TABLE: readonly Row[] = [
  '가 x1 p s',
  '가 x2 p t',
  '가 y1 q s',
  '나 x1 q u',
  '나 x2 p s',
  ' x1 p t',
].map((line) => [...line.split(' '), 'n'].map((text) => ({ text, written: text })));
const EXAMPLES: [readonly Row[], Policy][] = [
  [TABLE, { k: 2, l: 1, suppress: 'rows', limit: 0, recodings: 0 }],
  [TABLE, { k: 2, l: 2, suppress: 'rows', limit: 0.7, recodings: 2 }],
  [TABLE, { k: 2, l: 2, suppress: 'cells', limit: 0.7, recodings: 1 }],
  [TABLE, { k: 3, l: 1, suppress: 'cells', limit: 1, recodings: 2 }],
];

const csv = (rows: readonly Row[]) =>
  `a,b,c,s,note\n${rows.map((row) => `${row.map(({ written }) => written).join()}\n`).join('')}`;

const rulesFor = ({ k, l, suppress, limit, recodings }: Policy) => `version: 1
name: enforce
domain: test
columns:
  a: { role: quasi, apply: keep }
  b: { role: quasi, apply: keep }
  c: { role: quasi, apply: keep }
  s: { role: sensitive, apply: keep }
  note: { role: other, apply: keep }
risk:
  thresholds: { k: ${k}, l: ${l} }
  enforce:
    recode:
      [${RECODINGS.slice(0, recodings)
        .map(({ column, apply }) => `{ column: ${QUASI[column]}, apply: ${apply} }`)
        .join()}]
    suppress: ${suppress}
    suppression-limit: ${limit}
`;

let files: JobFiles;
beforeEach(() => {
  files = new JobFiles();
});
afterEach(() => files.remove());

const left = () => readdirSync(files.directory).filter((name) => name.startsWith('out.csv'));

async function outputOf(more: Parameters<JobFiles['options']>[0] = {}) {
  try {
    const record = await run(files.options({ overwrite: true, ...more }));
    return { record, output: readFileSync(files.path('out.csv'), 'utf8') };
  } catch (error) {
    if (error instanceof GamyeongError) return { error };
    throw error;
  }
}

it('does what its plain definition does, whatever the threads and chunks', async () => {
  const whole = fc.array(ROW, { maxLength: 30, size: 'max' });
  await fc.assert(
    fc.asyncProperty(whole, POLICY, async (rows, policy) => {
      files.write('in.csv', csv(rows));
      files.write('rules.yaml', rulesFor(policy));
      const wanted = enforced(rows, policy);
      const one = await outputOf({ threads: 1 });
      const two = await outputOf({ threads: 2, chunkBytes: 64, engine: 'reference' });
      expect(two.output).toBe(one.output);
      if (wanted === undefined) {
        expect(one.error?.code).toBe('E_RISK_ENFORCE_LIMIT');
        expect(left().filter((name) => name.includes('partial'))).toEqual([]);
        return;
      }
      const kept = wanted.filter((row) => row !== undefined);
      expect(one.output).toBe(csv(kept));
      for (const rowsOfClass of classesOf(kept).values()) expect(holds(rowsOfClass, policy)).toBe(true);
      expect(one.record!.rows).toEqual({
        in: rows.length,
        out: kept.length,
        suppressed: rows.length - kept.length,
        rejected: 0,
      });
    }),
    { numRuns: Number(process.env.GAMYEONG_PROPERTY_RUNS ?? 20), examples: EXAMPLES },
  );
});

const POLICY_2: Policy = { k: 2, l: 1, suppress: 'cells', limit: 0.5, recodings: 0 };

describe('counts and writes', () => {
  it('cells and rows, by column', async () => {
    files.write('in.csv', 'a,b,c,s,note\n가,x1,p,s,1\n가,x1,p,s,2\n가,x1,q,s,3\n가,x1,r,s,4\n나,y1,z,s,5\n');
    files.write('rules.yaml', rulesFor({ ...POLICY_2, limit: 0.6 }));
    const { record, output } = await outputOf();
    expect(output).toBe('a,b,c,s,note\n가,x1,p,s,1\n가,x1,p,s,2\n가,x1,,s,3\n가,x1,,s,4\n');
    expect(record!.enforcement).toEqual({
      classSize: 2,
      distinctValues: 1,
      suppress: 'cells',
      suppressionLimit: 0.6,
      recoded: [],
      suppressedCells: { a: 0, b: 0, c: 2 },
      recordsWithSuppressedCells: 2,
      suppressedRecords: 1,
    });
    expect(record!.rows).toEqual({ in: 5, out: 4, suppressed: 1, rejected: 0 });
  });

  it('leaves an output that holds the policy as it is, and says so', async () => {
    files.write('in.csv', 'a,b,c,s,note\r\n가,x1,"p",s,1\r\n가,x1,p,s,2\r\n');
    files.write('rules.yaml', rulesFor(POLICY_2));
    const { record, output } = await outputOf();
    expect(output).toBe('a,b,c,s,note\r\n가,x1,"p",s,1\r\n가,x1,p,s,2\r\n');
    expect(record!.enforcement).toMatchObject({ recoded: [], suppressedRecords: 0 });
  });

  it('a byte order mark, CRLF and other delimiters', async () => {
    const [head, ...tail] = rulesFor({ ...POLICY_2, recodings: 1, limit: 0 }).split('columns:');
    files.write(
      'rules.yaml',
      `${head}input: { delimiter: ";;", comment: "#" }\noutput: { encoding: utf-8-bom, newline: crlf }\ncolumns:${tail}`,
    );
    files.write('in.csv', '"a";;b;;c;;s;;note\n가;;x1;;p;;s;;"#;;1"\n가;;x2;;p;;s;;2\n');
    const { output } = await outputOf();
    expect(output).toBe('\ufeff"a";;b;;c;;s;;note\r\n가;;x*;;p;;s;;"#;;1"\r\n가;;x*;;p;;s;;2\r\n');
  });

  it('CP949', async () => {
    const [head, ...tail] = rulesFor({ ...POLICY_2, recodings: 1, limit: 0 }).split('columns:');
    files.write('rules.yaml', `${head}output: { encoding: cp949 }\ncolumns:${tail}`);
    files.write('in.csv', 'a,b,c,s,note\n가,x1,p,s,1\n가,x2,p,s,똠\n');
    await outputOf();
    const bytes = readFileSync(files.path('out.csv'));
    expect(bytes.toString('latin1')).toBe('a,b,c,s,note\n\xb0\xa1,x*,p,s,1\n\xb0\xa1,x*,p,s,\x8cc\n');
  });
});

describe('refuses', () => {
  it('a value that the recoding cannot treat, without naming it', async () => {
    const rules = rulesFor({ ...POLICY_2, recodings: 1, limit: 0 });
    files.write(
      'rules.yaml',
      rules.replace('{ mask: { keep: { first: 1 } } }', '{ round: { multiple-of: 10 } }'),
    );
    files.write('in.csv', 'a,b,c,s,note\n가,SECRET,p,s,1\n가,12,p,s,2\n');
    const { error } = await outputOf();
    expect(error).toMatchObject({ code: 'E_CELL', place: { column: 'b' } });
    expect(error!.message).not.toContain('SECRET');
    expect(left()).toEqual([]);
  });

  it('the standard output', async () => {
    files.write('rules.yaml', rulesFor(POLICY_2));
    files.write('in.csv', 'a,b,c,s,note\n가,x1,p,s,1\n');
    expect((await outputOf({ output: '-' })).error).toMatchObject({
      code: 'E_RISK_ENFORCE_STREAM',
      exitCode: 2,
    });
  });
});
