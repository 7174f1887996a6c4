import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '../../src/audit/log.ts';
import { run } from '../../src/engine/run.ts';
import { NO_ANSWERS, readAnswers } from '../../src/forms/answers.ts';
import { readEvidence, type Statement } from '../../src/forms/evidence.ts';
import type { FormId, FormValues } from '../../src/forms/form.ts';
import { FORMS } from '../../src/forms/forms.ts';
import { renderCase } from '../../src/forms/render-case.ts';
import { formValues } from '../../src/forms/values.ts';
import { createKeyFile, KeyFile } from '../../src/keys/key-file.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const rules = join(ROOT, 'rules/resident-register.yaml');
const input = join(ROOT, 'samples/resident-register.csv');
let directory: string;
let data: string;
let log: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-forms-'));
  data = join(directory, 'out.csv');
  log = join(directory, 'audit.log');
  const key = join(directory, 'key');
  await createKeyFile(key);
  const record = await run({ rules, input, output: data, key: new KeyFile(key), threads: 1 });
  const digests = { output: record.output.sha256 };
  const details = { purpose: '소득 연구', columns: ['birth', 'income'], to: '2026-12-31' };
  await appendAudit(log, { command: 'run', digests, details, result: { outcome: 'done', exit: 0 } });
});
afterAll(() => rmSync(directory, { recursive: true }));

const answers = async (yaml: string): Promise<FormValues> => {
  const file = join(directory, 'answers.yaml');
  writeFileSync(file, yaml);
  return readAnswers(file);
};
const evidence = (stated = NO_ANSWERS) => readEvidence({ rules, data, log }, stated, '2027-01-02');
const values = async (id: FormId, stated = NO_ANSWERS) => formValues(id, await evidence(stated));

test('the plan names every column with what will be done, and an example that is made up', async () => {
  const { items } = (await values('plan')).tables;
  expect(items!.map((item) => [item['item-name'], item['item-type'], item['plan-text']])).toContainEqual([
    'income',
    '수치형',
    '일반라운딩-1000000 단위 내림 → 상단코딩 150000000 이상',
  ]);
  expect(items).toHaveLength(14);
});

test('the result is that of the run', async () => {
  const { fields, tables } = await values('result');
  expect(fields['file-name']).toBe('out.csv');
  expect(fields['row-counts']).toContain('처리 전 1000행, 처리 후 1000행');
  expect(tables.exceptions!.map((row) => row['exception-item'])).toContain('address');
  const all = [...tables.exceptions!, ...tables.common!].map((row) => JSON.stringify(row)).join();
  expect(all).toContain('삭제');
});

test('the ledger is that of the log, with what is due', async () => {
  const { tables } = await values('ledger');
  expect(tables.processing).toMatchObject([
    {
      'info-kind': '가명정보',
      action: '생성',
      'detail-purpose': '소득 연구',
      'detail-items': ['birth', 'income'],
    },
  ]);
  expect(tables.retention).toMatchObject([{ 'retention-due': '2026-12-31', 'retention-state': '기한 지남' }]);
});

test('the base tier follows from what a person states, and from nothing else', async () => {
  expect((await values('risk-review')).fields['base-tier']).toBeUndefined();
  const third = await values('risk-review', await answers('actor: third-party\n'));
  expect(third.fields['base-tier']).toBeUndefined();
  const outside = await answers(
    'actor: third-party\nenvironment-control: uncontrollable\nrepeat-or-similar: yes\n',
  );
  expect((await values('risk-review', outside)).fields).toMatchObject({
    'base-tier': 'high',
    'adjustment-grounds': '반복·유사 활용: 저위험으로 하향 가능',
  });
  expect((await values('risk-review', await answers('actor: internal'))).fields['base-tier']).toBe('low');
});

describe('the adequacy form is filled from what a reviewer has signed', () => {
  const review = (
    signer: string,
    verdict: 'adequate' | 'conditional',
    time: string,
    digest: string,
  ): Statement => ({
    signer,
    statement: {
      kind: 'review',
      risk: digest,
      data: digest,
      verdict,
      checks: { purpose: 'adequate', tier: 'insufficient' },
      conditions: verdict === 'conditional' ? ['망 분리'] : [],
      opinion: '보완 필요',
      time,
    },
  });
  const filled = async (stated: FormValues, statements: (digest: string) => Statement[]) => {
    const found = await evidence(stated);
    return formValues('adequacy', { ...found, statements: statements(found.run!.output.sha256) });
  };

  test('when there is one', async () => {
    const { fields, tables } = await filled(NO_ANSWERS, (digest) => [
      review('CN=kim', 'conditional', '2026-11-02T01:00:00.000Z', digest),
    ]);
    expect(fields).toMatchObject({
      'member-name': 'CN=kim',
      'review-kind': 'new',
      'reviewed-on': '2026-11-02',
      verdict: 'conditional',
      'check-1-purpose': 'adequate',
      'check-3-tier': 'insufficient',
      opinion: '보완 필요',
    });
    expect(fields['check-2-items']).toBeUndefined();
    expect(tables.conditions).toEqual([{ condition: '망 분리', 'condition-closed': '' }]);
  });

  test('of several, the one that the answers name; a second review is a supplement', async () => {
    const several = (digest: string) => [
      review('CN=kim', 'conditional', '2026-11-02T01:00:00.000Z', digest),
      review('CN=lee', 'adequate', '2026-11-03T01:00:00.000Z', digest),
      review('CN=kim', 'adequate', '2026-11-04T01:00:00.000Z', digest),
    ];
    expect((await filled(NO_ANSWERS, several)).fields.verdict).toBeUndefined();
    const { fields } = await filled(await answers('member-name: kim\n'), several);
    expect(fields).toMatchObject({
      verdict: 'adequate',
      'review-kind': 'supplemented',
      'reviewed-on': '2026-11-04',
    });
  });

  test('not when it is about other data', async () => {
    const other = () => [review('CN=kim', 'adequate', '2026-11-02T01:00:00.000Z', 'f'.repeat(64))];
    expect((await filled(NO_ANSWERS, other)).fields.verdict).toBeUndefined();
  });
});

