import { GamyeongError } from '../errors.ts';
import { type CsvFile, columnNamed, firstFault } from './csv-file.ts';
import { literal, type Sql, SqlRefusal } from './sql.ts';
import { orderBy, type ValueOrder } from './value-order.ts';

/** A column whose values are small numbers: 0 … cardinality−1. */
export interface CodedColumn {
  readonly name: string;
  /** Column of the CSV table. */
  readonly source: string;
  /** SQL type that lists the values; a value's code is its place in it. */
  readonly type: string;
  readonly cardinality: number;
  /** As numbers or in an order that was given; else as text. */
  readonly ordered: boolean;
}

/** What the values of columns are beside those in the file, and how they are ordered. */
export interface ValueLists {
  readonly order: ReadonlyMap<string, ValueOrder>;
  /** Values that must be in a column's list although the file may not hold them. */
  readonly also: ReadonlyMap<string, readonly string[]>;
}

/** Records from the start of a file that its values are first learnt from. */
const SAMPLE_ROWS = 1 << 18;

/**
 * Reads columns into the table `rows`, one row per record in file order, their values as small numbers; lists
 * the values as SQL types `v0`, `v1`, … A file whose start already shows every value is read once, others
 * twice.
 * @param select the columns of `rows`, as SQL over the CSV table; null only where a value is not listed
 * @returns the coded columns, in the order of `names`
 */
export async function codeRows(
  sql: Sql,
  csv: CsvFile,
  names: readonly string[],
  lists: ValueLists,
  select: (coded: readonly CodedColumn[]) => readonly string[],
): Promise<CodedColumn[]> {
  const sources = names.map((name) => {
    const source = columnNamed(csv, name);
    if (source === undefined) throw new Error(`column ${name} was not checked`);
    return source;
  });
  const coded =
    (await codeFrom(sql, csv, names, sources, lists, select, 'start')) ??
    (await codeFrom(sql, csv, names, sources, lists, select, 'whole'));
  await holdRows(sql, csv, 'SELECT count(*) FROM rows');
  return coded!;
}

/** @returns undefined when the values at the start of the file are not all */
async function codeFrom(
  sql: Sql,
  csv: CsvFile,
  names: readonly string[],
  sources: readonly string[],
  lists: ValueLists,
  select: (coded: readonly CodedColumn[]) => readonly string[],
  part: 'start' | 'whole',
): Promise<CodedColumn[] | undefined> {
  const known = await reading(csv, () => learnValues(sql, csv, sources, part));
  const coded = known ? await listValues(sql, csv, names, sources, lists) : undefined;
  await sql.run('DROP TABLE dictionary');
  if (coded === undefined) return undefined;
  const present = sources.map((source, i) => `try_cast(${source} AS v${i}) IS NOT NULL`).join(' AND ');
  await reading(csv, () =>
    sql.run(
      `CREATE TABLE rows AS SELECT ${[...select(coded), ...(part === 'start' ? [`${present} AS listed`] : [])].join()} FROM ${csv.from}`,
    ),
  );
  if (part === 'whole') return coded;
  const [[all]] = (await sql.rows('SELECT bool_and(listed) FROM rows')) as [[boolean | null]];
  if (all !== false) {
    await sql.run('ALTER TABLE rows DROP COLUMN listed');
    return coded;
  }
  await sql.run(`DROP TABLE rows; ${coded.map(({ type }) => `DROP TYPE ${type};`).join(' ')}`);
  return undefined;
}

/**
 * Makes the table `dictionary`: one row, a list of distinct values per column.
 * @returns false when the start of the file still showed new values in its second half
 */
async function learnValues(
  sql: Sql,
  csv: CsvFile,
  sources: readonly string[],
  part: 'start' | 'whole',
): Promise<boolean> {
  const lists = sources.map((source, i) => `list(DISTINCT ${source}) AS l${i}`).join();
  if (part === 'whole') {
    await sql.run(`CREATE TABLE dictionary AS SELECT ${lists} FROM ${csv.from}`);
    return true;
  }
  await sql.run(
    `CREATE TABLE start AS SELECT ${[...new Set(sources)].join()} FROM ${csv.from} LIMIT ${SAMPLE_ROWS}`,
  );
  await sql.run(`CREATE TABLE dictionary AS SELECT ${lists} FROM start`);
  const grew = sources.map(
    (source, i) =>
      `len(any_value(l${i})) > count(DISTINCT ${source}) FILTER (start.rowid < ${SAMPLE_ROWS / 2})`,
  );
  const [[growing]] = (await sql.rows(`SELECT ${grew.join(' OR ')} FROM start, dictionary`)) as [
    [boolean | null],
  ];
  await sql.run('DROP TABLE start');
  return csv.rows <= SAMPLE_ROWS || growing !== true;
}

/** Makes an SQL type for each list of values in `dictionary`. */
async function listValues(
  sql: Sql,
  csv: CsvFile,
  names: readonly string[],
  sources: readonly string[],
  { order, also }: ValueLists,
): Promise<CodedColumn[]> {
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
    coded.push({ name, source: sources[i]!, type: `v${i}`, cardinality, ordered: by !== 'v' });
  }
  return coded;
}

/** Values of a coded column in code order. */
export async function valuesOf(sql: Sql, column: CodedColumn): Promise<string[]> {
  const rows = await sql.rows(`SELECT unnest(enum_range(NULL::${column.type}))::VARCHAR`);
  return rows.map(([value]) => value as string);
}

/** Code of a CSV cell, as an expression. */
export const codeOf = (column: CodedColumn): string =>
  `enum_code(try_cast(${column.source} AS ${column.type}))`;

/** The SQL engine's row count against our own count of the same bytes. */
async function holdRows(sql: Sql, csv: CsvFile, count: string): Promise<void> {
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
