import { afterEach, describe, expect, test } from 'vitest';
import { checkReport } from '../../src/cli/check-report.ts';
import { setLanguage } from '../../src/messages/language.ts';
import { classRequirement } from '../../src/risk/enforceable.ts';
import { explainPlan } from '../../src/rules/explain.ts';
import { compiled, fixture } from './fixture.ts';

const { rules, plan } = compiled(fixture('good-enforce.yaml'));

afterEach(() => setLanguage('en'));

describe('what the thresholds ask of every class', () => {
  test.each([
    [{}, 1, 1],
    [{ k: 5 }, 5, 1],
    [{ k: 2, 'prosecutor-max': 0.2 }, 5, 1],
    [{ 'prosecutor-max': 1 / 3 }, 3, 1],
    [{ 'prosecutor-max': 0.3 }, 4, 1],
    [{ 'prosecutor-average': 0.5 }, 2, 1],
    [{ 'records-at-risk': 0.1 }, 5, 1],
    [{ 'records-at-risk': 1, 'sample-uniqueness': 1 }, 1, 1],
    [{ 'sample-uniqueness': 0, l: 3 }, 2, 3],
    [{ 'prosecutor-max': 0 }, Number.POSITIVE_INFINITY, 1],
  ])('%j', (thresholds, size, distinctValues) => {
    expect(classRequirement(thresholds)).toEqual({ size, distinctValues });
  });

  test.each([0.07, 0.1, 1 / 7, 1 / 49, 0.29, 1])('the least size f with 1/f ≤ %d', (risk) => {
    const { size } = classRequirement({ 'prosecutor-max': risk });
    expect(1 / size).toBeLessThanOrEqual(risk);
    if (size > 1) expect(1 / (size - 1)).toBeGreaterThan(risk);
  });
});

test('the plan holds what is enforced, tables included, and its digest covers it', () => {
  expect(plan.enforce).toMatchObject({
    quasiIdentifiers: ['birth', 'district'],
    sensitive: ['disease'],
    classSize: 5,
    distinctValues: 2,
    suppress: 'cells',
    suppressionLimit: 0.05,
    recode: [{ column: 'district' }, { column: 'birth', steps: [{ technique: 'redact' }] }],
  });
  const { params } = plan.enforce!.recode[0]!.steps[0]!;
  expect((params as { table: { entries: unknown[] } }).table.entries.length).toBeGreaterThan(0);
  const other = fixture('good-enforce.yaml');
  const changed = compiled({ ...other, text: other.text.replace('suppress: cells', 'suppress: rows') });
  expect(changed.plan.digest).not.toBe(plan.digest);
});

test.each(['en', 'ko'] as const)('check says in %s what will be done, in order', (language) => {
  setLanguage(language);
  const explanation = explainPlan(rules, plan);
  expect(JSON.parse(JSON.stringify(explanation.enforcement))).toEqual({
    quasiIdentifiers: ['birth', 'district'],
    classSize: 5,
    distinctValues: 2,
    recode: [
      {
        column: 'district',
        steps: [{ technique: 'generalize', params: { table: { file: 'tables/districts.csv', level: 1 } } }],
      },
      { column: 'birth', steps: [{ technique: 'redact', params: {} }] },
    ],
    suppress: 'cells',
    suppressionLimit: 0.05,
  });
  const report = checkReport(explanation, true);
  const steps = report.split('\n').filter((line) => /^ {2}\d\. /.test(line));
  expect(steps).toHaveLength(5);
  expect(steps[0]).toMatch(/birth, district.*5.*2/);
  expect(steps[1]).toMatch(/district.*generalize|generalize.*district/);
  expect(steps[3]).toMatch(/5 %.* 4$/);
  expect(report).not.toMatch(/\{\w+\}/);
});