describe('answers', () => {
  test('win over what the records say', async () => {
    const stated = await answers('case-name: 2026-가명-7\nsupply-count: 3\n');
    expect((await values('adequacy', stated)).fields['case-name']).toBe('2026-가명-7');
    expect((await values('application', stated)).fields['supply-count']).toBe('3');
  });

  test('fill tables', async () => {
    const stated = await answers('tables:\n  handlers:\n    - { handler-no: 1, handler-name: 김담당 }\n');
    expect((await values('pledge-safeguard', stated)).tables.handlers).toEqual([
      { 'handler-no': '1', 'handler-name': '김담당' },
    ]);
  });

  test.each<[string, object]>([
    ['receipt-nr: 1', { code: 'E_RULES_UNKNOWN_KEY', place: { line: 1, character: 1 } }],
    ['a: 1\nverdict: maybe', { code: 'E_RULES_UNKNOWN_KEY', also: [{ code: 'E_RULES_VALUE' }] }],
    ['writer-sign: x', { code: 'E_RULES_UNKNOWN_KEY' }],
    ['tables: { handlers: [ { sign: x } ] }', { code: 'E_RULES_UNKNOWN_KEY' }],
  ])('%s is refused with its place', async (yaml, error) => {
    await expect(answers(yaml)).rejects.toMatchObject(error);
  });
});

test('a record of another kind is refused', async () => {
  const other = join(directory, 'other.csv');
  writeFileSync(`${other}.run.json`, '{"version":2}');
  await expect(readEvidence({ data: other }, NO_ANSWERS, '2026-01-01')).rejects.toMatchObject({
    code: 'E_FORM_RECORD',
  });
});

test('no form shows a cell of the data', async () => {
  const identifiers = new Set(
    readFileSync(input, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(','))
      .filter((cell) => cell.length >= 8),
  );
  expect(identifiers.size).toBeGreaterThan(1000);
  copyFileSync(data, `${data}.kept`);
  const found = await evidence();
  for (const { id } of FORMS) {
    const page = renderCase(id, found);
    expect([...identifiers].filter((cell) => page.includes(cell))).toEqual([]);
  }
});

describe('the command', () => {
  const form = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(ROOT, 'bin/gamyeong'), 'form', ...args],
      {
        cwd: directory,
        encoding: 'utf8',
        env: { PATH: process.env.PATH },
      },
    );
    return { status, stdout, stderr };
  };

  test('writes a form, and never over another file unasked', () => {
    const args = ['result', '--rules', rules, '--in', 'out.csv', '--out', 'result.html'];
    expect(form(...args).status).toBe(0);
    expect(readFileSync(join(directory, 'result.html'), 'utf8')).toContain('가명처리 결과서');
    expect(form(...args)).toMatchObject({ status: 2, stderr: expect.stringContaining('E_OUTPUT_EXISTS') });
    expect(form(...args, '--overwrite').status).toBe(0);
  });

  test('tells which forms a case needs', () => {
    writeFileSync(
      join(directory, 'case.yaml'),
      'actor: third-party\nenvironment-control: uncontrollable\ndesignated-safe-environment: yes\n' +
        'designated-kind: innovation-zone\nfinal-tier: low\n',
    );
    const args = ['needs', '--rules', rules, '--answers', 'case.yaml'];
    const { base, possible, reviewers, forms } = JSON.parse(form(...args, '--json').stdout);
    expect({ base, possible, reviewers }).toEqual({ base: 'high', possible: ['low'], reviewers: 1 });
    expect(forms).toMatchObject({
      application: 'required',
      unstructured: 'omit',
      'pledge-safeguard': 'omit',
    });
    expect(form(...args, '--lang', 'ko').stdout).toMatch(/➊ 가명정보 이용·제공 신청서 +application +작성/);
    expect(form('needs', '--rules', rules)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('E_FORM_CIRCUMSTANCES'),
    });
  });

  test('lists the keys that answers may use', () => {
    expect(form('keys').stdout).toMatch(/tables\.handlers\[\]\.handler-name +성명/);
  });
});
