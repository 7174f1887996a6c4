import { LOWER_BOUNDS, type Measure, type Thresholds } from './gate.ts';
import { type ClassValues, visitClasses } from './sensitive.ts';
import { sensitiveColumns } from './sensitive-columns.ts';
import type { Survey } from './survey.ts';

/** Rows whose class is beyond a threshold. */
export interface Violation {
  readonly measure: Measure;
  readonly rows: number;
}

/** Thresholds that a class can break, as a test over `classes` (f). */
const BY_FREQUENCY: Partial<Record<Measure, (threshold: number) => string>> = {
  k: (threshold) => `f < ${threshold}`,
  'prosecutor-max': (threshold) => `1 / f > ${threshold}`,
};

/** Thresholds that a class can break through its sensitive values. */
const BY_VALUES: Partial<Record<Measure, (values: ClassValues) => number>> = {
  l: (values) => values.lDistinct,
  'l-entropy': (values) => values.lEntropy,
  t: (values) => values.tEqual,
  't-ordered': (values) => values.tOrdered,
  't-hierarchical': (values) => values.tHierarchical,
  alpha: (values) => values.alpha,
  beta: (values) => values.betaBasic,
  delta: (values) => values.delta,
};

const isLimit = ([measure, threshold]: [string, number | undefined]): boolean =>
  threshold !== undefined && (measure in BY_FREQUENCY || measure in BY_VALUES);

/**
 * Finds the classes beyond a threshold; leaves their key words in the table `violating`, one row per class
 * and threshold (`limit_`: its place in the result).
 */
export async function findViolations(survey: Survey, thresholds: Thresholds): Promise<Violation[]> {
  const { sql, key } = survey;
  const limits = Object.entries(thresholds).filter(isLimit) as [Measure, number][];
  const words = key.words.join();
  await sql.run(
    `CREATE OR REPLACE TABLE violating AS SELECT ${words}, 0::BIGINT AS limit_ FROM classes LIMIT 0`,
  );
  for (const [at, [measure, threshold]] of limits.entries()) {
    const test = BY_FREQUENCY[measure]?.(threshold);
    if (test) await sql.run(`INSERT INTO violating SELECT ${words}, ${at} FROM classes WHERE ${test}`);
  }
  if (limits.some(([measure]) => measure in BY_VALUES)) await findByValues(survey, limits);
  const counts = new Map(
    (await sql.rows(
      `SELECT limit_, sum(n) FROM (SELECT DISTINCT * FROM violating) JOIN classes USING (${words}) GROUP BY limit_`,
    )) as [number, number][],
  );
  return limits.map(([measure], at) => ({ measure, rows: counts.get(at) ?? 0 }));
}

async function findByValues(survey: Survey, limits: readonly [Measure, number][]): Promise<void> {
  const { sql, key } = survey;
  for (const column of await sensitiveColumns(survey)) {
    const found: number[] = [];
    await visitClasses(sql, key, column, (values, words) => {
      for (const [at, [measure, threshold]] of limits.entries()) {
        const value = BY_VALUES[measure]?.(values);
        if (value === undefined) continue;
        if (LOWER_BOUNDS.has(measure) ? value < threshold : !(value <= threshold)) found.push(...words, at);
      }
    });
    await sql.append('violating', found, key.words.length + 1);
  }
}

/**
 * Numbers of the rows beyond a threshold, rising, as a spreadsheet shows them (the header is row 1).
 * Needs the table `violating`.
 */
export async function violatingRows(survey: Survey, take: (rows: Int32Array) => void): Promise<void> {
  const words = survey.key.words.join();
  await survey.sql.stream(
    `SELECT (rows.rowid + 2)::INTEGER FROM rows SEMI JOIN violating USING (${words}) ORDER BY rows.rowid`,
    ([numbers], length) => take((numbers as Int32Array).slice(0, length)),
  );
}
