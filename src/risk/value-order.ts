import { GamyeongError } from '../errors.ts';
import type { CsvFile } from './csv-file.ts';
import { literal, type Sql } from './sql.ts';

/** Cells that stand for "no value": empty, or suppressed. */
export const MISSING: readonly string[] = ['', '*'];

/**
 * How the values of a column are ordered: codes rise in this order. `natural`: numeric when every value is a
 * number, else as text. Missing values come first.
 */
export type ValueOrder = 'text' | 'natural' | 'numeric' | readonly string[];

/** SQL test that a text is a number as people write them; empty and suppressed cells are none. */
export const isNumber = (expression: string): string =>
  `regexp_full_match(${expression}, '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?')`;

/** ORDER BY expression for the values in the table `listed`. */
export async function orderBy(
  sql: Sql,
  csv: CsvFile,
  column: string,
  source: string,
  order: ValueOrder,
): Promise<string> {
  const present = (value: string) => `${value} NOT IN (${MISSING.map(literal).join()})`;
  if (order === 'text') return 'v';
  if (order === 'natural' || order === 'numeric') {
    const [[odd]] = (await sql.rows(
      `SELECT count(*) FROM listed WHERE ${present('v')} AND NOT ${isNumber('v')}`,
    )) as [[number]];
    if (odd === 0) return 'try_cast(v AS DOUBLE) NULLS FIRST, v';
    if (order === 'natural') return 'v';
    const [[row]] = (await sql.rows(`SELECT min(row) FROM
      (SELECT row_number() OVER () + 1 AS row, ${source} AS v FROM ${csv.from})
      WHERE ${present('v')} AND NOT ${isNumber('v')}`)) as [[number]];
    throw new GamyeongError('E_RISK_NUMBER', {}, { file: csv.file, row, column });
  }
  const listed = `[${order.map(literal).join()}]::VARCHAR[]`;
  const [[unlisted]] = (await sql.rows(
    `SELECT count(*) FROM listed WHERE ${present('v')} AND NOT list_contains(${listed}, v)`,
  )) as [[number]];
  if (unlisted !== 0)
    throw new GamyeongError('E_RISK_ORDER', { name: column, count: unlisted }, { file: csv.file });
  return `list_position(${listed}, v) NULLS FIRST, v`;
}
