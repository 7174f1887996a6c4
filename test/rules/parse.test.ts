import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { GamyeongError } from '../../src/errors.ts';
import { parseRules, readRules } from '../../src/rules/parse.ts';
import { fixture, fixtures, mistakesOf, summary } from './fixture.ts';

const MINIMAL = fixture('good-minimal.yaml').text;

describe('what rules become', () => {
  test('defaults', () => {
    const rules = parseRules(MINIMAL, 'r.yaml');
    expect(rules.input).toEqual({
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      escape: '"',
      comment: '',
      maxRecordBytes: 16 * 1024 * 1024,
    });
    expect(rules.output).toEqual({ encoding: 'utf-8', newline: 'as-header' });
    expect(rules.recordKey).toBeUndefined();
    expect(rules.risk).toEqual({ quasiIdentifiers: [], sensitive: [], thresholds: {} });
    expect(rules.columns[0]).toMatchObject({ name: 'a', role: 'other', domain: 'd' });
    expect(rules.columns[0]!.steps[0]).toMatchObject({ technique: 'keep', params: {}, onInvalid: 'error' });
  });

  test('everything that can be written', () => {
    const rules = parseRules(fixture('good-full.yaml').text, 'r.yaml');
    const column = (name: string) => rules.columns.find((one) => one.name === name)!;
    expect(rules.purpose).toEqual({ kind: 'research', text: '지역 보건 연구' });
    expect(rules.input).toMatchObject({ encoding: 'cp949', delimiter: '\t', escape: '\\', comment: '#' });
    expect(rules.output).toEqual({ encoding: 'utf-8-bom', newline: 'crlf' });
    expect(rules.recordKey).toEqual(['member_id', 'birth']);
    expect(rules.rows.map((row) => row.technique)).toEqual(['suppress-row', 'sample']);
    expect(column('foreigner_no').legalBasis).toBe('주민등록법 제7조');
    expect(column('member_id').domain).toBe('members');
    expect(column('이름').domain).toBe('resident-2026');
    expect(column('이름').steps[0]).toMatchObject({ onEmpty: 'error', onInvalid: 'error' });
    expect(column('income').steps[0]).toMatchObject({
      params: { 'multiple-of': 1000000, mode: 'nearest' },
      written: { 'multiple-of': 1000000, 'on-empty': 'treat', 'on-invalid': 'redact' },
      onEmpty: 'treat',
      onInvalid: 'redact',
    });
    expect(column('birth').steps.map((step) => step.technique)).toEqual(['date-shift', 'date-truncate']);
    expect(column('2026').role).toBe('other');
    expect(rules.risk.quasiIdentifiers).toEqual(['birth', 'district']);
    expect(rules.release?.tier).toBe('medium');
  });

  test('risk measures the columns that have the roles and stay in the output', () => {
    const rules = parseRules(
      [
        'version: 1',
        'name: n',
        'domain: d',
        'columns:',
        '  a: { role: quasi, apply: keep }',
        '  b: { role: quasi, apply: drop }',
        '  c: { role: sensitive, apply: keep }',
        '  d: { role: sensitive, apply: drop }',
      ].join('\n'),
      'r.yaml',
    );
    expect(rules.risk).toMatchObject({ quasiIdentifiers: ['a'], sensitive: ['c'] });
  });

  test('columns named like members of every object are columns', () => {
    const rules = parseRules(
      MINIMAL.replace('  a:', '  toString: { role: other, apply: drop }\n  constructor:'),
      'r.yaml',
    );
    expect(rules.columns.map((column) => column.name)).toEqual(['toString', 'constructor']);
  });

  test('a byte order mark and CRLF change nothing but the digest', () => {
    const plain = parseRules(MINIMAL, 'r.yaml');
    const other = parseRules(`\uFEFF${MINIMAL.replaceAll('\n', '\r\n')}`, 'r.yaml');
    const { digest: a, ...rest } = plain;
    const { digest: b, ...otherRest } = other;
    expect(JSON.stringify(otherRest)).toBe(JSON.stringify(rest));
    expect(a).not.toBe(b);
  });
});

describe('hints', () => {
  const hint = (text: string) =>
    mistakesOf(() => parseRules(text, 'r.yaml')).map((error) => error.sentence());
  test.each([
    ['aply: keep, apply', "Did you mean 'apply'?"],
    ['Role: direct, apply', "Did you mean 'role'?"],
    ['legal_basis: x, apply', "Did you mean 'legal-basis'?"],
    ['zzzzzzzz: keep, apply', 'Possible here: type, role, domain, legal-basis, apply.'],
  ])('%s', (written, expected) => {
    expect(hint(MINIMAL.replace('apply', written))).toEqual([expect.stringContaining(expected)]);
  });
  test.each([
    ['hash', 'keyed-hash'],
    ['year', 'date-truncate'],
    ['delete', 'drop'],
  ])('the technique %s is %s here', (written, name) => {
    const text = `version: 1\nname: a\ndomain: b\ncolumns:\n  c: { role: quasi, apply: ${written} }\n`;
    expect(hint(text)).toEqual([expect.stringMatching(new RegExp(`\\b${name}\\b`))]);
    expect(hint(text)[0]).not.toContain("'mask'");
  });
  test('a number where text is expected asks for quotes', () => {
    expect(hint(MINIMAL.replace('minimal', '2026'))[0]).toContain(
      "'name' takes text (r.yaml:2:7). Put the value in quotes.",
    );
  });
});

