import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphemes } from '../../src/techniques/graphemes.ts';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { Invalid } from '../../src/techniques/technique.ts';
import { compileExample, exampleKey, mistakes } from './compile.ts';

const mask = techniqueNamed('mask');
const masked = (params: unknown, value: string) => compileExample(mask, params)(value);

const mixed = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '홍',
      '길',
      'a',
      '1',
      ' ',
      '漢',
      '\r',
      '\n',
      '\u1112',
      '\u1169',
      '\u11bc',
      '\u0301',
      '\u200d',
    ),
  ),
});
const count = fc.integer({ min: 0, max: 4 });

describe('graphemes', () => {
  const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });

  it('are the extended grapheme clusters', () => {
    fc.assert(
      fc.property(mixed, (text) => {
        expect(graphemes(text)).toEqual([...segmenter.segment(text)].map(({ segment }) => segment));
      }),
      { numRuns: 500 },
    );
  });

  it('count a Hangul syllable once in both normalization forms', () => {
    expect(graphemes('홍길동').length).toBe(3);
    expect(graphemes('홍길동'.normalize('NFD')).length).toBe(3);
    expect(graphemes('고\u11a8길').length).toBe(2);
  });
});

describe('mask keep', () => {
  it('keeps no more than asked, masks at least one, and keeps the length', () => {
    fc.assert(
      fc.property(mixed, count, count, (value, first, last) => {
        fc.pre(value !== '');
        const all = graphemes(value);
        const result = masked({ keep: { first, last }, char: '█' }, value) as string;
        const run = /^([^█]*)(█+)([^█]*)$/su.exec(result)!;
        const head = graphemes(run[1]!).length;
        const tail = all.length - head - run[2]!.length;
        expect(value.startsWith(run[1]!) && value.endsWith(run[3]!)).toBe(true);
        expect(head).toBe(Math.min(first, all.length - 1));
        expect(tail).toBe(Math.min(last, all.length - 1 - head));
      }),
      { numRuns: 300 },
    );
  });

  it('hides how much it masks when the length is fixed', () => {
    const params = { keep: { first: 1 }, length: 'fixed', 'fixed-length': 4 };
    expect(masked(params, '홍길동')).toBe('홍****');
    expect(masked(params, '남궁길동이라')).toBe('남****');
  });

  it('names a kernel that computes the same; the other forms name none', () => {
    const compile = (params: unknown) =>
      mask.compile(params, { column: 'value', header: ['value'], key: exampleKey });
    expect(compile({ keep: { first: 1, last: 0 }, char: '○' }).kernel).toEqual({
      kind: 'mask-keep',
      first: 1,
      last: 0,
      char: '○',
      length: 'same',
      fixedLength: 3,
    });
    expect(compile({ template: '*', char: '*' }).kernel).toBeUndefined();
  });
});

describe('mask group', () => {
  const params = (pattern: string, groups?: number[]) => ({ group: { pattern, ...(groups && { groups }) } });

  it('masks every match, nested groups once, graphemes not code units', () => {
    expect(masked(params('((홍)길)동'), '홍길동과 홍길동')).toBe('**동과 **동');
    expect(masked(params('(a)(b)(c)', [3, 1]), 'abcabc')).toBe('*b**b*');
    expect(masked(params('<(.*)>'), '<👨‍👩‍👧동>')).toBe('<**>');
  });

  it('refuses a value in which nothing would be masked', () => {
    for (const [pattern, value] of [
      ['(x*)', 'abc'],
      ['a|(b)', 'aaa'],
      ['(홍)', '길동'],
    ] as const)
      expect(masked(params(pattern), value)).toBeInstanceOf(Invalid);
  });

  it('takes linear time where a backtracking engine explodes', () => {
    expect(masked(params('((a+)+)b'), 'a'.repeat(5000))).toBeInstanceOf(Invalid);
  });

  it('leaves alone what no group captured', () => {
    fc.assert(
      fc.property(mixed, (value) => {
        fc.pre(/[0-9]/.test(value));
        expect(masked(params('([0-9]+)'), value)).toBe(value.replace(/[0-9]/g, '*'));
      }),
    );
  });
});

