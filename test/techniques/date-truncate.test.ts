import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, FIRST_DAY, LAST_DAY, parseDate } from '../../src/techniques/calendar-date.ts';
import { dateTruncate } from '../../src/techniques/date-truncate.ts';
import { Invalid } from '../../src/techniques/technique.ts';
import { compileExample, mistakes } from './compile.ts';

const pad = (value: number, width = 2) => String(value).padStart(width, '0');
const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const monthDays = (year: number, month: number) => (month === 2 && isLeap(year) ? 29 : MONTHS[month - 1]!);

/** Days that exist, by a calendar of the test's own. */
const days = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.nat({ max: 30 }))
  .map(([year, month, day]) => [year, month, (day % monthDays(year, month)) + 1] as const);
const notations = fc.constantFrom(
  ['-', '-', ''],
  ['.', '.', ''],
  ['/', '/', ''],
  ['', '', ''],
  ['. ', '. ', '.'],
  ['. ', '. ', ''],
  ['.', '.', '.'],
  ['년 ', '월 ', '일'],
  ['년', '월', '일'],
);
const times = fc.constantFrom(
  '',
  ' 00:00',
  'T23:59',
  ' 12:23:59',
  'T12:23:59.123456789Z',
  ' 01:02 +09:00',
  'T01:02-0330',
  ' 3:00',
  ' 오전 9:30:01',
  ' 오후 12:00',
);
const written = fc
  .record({ date: days, marks: notations, time: times, padding: fc.constantFrom(1, 2) })
  .map(({ date: [y, m, d], marks, time, padding }) => {
    const width = marks[0] === '' ? 2 : padding;
    const text = `${pad(y, 4)}${marks[0]}${pad(m, width)}${marks[1]}${pad(d, width)}${marks[2]}${time}`;
    return { y, m, d, marks, time, text };
  });

const truncate = (to: string, as = 'label') => compileExample(dateTruncate, { to, as });

/** ISO week by the ordinal formula: floor((ordinal − weekday + 10) / 7), then the two ends of the year. */
function isoWeek(y: number, m: number, d: number): string {
  let before =
    (y - 1) * 365 + Math.floor((y - 1) / 4) - Math.floor((y - 1) / 100) + Math.floor((y - 1) / 400);
  let ordinal = d;
  for (let month = 1; month < m; month++) ordinal += monthDays(y, month);
  before += ordinal;
  const weekday = ((before - 1) % 7) + 1;
  const week = Math.floor((ordinal - weekday + 10) / 7);
  const weeksIn = (year: number) => {
    const p = (n: number) => (n + Math.floor(n / 4) - Math.floor(n / 100) + Math.floor(n / 400)) % 7;
    return p(year) === 4 || p(year - 1) === 3 ? 53 : 52;
  };
  if (week < 1) return `${pad(y - 1, 4)}-W${pad(weeksIn(y - 1))}`;
  if (week > weeksIn(y)) return `${pad(y + 1, 4)}-W01`;
  return `${pad(y, 4)}-W${pad(week)}`;
}

describe('labels, whatever the format', () => {
  it('keeps the level named', () => {
    fc.assert(
      fc.property(written, ({ y, m, d, text }) => {
        expect(truncate('year')(text)).toBe(pad(y, 4));
        expect(truncate('half')(text)).toBe(`${pad(y, 4)}-H${m < 7 ? 1 : 2}`);
        expect(truncate('quarter')(text)).toBe(`${pad(y, 4)}-Q${[0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4][m]}`);
        expect(truncate('month')(text)).toBe(`${pad(y, 4)}-${pad(m)}`);
        expect(truncate('week')(text)).toBe(isoWeek(y, m, d));
        expect(truncate('day')(text)).toBe(`${pad(y, 4)}-${pad(m)}-${pad(d)}`);
      }),
    );
  });
});

