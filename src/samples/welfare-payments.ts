import { isoDate } from './calendar.ts';
import { Draws } from './draws.ts';
import { type Person, Population } from './population.ts';
import { drawSubject, SEX_LABEL, type Shape } from './shape.ts';
import { BANKS, drawAccount } from './unassigned.ts';

/** What a person stays entitled to: drawn once a person. */
interface Entitlement {
  readonly programs: readonly string[];
  readonly disability: string;
  readonly bank: string;
  readonly account: string;
  /** Share of the full benefit. */
  readonly share: number;
}

/** Full benefit in won a month (rates of 2025, rounded where they depend on more than we model). */
const LIVELIHOOD_BY_HOUSEHOLD = [765_444, 1_258_451, 1_608_113, 1_951_287];
const RATES: Readonly<Record<string, number>> = {
  아동수당: 100_000,
  부모급여: 1_000_000,
  기초연금: 342_510,
  장애인연금: 432_510,
  장애수당: 60_000,
  교육급여: 679_000,
  한부모가족지원: 230_000,
  주거급여: 352_000,
};
const FIXED = new Set(['아동수당', '교육급여', '부모급여', '장애수당', '한부모가족지원']);

function drawPrograms(draws: Draws, { age, relation, household }: Person): readonly string[] {
  if (age < 2) return ['부모급여', '아동수당'];
  if (age < 9) return ['아동수당'];
  if (age < 19) return ['교육급여'];
  if (age >= 65) return draws.chance(0.25) ? ['기초연금', '생계급여'] : ['기초연금'];
  if (relation === '세대주' && household.size === 2 && draws.chance(0.5)) return ['한부모가족지원'];
  return draws.chance(0.55) ? ['생계급여', '주거급여'] : ['주거급여'];
}

function drawEntitlement(draws: Draws, person: Person): Entitlement {
  const { age } = person;
  const programs = drawPrograms(draws, person);
  const disabled = draws.chance(age < 65 ? 0.08 : 0.2);
  const severe = draws.chance(0.37);
  const benefit = severe ? '장애인연금' : '장애수당';
  return {
    programs: disabled && age >= 18 ? [...programs, benefit] : programs,
    disability: disabled ? (severe ? '심한 장애' : '심하지 않은 장애') : '',
    bank: draws.pick(BANKS),
    account: drawAccount(draws),
    share: 0.3 + 0.7 * draws.unit(),
  };
}

function amountOf(program: string, person: Person, share: number): number {
  const full = program === '생계급여' ? LIVELIHOOD_BY_HOUSEHOLD[person.household.size - 1]! : RATES[program]!;
  return FIXED.has(program) ? full : Math.floor((full * share) / 10) * 10;
}

/** One record a payment, several payments a person over two years. */
export const shape: Shape = {
  header: [
    'payment_no',
    'resident_no',
    'member_id',
    'name',
    'birth',
    'sex',
    'address',
    'household_size',
    'disability',
    'program',
    'paid_on',
    'amount',
    'bank',
    'account_no',
  ],
  records(seed) {
    const population = new Population(seed);
    const source = new Draws(seed, 'welfare-payments');
    const entitlements = new Draws(seed, 'entitlement');
    return (i) => {
      const draws = source.at(i);
      const person = population.person(drawSubject(draws, i, 0.3));
      const entitlement = drawEntitlement(entitlements.at(person.index), person);
      const program = draws.pick(entitlement.programs);
      const paidOn = {
        year: draws.between(2024, 2025),
        month: draws.between(1, 12),
        day: draws.between(18, 20),
      };
      return [
        `P${String(i + 1).padStart(9, '0')}`,
        person.residentNo,
        person.memberId,
        person.name,
        isoDate(person.birth),
        SEX_LABEL[person.sex],
        person.household.home.address,
        String(person.household.size),
        entitlement.disability,
        program,
        isoDate(paidOn),
        String(amountOf(program, person, entitlement.share)),
        entitlement.bank,
        entitlement.account,
      ];
    };
  },
};
