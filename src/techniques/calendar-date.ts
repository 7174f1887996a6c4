import { Invalid } from './technique.ts';

/** A date as it stood in a cell: proleptic Gregorian, years 1 to 9999, checked against the calendar. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What stands between year, month and day: '-', '.', '/' or ''. */
  readonly separator: string;
  /** What follows the date, from the `T` or blank on; '' when there is no time. */
  readonly rest: string;
  /** Two digits, '' when there is no time. */
  readonly hour: string;
}

export const NOT_A_DATE = new Invalid({
  en: 'not a date (YYYY-MM-DD, YYYY.MM.DD, YYYY/MM/DD or YYYYMMDD, a time may follow) that the calendar has',
  ko: '달력에 있는 날짜(YYYY-MM-DD, YYYY.MM.DD, YYYY/MM/DD, YYYYMMDD. 뒤에 시각이 올 수 있음)가 아닙니다',
});

const HOUR = '([01][0-9]|2[0-3])';
const SIXTY = '[0-5][0-9]';
const ZONE = '(?: ?(?:Z|[+-][01][0-9]:?[0-5][0-9]))';
const FORMAT = new RegExp(
  `^([0-9]{4})([-./]?)([0-9]{2})\\2([0-9]{2})([T ]${HOUR}:${SIXTY}(?::${SIXTY}(?:\\.[0-9]{1,9})?)?${ZONE}?)?$`,
);
const COMPACT_WITH_TIME = new RegExp(`^([0-9]{4})()([0-9]{2})([0-9]{2})(${HOUR}${SIXTY}${SIXTY})$`);

/**
 * Reads YYYY-MM-DD, YYYY.MM.DD, YYYY/MM/DD or YYYYMMDD, optionally followed by `T` or a blank and
 * HH:MM[:SS[.fraction]] and a zone (`Z`, `+09:00`, `+0900`); also YYYYMMDDHHMMSS.
 * @returns undefined for anything else, and for dates that do not exist.
 */
export function parseDate(text: string): CalendarDate | undefined {
  const match = FORMAT.exec(text) ?? COMPACT_WITH_TIME.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[3]);
  const day = Number(match[4]);
  if (year === 0 || month === 0 || month > 12 || day === 0 || day > daysInMonth(year, month))
    return undefined;
  return { year, month, day, separator: match[2]!, rest: match[5] ?? '', hour: match[6] ?? '' };
}

/** `YYYY`, separator, `MM`, separator, `DD`. */
export function formatDate(year: number, month: number, day: number, separator: string): string {
  return digits(year, 4) + separator + digits(month, 2) + separator + digits(day, 2);
}

export function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : MONTH_DAYS[month - 1]!;
}

const MILLISECONDS_PER_DAY = 86_400_000;
/** 0001-01-01, a Monday, and 9999-12-31, in days since 1970-01-01. */
export const FIRST_DAY = -719_162;
export const LAST_DAY = 2_932_896;

/** Days since 1970-01-01. */
export function dayNumber(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day) / MILLISECONDS_PER_DAY;
}

/** Year, month and day of a number of days since 1970-01-01. */
export function dayOf(dayNumber: number): readonly [year: number, month: number, day: number] {
  const date = new Date(dayNumber * MILLISECONDS_PER_DAY);
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
}

/** The Monday of a day's ISO 8601 week, as a day number. */
export function mondayOf(day: number): number {
  return day - ((day - FIRST_DAY) % 7);
}
