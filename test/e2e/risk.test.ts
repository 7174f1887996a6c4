import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gamyeong } from './command.ts';

const RULES = `version: 1
name: risk-e2e
domain: risk-e2e
columns:
  id: { role: direct, apply: { keyed-hash: {} } }
  birth: { type: date, role: quasi, apply: { date-truncate: { to: year } } }
  sex: { role: quasi, apply: keep }
  disease: { role: sensitive, apply: keep }
risk:
  thresholds: { k: 2, l: 2 }
`;
const ROWS = Array.from(
  { length: 60 },
  (_, i) => `P${i},19${80 + (i % 3)}-0${1 + (i % 9)}-11,${i % 2 ? '여' : '남'},${'가나다라'[i % 4]}`,
);

let made: string;
let directory: string;
const path = (name: string) => join(directory, name);
const write = (name: string, text: string, mode = 0o644) => writeFileSync(path(name), text, { mode });
const read = (name: string) => readFileSync(path(name), 'utf8');
const risk = (...args: string[]) => gamyeong(['risk', '--in', 'out.csv', ...args], { cwd: directory });

beforeAll(() => {
  made = mkdtempSync(join(tmpdir(), 'gamyeong-e2e-risk-'));
});
afterAll(() => rmSync(made, { recursive: true }));

/** Each test measures the output of its own run. */
beforeEach(() => {
  directory = mkdtempSync(join(made, 'job-'));
  write('rules.yaml', RULES);
  write('my.key', `${'0f'.repeat(32)}\n`, 0o600);
  write('in.csv', `id,birth,sex,disease\n${ROWS.join('\n')}\n`);
  const ran = gamyeong(
    ['run', '--rules', 'rules.yaml', '--in', 'in.csv', '--out', 'out.csv', '--key', 'my.key', '--quiet'],
    { cwd: directory },
  );
  expect(ran).toMatchObject({ status: 0 });
});

it('measures what the run wrote, and lets it go', () => {
  const ran = risk('--rules', 'rules.yaml');
  expect(ran.stderr).toBe('');
  expect(ran.status).toBe(0);
  expect(ran.stdout).toMatch(/k-anonymity\s+10\s+≥ 2\s+ok/);
  expect(ran.stdout).toContain('may be released');
  const record = JSON.parse(read('out.csv.risk.json'));
  expect(record).toMatchObject({
    version: 1,
    file: { name: 'out.csv', rows: 60, sha256: JSON.parse(read('out.csv.run.json')).output.sha256 },
    quasiIdentifiers: ['birth', 'sex'],
    sensitive: ['disease'],
    k: 10,
    gate: { pass: true, checks: [{ measure: 'k', value: 10, threshold: 2, pass: true }, { measure: 'l' }] },
  });
  expect(read('out.csv.risk.html')).toContain('<!doctype html>');
  for (const name of ['out.csv.risk.json', 'out.csv.risk.html'])
    expect(statSync(path(name)).mode & 0o077).toBe(0);
});

it('prints the record, and only it, on request; in Korean too', () => {
  const ran = risk('--rules', 'rules.yaml', '--json', '--out', 'elsewhere');
  expect(JSON.parse(ran.stdout)).toEqual(JSON.parse(read('elsewhere.risk.json')));
  expect(risk('--rules', 'rules.yaml', '--lang', 'ko', '--no-report').stdout).toContain('반출 가능');
  expect(existsSync(path('out.csv.risk.json'))).toBe(false);
});

it('the command line may ask for more than the rules', () => {
  const ran = risk('--rules', 'rules.yaml', '--threshold', 'k=11', '--rows-at-risk', 'rows.txt');
  expect(ran.status).toBe(4);
  expect(ran.stdout).toContain('may NOT be released');
  expect(JSON.parse(read('out.csv.risk.json')).advice.violations).toEqual([
    { measure: 'k', rows: 60 },
    { measure: 'l', rows: 0 },
  ]);
  expect(read('rows.txt').split('\n').slice(0, 3)).toEqual(['row', '2', '3']);
});

it('never writes row numbers over what it measures', () => {
  const before = read('out.csv');
  const ran = risk('--rules', 'rules.yaml', '--rows-at-risk', 'out.csv');
  expect(ran.status).toBe(2);
  expect(ran.stderr).toContain('E_OUTPUT_IS_INPUT');
  expect(read('out.csv')).toBe(before);
});

it('shows the distance of ordered values only where there is an order, and says which column is the worst', () => {
  const table = (sensitive: string) =>
    risk('--quasi-identifiers', 'sex', '--sensitive', sensitive, '--no-report').stdout;
  expect(table('birth')).toContain('t-closeness (ordered) (birth)');
  expect(table('disease')).not.toContain('(ordered)');
  expect(table('birth,disease')).toMatch(/l-diversity \(distinct\) \(\w+, worst of 2 columns\)/);
});

