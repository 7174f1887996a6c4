import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TECHNIQUES } from '../../src/techniques/index.ts';
import { Invalid, type Technique } from '../../src/techniques/technique.ts';
import { compileExample } from './compile.ts';

/** Arbitrary text, and text in or near the shapes that techniques know: numbers, dates, addresses. */
const anyCell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('홍', '길', '동', ' ', '-', '(', ')', '1', '시', '구', '로', '\u1112') }),
  fc.string({ unit: fc.constantFrom(...'0123456789-+.:/ TZ%e') }),
  fc.bigInt().map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.ipV4(),
  fc.ipV6(),
  fc.emailAddress(),
);

const cases = TECHNIQUES.flatMap((technique) =>
  technique.examples.map(
    (example) => [technique.name, JSON.stringify(example.params), technique, example] as const,
  ),
);

const outcome = (result: string | Invalid) => (result instanceof Invalid ? null : result);

describe.each(cases)('%s %s', (_name, _params, technique, example) => {
  it('gives what its examples say', () => {
    const cell = compileExample(technique, example.params);
    expect(example.cells.map(([value]) => [value, outcome(cell(value))])).toEqual(example.cells);
  });

  it('answers any cell with a string or Invalid, the same each time', () => {
    const cell = compileExample(technique, example.params);
    const again = compileExample(technique, example.params);
    fc.assert(
      fc.property(anyCell, anyCell, (value, other) => {
        const result = cell(value);
        if (!(result instanceof Invalid)) expect(result).toBeTypeOf('string');
        cell(other);
        expect(cell(value)).toEqual(result);
        expect(again(value)).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });

  it('gives reasons that quote no cell', () => {
    const cell = compileExample(technique, example.params);
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (value) => {
        const result = cell(value);
        if (!(result instanceof Invalid)) return;
        expect(result.reason.en).not.toContain(value);
        expect(result.reason.ko).not.toContain(value);
      }),
      { numRuns: 30 },
    );
  });
});

const shown = (technique: Technique) => technique.name !== 'drop';

it('has an example of every technique that gives a value', () => {
  expect(TECHNIQUES.filter(shown).filter((technique) => technique.examples.length === 0)).toEqual([]);
});

it('names and documents every technique once, in both languages', () => {
  expect(new Set(TECHNIQUES.map((technique) => technique.name)).size).toBe(TECHNIQUES.length);
  for (const { doc } of TECHNIQUES) {
    expect(doc.en).toMatch(/\.$/);
    expect(doc.ko).toMatch(/[가-힣].*\.$/);
  }
});
