import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileTechniques, deriveKeys } from '../../src/engine/keyring.ts';
import { GamyeongError } from '../../src/errors.ts';
import { canonicalJson } from '../../src/rules/canonical.ts';
import { compilePlan } from '../../src/rules/compile.ts';
import { parseRules } from '../../src/rules/parse.ts';
import { readTable } from '../../src/rules/tables.ts';
import { compiled, fixture, fixtures, mistakesOf } from './fixture.ts';

const FULL = fixture('good-full.yaml');
const { rules, plan } = compiled(FULL);
const again = (text: string, header = plan.header) =>
  compilePlan(parseRules(text, FULL.file), header, { rulesFile: FULL.file, readTable });

describe('the plan', () => {
  test('has the columns in the order of the header', () => {
    const header = rules.columns.map((column) => column.name).reverse();
    const reversed = again(FULL.text, header);
    expect(reversed.header).toEqual(header);
    expect(reversed.columns.map((column) => column.name)).toEqual(header);
  });

  test('says what becomes of each column', () => {
    expect(Object.fromEntries(plan.columns.map(({ name, action }) => [name, action]))).toEqual({
      2026: 'keep',
      resident_no: 'drop',
      foreigner_no: 'change',
      이름: 'change',
      member_id: 'change',
      birth: 'change',
      district: 'change',
      income: 'change',
      disease: 'keep',
      status: 'change',
    });
    for (const { action, steps } of plan.columns) expect(steps.length > 0).toBe(action === 'change');
  });

  test('holds the tables that the rules name', () => {
    const district = plan.columns.find((column) => column.name === 'district')!;
    expect(district.steps[0]!.params).toEqual({
      table: {
        file: 'tables/districts.csv',
        level: 1,
        entries: [
          ['종로구', '서울특별시'],
          ['해운대구', '부산광역시'],
        ],
      },
    });
  });

  test('takes all columns as the record key when the rules name none', () => {
    const text = FULL.text.replace(/^record-key.*\n/m, '');
    expect(again(text).recordKey).toEqual(plan.header);
    expect(plan.recordKey).toEqual(['member_id', 'birth']);
  });

  test('is frozen to its depths, and can be cloned to a worker and run there', () => {
    const unfrozen = (data: unknown): boolean =>
      typeof data === 'object' &&
      data !== null &&
      (!Object.isFrozen(data) || Object.values(data).some(unfrozen));
    expect(unfrozen(plan)).toBe(false);
    const clone = structuredClone(plan);
    expect(clone).toEqual(plan);
    const techniques = compileTechniques(clone, deriveKeys(clone, new Uint8Array(32)));
    expect(techniques.columns).toHaveLength(plan.columns.length);
  });

  test('shares nothing with the rules, so that compiling twice works', () => {
    expect(compiled(FULL).plan).toEqual(plan);
    expect(Object.isFrozen(rules.columns[0])).toBe(false);
  });
});

describe('the digest', () => {
  test('is SHA-256 over the canonical JSON of everything else', () => {
    const { digest, ...content } = plan;
    expect(digest).toBe(createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex'));
  });
  test('does not depend on how the rules are laid out', () => {
    const shuffled = FULL.text.split('\n').filter((line) => !line.startsWith('domain:'));
    expect(again([...shuffled, 'domain:    "resident-2026" # last'].join('\n')).digest).toBe(plan.digest);
  });
  test.each([
    ['multiple-of: 1000000', 'multiple-of: 100000'],
    ['to: year', 'to: month'],
    ['domain: members', 'domain: member'],
    ['share: 0.5', 'share: 0.25'],
    ['newline: crlf', 'newline: lf'],
    ['on-invalid: redact', 'on-invalid: error'],
    ['record-key: [member_id, birth]', 'record-key: [birth, member_id]'],
    ['role: sensitive, apply: keep', 'role: sensitive, apply: drop'],
    ['max-record-bytes: 65536', 'max-record-bytes: 65537'],
  ])('changes with %s', (from, to) => {
    expect(FULL.text).toContain(from);
    const text = FULL.text.replace(from, to).replace('sensitive: [disease]', 'sensitive: []');
    expect(again(text).digest).not.toBe(plan.digest);
  });
  test('changes with the content of a table and with the header', () => {
    const other = compilePlan(rules, plan.header, {
      rulesFile: FULL.file,
      readTable: () => '종로구;경기도;*\n해운대구;부산광역시;*\n',
    });
    expect(other.digest).not.toBe(plan.digest);
    expect(again(FULL.text, plan.header.toReversed()).digest).not.toBe(plan.digest);
  });
  test('stays the same over releases', () => {
    expect(compiled(fixture('good-minimal.yaml')).plan.digest).toBe(
      '228433c26b1f52bcb51fdc7b36fd70af5aab758dfa0e79a52a26afdcfa61db96',
    );
  });
});

describe('canonical JSON', () => {
  test('is JSON of the same data, in one spelling', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (data) => {
        const text = canonicalJson(data);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(data)));
      }),
    );
  });
  test('sorts keys by code units and leaves out undefined', () => {
    expect(canonicalJson({ b: 1, a: [true, null, { z: 'é', y: -0.5 }], 가: '', c: undefined })).toBe(
      '{"a":[true,null,{"y":-0.5,"z":"é"}],"b":1,"가":""}',
    );
  });
  test.each([new Map([[1, 2]]), new Date(0), 1n, Number.NaN, undefined, new Uint8Array(1), () => 1])(
    'refuses what a digest would leave out: %s',
    (data) => {
      expect(() => canonicalJson({ data: [data] })).toThrow(TypeError);
    },
  );
});

