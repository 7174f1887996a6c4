import { dayNumber, dayOf, FIRST_DAY, formatDate, LAST_DAY, NOT_A_DATE, parseDate } from './calendar-date.ts';
import { draw as drawFor } from './draw.ts';
import { uint128 } from './draw-number.ts';
import { defineTechnique, Invalid } from './technique.ts';

interface DateShiftParams {
  readonly subject: string;
  readonly 'max-days': number;
}

const OUT_OF_RANGE = new Invalid({
  en: 'the shifted date leaves the years 0001 to 9999',
  ko: '이동한 날짜가 0001년에서 9999년 사이를 벗어납니다',
});
const NO_SUBJECT = new Invalid({
  en: 'the subject column is empty in this row',
  ko: '이 행의 subject 열이 비어 있습니다',
});

/** A whole number of days in [−most, most] without 0, all alike in odds, from the first 16 bytes of the draw. */
function shiftDays(draw: Uint8Array, most: number): number {
  const index = Number((uint128(draw) * BigInt(2 * most)) >> 128n);
  return index < most ? index - most : index - most + 1;
}

/**
 * Moves all dates of a subject by the same number of days, so that the days between them stay. Columns with the
 * same subject column, `max-days` and domain move alike. Time of day and marks stay, months and days are written with two digits.
 * Rows without a subject are refused: they would all move alike.
 */
export const dateShift = defineTechnique<DateShiftParams>({
  name: 'date-shift',
  doc: {
    en: 'Move all dates of a subject by the same keyed number of days, 1 to `max-days` either way.',
    ko: '한 정보주체의 모든 날짜를 키로 정한 같은 일수(앞뒤 1~`max-days`일)만큼 옮긴다.',
  },
  properties: {
    deterministic: false,
    reversible: true,
    keyed: true,
    keepsLength: false,
    leaks: ['interval'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z.strictObject({ subject: z.string().min(1), 'max-days': z.number().int().min(1).max(3650) }),
  columns: ({ subject }) => [subject],
  compile: ({ subject, 'max-days': most }, context) => {
    const emptySubject = Buffer.from(drawFor(context.key('date-shift'), subject, ['']));
    return {
      cell: (text, draw) => {
        if (emptySubject.equals(draw!)) return NO_SUBJECT;
        const date = parseDate(text);
        if (date === undefined) return NOT_A_DATE;
        const shifted = dayNumber(date.year, date.month, date.day) + shiftDays(draw!, most);
        if (shifted < FIRST_DAY || shifted > LAST_DAY) return OUT_OF_RANGE;
        return formatDate(...dayOf(shifted), date.marks) + date.rest;
      },
      draw: { purpose: 'date-shift', column: subject, over: [subject] },
    };
  },
  examples: [
    {
      params: { subject: 'value', 'max-days': 30 },
      cells: [
        ['2016-08-09', '2016-09-06'],
        ['2011.12.05 12:30', '2011.12.12 12:30'],
        ['20200229', '20200307'],
        ['2020. 2. 9. 오후 3:00', '2020. 02. 27. 오후 3:00'],
        ['2020년 2월 9일', '2020년 02월 17일'],
        ['0001-01-01', null],
        ['2019-02-29', null],
      ],
    },
  ],
});
