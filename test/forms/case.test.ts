import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appendAudit } from '../../src/audit/log.ts';
import { run } from '../../src/engine/run.ts';
import { NO_ANSWERS, readAnswers } from '../../src/forms/answers.ts';
import { readEvidence } from '../../src/forms/evidence.ts';
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
