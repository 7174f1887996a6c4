import type { CodedColumn } from './coded-table.ts';
import type { Sql } from './sql.ts';
import { subsets } from './subsets.ts';

export type SudaScoring = 'elliot' | 'ihsn';

export interface SudaOptions {
  /** Largest special unique that is looked for. */
  readonly size: number;
  readonly scoring: SudaScoring;
  /** φ of the DIS measure: share of the population in the sample. */
  readonly fraction: number;
}

/** Special uniques: records that few of their quasi-identifiers already single out (Elliot et al. 2002). */
export interface SudaRisk extends SudaOptions {
  /** U: records that are unique on all quasi-identifiers. */
  readonly uniques: number;
  /** P: classes of two records. */
  readonly pairs: number;
  /** Chance that a match on a unique record is right: Uφ/(Uφ+2P(1−φ)) (Skinner, Elliot 2002). */
  readonly dis: number | null;
  /** Records with a score above 0. */
  readonly records: number;
  /** Minimal sample uniques by size: [size, how many]. */
  readonly minimalUniques: readonly (readonly [number, number])[];
  /** Share of all scores that each quasi-identifier takes part in. */
  readonly contribution: Readonly<Record<string, number>>;
  /** [score, records], rising. */
  readonly scores: readonly (readonly [number, number])[];
}

/** Score of each special unique, with what it takes to name its row. */
export interface SudaResult {
  readonly risk: SudaRisk;
  /** By the number of the class in the table `tuples`. */
  readonly scoreOf: ReadonlyMap<number, number>;
}

/** What a minimal sample unique of s among V columns adds to its record's score. */
export function sudaWeight(scoring: SudaScoring, columns: number, size: number): number {
  if (scoring === 'elliot') return factorial(columns - size);
  const others = columns - size;
  return (2 ** others - 1) / (factorial(columns) / (factorial(size) * factorial(others)));
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/**
 * Finds all minimal sample uniques of up to `size` columns: sets of values that one record alone has, while
 * every smaller set of them is shared. Values that are missing take no part. Needs `codes`.
 * @param missing SQL test that a column's code (`q0`, `q1`, …) stands for no value
 */
export async function sudaRisk(
  sql: Sql,
  quasi: readonly CodedColumn[],
  missing: (column: CodedColumn, code: string) => string,
  options: SudaOptions,
): Promise<SudaResult> {
  await sql.run(
    'CREATE OR REPLACE TABLE tuples AS SELECT (row_number() OVER () - 1)::INTEGER AS id, * FROM codes',
  );
  const found = new Map<number, number[]>();
  for (const subset of subsets([...quasi.keys()], options.size)) {
    const mask = subset.reduce((bits, column) => bits | (1 << column), 0);
    const present = subset.map((column) => `NOT (${missing(quasi[column]!, `q${column}`)})`).join(' AND ');
    const group = subset.map((column) => `q${column}`).join();
    await sql.stream(
      `SELECT min(id)::INTEGER FROM tuples WHERE ${present} GROUP BY ${group} HAVING sum(n) = 1`,
      ([ids], rows) => {
        for (let i = 0; i < rows; i++) {
          const smaller = found.get(ids![i]!);
          if (smaller === undefined) found.set(ids![i]!, [mask]);
          else if (!smaller.some((other) => (other & mask) === other)) smaller.push(mask);
        }
      },
    );
  }
  const [[uniques, pairs]] = (await sql.rows(
    'SELECT count(*) FILTER (n = 1), count(*) FILTER (n = 2) FROM tuples',
  )) as [[number, number]];
  return summarize(quasi, found, uniques, pairs, options);
}

function summarize(
  quasi: readonly CodedColumn[],
  found: ReadonlyMap<number, readonly number[]>,
  uniques: number,
  pairs: number,
  options: SudaOptions,
): SudaResult {
  const scoreOf = new Map<number, number>();
  const perSize = new Map<number, number>();
  const perColumn = new Float64Array(quasi.length);
  let total = 0;
  for (const [id, masks] of found) {
    let score = 0;
    for (const mask of masks) {
      const columns = [...quasi.keys()].filter((column) => mask & (1 << column));
      const weight = sudaWeight(options.scoring, quasi.length, columns.length);
      score += weight;
      perSize.set(columns.length, (perSize.get(columns.length) ?? 0) + 1);
      for (const column of columns) perColumn[column]! += weight;
    }
    total += score;
    scoreOf.set(id, score);
  }
  const { fraction } = options;
  const histogram = new Map<number, number>();
  for (const score of scoreOf.values()) histogram.set(score, (histogram.get(score) ?? 0) + 1);
  return {
    scoreOf,
    risk: {
      ...options,
      uniques,
      pairs,
      dis: uniques === 0 ? null : (uniques * fraction) / (uniques * fraction + 2 * pairs * (1 - fraction)),
      records: [...scoreOf.values()].filter((score) => score > 0).length,
      minimalUniques: [...perSize].sort(([a], [b]) => a - b),
      contribution: Object.fromEntries(
        quasi.map(({ name }, i) => [name, total === 0 ? 0 : perColumn[i]! / total]),
      ),
      scores: [...histogram].sort(([a], [b]) => a - b),
    },
  };
}

/**
 * DIS of single records: 1/(1 + (U/DIS − U)/(s^Q · Σ s^−Q)), Q = 1 + (8−V)/20, over the records with a
 * score s > 0; 0 for the others.
 */
export function disOfScores(
  scores: readonly number[],
  columns: number,
  { uniques, dis }: Pick<SudaRisk, 'uniques' | 'dis'>,
): number[] {
  const power = 1 + (8 - columns) / 20;
  const sum = scores.reduce((total, score) => total + (score > 0 ? score ** -power : 0), 0);
  return scores.map((score) =>
    score === 0 || dis === null ? 0 : 1 / (1 + (uniques / dis - uniques) / (score ** power * sum)),
  );
}
