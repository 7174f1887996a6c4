import type { Sql } from './sql.ts';

/** `exact`: the full series; `approximate`: p/(f−1+p) for f > 2. */
export type IndividualMethod = 'exact' | 'approximate';

/** Risk of single records when rows stand for people of a population by sampling weights. */
export interface IndividualRisk {
  readonly method: IndividualMethod;
  readonly highest: number;
  /** Mean over records. */
  readonly average: number;
  /** Σ r: expected number of re-identified records. */
  readonly expectedReidentifications: number;
}

export interface HouseholdRisk {
  readonly households: number;
  readonly highest: number;
  /** Mean over records of the risk of their household. */
  readonly average: number;
  /** Records expected to be found through any member of their household. */
  readonly expectedReidentifications: number;
}

/** From here on the series converges in a few dozen terms; below, the recurrence is exact. */
const SERIES_FROM = 40;

/**
 * Chance that a record with f records and an estimated F people alike is re-identified (Benedetti, Franconi
 * 1998): E[1/F | f] with p = f/F, i.e. a · ∫_0^1 y^(f−1)/(a+y) dy with a = p/(1−p).
 */
export function individualRisk(f: number, population: number, method: IndividualMethod): number {
  const p = f / population;
  if (p >= 1) return 1 / f;
  const a = p / (1 - p);
  if (f === 1) return a * Math.log(1 / p);
  if (f === 2) return a - a * a * Math.log(1 / p);
  return method === 'approximate' ? p / (f - 1 + p) : exactRisk(f, p, a);
}

function exactRisk(f: number, p: number, a: number): number {
  if (f >= SERIES_FROM || a > 0.5) return seriesRisk(f, p);
  // J_f = ∫ y^(f−1)/(a+y) dy: J_1 = ln(1/p), J_f = 1/(f−1) − a·J_{f−1}; errors shrink as a < 1.
  let integral = Math.log(1 / p);
  for (let size = 2; size <= f; size++) integral = 1 / (size - 1) - a * integral;
  return a * integral;
}

/** (p/f) · ₂F₁(1, 1; f+1; 1−p), the same integral as a series of positive terms. */
function seriesRisk(f: number, p: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 0; term > 1e-17 * sum; k++) {
    term *= ((k + 1) / (f + k + 1)) * (1 - p);
    sum += term;
  }
  return (p / f) * sum;
}

/** Individual risk of all records from `classes` (f, and its population estimate `w`). */
export async function measureIndividualRisk(sql: Sql, method: IndividualMethod): Promise<IndividualRisk> {
  let highest = 0;
  let expected = 0;
  let records = 0;
  await sql.stream(
    'SELECT f::DOUBLE, w::DOUBLE, sum(n)::DOUBLE FROM classes GROUP BY f, w ORDER BY f, w',
    ([f, population, rows], length) => {
      for (let i = 0; i < length; i++) {
        const risk = individualRisk(f![i]!, population![i]!, method);
        highest = Math.max(highest, risk);
        expected += risk * rows![i]!;
        records += rows![i]!;
      }
    },
  );
  return { method, highest, average: expected / records, expectedReidentifications: expected };
}

/** 1 − Π(1−r) over the records of each household. @param words key words that join rows to classes */
export async function measureHouseholdRisk(
  sql: Sql,
  words: readonly string[],
  method: IndividualMethod,
): Promise<HouseholdRisk> {
  const total = { households: 0, highest: 0, expected: 0, records: 0 };
  let current = -1;
  let safe = 1;
  let members = 0;
  const end = () => {
    if (members === 0) return;
    total.households++;
    total.records += members;
    total.highest = Math.max(total.highest, 1 - safe);
    total.expected += members * (1 - safe);
    safe = 1;
    members = 0;
  };
  await sql.stream(
    `SELECT household::INTEGER AS h, f::DOUBLE AS f, w::DOUBLE AS w
     FROM measured JOIN classes USING (${words.join()}) ORDER BY h, f, w`,
    ([household, f, population], length) => {
      for (let i = 0; i < length; i++) {
        if (household![i] !== current) end();
        current = household![i]!;
        safe *= 1 - individualRisk(f![i]!, population![i]!, method);
        members++;
      }
    },
  );
  end();
  return {
    households: total.households,
    highest: total.highest,
    average: total.expected / total.records,
    expectedReidentifications: total.expected,
  };
}
