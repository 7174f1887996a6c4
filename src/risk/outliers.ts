import { reading } from './coded-table.ts';
import type { CsvFile } from './csv-file.ts';
import { literal, type Sql } from './sql.ts';
import { isNumber, MISSING } from './value-order.ts';

/** Values that stand out of their own column, whatever the other columns say. */
export type ColumnOutliers =
  | {
      readonly kind: 'numeric';
      /** Cells more than three standard deviations from the mean. */
      readonly threeSigma: number;
      /** Cells below Q1 − 1.5·IQR or above Q3 + 1.5·IQR (Tukey's fences; quartiles by linear interpolation). */
      readonly iqr: number;
    }
  | {
      readonly kind: 'categorical';
      /** Values that fewer than `frequency` rows have, and those rows. */
      readonly frequency: number;
      readonly rareValues: number;
      readonly rareRows: number;
    };

/** Looks at every column of the file. Empty and suppressed cells are left out. */
export async function measureOutliers(
  sql: Sql,
  csv: CsvFile,
  frequency: number,
): Promise<Record<string, ColumnOutliers>> {
  const measured: Record<string, ColumnOutliers> = {};
  await reading(csv, async () => {
    for (const [i, name] of csv.header.entries()) {
      await sql.run(
        `CREATE OR REPLACE TABLE cells AS SELECT v, try_cast(v AS DOUBLE) AS x, count(*) AS n
         FROM (SELECT c${i} AS v FROM ${csv.from}) WHERE v NOT IN (${MISSING.map(literal).join()}) GROUP BY v`,
      );
      const [[values, numbers]] = (await sql.rows(
        `SELECT count(*), count(*) FILTER (${isNumber('v')}) FROM cells`,
      )) as [[number, number]];
      measured[name] =
        values > 0 && numbers === values ? await numericOutliers(sql) : await rareValues(sql, frequency);
    }
  });
  await sql.run('DROP TABLE IF EXISTS cells');
  return measured;
}

async function numericOutliers(sql: Sql): Promise<ColumnOutliers> {
  const [[threeSigma, iqr]] = (await sql.rows(
    `WITH every AS (SELECT x FROM cells, range(n)),
       s AS (SELECT avg(x) AS mean, stddev_samp(x) AS sd, quantile_cont(x, 0.25) AS q1, quantile_cont(x, 0.75) AS q3
             FROM every)
     SELECT coalesce(sum(n) FILTER (abs(x - mean) > 3 * sd), 0),
       coalesce(sum(n) FILTER (x < q1 - 1.5 * (q3 - q1) OR x > q3 + 1.5 * (q3 - q1)), 0)
     FROM cells, s`,
  )) as [[number, number]];
  return { kind: 'numeric', threeSigma, iqr };
}

async function rareValues(sql: Sql, frequency: number): Promise<ColumnOutliers> {
  const [[values, rows]] = (await sql.rows(
    `SELECT count(*) FILTER (n < ${frequency}), coalesce(sum(n) FILTER (n < ${frequency}), 0) FROM cells`,
  )) as [[number, number]];
  return { kind: 'categorical', frequency, rareValues: values, rareRows: rows };
}
