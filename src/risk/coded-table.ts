import { GamyeongError } from '../errors.ts';
import { type CsvFile, columnNamed, firstFault } from './csv-file.ts';
import { literal, type Sql, SqlRefusal } from './sql.ts';

/**
 * How the values of a column are ordered: codes rise in this order. `natural`: numeric when every value is a
 * number, else as text. Missing values come first.
 */
export type ValueOrder = 'text' | 'natural' | 'numeric' | readonly string[];

/** A column whose values are small numbers: 0 … cardinality−1. */
export interface CodedColumn {
  readonly name: string;
  /** Column of the CSV table. */
  readonly source: string;
  /** SQL type that lists the values; a value's code is its place in it. */
  readonly type: string;
  readonly cardinality: number;
}

/** Cells that stand for "no value": empty, or suppressed. */
export const MISSING: readonly string[] = ['', '*'];

/** Quasi-identifiers packed into as few integers as hold them without collision (mixed radix). */
export interface PackedKey {
  /** Columns that hold the key in every table made with `select … as`: k0, k1, … */
  readonly words: readonly string[];
  /** Expressions over coded CSV columns that compute the words. */
  pack(code: (column: CodedColumn) => string): string[];
  /** Expression over the words that gives back the code of a column. */
  unpack(column: CodedColumn): string;
}

/** Words are exact in a double too. */
const WORD_LIMIT = 2 ** 53;

export function packKey(columns: readonly CodedColumn[]): PackedKey {
  const groups: { columns: CodedColumn[]; product: number }[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.product * column.cardinality < WORD_LIMIT) {
      last.columns.push(column);
      last.product *= column.cardinality;
    } else groups.push({ columns: [column], product: column.cardinality });
  }
  return {
    words: groups.map((_, i) => `k${i}`),
    pack: (code) =>
      groups.map((group) =>
        group.columns
          .map((column) => ({ value: `${code(column)}::BIGINT`, radix: column.cardinality }))
          .reduce((high, next) => ({ value: `(${high.value} * ${next.radix} + ${next.value})`, radix: 1 }))
          .value.trim(),
      ),
    unpack(wanted) {
      const at = groups.findIndex((group) => group.columns.includes(wanted));
      const group = groups[at]!;
      const below = group.columns.slice(group.columns.indexOf(wanted) + 1);
      const stride = below.reduce((product, column) => product * column.cardinality, 1);
      return `((k${at} // ${stride}) % ${wanted.cardinality})`;
    },
  };
}

/**
 * Lists the distinct values of columns, in one pass over the file, as SQL types `v0`, `v1`, …
 * @param also values that must be in a column's list although the file may not hold them
 * @returns the coded columns, in the order asked
 */
export async function codeColumns(
  sql: Sql,
  csv: CsvFile,
  names: readonly string[],
  order: ReadonlyMap<string, ValueOrder> = new Map(),
  also: ReadonlyMap<string, readonly string[]> = new Map(),
): Promise<CodedColumn[]> {
  const sources = names.map((name) => {
    const source = columnNamed(csv, name);
    if (source === undefined) throw new Error(`column ${name} was not checked`);
    return source;
  });
  await reading(csv, async () => {
    const lists = sources.map((source, i) => `list(DISTINCT ${source}) AS l${i}`);
    await sql.run(`CREATE TABLE dictionary AS SELECT ${[...lists, 'count(*) AS n'].join()} FROM ${csv.from}`);
  });
  await holdRows(sql, csv, 'SELECT n FROM dictionary');
  const coded: CodedColumn[] = [];
  for (const [i, name] of names.entries()) {
    const extra = (also.get(name) ?? []).map(literal);
    await sql.run(
      `CREATE TABLE listed AS SELECT DISTINCT unnest(list_concat(l${i}, [${extra.join()}]::VARCHAR[])) AS v FROM dictionary`,
    );
    const by = await orderBy(sql, csv, name, sources[i]!, order.get(name) ?? 'text');
    await sql.run(`CREATE TYPE v${i} AS ENUM (SELECT v FROM listed ORDER BY ${by})`);
    const [[cardinality]] = (await sql.rows('SELECT count(*) FROM listed')) as [[number]];
    await sql.run('DROP TABLE listed');
    coded.push({ name, source: sources[i]!, type: `v${i}`, cardinality });
  }
  await sql.run('DROP TABLE dictionary');
  return coded;
}

/** Values of a coded column in code order. */
export async function valuesOf(sql: Sql, column: CodedColumn): Promise<string[]> {
  const rows = await sql.rows(`SELECT unnest(enum_range(NULL::${column.type}))::VARCHAR`);
  return rows.map(([value]) => value as string);
}

/** Code of a CSV cell, as an expression. */
export const codeOf = (column: CodedColumn): string => `enum_code(${column.source}::${column.type})`;

/** SQL test that a text is a number as people write them; empty and suppressed cells are none. */
export const isNumber = (expression: string): string =>
  `regexp_full_match(${expression}, '[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?')`;

/** ORDER BY expression for the values in the table `listed`. */
async function orderBy(
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

/** The SQL engine's row count against our own count of the same bytes. */
export async function holdRows(sql: Sql, csv: CsvFile, count: string): Promise<void> {
  const [[found]] = (await sql.rows(count)) as [[number]];
  if (found !== csv.rows)
    throw new GamyeongError('E_RISK_ROWS', { found, expected: csv.rows }, { file: csv.file });
}

/** Runs a statement that reads a CSV file; what the engine refuses there is the file's fault. */
export async function reading<T>(csv: CsvFile, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SqlRefusal && error.kind === 'Invalid Input Error') throw await firstFault(csv);
    throw error;
  }
}
