import { dayNumber, EXPORT_DAY, isoDate, isoDay } from './calendar.ts';
import { Draws, Weighted } from './draws.ts';
import { Population } from './population.ts';
import { SEX_LABEL, type Shape } from './shape.ts';

const diseases = (pairs: Readonly<Record<string, number>>) => new Weighted(Object.entries(pairs));
const DISEASES = {
  child: diseases({ 없음: 78, 아토피피부염: 8, 천식: 6, 알레르기비염: 7, 당뇨병: 1 }),
  adult: diseases({ 없음: 74, 고혈압: 6, 고지혈증: 5, 우울증: 5, 당뇨병: 3, 위염: 4, 갑상선질환: 2, 암: 1 }),
  older: diseases({
    없음: 30,
    고혈압: 24,
    당뇨병: 13,
    고지혈증: 13,
    관절염: 9,
    암: 4,
    우울증: 3,
    뇌졸중: 2,
    치매: 2,
  }),
  old: diseases({ 없음: 14, 고혈압: 30, 당뇨병: 15, 관절염: 15, 고지혈증: 8, 치매: 9, 암: 5, 뇌졸중: 4 }),
};

function drawDisease(draws: Draws, age: number): string {
  const band = age < 19 ? 'child' : age < 50 ? 'adult' : age < 75 ? 'older' : 'old';
  return DISEASES[band].draw(draws);
}

function drawEducation(draws: Draws, age: number): string {
  if (age < 7) return '';
  if (age < 13) return '초등학교 재학';
  if (age < 16) return '중학교 재학';
  if (age < 19) return '고등학교 재학';
  if (draws.chance(0.05)) return '';
  if (age < 23) return '고졸';
  const degree = draws.unit();
  if (age >= 65) return degree < 0.3 ? '초졸 이하' : degree < 0.5 ? '중졸' : degree < 0.82 ? '고졸' : '대졸';
  return degree < 0.3 ? '고졸' : degree < 0.5 ? '전문대졸' : degree < 0.9 || age < 26 ? '대졸' : '대학원졸';
}

/** One record a person, households together. */
export const shape: Shape = {
  header: [
    'resident_no',
    'member_id',
    'name',
    'birth',
    'sex',
    'household_id',
    'relation',
    'address',
    'phone',
    'email',
    'moved_in_on',
    'education',
    'income',
    'disease',
  ],
  records(seed) {
    const population = new Population(seed);
    const source = new Draws(seed, 'resident-register');
    return (i) => {
      const person = population.person(i);
      const draws = source.at(i);
      const born = dayNumber(person.birth);
      const lived = Math.min(dayNumber(EXPORT_DAY) - born, 365 * 30);
      return [
        person.residentNo,
        person.memberId,
        person.name,
        isoDate(person.birth),
        SEX_LABEL[person.sex],
        person.household.id,
        person.relation,
        person.household.home.address,
        person.phone,
        person.email,
        isoDay(dayNumber(EXPORT_DAY) - draws.below(lived + 1)),
        drawEducation(draws, person.age),
        person.income === undefined ? '' : String(person.income),
        drawDisease(draws, person.age),
      ];
    };
  },
};
