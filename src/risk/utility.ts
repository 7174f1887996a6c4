import type { ClassHistogram } from './classes.ts';
import { type CodedColumn, reading, valuesOf } from './coded-table.ts';
import { type CsvFile, columnNamed } from './csv-file.ts';
import type { Hierarchy } from './hierarchy.ts';
import type { PackedKey } from './packed-key.ts';
import type { Sql } from './sql.ts';

/** What the released file still tells, against what went in. */
export interface Utility {
  readonly rowsIn: number;
  /** Rows that went in and did not come out, with those suppressed in place. */
  readonly suppressed: number;
  /** Σ f² + suppressed · rows in (Bayardo, Agrawal 2005). */
  readonly discernibility: number;
  /** C_avg = n / (u·k) (LeFevre et al. 2006). */
  readonly averageClassSize: number;
  /** Mean share of a hierarchy's leaves under a cell; suppressed = 1 (Iyengar 2002). Null without hierarchies. */
  readonly granularity: number | null;
  /** Mean level / (levels − 1) over cells; 0 = nothing generalized (Sweeney 2002). Null without hierarchies. */
  readonly precision: number | null;
  /** −Σ log₂(share in / share out) over cells; null without an original of the same rows. */
  readonly nonUniformEntropy: number | null;
  /** (suppressed + rows without their class's majority value) / rows in, by sensitive column (Iyengar 2002). */
  readonly classificationMetric: Readonly<Record<string, number>>;
}

export function discernibility({ sizes }: ClassHistogram, suppressed: number, rowsIn: number): number {
  return sizes.reduce((sum, { f, rows }) => sum + f * rows, 0) + suppressed * rowsIn;
}

/** Mean over columns of what a hierarchy says about their cells. */
export async function generalizationLoss(
  sql: Sql,
  quasi: readonly CodedColumn[],
  key: PackedKey,
  hierarchies: ReadonlyMap<string, Hierarchy>,
): Promise<{ granularity: number; precision: number } | undefined> {
  const columns = quasi.filter((column) => hierarchies.has(column.name));
  if (columns.length === 0) return undefined;
  let granularity = 0;
  let precision = 0;
  for (const column of columns) {
    const loss = lossByValue(hierarchies.get(column.name)!);
    const values = await valuesOf(sql, column);
    const counts = (await sql.rows(
      `SELECT ${key.unpack(column)} AS q, sum(n) / (SELECT sum(n) FROM classes) FROM classes GROUP BY q ORDER BY q`,
    )) as [number, number][];
    for (const [code, share] of counts) {
      const { leaves, level } = loss.get(values[code]!) ?? { leaves: 1, level: 1 };
      granularity += share * leaves;
      precision += share * level;
    }
  }
  return { granularity: granularity / columns.length, precision: precision / columns.length };
}

/** Share of leaves under each value of a hierarchy and its level, from 0 to 1. Unknown values count 1. */
function lossByValue({ levels, paths }: Hierarchy): Map<string, { leaves: number; level: number }> {
  const loss = new Map<string, { leaves: number; level: number }>();
  for (let level = levels - 1; level >= 0; level--) {
    const under = new Map<string, number>();
    for (const path of paths.values()) under.set(path[level]!, (under.get(path[level]!) ?? 0) + 1);
    for (const [value, leaves] of under)
      loss.set(value, { leaves: leaves / paths.size, level: level / (levels - 1) });
  }
  return loss;
}

/** −Σ log₂(share of the original value / share of the released value) over rows and quasi-identifiers. */
export async function nonUniformEntropy(
  sql: Sql,
  released: CsvFile,
  original: CsvFile,
  quasi: readonly CodedColumn[],
): Promise<number> {
  let sum = 0;
  for (const column of quasi) {
    const [[loss]] = (await reading(original, () =>
      sql.rows(
        `WITH pairs AS (SELECT a, b, count(*) AS n FROM
           (SELECT ${columnNamed(original, column.name)} AS a FROM ${original.from})
           POSITIONAL JOIN (SELECT ${column.source} AS b FROM ${released.from}) GROUP BY a, b),
         byA AS (SELECT a, sum(n) AS na FROM pairs GROUP BY a), byB AS (SELECT b, sum(n) AS nb FROM pairs GROUP BY b)
         SELECT sum(n * log2(nb / na)) FROM pairs JOIN byA USING (a) JOIN byB USING (b)`,
      ),
    )) as [[number]];
    sum += loss;
  }
  return sum;
}
