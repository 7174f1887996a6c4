import {
  type CalendarDate,
  dayNumber,
  dayOf,
  digits,
  formatDate,
  ISO_MARKS,
  mondayOf,
  NOT_A_DATE,
  parseDate,
} from './calendar-date.ts';
import { defineTechnique, Invalid, issue } from './technique.ts';

const LEVELS = ['year', 'half', 'quarter', 'month', 'week', 'day', 'hour'] as const;
type Level = (typeof LEVELS)[number];
type Form = 'label' | 'date' | 'prefix';

const NO_TIME = new Invalid({ en: 'the date has no time', ko: '시각이 없는 날짜입니다' });

/** ISO 8601 week with its week-year: the year that holds the week's Thursday. */
function isoWeek({ year, month, day }: CalendarDate): string {
  const thursday = mondayOf(dayNumber(year, month, day)) + 3;
  const [weekYear] = dayOf(thursday);
  const week = 1 + Math.floor((thursday - dayNumber(weekYear, 1, 1)) / 7);
  return `${digits(weekYear, 4)}-W${digits(week, 2)}`;
}

const LABELS: Record<Level, (date: CalendarDate) => string> = {
  year: ({ year }) => digits(year, 4),
  half: ({ year, month }) => `${digits(year, 4)}-H${month <= 6 ? 1 : 2}`,
  quarter: ({ year, month }) => `${digits(year, 4)}-Q${Math.ceil(month / 3)}`,
  month: ({ year, month }) => `${digits(year, 4)}-${digits(month, 2)}`,
  week: isoWeek,
  day: ({ year, month, day }) => formatDate(year, month, day, ISO_MARKS),
  hour: ({ year, month, day, hour }) => `${formatDate(year, month, day, ISO_MARKS)} ${hour}`,
};

/** First day of what is kept. */
const FIRST_DAYS: Record<Level, (date: CalendarDate) => readonly [number, number, number]> = {
  year: ({ year }) => [year, 1, 1],
  half: ({ year, month }) => [year, month <= 6 ? 1 : 7, 1],
  quarter: ({ year, month }) => [year, month - ((month - 1) % 3), 1],
  month: ({ year, month }) => [year, month, 1],
  week: ({ year, month, day }) => dayOf(mondayOf(dayNumber(year, month, day))),
  day: ({ year, month, day }) => [year, month, day],
  hour: ({ year, month, day }) => [year, month, day],
};

/**
 * The time of day with what is finer than the level set to zero; the zone stays. A dropped hour is written alike
 * whatever it was: as 00, or as 오전 12 on a clock of twelve hours.
 */
function startOfTime(rest: string, level: Level): string {
  const zone = /(?: ?(?:Z|[+-][0-9:]+))?$/.exec(rest)!.index;
  const [clock] = HOUR_OF_DAY.exec(rest) ?? [''];
  const finer = rest.slice(clock.length, zone).replace(/[0-9]/g, '0');
  return (level === 'hour' ? clock : midnight(clock)) + finer + rest.slice(zone);
}

/** From the `T` or blank through the hour; compact times have two digits and no mark before them. */
const HOUR_OF_DAY = /^[T ]?(?:오[전후] ?)?[0-9]{1,2}/;

function midnight(clock: string): string {
  return clock.replace(/오[전후]/, '오전').replace(/[0-9]+/, clock.includes('오') ? '12' : '00');
}

/** The input up to its year, month, day or hour, with 년, 월 or 일 but without other marks. */
const PREFIXES: Partial<Record<Level, RegExp>> = {
  year: /^[0-9]{4}년?/,
  month: /^[0-9]{4}(?:[0-9]{2}|[^0-9]+[0-9]{1,2}월?)/,
  day: /^[0-9]{4}(?:[0-9]{4}|[^0-9]+[0-9]{1,2}[^0-9]+[0-9]{1,2}일?)/,
};

function prefix(text: string, { rest }: CalendarDate, level: Level): string {
  if (level !== 'hour') return PREFIXES[level]!.exec(text)![0];
  return text.slice(0, text.length - rest.length) + HOUR_OF_DAY.exec(rest)![0];
}

/**
 * Keeps a date down to a level. `as: label` writes 1985, 1985-H1, 1985-Q3, 1985-07, 1985-W07 (ISO 8601 week and
 * week-year), 1985-07-03 or 1985-07-03 14, whatever the format of the input; `as: date` writes the first day (and a
 * time of zeros where there was a time) with the marks of the input, months and days of two digits; `as: prefix`
 * cuts the input after the level.
 * Times are taken as written, in whatever zone.
 */
