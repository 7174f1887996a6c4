import type { CodedColumn } from './coded-table.ts';
import type { Sql } from './sql.ts';

/** How well a set of quasi-identifiers alone tells records apart (Motwani, Xu 2007). */
export interface SubsetRisk {
  readonly columns: readonly string[];
  /** Distinct combinations / records. */
  readonly distinction: number;
  /** Share of the pairs of records that differ; null with fewer than two records. */
  readonly separation: number | null;
  /** Smallest group. */
  readonly k: number;
  /** Share of records that stand alone. */
  readonly uniqueness: number;
  /** Share of records with 1/f above the threshold. */
  readonly recordsAtRisk: number;
}

/** Measures every set of quasi-identifiers of up to `size` columns, smallest sets first. Needs `codes`. */
export async function measureSubsets(
  sql: Sql,
  quasi: readonly CodedColumn[],
  size: number,
  threshold: number,
): Promise<SubsetRisk[]> {
  const measured: SubsetRisk[] = [];
  for (const subset of subsets([...quasi.keys()], size)) {
    const [[groups, rows, equalPairs, k, alone, atRisk]] = (await sql.rows(
      `SELECT count(*), sum(n), sum(n * (n - 1) / 2), min(n), coalesce(sum(n) FILTER (n = 1), 0),
         coalesce(sum(n) FILTER (1 / n > ${threshold}), 0)
       FROM (SELECT sum(n) AS n FROM codes GROUP BY ${subset.map((column) => `q${column}`).join()})`,
    )) as [[number, number, number, number, number, number]];
    measured.push({
      columns: subset.map((column) => quasi[column]!.name),
      distinction: groups / rows,
      separation: rows < 2 ? null : 1 - equalPairs / ((rows * (rows - 1)) / 2),
      k,
      uniqueness: alone / rows,
      recordsAtRisk: atRisk / rows,
    });
  }
  return measured;
}

/** All non-empty subsets of up to `size` items, by size, then in the order of the items. */
export function subsets<T>(items: readonly T[], size: number): T[][] {
  const bySize: T[][][] = [[[]]];
  for (let length = 1; length <= Math.min(size, items.length); length++) {
    bySize.push(
      bySize[length - 1]!.flatMap((subset) => {
        const from = subset.length === 0 ? 0 : items.indexOf(subset.at(-1)!) + 1;
        return items.slice(from).map((item) => [...subset, item]);
      }),
    );
  }
  return bySize.slice(1).flat();
}
