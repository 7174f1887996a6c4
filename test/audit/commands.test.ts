import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RULES = `
version: 1
name: members
purpose: { kind: research, text: 성별과 등급의 관계 연구 }
domain: test
columns:
  id: { role: direct, apply: drop }
  sex: { role: quasi, apply: keep }
  grade: { role: sensitive, apply: keep }
risk: { thresholds: { k: 3 } }
`;
let directory: string;
const at = (name: string) => join(directory, name);
function gamyeong(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/gamyeong'), ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr };
}
const entries = () =>
  readFileSync(at('audit.log'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);

const run = (...more: string[]) =>
  gamyeong(
    'run',
    '--rules',
    'rules.yaml',
    '--in',
    'in.csv',
    '--out',
    'out.csv',
    '--audit',
    'audit.log',
    ...more,
  );

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-audited-'));
  writeFileSync(at('rules.yaml'), RULES);
  writeFileSync(at('in.csv'), 'id,sex,grade\nhong,남,A\nkim,남,B\npark,여,A\n');
  expect(run().status).toBe(0);
  expect(run().status).toBe(2);
  const risk = ['--in', 'out.csv', '--rules', 'rules.yaml', '--no-report', '--audit', 'audit.log'];
  expect(gamyeong('risk', ...risk).status).toBe(4);
});
afterAll(() => rmSync(directory, { recursive: true }));

test('run and risk write how they started and ended', () => {
  expect(entries().map(({ command, result }) => [command, result.outcome, result.exit])).toEqual([
    ['run', 'started', undefined],
    ['run', 'done', 0],
    ['run', 'started', undefined],
    ['run', 'failed', 2],
    ['risk', 'started', undefined],
    ['risk', 'done', 0],
  ]);
  expect(entries()[1]).toMatchObject({
    ids: { input: 'in.csv', output: 'out.csv', rules: 'members' },
    details: { purpose: '성별과 등급의 관계 연구', columns: ['sex', 'grade'], rows: 3 },
  });
  expect(entries()[5]).toMatchObject({
    ids: { gate: 'refused' },
    digests: { output: entries()[1]!.digests.output },
  });
  expect(readFileSync(at('audit.log'), 'utf8')).not.toMatch(/hong|kim|park/);
});

describe('audit verify', () => {
  test('tells that all is as written, and what it cannot see', () => {
    const { status, stdout } = gamyeong('audit', 'verify', 'audit.log');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^6 entries, all as they were written\..*\nWithout a checkpoint/);
    expect(JSON.parse(gamyeong('audit', 'verify', 'audit.log', '--json').stdout)).toMatchObject({
      ok: true,
      lines: 6,
    });
  });

  test('names every line that is not, and exits 4', () => {
    const lines = readFileSync(at('audit.log'), 'utf8').split('\n');
    writeFileSync(
      at('forged.log'),
      lines.with(1, lines[1]!.replace('"rows":3', '"rows":2')).toSpliced(3, 1).join('\n'),
    );
    const { status, stderr } = gamyeong('audit', 'verify', 'forged.log', '--lang', 'ko');
    expect(status).toBe(4);
    expect(stderr.split('\n').slice(0, -1)).toEqual([
      expect.stringMatching(/^gamyeong: E_AUDIT_FAULT: 다음 줄을 쓴 뒤에 바뀐 줄입니다 \(forged\.log:2\)/),
      expect.stringMatching(/^gamyeong: E_AUDIT_FAULT: 이 줄 앞에서 1줄이 없어졌습니다 \(forged\.log:4\)/),
    ]);
    const { ok, faults } = JSON.parse(gamyeong('audit', 'verify', 'forged.log', '--json').stdout);
    expect({ ok, lines: faults.map(({ line }: { line: number }) => line) }).toEqual({
      ok: false,
      lines: [2, 4],
    });
  });

  test('wants --checkpoint and --trust together', () => {
    expect(gamyeong('audit', 'verify', 'audit.log', '--trust', 'ca.pem').status).toBe(2);
  });
});

test('a torn log stops commands until it is recovered', () => {
  const torn = at('torn');
  mkdirSync(torn);
  writeFileSync(join(torn, 'audit.log'), readFileSync(at('audit.log')));
  appendFileSync(join(torn, 'audit.log'), '{"comm');
  const again = [
    '--rules',
    'rules.yaml',
    '--in',
    'in.csv',
    '--out',
    'torn/out.csv',
    '--audit',
    'torn/audit.log',
  ];
  const refused = gamyeong('run', ...again);
  expect(refused.status).toBe(6);
  expect(refused.stderr).toContain('E_AUDIT_TORN');
  expect(gamyeong('audit', 'recover', 'torn/audit.log').status).toBe(0);
  expect(gamyeong('run', ...again).status).toBe(0);
  expect(gamyeong('audit', 'verify', 'torn/audit.log').status).toBe(0);
});

describe('audit record and ledger', () => {
  const record = (...args: string[]) => gamyeong('audit', 'record', 'audit.log', ...args).status;

  test('what a person did stands in the ledger', () => {
    expect(
      record('--action', 'destroy', '--kind', 'data', '--of', 'out.csv.run.json', '--text', '이용 종료'),
    ).toBe(0);
    expect(
      record(
        '--action',
        'grant',
        '--kind',
        'additional',
        '--key-id',
        'ab',
        '--text',
        '조회',
        '--handler',
        '김담당',
      ),
    ).toBe(0);
    const { processing, access, duties } = JSON.parse(
      gamyeong('audit', 'ledger', 'audit.log', '--json').stdout,
    );
    expect(processing.at(-1)).toMatchObject({
      action: 'destroy',
      content: '이용 종료',
      controlNo: processing[0].controlNo,
    });
    expect(access).toMatchObject([{ action: 'grant', handler: '김담당', controlNo: 'K-ab' }]);
    expect(duties.map(({ controlNo }: { controlNo: string }) => controlNo)).toEqual([
      processing[0].controlNo,
      'K-ab',
    ]);
    const text = gamyeong('audit', 'ledger', 'audit.log', '--lang', 'ko').stdout;
    expect(text).toMatch(/가명정보 +파기 +이용 종료/);
    const html = gamyeong('audit', 'ledger', 'audit.log', '--html').stdout;
    expect(html).toContain('가명(추가)정보 관리대장');
    expect(html).toContain('이용 종료');
  });

  test.each([
    ['a key id for data', ['--action', 'keep', '--kind', 'data', '--key-id', 'ab']],
    ['a file for a key', ['--action', 'keep', '--kind', 'additional', '--of', 'out.csv']],
    ['rights without a holder', ['--action', 'revoke', '--kind', 'data']],
    ['a holder without rights', ['--action', 'keep', '--kind', 'data', '--handler', 'x']],
    ['a run record without an output', ['--action', 'keep', '--kind', 'data', '--of', 'bad.run.json']],
  ])('%s is refused', (_, args) => {
    writeFileSync(at('bad.run.json'), '{}');
    const before = readFileSync(at('audit.log'));
    expect(record(...args, '--text', 'x')).toBe(2);
    expect(readFileSync(at('audit.log'))).toEqual(before);
  });
});
