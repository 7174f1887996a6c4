import { drawHome, type Home } from './address.ts';
import { type CalendarDate, daysInMonth, EXPORT_DAY } from './calendar.ts';
import { Draws, Weighted } from './draws.ts';
import { Names, type Sex } from './names.ts';
import { drawLandline, drawMobile, drawResidentNumber } from './unassigned.ts';

export type Relation = '세대주' | '배우자' | '자녀' | '부모';

export interface Household {
  readonly id: string;
  readonly size: number;
  readonly home: Home;
  readonly head: { readonly sex: Sex; readonly age: number; readonly surname: string };
}

export interface Person {
  readonly index: number;
  readonly memberId: string;
  readonly residentNo: string;
  readonly name: string;
  readonly sex: Sex;
  readonly birth: CalendarDate;
  /** On EXPORT_DAY. */
  readonly age: number;
  readonly relation: Relation;
  readonly household: Household;
  /** Empty for small children and some of the old. */
  readonly phone: string;
  /** Often empty. */
  readonly email: string;
  /** Won a year; undefined for those under 19. */
  readonly income: number | undefined;
}

/** Inhabitants in ten thousands by age, in steps of five years from 0, about 2024. */
const PYRAMID = [
  117, 175, 225, 232, 277, 331, 350, 325, 390, 389, 435, 414, 417, 351, 238, 172, 135, 70, 25, 6, 1,
];
/** Sizes of ten households of twenty people: 40 % live alone, as in the registers. */
const HOUSEHOLD_SIZES = [1, 1, 1, 1, 2, 2, 2, 3, 3, 4];
const PEOPLE_PER_BLOCK = 20;
const ARRANGEMENTS = 64;
const IDS = 100_000_000;
/** Median income in won a year of those who earn, by decade of age from the 10s on. */
const MEDIAN_INCOME = [12e6, 25e6, 39e6, 46e6, 44e6, 26e6, 14e6, 11e6, 11e6, 11e6];

/**
 * An endless population of households. Person i is a function of the seed and i alone, so samples of different
 * shapes with the same seed are about the same people, and a longer sample begins like a shorter one.
 */
export class Population {
  private readonly names: Names;
  private readonly arrangements: readonly (readonly number[])[];
  private readonly blocks: Draws;
  private readonly households: Draws;
  private readonly people: Draws;
  private readonly firstMember: number;
  private readonly firstHousehold: number;
  private lastHousehold: { readonly number: number; readonly value: Household } | undefined;

  constructor(seed: number) {
    this.names = new Names(seed);
    this.blocks = new Draws(seed, 'block');
    this.households = new Draws(seed, 'household');
    this.people = new Draws(seed, 'person');
    const arranging = new Draws(seed, 'arrangement');
    this.firstMember = arranging.between(0, 999_999);
    this.firstHousehold = arranging.between(0, 999_999);
    this.arrangements = Array.from({ length: ARRANGEMENTS }, () => shuffled(arranging, HOUSEHOLD_SIZES));
  }

  person(index: number): Person {
    const { household, place } = this.locate(index);
    const { head } = household;
    const draws = this.people.at(index);
    const relation = place === 0 ? '세대주' : drawRelation(draws, household, place);
    const sex = place === 0 ? head.sex : drawSex(draws, relation, head.sex);
    const age = place === 0 ? head.age : drawAge(draws, relation, head.age);
    const year = EXPORT_DAY.year - age;
    const month = draws.between(1, 12);
    const birth = { year, month, day: draws.between(1, daysInMonth(year, month)) };
    const inherits = relation === '세대주' || (relation === '자녀' && head.sex === 'male');
    const surname = inherits ? head.surname : this.names.drawSurname(draws);
    return {
      index,
      memberId: `M${String((this.firstMember + index * 48_271) % IDS).padStart(8, '0')}`,
      residentNo: drawResidentNumber(draws, birth, sex),
      name: surname + this.names.drawGiven(draws, sex, year),
      sex,
      birth,
      age,
      relation,
      household,
      phone: drawPhone(draws, age, household.home),
      email: age >= 12 && draws.chance(age < 60 ? 0.85 : 0.35) ? this.names.drawEmail(draws) : '',
      income: drawIncome(draws, age),
    };
  }

