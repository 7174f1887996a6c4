import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GamyeongError } from '../../src/errors.ts';
import { generalize } from '../../src/techniques/generalize.ts';
import { EXAMPLE_KEY, Invalid } from '../../src/techniques/technique.ts';

const context = { column: 'v', header: ['v'], key: () => EXAMPLE_KEY };

const load = (text: string, level = 1) =>
  generalize.load!({ table: { file: 'h.csv', level } }, (path) => {
    expect(path).toBe('h.csv');
    return text;
  });
const compile = (text: string, level = 1) => generalize.compile(load(text, level), context).cell;

function fault(text: string, level = 1): GamyeongError {
  try {
    load(text, level);
  } catch (error) {
    if (error instanceof GamyeongError) return error;
    throw error;
  }
  throw new Error('the table was accepted');
}

it('replaces a value by its category at the level', () => {
  const table = '분유;육아용품;식품;*\n기저귀;육아용품;생필품;*\n젖병;육아용품;생필품;*\n';
  expect(['분유', '기저귀', '젖병'].map((value) => compile(table, 1)(value))).toEqual(
    Array(3).fill('육아용품'),
  );
  expect(compile(table, 2)('분유')).toBe('식품');
  expect(compile(table, 3)('젖병')).toBe('*');
  expect(compile(table)('우유')).toBeInstanceOf(Invalid);
  expect(compile(table)('분유 ')).toBeInstanceOf(Invalid);
});

it('takes either delimiter, quotes, a byte order mark, CRLF, blank lines and no newline at the end', () => {
  for (const text of [
    'a,x\nb,y\n',
    '\uFEFFa;x\r\nb;y',
    '"a";"x"\n\n"b";"y"\n',
    'a,"x"\r\n\r\nb,y\r\n',
    'a;x\na;x\nb;y\n',
  ]) {
    expect([compile(text)('a'), compile(text)('b')], JSON.stringify(text)).toEqual(['x', 'y']);
  }
  expect(compile('"a;b";"x,y"\n')('a;b')).toBe('x,y');
});

it('is not confused by names that objects have', () => {
  expect(compile('__proto__;x\nconstructor;y\n')('__proto__')).toBe('x');
  expect(compile('a;x\n')('constructor')).toBeInstanceOf(Invalid);
});

it('makes a plan that needs no file and can be cloned to workers', () => {
  const params = structuredClone(load('a;x\nb;y\n'));
  expect(params).toEqual({
    table: {
      file: 'h.csv',
      level: 1,
      entries: [
        ['a', 'x'],
        ['b', 'y'],
      ],
    },
  });
  expect(JSON.parse(JSON.stringify(params))).toEqual(params);
});

it.each([
  ['', 1, 'E_HIERARCHY_EMPTY', undefined],
  ['\n\n', 1, 'E_HIERARCHY_EMPTY', undefined],
  ['a;x\nb;y\n', 2, 'E_HIERARCHY_LEVEL', undefined],
  ['a\nb\n', 1, 'E_HIERARCHY_LEVEL', undefined],
  ['a;x;*\nb;y\nc;z;*\n', 1, 'E_HIERARCHY_RAGGED', 2],
  ['a;x\nb;y;*\n', 1, 'E_HIERARCHY_RAGGED', 2],
  ['a;x\nb;\n', 1, 'E_HIERARCHY_EMPTY_CELL', 2],
  ['a;x\n;y\n', 1, 'E_HIERARCHY_EMPTY_CELL', 2],
  ['a;x\nb;y\na;y\n', 1, 'E_HIERARCHY_CONFLICT', 3],
  ['a;x;1\na;x;2\n', 1, 'E_HIERARCHY_CONFLICT', 2],
  ['a;x\nb";y\n', 1, 'E_HIERARCHY_QUOTE', 2],
  ['a;x\n"b;y\n', 1, 'E_HIERARCHY_QUOTE', undefined],
] as const)('refuses the table %j at level %d: %s', (text, level, code, line) => {
  const error = fault(text, level);
  expect(error.code).toBe(code);
  expect(error.exitCode).toBe(2);
  expect(error.place.file).toBe('h.csv');
  if (line !== undefined) expect(error.place.line).toBe(line);
});

it('says where a value first stood when it is given twice', () => {
  expect(fault('secret;x\nb;y\nsecret;y\n').line()).toContain('line 1');
  expect(fault('secret;x\nb;y\nsecret;y\n').line()).not.toContain('secret');
});

const adult = new URL('../../../shared/data/adult/', import.meta.url);

if (!existsSync(adult))
  console.warn('NOT TESTED: ../shared/data/adult is absent, its hierarchies are skipped');

describe.skipIf(!existsSync(adult))('hierarchies of the Adult data set (../shared/data/adult)', () => {
  const hierarchy = (name: string) => readFileSync(new URL(`adult_hierarchy_${name}.csv`, adult), 'utf8');

  it('serve every value of their column', () => {
    const [header, ...lines] = readFileSync(new URL('adult.csv', adult), 'utf8').trim().split(/\r?\n/);
    const names = header!.split(/[;,]/);
    for (const name of [
      'age',
      'education',
      'marital-status',
      'native-country',
      'occupation',
      'race',
      'sex',
      'workclass',
    ]) {
      const at = names.indexOf(name);
      expect(at, name).toBeGreaterThanOrEqual(0);
      const cell = compile(hierarchy(name));
      for (const value of new Set(lines.map((line) => line.split(/[;,]/)[at]!)))
        expect(cell(value), name).toBeTypeOf('string');
    }
  });

  it('have their levels', () => {
    expect(compile(hierarchy('age'), 2)('23')).toBe('20-29');
    expect(compile(hierarchy('education'), 2)('11th')).toBe('Secondary education');
  });
});
