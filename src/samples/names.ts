import { faker as en } from '@faker-js/faker/locale/en';
import { faker as ko } from '@faker-js/faker/locale/ko';
import { type Draws, Weighted } from './draws.ts';
import { MAIL_DOMAINS } from './unassigned.ts';

export type Sex = 'male' | 'female';

/** The frequent surnames and their share in thousandths of the inhabitants (about 2015). */
const FREQUENT_SURNAMES: readonly (readonly [string, number])[] = [
  ['김', 215],
  ['이', 147],
  ['박', 84],
  ['최', 47],
  ['정', 43],
  ['강', 24],
  ['조', 21],
  ['윤', 21],
  ['장', 20],
  ['임', 17],
  ['한', 16],
  ['오', 15],
  ['서', 15],
  ['신', 15],
  ['권', 14],
  ['황', 14],
  ['안', 14],
  ['송', 14],
  ['유', 13],
  ['홍', 11],
  ['전', 11],
  ['고', 9],
  ['문', 9],
  ['양', 9],
  ['손', 9],
  ['배', 8],
  ['백', 8],
  ['허', 7],
  ['노', 6],
  ['남', 5],
];
const OTHER_SURNAMES_SHARE = 159;

/** Given names usual among those born before 1970; faker knows those of today. */
const OLDER_GIVEN_NAMES: Readonly<Record<Sex, readonly string[]>> = {
  male: (
    '영수 영호 영철 정수 성수 종수 광수 상철 병철 정호 영식 성호 용수 경호 재호 동수 기호 진호 태식 창수 ' +
    '길수 만수 춘식 덕수 봉수 순철 인수 종철 명수 문수 상호 영길 영환 정웅 정식 철수 홍식 경수 기영 남수'
  ).split(' '),
  female: (
    '영자 순자 정숙 영숙 정희 순옥 경숙 미숙 영희 경자 명숙 옥순 춘자 말순 정자 숙자 복순 금자 현숙 은숙 ' +
    '미경 경희 명자 성숙 영순 정순 옥자 점순 분이 순이 혜숙 인숙 남순 양순 광자 덕순 필순 향숙 애자 기순'
  ).split(' '),
};

/** Names of people, drawn from pools that faker's Korean locale fills once. */
export class Names {
  private readonly surnames: Weighted<string>;
  private readonly given: Readonly<Record<Sex, readonly string[]>>;
  private readonly handles: readonly string[];

  /** @param seed of faker; the pools are a function of it. */
  constructor(seed: number) {
    ko.seed(seed);
    const frequent = new Set(FREQUENT_SURNAMES.map(([surname]) => surname));
    const others = ko.helpers
      .uniqueArray(() => ko.person.lastName(), 90)
      .filter((surname) => !frequent.has(surname));
    this.surnames = new Weighted([
      ...FREQUENT_SURNAMES,
      ...others.map((surname) => [surname, OTHER_SURNAMES_SHARE / others.length] as const),
    ]);
    this.given = {
      male: ko.helpers.uniqueArray(() => ko.person.firstName('male'), 220),
      female: ko.helpers.uniqueArray(() => ko.person.firstName('female'), 220),
    };
    en.seed(seed);
    this.handles = en.helpers
      .uniqueArray(() => en.word.noun().toLowerCase(), 600)
      .filter((word) => /^[a-z]{3,9}$/.test(word));
  }

  drawSurname(draws: Draws): string {
    return this.surnames.draw(draws);
  }

  drawGiven(draws: Draws, sex: Sex, birthYear: number): string {
    const older = birthYear < 1960 || (birthYear < 1975 && draws.chance(0.5));
    return draws.pick(older ? OLDER_GIVEN_NAMES[sex] : this.given[sex]);
  }

  /** An address at a domain reserved for examples. */
  drawEmail(draws: Draws): string {
    const separator = draws.pick(['', '.', '_']);
    return `${draws.pick(this.handles)}${separator}${draws.between(1, 9999)}@${draws.pick(MAIL_DOMAINS)}`;
  }
}
