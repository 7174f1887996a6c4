import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dateShift } from '../../src/techniques/date-shift.ts';
import { draw } from '../../src/techniques/draw.ts';
import { Invalid } from '../../src/techniques/technique.ts';
import { exampleKey, mistakes } from './compile.ts';

const key = exampleKey('date-shift');

/** The technique on column `column` of the columns id, in, out; the draw as an engine makes it. */
function shifted(column: string, subject: string, value: string, maxDays: number): string | Invalid {
  const params = { subject: 'id', 'max-days': maxDays };
  const compiled = dateShift.compile(params, { column, header: ['id', 'in', 'out'], key: exampleKey });
  expect(compiled.draw).toEqual({ purpose: 'date-shift', column: 'id', over: ['id'] });
  return compiled.cell(value, draw(key, 'id', [subject]));
}

const dayOf = (text: string) => Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000;
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const subject = fc.string({ unit: 'grapheme', minLength: 1 });
const most = fc.integer({ min: 1, max: 3650 });

it('keeps the days between any two dates of a subject, in every column', () => {
  fc.assert(
    fc.property(subject, day, day, most, (id, admitted, left, n) => {
      const a = shifted('in', id, admitted, n) as string;
      const b = shifted('out', id, left, n) as string;
      expect(dayOf(b) - dayOf(a)).toBe(dayOf(left) - dayOf(admitted));
    }),
  );
});

it('moves by 1 to n days, either way, never by none', () => {
  fc.assert(
    fc.property(subject, day, most, (id, date, n) => {
      const moved = Math.abs(dayOf(shifted('in', id, date, n) as string) - dayOf(date));
      expect(moved).toBeGreaterThanOrEqual(1);
      expect(moved).toBeLessThanOrEqual(n);
    }),
  );
});

it('uses every shift about equally often', () => {
  const counts = new Map<number, number>();
  for (let i = 0; i < 6000; i++) {
    const days = dayOf(shifted('in', `subject ${i}`, '2020-02-29', 3) as string) - dayOf('2020-02-29');
    counts.set(days, (counts.get(days) ?? 0) + 1);
  }
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual([-3, -2, -1, 1, 2, 3]);
  for (const count of counts.values()) {
    expect(count).toBeGreaterThan(850);
    expect(count).toBeLessThan(1150);
  }
});

it('keeps separators, time of day and zone', () => {
  fc.assert(
    fc.property(subject, day, fc.constantFrom('-', '.', '/', ''), (id, date, separator) => {
      const time = 'T23:59:59.5+09:00';
      const result = shifted('in', id, date.replaceAll('-', separator) + time, 10) as string;
      expect(result).toBe((shifted('in', id, date, 10) as string).replaceAll('-', separator) + time);
    }),
  );
});

it.each([
  ['2020. 1. 5. 오후 3:00:00', /^20(19|20)\. \d\d\. \d\d\. 오후 3:00:00$/],
  ['2020년 1월 5일 3:00', /^20(19|20)년 \d\d월 \d\d일 3:00$/],
  ['2020/1/5', /^20(19|20)\/\d\d\/\d\d$/],
])('keeps the marks of %j, and moves it as the same date written otherwise', (text, shape) => {
  const result = shifted('in', 'a', text, 20) as string;
  expect(result).toMatch(shape);
  const moved = result
    .replace(/ ?(오후 )?3:.*/, '')
    .match(/\d+/g)!
    .join('-');
  expect(moved).toBe(shifted('in', 'a', '2020-01-05', 20));
});

it('refuses a row without a subject: all such rows would move alike', () => {
  const refused = shifted('in', '', '2020-01-01', 30);
  expect(refused).toBeInstanceOf(Invalid);
  expect((refused as Invalid).reason.en).toContain('subject');
});

it('refuses to leave the years that four digits can write', () => {
  const results = Array.from({ length: 20 }, (_, i) => shifted('in', `s${i}`, '9999-12-31', 5));
  expect(results.some((result) => result instanceof Invalid)).toBe(true);
  expect(
    results.filter((result) => typeof result === 'string').every((text) => /^9999-12-/.test(text as string)),
  ).toBe(true);
});

it('names its subject column, so that rules can be checked against the header', () => {
  expect(dateShift.columns!({ subject: 'id', 'max-days': 3 })).toEqual(['id']);
});

it.each([
  { subject: 'id', 'max-days': 0 },
  { subject: 'id', 'max-days': 3651 },
  { subject: 'id', 'max-days': 1.5 },
  { subject: 'id' },
  { 'max-days': 3 },
])('refuses %j', (params) => {
  expect(mistakes(dateShift, params)).toHaveLength(1);
});