  /** The head of the k-th household: always an adult. */
  head(k: number): Person {
    const block = Math.floor(k / HOUSEHOLD_SIZES.length);
    const before = this.sizesOf(block).slice(0, k % HOUSEHOLD_SIZES.length);
    return this.person(before.reduce((sum, size) => sum + size, block * PEOPLE_PER_BLOCK));
  }

  private sizesOf(block: number): readonly number[] {
    return this.arrangements[this.blocks.at(block).below(ARRANGEMENTS)]!;
  }

  private locate(index: number): { household: Household; place: number } {
    const block = Math.floor(index / PEOPLE_PER_BLOCK);
    const sizes = this.sizesOf(block);
    let place = index % PEOPLE_PER_BLOCK;
    let nth = 0;
    while (place >= sizes[nth]!) place -= sizes[nth++]!;
    return { household: this.household(block * HOUSEHOLD_SIZES.length + nth, sizes[nth]!), place };
  }

  private household(number: number, size: number): Household {
    if (this.lastHousehold?.number === number) return this.lastHousehold.value;
    const draws = this.households.at(number);
    const value: Household = {
      id: `H${String((this.firstHousehold + number * 69_621) % IDS).padStart(8, '0')}`,
      size,
      home: drawHome(draws),
      head: {
        sex: draws.chance(size === 1 ? 0.48 : 0.74) ? 'male' : 'female',
        age: drawPyramidAge(draws, size > 2 ? FAMILY_HEADS : ADULTS),
        surname: this.names.drawSurname(draws),
      },
    };
    this.lastHousehold = { number, value };
    return value;
  }
}

function ageBands(from: number, to: number): Weighted<number> {
  return new Weighted(
    PYRAMID.map((weight, i) => [i * 5, weight] as const).filter(([age]) => age >= from && age <= to),
  );
}

const ADULTS = ageBands(20, 100);
const FAMILY_HEADS = ageBands(30, 60);

function drawPyramidAge(draws: Draws, bands: Weighted<number>): number {
  return bands.draw(draws) + draws.below(5);
}

function drawRelation(draws: Draws, household: Household, place: number): Relation {
  if (household.size > 2) return place === 1 ? '배우자' : '자녀';
  const { age } = household.head;
  const kind = draws.unit();
  if (kind < 0.15 && age >= 30) return '자녀';
  if (kind < 0.3 && age < 68) return '부모';
  return '배우자';
}

function drawSex(draws: Draws, relation: Relation, head: Sex): Sex {
  if (relation === '배우자') return head === 'male' ? 'female' : 'male';
  return draws.chance(relation === '부모' ? 0.3 : 0.51) ? 'male' : 'female';
}

function drawAge(draws: Draws, relation: Relation, head: number): number {
  if (relation === '배우자') return Math.max(20, head + draws.between(-5, 3));
  if (relation === '부모') return head + draws.between(24, 34);
  return Math.max(0, head - draws.between(26, 38));
}

function drawPhone(draws: Draws, age: number, home: Home): string {
  if (age < 8) return '';
  const landline = age >= 70 ? 0.35 : 0.06;
  return draws.chance(landline) ? drawLandline(draws, home.sido.areaCode) : drawMobile(draws);
}

function drawIncome(draws: Draws, age: number): number | undefined {
  if (age < 19) return undefined;
  if (draws.chance(age < 65 ? 0.12 : 0.3)) return 0;
  const median = MEDIAN_INCOME[Math.min(9, Math.floor(age / 10) - 1)]!;
  return Math.round(draws.logNormal(median, 0.6) / 10_000) * 10_000;
}

function shuffled(draws: Draws, list: readonly number[]): readonly number[] {
  const result = [...list];
  for (let i = result.length - 1; i > 0; i--) {
    const j = draws.below(i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}
