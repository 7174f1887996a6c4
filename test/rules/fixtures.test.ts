import { afterEach, describe, expect, test } from 'vitest';
import { RULES_ERRORS } from '../../src/messages/errors-rules.ts';
import { setLanguage } from '../../src/messages/language.ts';
import { compiled, fixtures, mistakesOf, summary } from './fixture.ts';

/** Errors of whole files: parse.test.ts; of what a technique throws unexpectedly: compile.test.ts. */
const ELSEWHERE = ['E_RULES_ENCODING', 'E_RULES_TOO_LARGE', 'E_RULES_TABLE_ENCODING', 'E_RULES_TECHNIQUE'];

afterEach(() => setLanguage('en'));

describe('good rules', () => {
  test.each(fixtures('good'))('$name', (good) => {
    expect(mistakesOf(() => compiled(good)).map((error) => error.line())).toEqual([]);
  });
});

describe('bad rules give exactly the mistakes that they name', () => {
  test.each(fixtures('bad'))('$name', (bad) => {
    expect(bad.expected).not.toEqual([]);
    expect(mistakesOf(() => compiled(bad)).map(summary)).toEqual(bad.expected);
  });
});

test('every error of rules has a fixture', () => {
  const covered = new Set(
    fixtures('bad').flatMap(({ expected }) => expected.map((line) => line.split(' ')[0])),
  );
  const missing = Object.keys(RULES_ERRORS)
    .filter((code) => code.startsWith('E_RULES_') && !covered.has(code))
    .sort();
  expect(missing).toEqual([...ELSEWHERE].sort());
});

describe.each(['en', 'ko'] as const)('the sentences in %s', (language) => {
  test.each(fixtures('bad'))(
    '$name: one line each, nothing left to fill in, no words of the schema library',
    (bad) => {
      setLanguage(language);
      for (const line of mistakesOf(() => compiled(bad)).map((error) => error.line())) {
        expect(line).toMatch(/^gamyeong: E_[A-Z_]+: [^\n]+$/);
        expect(line).not.toMatch(/\{\w+\}|undefined|Invalid input|expected \w+, received|\[object/);
        if (language === 'ko') expect(line).toMatch(/[가-힣]/);
      }
    },
  );
});