describe('values of the rules are not repeated in errors', () => {
  const SECRET = 'hunter2SECRET';
  test.each([
    MINIMAL.replace('minimal', `[${SECRET}]`),
    MINIMAL.replace('version: 1', `version: ${SECRET}`),
    MINIMAL.replace('other', SECRET),
    MINIMAL.replace('keep', `{ replace: { with: [${SECRET}] } }`),
    MINIMAL.replace('keep', `{ mask: { group: { pattern: "(${SECRET}" } } }`),
    MINIMAL.replace('keep', `{ generalize: { age-band: { reference-date: ${SECRET}, width: 5 } } }`),
    `${MINIMAL}\n  ${SECRET}`,
    `${MINIMAL}\nrisk: *${SECRET}`,
    `${MINIMAL}\nrisk: !${SECRET} {}`,
    `${MINIMAL}\nrisk: "\\q${SECRET}`,
  ])('%#', (text) => {
    const mistakes = mistakesOf(() => parseRules(text, 'r.yaml'));
    expect(mistakes).not.toEqual([]);
    for (const error of mistakes) expect(error.line()).not.toContain(SECRET);
  });
});

describe('no text crashes the parser', () => {
  const onlyOurs = (text: string) => {
    try {
      parseRules(text, 'r.yaml');
    } catch (error) {
      if (!(error instanceof GamyeongError)) throw error;
      for (const one of [error, ...error.also]) expect(one.place.line).toBeGreaterThan(0);
    }
  };
  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), onlyOurs), { numRuns: 500 });
  });
  test('anything that is JSON', () => {
    fc.assert(fc.property(fc.json(), onlyOurs), { numRuns: 500 });
  });
  test('rules with a piece cut out, doubled or replaced', () => {
    const texts = [...fixtures('good'), ...fixtures('bad')].map(({ text }) => text);
    const piece = fc.constantFrom(
      '',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '\n',
      '\t',
      '&a ',
      '*a',
      '!x ',
      '? ',
      '| ',
      'null',
    );
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(40), piece, (text, start, length, put) => {
        const at = start % (text.length + 1);
        onlyOurs(text.slice(0, at) + put + text.slice(at + length));
      }),
      { numRuns: 400 },
    );
  });
  test.each(['[', '{a: ', '- ', '? ', '{"a":['])('%j a hundred thousand times', (nested) => {
    onlyOurs(nested.repeat(100_000));
  });
});

describe('readRules', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'gamyeong-rules-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const failure = async (bytes: string | Uint8Array): Promise<unknown> => {
    const file = join(directory, 'r.yaml');
    writeFileSync(file, bytes);
    return readRules(file).catch((error: unknown) => error);
  };

  test('reads a file', async () => {
    const file = join(directory, 'r.yaml');
    writeFileSync(file, MINIMAL);
    expect((await readRules(file)).name).toBe('minimal');
  });
  test('missing, a directory', async () => {
    await expect(readRules(join(directory, 'absent.yaml'))).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
      exitCode: 6,
    });
    await expect(readRules(directory)).rejects.toMatchObject({ code: 'E_FILE_IS_DIRECTORY', exitCode: 6 });
  });
  test('not UTF-8', async () => {
    expect(await failure(Buffer.from('name: \xff', 'latin1'))).toMatchObject({
      code: 'E_RULES_ENCODING',
      exitCode: 2,
    });
  });
  test('4 MiB is read, a byte more is refused', async () => {
    const fill = 4 * 1024 * 1024 - Buffer.byteLength(MINIMAL) - 2;
    expect(await failure(`${MINIMAL}# ${'x'.repeat(fill)}`)).toMatchObject({ name: 'minimal' });
    expect(await failure(`${MINIMAL}# ${'x'.repeat(fill + 1)}`)).toMatchObject({
      code: 'E_RULES_TOO_LARGE',
      exitCode: 2,
    });
  });
});

test('mistakes stand in the order of the file, the first one leading', () => {
  const mistakes = mistakesOf(() => parseRules(fixture('bad-values.yaml').text, 'r.yaml'));
  const lines = mistakes.map((error) => error.place.line!);
  expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  expect(mistakes.map(summary).length).toBeGreaterThan(15);
});
