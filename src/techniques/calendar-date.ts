import { Invalid } from './technique.ts';

/** A date as it stood in a cell: proleptic Gregorian, years 1 to 9999, checked against the calendar. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** What follows the digits of year, month and day: `-`, `-`, ``; `. `, `. `, `.`; `년 `, `월 `, `일` … */
  readonly marks: DateMarks;
  /** What follows the date, from the `T` or blank on; '' when there is no time. */
  readonly rest: string;
  /** Two digits, 00 to 23, '' when there is no time. */
  readonly hour: string;
}

export type DateMarks = readonly [year: string, month: string, day: string];

/** ISO 8601, extended. */
export const ISO_MARKS: DateMarks = ['-', '-', ''];

export const NOT_A_DATE = new Invalid({
  en: 'not a date (2020-01-05, 2020/1/5, 2020. 1. 5., 20200105 or 2020년 1월 5일, a time may follow) that the calendar has',
  ko: '달력에 있는 날짜(2020-01-05, 2020/1/5, 2020. 1. 5., 20200105, 2020년 1월 5일. 뒤에 시각이 올 수 있음)가 아닙니다',
});

const SIXTY = '[0-5][0-9]';
const ZONE = '(?: ?(?:Z|[+-][01][0-9]:?[0-5][0-9]))';
const HOUR = '[01][0-9]|2[0-3]';
const TWELVE = '0?[1-9]|1[0-2]';
const CLOCK = `(?:[T ](${HOUR})| ([0-9])| (오전|오후) ?(${TWELVE}))`;
const TIME = `(${CLOCK}:${SIXTY}(?::${SIXTY}(?:\\.[0-9]{1,9})?)?${ZONE}?)?`;

/** Groups: year, mark, month, mark, day, mark, rest, hour of 24, its only digit, half of the day, hour of 12. */
const NOTATIONS = [
  new RegExp(`^([0-9]{4})([-/])([0-9]{1,2})(\\2)([0-9]{1,2})()${TIME}$`),
  new RegExp(`^([0-9]{4})(\\. ?)([0-9]{1,2})(\\2)([0-9]{1,2})(\\.?)${TIME}$`),
  new RegExp(`^([0-9]{4})()([0-9]{2})()([0-9]{2})()${TIME}$`),
  new RegExp(`^([0-9]{4})()([0-9]{2})()([0-9]{2})()((${HOUR})${SIXTY}${SIXTY})$`),
  new RegExp(`^([0-9]{4})(년 ?)([0-9]{1,2})(월 ?)([0-9]{1,2})(일)${TIME}$`),
];

/**
 * Reads 2020-01-05, 2020/01/05, 2020.01.05 or 2020. 01. 05. (blanks and last dot as one likes), 2020년 01월 05일,
 * all of them also with months and days of one digit, and 20200105. Then may follow `T` or a blank and
 * HH:MM[:SS[.fraction]] and a zone (`Z`, `+09:00`, `+0900`), after a blank also with an hour of one digit or of
 * twelve (`오후 3:00`); or HHMMSS after eight digits. Years have four digits.
 * @returns undefined for anything else, and for dates that do not exist.
 */
export function parseDate(text: string): CalendarDate | undefined {
  const match = matchNotation(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[3]);
  const day = Number(match[5]);
  if (year === 0 || month === 0 || month > 12 || day === 0 || day > daysInMonth(year, month))
    return undefined;
  const hour = match[11] === undefined ? (match[8] ?? match[9]) : hourOfTwelve(match[10]!, match[11]);
  return {
    year,
    month,
    day,
    marks: [match[2]!, match[4]!, match[6]!],
    rest: match[7] ?? '',
    hour: hour?.padStart(2, '0') ?? '',
  };
}

function matchNotation(text: string): RegExpExecArray | null {
  for (const notation of NOTATIONS) {
    const match = notation.exec(text);
    if (match !== null) return match;
  }
  return null;
}

/** 오전 12 is midnight, 오후 12 is noon. */
function hourOfTwelve(half: string, hour: string): string {
  return String((Number(hour) % 12) + (half === '오후' ? 12 : 0));
}

/**
 * Year, month and day with their marks, months and days always of two digits: an output that had one digit
 * where the input had one would tell of a day that it has dropped or moved whether it was before the tenth.
 */
export function formatDate(year: number, month: number, day: number, marks: DateMarks): string {
  return digits(year, 4) + marks[0] + digits(month, 2) + marks[1] + digits(day, 2) + marks[2];
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