describe('errors', () => {
  test('a header that matches nothing may be data: none of its cells is told', () => {
    const [error] = mistakesOf(() => compiled(fixture('bad-header-foreign.yaml')));
    expect(error!.line()).not.toMatch(/홍길동|1980/);
    expect(error!.exitCode).toBe(3);
  });
  test('header errors name the input', () => {
    const work = () =>
      compilePlan(rules, ['birth', 'x', 'birth'], { rulesFile: FULL.file, inputFile: 'in.csv', readTable });
    expect(mistakesOf(work)[0]!.place).toEqual({ file: 'in.csv', row: 1 });
  });
  test('a duplicate name that no rule knows is not told either', () => {
    const work = () => compilePlan(rules, ['birth', '홍길동', '홍길동'], { rulesFile: FULL.file, readTable });
    expect(mistakesOf(work)[0]!.line()).not.toContain('홍길동');
  });
  test('what a technique throws is placed in the rules, and its message is not shown', () => {
    const readBroken = () => {
      throw new Error('종로구');
    };
    const work = () => compilePlan(rules, plan.header, { rulesFile: FULL.file, readTable: readBroken });
    const [error, ...others] = mistakesOf(work);
    expect(others).toEqual([]);
    expect(error).toBeInstanceOf(GamyeongError);
    expect(error!.code).toBe('E_RULES_TECHNIQUE');
    expect(error!.place).toEqual({ file: FULL.file, ...lineOf('generalize:') });
    expect(error!.line()).not.toContain('종로구');
  });
  test.each([
    ['blanks', (name: string) => ` ${name} `],
    ['decomposed letters', (name: string) => `${name}`.normalize('NFD')],
  ])('a name that differs in %s only is told so', (_what, written) => {
    const korean = parseRules(
      'version: 1\nname: a\ndomain: b\ncolumns:\n  전화: { role: quasi, apply: keep }\n',
      'r.yaml',
    );
    const work = () => compilePlan(korean, [written('전화')], { rulesFile: 'r.yaml', readTable });
    const [error] = mistakesOf(work);
    expect(error!.code).toMatch(/^E_RULES_COLUMN_/);
    expect(error!.line()).toContain('copy the name from the header');
  });
  test('a rule for a column that is not there may be misspelt', () => {
    const header = plan.header.filter((name) => name !== 'income');
    const work = () => compilePlan(rules, header, { rulesFile: FULL.file, readTable });
    const missing = mistakesOf(work).find((error) => error.code === 'E_RULES_COLUMN_MISSING')!;
    expect(missing.line()).toContain('Correct the name, or remove the rule.');
  });
  test('mistakes of header, tables and techniques come together', () => {
    const header = [...plan.header.filter((name) => name !== 'income'), 'memo'];
    const work = () => compilePlan(rules, header, { rulesFile: '/nowhere/rules.yaml', readTable });
    expect(mistakesOf(work).map((error) => error.code)).toEqual([
      'E_RULES_COLUMN_WITHOUT_RULE',
      'E_RULES_TABLE',
      'E_RULES_COLUMN_MISSING',
    ]);
  });
});

function lineOf(text: string): { line: number; character: number } {
  const before = FULL.text.slice(0, FULL.text.indexOf(text)).split('\n');
  return { line: before.length, character: before.at(-1)!.length + 1 };
}

test('every good fixture compiles to a plan of its own', () => {
  const digests = fixtures('good').map((good) => compiled(good).plan.digest);
  expect(new Set(digests).size).toBe(digests.length);
});
