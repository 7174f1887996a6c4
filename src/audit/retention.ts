import type { Text } from '../messages/language.ts';
import type { InfoKind, Ledger, ProcessingRow } from './ledger.ts';

/** Something that has to be done, or kept, up to a day. */
export interface Duty {
  readonly controlNo: string;
  readonly what: Text;
  /** YYYY-MM-DD. */
  readonly day: string;
  /** `due`: must be done now. `ended`: need not be kept any longer. */
  readonly state: 'later' | 'due' | 'ended';
}

const DUTIES = {
  data: { en: 'destroy the pseudonymized data when its period ends', ko: '이용기간이 끝나면 가명정보 파기' },
  additional: { en: 'destroy the key when its period ends', ko: '기간이 끝나면 추가정보(키) 파기' },
  record: { en: 'keep the processing record (3 years after destruction)', ko: '처리 기록 보존(파기 후 3년)' },
  access: { en: 'keep the record of access rights (3 years)', ko: '접근권한 기록 보존(3년)' },
} as const satisfies Record<InfoKind | 'record' | 'access', Text>;

/** 개인정보 보호법 시행령 제29조의5, 개인정보의 안전성 확보조치 기준: years that records are kept at least. */
const YEARS = 3;

/**
 * What the ledger's periods ask for: destruction when a period has ended, and how long records are kept.
 * Data and keys without a stated period give none until they are destroyed.
 * @param today YYYY-MM-DD
 */
export function dutiesOf({ processing, access }: Ledger, today: string): readonly Duty[] {
  const numbers = new Set(processing.map(({ controlNo }) => controlNo).filter((number) => number !== ''));
  const duties = [...numbers].flatMap((number) =>
    dutyOf(
      number,
      processing.filter(({ controlNo }) => controlNo === number),
      today,
    ),
  );
  for (const { controlNo, time } of access) {
    duties.push(keep(controlNo, DUTIES.access, time, today));
  }
  return duties.toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function dutyOf(controlNo: string, rows: readonly ProcessingRow[], today: string): Duty[] {
  const destroyed = rows.findLast(({ action }) => action === 'destroy');
  if (destroyed !== undefined) return [keep(controlNo, DUTIES.record, destroyed.time, today)];
  const ends = rows.findLast(({ to }) => to !== '');
  if (ends === undefined) return [];
  const state = ends.to < today ? 'due' : 'later';
  return [{ controlNo, what: DUTIES[ends.kind], day: ends.to, state }];
}

function keep(controlNo: string, what: Text, since: string, today: string): Duty {
  const day = yearsLater(since.slice(0, 10), YEARS);
  return { controlNo, what, day, state: day < today ? 'ended' : 'later' };
}

/** The same day some years later; 1 March for a 29 February that the year does not have. */
function yearsLater(day: string, years: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}
