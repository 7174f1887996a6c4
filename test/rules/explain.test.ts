import stringWidth from 'string-width';
import { afterEach, describe, expect, test } from 'vitest';
import { checkReport } from '../../src/cli/check-report.ts';
import { setLanguage } from '../../src/messages/language.ts';
import { explainPlan } from '../../src/rules/explain.ts';
import { compiled, type Fixture, fixture } from './fixture.ts';

const explain = (from: Fixture) => {
  const { rules, plan } = compiled(from);
  return explainPlan(rules, plan);
};
const full = explain(fixture('good-full.yaml'));
const column = (name: string) => full.columns.find((one) => one.name === name)!;

afterEach(() => setLanguage('en'));

describe('the explanation', () => {
  test('names the derived keys with their domains', () => {
    expect(full.keys).toEqual(
      expect.arrayContaining([
        { purpose: 'token', domain: 'members' },
        { purpose: 'token', domain: 'resident-2026' },
        { purpose: 'date-shift', domain: 'resident-2026' },
        { purpose: 'sample', domain: 'resident-2026' },
      ]),
    );
    expect(full.keys).toHaveLength(4);
    expect(column('member_id').steps[0]!.keys).toEqual([{ purpose: 'token', domain: 'members' }]);
    expect(full.rows.map((row) => row.keys.length)).toEqual([0, 1]);
  });
  test('shows parameters as written, without the content of tables', () => {
    expect(column('district').steps[0]!.params).toEqual({
      table: { file: 'tables/districts.csv', level: 1 },
    });
  });
  test('tells what can be undone', () => {
    expect(column('disease').steps[0]).toMatchObject({ reversible: 'yes', leaks: ['value'] });
    expect(column('resident_no').steps[0]).toMatchObject({ reversible: 'no', leaks: [] });
    const ip = (params: string) =>
      explain(withColumn(`{ type: ip, role: other, apply: { ip: ${params} } }`)).columns[0]!.steps[0]!;
    expect(ip('{ prefix-preserving: true }').reversible).toBe('with-key');
    expect(ip('{ truncate: {} }').reversible).toBe('no');
  });
  test('is JSON', () => {
    expect(JSON.parse(JSON.stringify(full))).toEqual(full);
  });
});

function withColumn(column: string, name = 'a'): Fixture {
  const text = [
    'version: 1',
    'name: n',
    'domain: d',
    'purpose: { kind: statistics, text: t }',
    `columns: { ${name}: ${column}, q: { role: quasi, apply: redact } }`,
  ].join('\n');
  return { name, file: 'r.yaml', text, expected: [], header: undefined };
}

describe('warnings', () => {
  test.each([
    ['{ role: direct, apply: keep }', 'W_DIRECT_KEPT'],
    ['{ role: direct, apply: { top-bottom-code: { top: 80 } } }', 'W_DIRECT_KEPT'],
    ['{ role: quasi, apply: keep }', 'W_QUASI_KEPT'],
    ['{ type: phone, role: other, apply: keyed-hash }', 'W_TYPE_IS_DIRECT'],
    ['{ type: rrn, role: direct, legal-basis: 법, apply: keyed-hash }', 'W_RRN_TREATED'],
    ['{ type: category, role: quasi, apply: keyed-hash }', 'W_FEW_VALUES'],
    ['{ type: text, role: other, apply: keep }', 'W_TEXT_KEPT'],
  ])('%s', (written, code) => {
    expect(explain(withColumn(written)).warnings).toMatchObject([{ code, column: 'a' }]);
  });
  test.each([
    '{ type: rrn, role: direct, apply: drop }',
    '{ type: name, role: direct, apply: { mask: { keep: { first: 1 } } } }',
    '{ type: email, role: direct, apply: keyed-hash }',
    '{ type: date, role: quasi, apply: { date-truncate: { to: year } } }',
    '{ type: text, role: other, apply: redact }',
    '{ role: sensitive, apply: keep }',
  ])('none for %s', (written) => {
    expect(explain(withColumn(written)).warnings).toEqual([]);
  });
  test.each(['주민등록번호', '주민번호', 'resident_no', 'resident_registration_number', 'applicant_rrn'])(
    'the column %s without type rrn',
    (name) => {
      const named = (column: string) => explain(withColumn(column, name)).warnings.map(({ code }) => code);
      expect(named('{ role: direct, apply: keyed-hash }')).toEqual(['W_RRN_NAME']);
      expect(named('{ role: direct, apply: drop }')).toEqual([]);
    },
  );
  test('of the rules as a whole', () => {
    const codes = explain(fixture('good-minimal.yaml')).warnings.map(({ code }) => code);
    expect(codes).toEqual(['W_NO_PURPOSE', 'W_NO_QUASI']);
  });
});

describe.each(['en', 'ko'] as const)('the report in %s', (language) => {
  test('is a table whose columns stand under each other on a terminal', () => {
    setLanguage(language);
    const report = checkReport(explain(fixture('good-full.yaml')), true);
    const table = report.split('\n\n')[1]!.split('\n');
    expect(table).toHaveLength(1 + full.rows.length + full.columns.length + 1);
    const startOf = (line: string, text: string) => stringWidth(line.slice(0, line.indexOf(text)));
    const starts = table
      .slice(3)
      .filter((line) => /[a-z-]+ \{/.test(line))
      .map((line) => startOf(line, / ([a-z-]+ \{)/.exec(line)![1]!));
    expect(starts.length).toBeGreaterThan(5);
    expect(new Set(starts).size).toBe(1);
    expect(report).not.toMatch(/\{\w+\}/);
    expect(report.endsWith('\n')).toBe(true);
  });
  test('says whether a header was compared', () => {
    setLanguage(language);
    expect(checkReport(full, false)).toContain('--in');
    expect(checkReport(full, true)).not.toContain('--in');
  });
});

test('names in a report cannot control the terminal', () => {
  const report = checkReport(explain(withColumn('{ role: other, apply: keep }', '"a\\e[31m"')), true);
  expect(report).not.toContain('\u001b');
});