describe('mask template', () => {
  it('fits whole values only, and exactly', () => {
    expect(masked({ template: '가*' }, '가나'.normalize('NFD'))).toBeInstanceOf(Invalid);
    expect(masked({ template: '#*' }, '가나'.normalize('NFD'))).toBe(`${'가'.normalize('NFD')}*`);
    expect(masked({ template: '\\\\*' }, '\\x')).toBe('\\*');
    expect(masked({ template: '**' }, '가')).toBeInstanceOf(Invalid);
  });
});

describe('mask email', () => {
  it('shows of the local part no more than asked, and the whole domain', () => {
    fc.assert(
      fc.property(fc.emailAddress(), count, (address, first) => {
        const at = address.lastIndexOf('@');
        const kept = address.slice(0, Math.min(first, at - 1));
        expect(masked({ email: 'keep-domain', first }, address)).toBe(`${kept}***${address.slice(at)}`);
      }),
    );
  });

  it('refuses what is not one bare address', () => {
    for (const value of [
      '@example.kr',
      'a@',
      'a b@example.kr',
      'a@@example.kr',
      '홍 <a@example.kr>',
      'a@example.kr.',
    ])
      expect(masked({ email: 'keep-domain' }, value), value).toBeInstanceOf(Invalid);
  });
});

describe('mask phone', () => {
  const separator = fc.constantFrom('-', '.', ' ', '');
  const codes = ['02', '031', '043', '055', '064', '010', '011', '016', '019', '070', '080', '0504'];
  const digits = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

  it('keeps the code and the separators of every form, national and international', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.boolean(),
        separator,
        fc.oneof(digits(3), digits(4)),
        digits(4),
        (code, abroad, mark, exchange, line) => {
          const prefix = (abroad ? `+82${mark}${code.slice(1)}` : code) + mark;
          const hidden = `${'*'.repeat(exchange.length)}${mark}****`;
          expect(masked({ phone: 'keep-area-code' }, `${prefix}${exchange}${mark}${line}`)).toBe(
            prefix + hidden,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('mask parameters', () => {
  const bad: [unknown, RegExp][] = [
    [{}, /exactly one of/],
    [{ keep: {}, phone: 'keep-area-code' }, /exactly one of/],
    [{ keep: { first: -1 } }, /^keep\.first/],
    [{ keep: { first: 1.5 } }, /^keep\.first/],
    [{ keep: {}, char: '' }, /^char: must be one printable character/],
    [{ keep: {}, char: '**' }, /^char/],
    [{ keep: {}, char: '\u0301' }, /^char/],
    [{ keep: {}, char: '\u11a8' }, /^char/],
    [{ keep: {}, char: '\n' }, /^char/],
    [{ keep: {}, 'fixed-length': 3 }, /^fixed-length: has an effect only with length: fixed/],
    [{ template: '*', length: 'same' }, /^length: has no effect/],
    [{ keep: {}, first: 1 }, /^first: has no effect/],
    [{ template: '###' }, /^template: the template masks nothing/],
    [{ template: '*\\' }, /^template: the backslash/],
    [{ group: { pattern: '(a' } }, /^group\.pattern: not a regular expression .*: missing closing \)$/],
    [{ group: { pattern: '(?=a)(b)' } }, /^group\.pattern: not a regular expression/],
    [{ group: { pattern: '(a)\\1' } }, /^group\.pattern: not a regular expression/],
    [{ group: { pattern: 'a' } }, /^group\.groups: the pattern has no such capture group/],
    [{ group: { pattern: '(a)', groups: [2] } }, /^group\.groups/],
  ];

  it.each(bad)('%j is refused', (params, message) => {
    const found = mistakes(mask, params);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(message);
  });
});
