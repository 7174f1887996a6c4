import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { csvFile, measure } from './shared.ts';

/**
 * An intruder with full knowledge of the quasi-identifiers of real people links them to a release. How often
 * the link is right must be what the measures say, for every rule set: docs/intruder.md explains the page.
 */

const COLUMNS = ['birth', 'sex', 'address', 'income'] as const;
type Person = Readonly<Record<(typeof COLUMNS)[number], string>>;

/** A small generator (mulberry32): the same people in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ADDRESSES = [
  '서울특별시 종로구 청운동',
  '서울특별시 강남구 역삼동',
  '경기도 수원시 영통구 이의동',
  '경기도 가평군 가평읍',
  '전라남도 해남군 해남읍',
  '제주특별자치도 제주시 이도동',
];

function population(size: number, random: () => number): Person[] {
  const pick = <T>(items: readonly T[]) => items[Math.floor(random() ** 2 * items.length)]!;
  const two = (number: number) => String(number).padStart(2, '0');
  return Array.from({ length: size }, () => ({
    birth: `${1935 + Math.floor(random() * 70)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
    sex: random() < 0.5 ? '남' : '여',
    address: pick(ADDRESSES),
    income: String(Math.floor(random() ** 3 * 90) * 1_000_000),
  }));
}

type RuleSet = Partial<Record<keyof Person, readonly [technique: string, params: unknown]>>;

const RULE_SETS: readonly (readonly [string, RuleSet])[] = [
  ['birth to month, the rest as it is', { birth: ['date-truncate', { to: 'month' }] }],
  [
    'birth to year, address to city or county',
    { birth: ['date-truncate', { to: 'year' }], address: ['generalize', { address: 'sigungu' }] },
  ],
  [
    'ages by ten, provinces, income by ten million',
    {
      birth: ['generalize', { 'age-band': { 'reference-date': '2026-01-01', width: 10, top: 80 } }],
      address: ['generalize', { address: 'sido' }],
      income: ['round', { 'multiple-of': 10_000_000, mode: 'down' }],
    },
  ],
];

/** What becomes of a person under a rule set, as the run does it. */
function release(rules: RuleSet): (person: Person) => string {
  const cells = COLUMNS.map((column) => {
    const [name, params] = rules[column] ?? ['keep', {}];
    const technique = techniqueNamed(name);
    const context = { column, header: COLUMNS, key: () => new Uint8Array(32) };
    const compiled = technique.compile(technique.params(z).parse(params), context);
    return (person: Person) => compiled.cell(person[column]) as string;
  });
  return (person) => cells.map((cell) => cell(person)).join();
}

/** Share of hits over many attempts, and four standard errors of a share that is as predicted. */
function attempt(times: number, predicted: number, hit: () => boolean) {
  let hits = 0;
  for (let i = 0; i < times; i++) if (hit()) hits++;
  return { rate: hits / times, within: 4 * Math.sqrt((predicted * (1 - predicted)) / times) };
}

const TIMES = 40_000;

describe.each(RULE_SETS)('%s', (_, rules) => {
  it('is re-identified as often as predicted', async () => {
    const random = generator(20260301);
    const any = <T>(items: readonly T[]) => items[Math.floor(random() * items.length)]!;
    const people = population(12_000, random);
    const treat = release(rules);
    const released = new Map(people.map((person) => [person, treat(person)]));
    const sample = people.filter(() => random() < 0.25);
    const file = (persons: readonly Person[]) =>
      csvFile([COLUMNS.join(), ...persons.map((person) => released.get(person)!)].join('\n'));
    const risk = await measure(file(sample), COLUMNS, [], { population: file(people) });

    const classOf = (persons: readonly Person[]) => {
      const classes = new Map<string, Person[]>();
      for (const person of persons) {
        const key = released.get(person)!;
        classes.set(key, [...(classes.get(key) ?? []), person]);
      }
      return classes;
    };
    const inFile = classOf(sample);
    const inPopulation = classOf(people);

    // Prosecutor: knows that a target is in the file, and guesses among the records that fit.
    const prosecutor = attempt(TIMES, risk.averageRisk, () => {
      const target = any(sample);
      return any(inFile.get(released.get(target)!)!) === target;
    });
    expect(Math.abs(prosecutor.rate - risk.averageRisk)).toBeLessThan(prosecutor.within);

    // Marketer: takes every record of the file and guesses whose it is among the people who fit.
    const marketer = attempt(TIMES, risk.marketer!.successRate, () => {
      const record = any(sample);
      return any(inPopulation.get(released.get(record)!)!) === record;
    });
    expect(Math.abs(marketer.rate - risk.marketer!.successRate)).toBeLessThan(marketer.within);

    // Journalist: picks somebody of the population who may or may not be in the file, among those who fit
    // any record; or goes the marketer's way. The better of the two is the risk.
    const candidates = people.filter((person) => inFile.has(released.get(person)!));
    const fromPerson = [...inFile.keys()].length / candidates.length;
    const journalist = attempt(TIMES, fromPerson, () => {
      const target = any(candidates);
      return any(inFile.get(released.get(target)!)!) === target;
    });
    expect(Math.abs(journalist.rate - fromPerson)).toBeLessThan(journalist.within);
    expect(risk.journalist!.successRate).toBeCloseTo(Math.max(fromPerson, risk.marketer!.successRate), 12);

    // The three predictions are told apart by this many attempts: the test can fail.
    expect(risk.averageRisk - risk.marketer!.successRate).toBeGreaterThan(prosecutor.within);

    // Nobody is found more often than the highest risk says.
    const smallest = [...inFile.values()].find((members) => members.length === risk.k)!;
    const worst = attempt(TIMES, risk.highestRisk, () => {
      const target = any(smallest);
      return any(smallest) === target;
    });
    expect(Math.abs(worst.rate - risk.highestRisk)).toBeLessThanOrEqual(worst.within);
  });
});

it('coarser rules never lower k nor raise the risk', async () => {
  const people = population(4000, generator(7));
  const measured = [];
  for (const level of ['day', 'month', 'quarter', 'half', 'year']) {
    const treat = release({ birth: ['date-truncate', { to: level }] });
    const file = csvFile([COLUMNS.join(), ...people.map(treat)].join('\n'));
    measured.push(await measure(file, ['birth', 'sex', 'address'], []));
  }
  for (const [i, risk] of measured.slice(1).entries()) {
    expect(risk.k).toBeGreaterThanOrEqual(measured[i]!.k);
    expect(risk.averageRisk).toBeLessThanOrEqual(measured[i]!.averageRisk);
    expect(risk.recordsAtRisk.share).toBeLessThanOrEqual(measured[i]!.recordsAtRisk.share);
    expect(risk.sampleUniqueness).toBeLessThanOrEqual(measured[i]!.sampleUniqueness);
  }
  expect(measured.at(-1)!.averageRisk).toBeLessThan(measured[0]!.averageRisk);
});