describe('cannot be fooled', () => {
  const refused = (ran: ReturnType<typeof risk>, status: number, code: string) => {
    expect(ran.status).toBe(status);
    expect(ran.stderr).toMatch(new RegExp(`^gamyeong: ${code}: [^\n]+\n$`));
    expect(ran.stdout).toBe('');
    expect(readdirSync(directory).filter((name) => name.includes('.risk.'))).toEqual([]);
  };

  it('output changed after the run', () => {
    write('out.csv', read('out.csv').replace('가', '나'));
    refused(risk('--rules', 'rules.yaml'), 4, 'E_RISK_DIGEST');
  });

  it('a row removed', () => {
    write('out.csv', read('out.csv').replace(/\n[^\n]+\n$/, '\n'));
    refused(risk('--rules', 'rules.yaml'), 4, 'E_RISK_ROWS');
  });

  it('the record of another file', () => {
    const record = JSON.parse(read('out.csv.run.json'));
    record.output.sha256 = '0'.repeat(64);
    write('other.json', JSON.stringify(record));
    refused(risk('--rules', 'rules.yaml', '--record', 'other.json'), 4, 'E_RISK_DIGEST');
    write('out.csv.run.json', '{"version": 1}');
    refused(risk('--rules', 'rules.yaml'), 4, 'E_RISK_RECORD');
  });

  it('rules that are not those of the run', () => {
    write('rules.yaml', RULES.replace('k: 2', 'k: 1'));
    refused(risk('--rules', 'rules.yaml'), 4, 'E_RISK_RECORD');
  });

  it('a record that is asked for and absent', () => {
    refused(risk('--rules', 'rules.yaml', '--record', 'none.json'), 6, 'E_FILE_MISSING');
  });

  it('no threshold in the policy', () => {
    const ran = risk('--quasi-identifiers', 'birth,sex');
    expect(ran.status).toBe(4);
    expect(ran.stdout).toContain('no threshold is given');
    expect(JSON.parse(read('out.csv.risk.json')).gate).toEqual({ pass: false, checks: [] });
  });

  it('a quasi-identifier that the file has not', () => {
    refused(risk('--quasi-identifiers', 'birth,sax', '--threshold', 'k=2'), 2, 'E_RISK_COLUMN');
    expect(risk('--quasi-identifiers', 'birth,sex', '--delimiter', ';').stderr).toContain(
      'the delimiter is probably another',
    );
    expect(risk('--quasi-identifiers', 'birth,sax').stderr).toContain("did you mean 'sex'?");
  });

  it('fewer quasi-identifiers than the rules name', () => {
    refused(risk('--rules', 'rules.yaml', '--quasi-identifiers', 'sex'), 2, 'E_RISK_OPTION');
  });

  it('an empty file', () => {
    rmSync(path('out.csv.run.json'));
    write('out.csv', '');
    refused(risk('--quasi-identifiers', 'birth', '--threshold', 'k=2'), 4, 'E_RISK_EMPTY');
    write('out.csv', 'id,birth,sex,disease\n');
    refused(risk('--quasi-identifiers', 'birth', '--threshold', 'k=2'), 4, 'E_RISK_EMPTY');
  });
});

describe('bad input', () => {
  it.each<[string, string[], number, string]>([
    ['no quasi-identifier', [], 2, 'E_RISK_NO_QUASI'],
    ['a column twice', ['--quasi-identifiers', 'sex,sex'], 2, 'E_RISK_COLUMN_TWICE'],
    ['wrong delimiter', ['--quasi-identifiers', 'sex', '--delimiter', ';'], 2, 'E_RISK_COLUMN'],
    ['unknown measure', ['--quasi-identifiers', 'sex', '--threshold', 'q=5'], 2, 'E_RISK_OPTION'],
    ['τ above 1', ['--quasi-identifiers', 'sex', '--tau', '2'], 2, 'E_USAGE'],
    [
      'missing file',
      ['--quasi-identifiers', 'sex', '--reference', 'no.csv', '--sensitive', 'disease'],
      6,
      'E_FILE_MISSING',
    ],
    [
      'words for numbers',
      ['--quasi-identifiers', 'sex', '--sensitive', 'disease', '--order', 'disease=numeric'],
      3,
      'E_RISK_NUMBER',
    ],
    ['words for weights', ['--quasi-identifiers', 'sex', '--weight', 'disease'], 3, 'E_RISK_WEIGHT'],
    ['household alone', ['--quasi-identifiers', 'sex', '--household', 'id'], 2, 'E_RISK_OPTION'],
    ['small population', ['--quasi-identifiers', 'sex', '--population', 'half.csv'], 3, 'E_RISK_POPULATION'],
    [
      'hierarchy without a value',
      ['--quasi-identifiers', 'sex', '--sensitive', 'disease', '--hierarchy', 'disease=h.csv'],
      2,
      'E_RISK_HIERARCHY_VALUE',
    ],
    [
      'not a hierarchy',
      ['--quasi-identifiers', 'sex', '--hierarchy', 'disease=ragged.csv'],
      2,
      'E_RISK_HIERARCHY',
    ],
    [
      'order without a value',
      ['--quasi-identifiers', 'sex', '--sensitive', 'disease', '--order', 'disease=order.txt'],
      2,
      'E_RISK_ORDER',
    ],
    ['standard input', ['--in', '-', '--quasi-identifiers', 'sex'], 2, 'E_RISK_OPTION'],
  ])('%s', (_, args, status, code) => {
    write('half.csv', read('out.csv').split('\n').slice(0, 20).join('\n'));
    write('h.csv', '가;*\n나;*\n');
    write('ragged.csv', '가;*\n나;*;*\n');
    write('order.txt', '가\n나\n');
    const ran = risk(...args);
    expect(ran.stderr).toMatch(new RegExp(`^gamyeong: ${code}: [^\n]+\n$`));
    expect(ran.status).toBe(status);
    for (const value of ['가', '나', '다', '라']) expect(ran.stderr).not.toContain(`'${value}'`);
  });
});