describe('first days, in the format of the input', () => {
  it('has the label of the day it stands for, and is a fixed point', () => {
    const levels = fc.constantFrom('year', 'half', 'quarter', 'month', 'week', 'day');
    fc.assert(
      fc.property(written, levels, ({ text, marks, time }, to) => {
        const first = truncate(to, 'date')(text) as string;
        const start = time.replace(/오[전후] [0-9]+/, '오전 12').replace(/^ 3:/, ' 00:');
        const shape = `9999${marks[0]}99${marks[1]}99${marks[2]}${start.replace(/[0-9]/g, '9')}`;
        expect(first.replace(/[0-9]/g, '9')).toBe(shape);
        expect(truncate(to)(first)).toBe(truncate(to)(text));
        expect(truncate(to, 'date')(first)).toBe(first);
      }),
    );
  });

  it('sets what is finer to zero and keeps the zone', () => {
    expect(truncate('hour', 'date')('2020-12-31T12:23:59.99-03:30')).toBe('2020-12-31T12:00:00.00-03:30');
    expect(truncate('day', 'date')('2020.12.31 12:23')).toBe('2020.12.31 00:00');
    expect(truncate('month', 'date')('20201231122359')).toBe('20201201000000');
    expect(truncate('hour', 'date')('2020. 1. 5. 오후 3:20:11')).toBe('2020. 01. 05. 오후 3:00:00');
  });

  it('does not tell by its width what it has dropped', () => {
    const month = truncate('month', 'date');
    expect(month('2020. 11. 5. 3:20')).toBe(month('2020. 11. 15. 13:20'));
    expect(month('2020년 11월 5일 오전 3:20')).toBe(month('2020년 11월 15일 오후 12:59'));
  });
});

describe('prefixes', () => {
  it('cuts the input after the level', () => {
    fc.assert(
      fc.property(written, ({ text }) => {
        for (const level of ['year', 'month', 'day']) {
          const prefix = truncate(level, 'prefix')(text) as string;
          expect(text.startsWith(prefix)).toBe(true);
          const parts = prefix.match(/^[0-9]{4}|[0-9]{1,2}/g)!.map((part) => part.padStart(2, '0'));
          expect(parts.join('-')).toBe(truncate(level)(text));
        }
      }),
    );
  });

  it.each(['half', 'quarter', 'week'])('has none for %s', (to) => {
    expect(mistakes(dateTruncate, { to, as: 'prefix' })).toHaveLength(1);
  });
});

it('accepts exactly the days of the calendar', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 9999 }),
      fc.nat({ max: 14 }),
      fc.nat({ max: 33 }),
      notations,
      (y, m, d, marks) => {
        const exists = y > 0 && m >= 1 && m <= 12 && d >= 1 && d <= monthDays(y, m);
        const result = truncate('year')(`${pad(y, 4)}${marks[0]}${pad(m)}${marks[1]}${pad(d)}${marks[2]}`);
        expect(result instanceof Invalid).toBe(!exists);
      },
    ),
    { numRuns: 500 },
  );
});

it.each([
  [' 3:00', '03'],
  [' 13:00', '13'],
  [' 오전 12:30', '00'],
  [' 오전 3:00:00', '03'],
  [' 오후 12:30', '12'],
  [' 오후 03:00', '15'],
  [' 오후11:59', '23'],
])('reads the hour of %j', (time, hour) => {
  expect(truncate('hour')(`2020-01-05${time}`)).toBe(`2020-01-05 ${hour}`);
  expect(truncate('hour')(`2020년 1월 5일${time}`)).toBe(`2020-01-05 ${hour}`);
});

it('counts days like the calendar', () => {
  expect([dayOf(FIRST_DAY), dayOf(LAST_DAY)]).toEqual([
    [1, 1, 1],
    [9999, 12, 31],
  ]);
  fc.assert(
    fc.property(days, ([y, m, d]) => {
      const number = dayNumber(y, m, d);
      expect(dayOf(number)).toEqual([y, m, d]);
      const next = d < monthDays(y, m) ? [y, m, d + 1] : m < 12 ? [y, m + 1, 1] : [y + 1, 1, 1];
      expect(dayOf(number + 1)).toEqual(next);
    }),
  );
});

it.each([
  '2020-13-01',
  '2020-00-10',
  '20-01-01',
  '20.1.5',
  '20년 1월 5일',
  '2020-1.5',
  '2020.1. 5',
  '2020-1-5.',
  '2020. 1. 5 .',
  '2020.  1. 5.',
  '2020. 2. 30.',
  '2020년 13월 1일',
  '2020년 1월 5',
  '2020년 1월',
  '202015',
  '2020-001-05',
  '2020-01-05T3:00',
  '2020-01-05 오후 13:00',
  '2020-01-05 오후 0:10',
  '2020-01-05 오후',
  '2020-01-01 24:00',
  '2020-01-01 12:60',
  '2020-01-01T12',
  '2020-01-01 12:00:60',
  ' 2020-01-01',
  '2020-01-01 ',
  '2020-01-01\n',
  '2020-01/01',
  '2020-01-01T12:00+9',
  '202001',
  '2020-01-01 12:00:00.',
  '２０２０-01-01',
  '20200101126000',
  '2020-W01',
  '+2020-01-01',
])('takes %j for no date', (text) => {
  expect(parseDate(text)).toBeUndefined();
});
