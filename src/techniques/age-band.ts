import { type CalendarDate, NOT_A_DATE, parseDate } from './calendar-date.ts';
import { Invalid, issue, type Zod } from './technique.ts';

export interface AgeBandParams {
  readonly 'reference-date': string;
  /** Years in a band; bands start at multiples of it. */
  readonly width: number;
  /** Ages from here up are one band. */
  readonly top?: number | undefined;
  /** Ages below are one band. */
  readonly bottom?: number | undefined;
  readonly labels: 'plain' | 'ko';
}

const NOT_BORN = new Invalid({
  en: 'the birth date is after the reference date',
  ko: '생년월일이 기준일보다 늦습니다',
});

interface Labels {
  band(from: number, width: number): string;
  top(age: number): string;
  bottom(age: number): string;
}

/** plain: 30-39, 80+, 0-19. ko: 30대 (30~34세 when not ten years wide), 80세 이상, 20세 미만. */
const LABELS: Record<AgeBandParams['labels'], Labels> = {
  plain: {
    band: (from, width) => (width === 1 ? String(from) : `${from}-${from + width - 1}`),
    top: (age) => `${age}+`,
    bottom: (age) => (age === 1 ? '0' : `0-${age - 1}`),
  },
  ko: {
    band: (from, width) => {
      if (width === 1) return `${from}세`;
      if (width !== 10) return `${from}~${from + width - 1}세`;
      return from === 0 ? '10세 미만' : `${from}대`;
    },
    top: (age) => `${age}세 이상`,
    bottom: (age) => `${age}세 미만`,
  },
};

export function ageBandSchema(z: Zod) {
  const age = z.int().min(1).max(150);
  return z
    .strictObject({
      'reference-date': z.iso
        .date({ abort: true })
        .refine(
          (date) => parseDate(date) !== undefined,
          issue({ en: 'a date YYYY-MM-DD is expected', ko: 'YYYY-MM-DD 날짜여야 합니다' }),
        ),
      width: z.int().min(1, { abort: true }).max(100),
      top: age.optional(),
      bottom: age.optional(),
      labels: z.enum(['plain', 'ko']).default('plain'),
    })
    .refine(
      ({ width, top = 0, bottom = 0 }) => top % width === 0 && bottom % width === 0,
      issue({
        en: 'top and bottom must be multiples of width: a band would be cut',
        ko: 'top과 bottom은 width의 배수여야 합니다. 그렇지 않으면 구간이 잘립니다',
      }),
    )
    .refine(
      ({ top, bottom }) => top === undefined || bottom === undefined || bottom <= top,
      issue({ en: 'bottom must not be greater than top', ko: 'bottom이 top보다 클 수 없습니다' }, ['bottom']),
    );
}

/** Full years between birth and reference; a birthday on 29 February falls on 1 March of a common year. */
function ageAt(reference: CalendarDate, birth: CalendarDate): number {
  const birthdayReached =
    reference.month > birth.month || (reference.month === birth.month && reference.day >= birth.day);
  return reference.year - birth.year - (birthdayReached ? 0 : 1);
}

/** The age band of a birth date at the reference date (full years, 만 나이). */
export function ageBand(params: AgeBandParams): (text: string) => string | Invalid {
  const reference = parseDate(params['reference-date'])!;
  const { width, top, bottom } = params;
  const labels = LABELS[params.labels];
  return (text) => {
    const birth = parseDate(text);
    if (birth === undefined) return NOT_A_DATE;
    const age = ageAt(reference, birth);
    if (age < 0) return NOT_BORN;
    if (top !== undefined && age >= top) return labels.top(top);
    if (bottom !== undefined && age < bottom) return labels.bottom(bottom);
    return labels.band(age - (age % width), width);
  };
}
