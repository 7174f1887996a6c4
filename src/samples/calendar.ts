/** A day of the Gregorian calendar. */
export interface CalendarDate {
  readonly year: number;
  /** 1 … 12 */
  readonly month: number;
  /** 1 … 31 */
  readonly day: number;
}

const DAY = 86_400_000;

/** The day on which all samples were "exported": ages are those of this day. */
export const EXPORT_DAY: CalendarDate = { year: 2025, month: 12, day: 31 };

/** Days since 1970-01-01. */
export function dayNumber({ year, month, day }: CalendarDate): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `2025-12-31` */
export function isoDate({ year, month, day }: CalendarDate): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/** `251231` */
export function shortDate({ year, month, day }: CalendarDate): string {
  return `${two(year % 100)}${two(month)}${two(day)}`;
}

const remembered: string[] = [];

/** The date of a day number. */
export function isoDay(day: number): string {
  remembered[day] ??= new Date(day * DAY).toISOString().slice(0, 10);
  return remembered[day];
}

/** `2025-12-31 23:59:59` of a number of seconds since 1970-01-01 00:00:00, without a zone. */
export function isoSecond(second: number): string {
  return new Date(second * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function two(n: number): string {
  return n < 10 ? `0${n}` : String(n);
}
