import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sample } from '../../src/techniques/sample.ts';
import { suppressRow } from '../../src/techniques/suppress-row.ts';
import { EXAMPLE_KEY, type RowTechnique } from '../../src/techniques/technique.ts';

const context = { header: ['id', 'age', 'city'], key: () => EXAMPLE_KEY };
const parse = (technique: RowTechnique, params: unknown) => technique.params(z).parse(params);
const faults = (technique: RowTechnique, params: unknown) =>
  technique.params(z).safeParse(params).error?.issues ?? [];
const draws = Array.from({ length: 10_000 }, (_, i) => createHash('sha256').update(String(i)).digest());

describe('sample', () => {
  const kept = (share: number) => {
    const { keeps } = sample.compile(parse(sample, { share }), context);
    return new Set(draws.filter((draw) => keeps([], draw)));
  };

  it('keeps about the share', () => {
    expect(kept(0.5).size / draws.length).toBeCloseTo(0.5, 1);
    expect(kept(0.1).size / draws.length).toBeCloseTo(0.1, 1);
    expect(kept(0.1).size).toBeGreaterThan(850);
    expect(kept(0.1).size).toBeLessThan(1150);
  });

  it('keeps all with share 1', () => {
    expect(kept(1).size).toBe(draws.length);
  });

  it('keeps in a smaller sample only what a larger one keeps', () => {
    const larger = kept(0.3);
    expect([...kept(0.2)].every((draw) => larger.has(draw))).toBe(true);
  });

  it('is decided by the first 53 bits', () => {
    const { keeps } = sample.compile(parse(sample, { share: 0.5 }), context);
    const draw = (first: number) => Uint8Array.from([first, ...Array(31).fill(0xff)]);
    expect([draw(0x7f), draw(0x80)].map((bytes) => keeps([], bytes))).toEqual([true, false]);
  });

  it('draws over the record, or over the columns named', () => {
    const record = sample.compile(parse(sample, { share: 0.5 }), context);
    expect(record.draw).toEqual({ purpose: 'sample', column: '', over: 'record' });
    const params = parse(sample, { share: 0.5, by: ['id'] });
    expect(sample.compile(params, context).draw).toEqual({ purpose: 'sample', column: '', over: ['id'] });
    expect(sample.columns(params)).toEqual(['id']);
  });

  it.each([{ share: 0 }, { share: -0.1 }, { share: 1.01 }, { share: '0.5' }, {}, { share: 0.5, by: [] }])(
    'refuses %j',
    (params) => {
      expect(faults(sample, params)).toHaveLength(1);
    },
  );
});

/** Whether a record with these cells stays. */
function keeps(when: unknown, record: Record<string, string>): boolean {
  const params = parse(suppressRow, { when });
  const values = suppressRow.columns(params).map((name) => record[name]!);
  return suppressRow.compile(params, context).keeps(values);
}

describe('suppress-row', () => {
  it('compares exact decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (value, bound) => {
        const age = `${value}.0`;
        expect(keeps({ column: 'age', 'less-than': bound }, { age })).toBe(!(value < bound));
        expect(keeps({ column: 'age', 'greater-than': bound }, { age })).toBe(!(value > bound));
        expect(keeps({ column: 'age', 'at-least': `${bound}.00` }, { age })).toBe(!(value >= bound));
        expect(keeps({ column: 'age', 'at-most': bound }, { age })).toBe(!(value <= bound));
      }),
    );
    const huge = '100000000000000000000000000000';
    expect(keeps({ column: 'age', 'greater-than': huge }, { age: `${huge}.0000000001` })).toBe(false);
    expect(keeps({ column: 'age', 'greater-than': huge }, { age: huge })).toBe(true);
  });

  it.each(['less-than', 'greater-than', 'at-least', 'at-most'])(
    'suppresses with %s what is no number, keeps what is empty',
    (test) => {
      for (const age of ['?', '3O', '1,000', '1e3', ' 5', 'NaN'])
        expect(keeps({ column: 'age', [test]: 10 }, { age })).toBe(false);
      expect(keeps({ column: 'age', [test]: 10 }, { age: '' })).toBe(true);
    },
  );

  it('compares whole texts with equals', () => {
    const when = { column: 'city', equals: ['울릉군', 7] };
    expect(['울릉군', '7', '울릉군 ', '울릉', '7.0', ''].map((city) => keeps(when, { city }))).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  it('finds a regular expression anywhere, and anchors where it says', () => {
    expect(keeps({ column: 'city', matches: '릉' }, { city: '울릉군' })).toBe(false);
    expect(keeps({ column: 'city', matches: '^릉' }, { city: '울릉군' })).toBe(true);
    expect(keeps({ column: 'city', matches: '^$' }, { city: '' })).toBe(false);
  });

  it('takes an explosive expression in linear time', () => {
    expect(keeps({ column: 'city', matches: '^(a+)+$' }, { city: `${'a'.repeat(20_000)}!` })).toBe(true);
  });

  it('finds empty cells', () => {
    expect(keeps({ column: 'city', empty: true }, { city: '' })).toBe(false);
    expect(keeps({ column: 'city', empty: true }, { city: ' ' })).toBe(true);
  });

  it('combines conditions', () => {
    const when = {
      'any-of': [
        { column: 'age', 'less-than': 20 },
        {
          'all-of': [
            { column: 'age', 'at-least': 80 },
            { column: 'city', equals: ['울릉군'] },
          ],
        },
      ],
    };
    const kept = (age: string, city: string) => keeps(when, { age, city });
    expect(suppressRow.columns(parse(suppressRow, { when }))).toEqual(['age', 'city']);
    expect([kept('19', '중구'), kept('80', '중구'), kept('80', '울릉군'), kept('20', '울릉군')]).toEqual([
      false,
      true,
      false,
      true,
    ]);
  });

  it.each([
    {},
    { column: 'age' },
    { column: 'age', equals: [] },
    { column: 'age', empty: false },
    { column: 'age', 'at-least': 1, 'less-than': 5 },
    { 'at-least': 1 },
    { column: 'age', 'any-of': [{ column: 'age', empty: true }] },
    { 'any-of': [] },
    { 'any-of': [{ column: 'age' }] },
    { 'any-of': [{ column: 'age', empty: true }], 'all-of': [{ column: 'age', empty: true }] },
    { column: 'age', matches: '(' },
    { column: 'age', 'at-least': 'twenty' },
    { column: 'age', above: 1 },
  ])('refuses %j', (when) => {
    expect(faults(suppressRow, { when })).not.toEqual([]);
  });
});
