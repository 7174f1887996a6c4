import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalize } from '../../src/techniques/generalize.ts';
import { Invalid } from '../../src/techniques/technique.ts';
import { compileExample, mistakes } from './compile.ts';

const compile = (params: object) => compileExample(generalize, params);
const widths = fc.integer({ min: 1, max: 1_000_000 });

describe('ranges', () => {
  it('contain the value, are as wide as said and start on the grid', () => {
    fc.assert(
      fc.property(fc.bigInt(), widths, fc.integer(), (value, width, origin) => {
        const label = compile({ ranges: { width, origin, label: '{from} {to} {last}' } })(String(value));
        const [from, to, last] = (label as string).split(' ').map(BigInt) as [bigint, bigint, bigint];
        expect(from <= value && value < to).toBe(true);
        expect(to - from).toBe(BigInt(width));
        expect(last).toBe(to - 1n);
        expect((from - BigInt(origin)) % BigInt(width)).toBe(0n);
      }),
    );
  });

  it('contain fractions too', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 999 }), (thousandths, width) => {
        const value = `${thousandths < 0 ? '-' : ''}${String(Math.abs(thousandths))
          .padStart(4, '0')
          .replace(/(...)$/, '.$1')}`;
        const params = { ranges: { width: `0.${String(width).padStart(3, '0')}`, label: '{from} {to}' } };
        const [from, to] = (compile(params)(value) as string)
          .split(' ')
          .map((n) => Math.round(Number(n) * 1000));
        expect(from! <= thousandths && thousandths < to!).toBe(true);
        expect(to! - from!).toBe(width);
      }),
    );
  });

  it('refuse what lies outside unless an open end is asked for', () => {
    const closed = compile({ ranges: { width: 10, min: 20, max: 80 } });
    expect(closed('19.999')).toBeInstanceOf(Invalid);
    expect(closed('80')).toBeInstanceOf(Invalid);
    const open = compile({ ranges: { width: 10, min: 20, max: 80, below: '<20', above: '80+' } });
    expect([open('-5'), open('20'), open('79.9'), open('80')]).toEqual(['<20', '[20,30)', '[70,80)', '80+']);
  });

  it.each([
    { width: 0 },
    { width: 10, min: 5, max: 5 },
    { width: 10, min: 'low', max: 5 },
    { width: 10, below: 'low' },
    { width: 10, above: 'high' },
    { width: 10, label: 'same for all' },
    { width: 10, label: '{from}-{until}' },
    { width: 10, labels: ['a'] },
    { origin: 10 },
  ])('refuse %j', (ranges) => {
    expect(mistakes(generalize, { ranges })).toHaveLength(1);
  });
});

describe('bins', () => {
  it('hold the value between their bounds', () => {
    const bounds = fc.uniqueArray(fc.integer(), { minLength: 2 }).map((all) => all.sort((a, b) => a - b));
    fc.assert(
      fc.property(bounds, fc.integer(), (edges, value) => {
        const label = compile({ bins: { bounds: edges, below: 'below', above: 'above' } })(String(value));
        if (value < edges[0]!) expect(label).toBe('below');
        else if (value >= edges.at(-1)!) expect(label).toBe('above');
        else {
          const [from, to] = (label as string).slice(1, -1).split(',').map(Number) as [number, number];
          expect(from <= value && value < to).toBe(true);
          expect(edges.indexOf(to)).toBe(edges.indexOf(from) + 1);
        }
      }),
    );
  });

  it.each([
    { bounds: [] },
    { bounds: [1, 1] },
    { bounds: [2, 1] },
    { bounds: ['1', 'two', '3'] },
    { bounds: [1, 2], labels: ['a', 'b'] },
    { bounds: [1, 2], labels: [''] },
  ])('refuse %j', (bins) => {
    expect(mistakes(generalize, { bins })).toHaveLength(1);
  });
});

describe('age bands', () => {
  const birth = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2026-06-30'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));

  it('hold the number of birthdays that have passed at the reference date', () => {
    fc.assert(
      fc.property(birth, fc.constantFrom(1, 5, 10, 7), (date, width) => {
        const label = compile({ 'age-band': { 'reference-date': '2026-06-30', width } })(date) as string;
        const [from, last = from] = label.split('-').map(Number) as [number, number];
        let age = 0;
        while (`${Number(date.slice(0, 4)) + age + 1}${date.slice(4)}` <= '2026-06-30') age++;
        expect(from <= age && age <= last).toBe(true);
        expect(last - from + 1).toBe(width);
        expect(from % width).toBe(0);
      }),
    );
  });

  it('merge the ends', () => {
    const cell = compile({ 'age-band': { 'reference-date': '2026-06-30', width: 10, top: 80, bottom: 20 } });
    expect(['1946-06-30', '1946-07-01', '2006-06-30', '2006-07-01'].map(cell)).toEqual([
      '80+',
      '70-79',
      '20-29',
      '0-19',
    ]);
  });

  it('refuse a birth after the reference date', () => {
    const cell = compile({ 'age-band': { 'reference-date': '2026-06-30', width: 10 } });
    expect(cell('2026-06-30')).toBe('0-9');
    expect(cell('2026-07-01')).toBeInstanceOf(Invalid);
  });

  it.each([
    { width: 10 },
    { 'reference-date': '2026-02-29', width: 10 },
    { 'reference-date': '0000-01-01', width: 10 },
    { 'reference-date': '20260101', width: 10 },
    { 'reference-date': '2026-01-01', width: 0 },
    { 'reference-date': '2026-01-01', width: 10, top: 65 },
    { 'reference-date': '2026-01-01', width: 10, top: 20, bottom: 30 },
    { 'reference-date': '2026-01-01', width: 10, labels: 'en' },
  ])('refuse %j', (band) => {
    expect(mistakes(generalize, { 'age-band': band })).toHaveLength(1);
  });
});

it.each([
  {},
  { bins: { bounds: [1, 2] }, address: 'sido' },
  { 'postal-code': true, bins: { bounds: [1, 2] } },
  { address: 'dong' },
])('generalize refuses %j', (params) => {
  expect(mistakes(generalize, params)).toHaveLength(1);
});