export const dateTruncate = defineTechnique<{ to: Level; as: Form }>({
  name: 'date-truncate',
  doc: {
    en: 'Keep a date down to the level named: year, half, quarter, month, week, day or hour.',
    ko: '날짜를 지정한 단위(연·반기·분기·월·주·일·시)까지만 남긴다.',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: false,
    keepsLength: false,
    leaks: ['order', 'interval', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z.strictObject({ to: z.enum(LEVELS), as: z.enum(['label', 'date', 'prefix']).default('label') }).refine(
      ({ to, as }) => as !== 'prefix' || to === 'hour' || PREFIXES[to] !== undefined,
      issue(
        {
          en: 'prefix is for year, month, day and hour',
          ko: 'prefix는 year, month, day, hour에만 쓸 수 있습니다',
        },
        ['as'],
      ),
    ),
  compile: ({ to, as }) => ({
    cell: (text) => {
      const date = parseDate(text);
      if (date === undefined) return NOT_A_DATE;
      if (to === 'hour' && date.hour === '') return NO_TIME;
      if (as === 'label') return LABELS[to](date);
      if (as === 'prefix') return prefix(text, date, to);
      return formatDate(...FIRST_DAYS[to](date), date.marks) + startOfTime(date.rest, to);
    },
  }),
  examples: [
    {
      params: { to: 'year' },
      cells: [
        ['1985-07-03', '1985'],
        ['2004-02-29', '2004'],
        ['19850703', '1985'],
        ['2000/02/29 23:59', '2000'],
        ['2003-02-29', null],
        ['1900-02-29', null],
        ['1985-7-3', '1985'],
        ['1985. 7. 3.', '1985'],
        ['1985년 7월 3일', '1985'],
        ['85-07-03', null],
        ['1985-07.03', null],
        ['0000-01-01', null],
        ['19850703 25:00', null],
        ['1985', null],
      ],
    },
    { params: { to: 'half' }, cells: [['1985.07.01', '1985-H2']] },
    { params: { to: 'quarter' }, cells: [['1985-09-30', '1985-Q3']] },
    {
      params: { to: 'month' },
      cells: [
        ['1985-07-03', '1985-07'],
        ['20200610', '2020-06'],
      ],
    },
    {
      params: { to: 'week' },
      cells: [
        ['2021-01-03', '2020-W53'],
        ['2024-12-30', '2025-W01'],
        ['2026-12-31', '2026-W53'],
        ['0001-01-01', '0001-W01'],
        ['9999-12-31', '9999-W52'],
      ],
    },
    {
      params: { to: 'hour' },
      cells: [
        ['2020-12-31 12:23', '2020-12-31 12'],
        ['2020-12-31T12:23:59.999+09:00', '2020-12-31 12'],
        ['20201231122359', '2020-12-31 12'],
        ['2020-1-5 3:00', '2020-01-05 03'],
        ['2020. 1. 5. 오후 3:00:00', '2020-01-05 15'],
        ['2020-12-31', null],
      ],
    },
    {
      params: { to: 'hour', as: 'prefix' },
      cells: [
        ['2020-12-31 12:23', '2020-12-31 12'],
        ['20201231122359', '2020123112'],
      ],
    },
    {
      params: { to: 'month', as: 'prefix' },
      cells: [
        ['20200610', '202006'],
        ['2020. 6. 10.', '2020. 6'],
        ['2020년 6월 10일', '2020년 6월'],
      ],
    },
    {
      params: { to: 'quarter', as: 'date' },
      cells: [
        ['2020.12.31', '2020.10.01'],
        ['2020. 2. 9.', '2020. 01. 01.'],
        ['2020년 12월 9일', '2020년 10월 01일'],
        ['2020-12-9 오후 3:20', '2020-10-01 오전 12:00'],
        ['2020-12-31T12:23:59.5+0900', '2020-10-01T00:00:00.0+0900'],
      ],
    },
    {
      params: { to: 'hour', as: 'date' },
      cells: [
        ['2020-12-31 12:23 Z', '2020-12-31 12:00 Z'],
        ['20201231122359', '20201231120000'],
      ],
    },
    { params: { to: 'week', as: 'date' }, cells: [['20210103', '20201228']] },
  ],
});
