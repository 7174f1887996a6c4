import { type CodedColumn, valuesOf } from './coded-table.ts';
import type { PackedKey } from './packed-key.ts';
import type { Sql } from './sql.ts';
import { MISSING } from './value-order.ts';

/** How quasi-identifiers without a value are matched; see the option `--missing`. */
export type MissingMatch = { readonly kind: 'value' } | { readonly kind: 'wildcard'; readonly alpha: number };

/** Class sizes: for each frequency f (rising), the classes and the rows that have it. */
export interface ClassHistogram {
  readonly sizes: readonly { readonly f: number; readonly classes: number; readonly rows: number }[];
  readonly classes: number;
  readonly rows: number;
}

/** SQL test that a column's code, given as an expression, stands for "no value". */
export type MissingTest = (column: CodedColumn, code: string) => string;

export interface Grouping {
  readonly quasi: readonly CodedColumn[];
  readonly key: PackedKey;
  readonly isMissing: MissingTest;
  readonly match: MissingMatch;
  /** Leaves out rows whose quasi-identifiers are all missing (ARX's convention). */
  readonly excludeSuppressed: boolean;
  /** The table `rows` has a column `weight`. */
  readonly weighted: boolean;
}

/**
 * Groups the table `rows` (key words k0, k1, …) into the table `classes`: the key words, `n` rows, and `f`,
 * the frequency that risk is computed from. They differ only when missing values match any value. With
 * weights, `w` is the sum of weights behind f. Makes the view `measured`: the rows that count.
 * @returns rows left out
 */
export async function groupClasses(sql: Sql, grouping: Grouping): Promise<number> {
  const { quasi, key, isMissing, match } = grouping;
  const allMissing = quasi.map((column) => isMissing(column, key.unpack(column))).join(' AND ');
  await sql.run(
    `CREATE VIEW measured AS SELECT * FROM rows${grouping.excludeSuppressed ? ` WHERE NOT (${allMissing})` : ''}`,
  );
  const words = key.words.join();
  const weight = grouping.weighted ? ', sum(weight) AS w' : '';
  const grouped = `SELECT ${words}, count(*)::DOUBLE AS n${weight} FROM measured GROUP BY ${words}`;
  if (match.kind === 'value') {
    await sql.run(`CREATE TABLE classes AS SELECT *, n AS f FROM (${grouped})`);
  } else {
    const bits = quasi.map((column, i) => `(${isMissing(column, key.unpack(column))})::INTEGER * ${2 ** i}`);
    await sql.run(`CREATE TABLE tuples AS SELECT *, ${bits.join(' + ')} AS pattern FROM (${grouped})`);
    await matchWildcards(sql, grouping, match.alpha);
    await sql.run('DROP TABLE tuples; DROP TABLE matches');
  }
  const [[left]] = (await sql.rows(
    'SELECT (SELECT count(*) FROM rows) - (SELECT coalesce(sum(n), 0) FROM classes)',
  )) as [[number]];
  return left;
}

/** Prepares the test for missing values of some columns. */
export async function missingTest(sql: Sql, columns: readonly CodedColumn[]): Promise<MissingTest> {
  const codes = new Map<CodedColumn, number[]>();
  for (const column of columns) {
    const values = await valuesOf(sql, column);
    codes.set(
      column,
      MISSING.map((value) => values.indexOf(value)).filter((at) => at >= 0),
    );
  }
  return (column, code) =>
    codes.get(column)!.length === 0 ? 'false' : `${code} IN (${codes.get(column)!.join()})`;
}

/**
 * f under "a missing value matches any value": rows that agree in every column in which neither has a
 * missing value. A row that only matches through its own missing value counts alpha (sdcMicro's freqCalc).
 * Tuples are taken by pattern of missing columns, so that each pair of patterns is one equi-join.
 */
async function matchWildcards(sql: Sql, grouping: Grouping, alpha: number): Promise<void> {
  const { quasi, key } = grouping;
  const words = key.words.join();
  const sums = grouping.weighted ? ['n', 'w'] : ['n'];
  const patterns = (await sql.rows('SELECT DISTINCT pattern FROM tuples ORDER BY pattern')).map(
    ([pattern]) => pattern as number,
  );
  await sql.run(`CREATE TABLE matches AS SELECT ${words}, ${sums.join()} FROM tuples LIMIT 0`);
  for (const target of patterns) {
    for (const source of patterns) {
      const weight = (source & ~target) === 0 ? 1 : alpha;
      const shared = quasi.filter((_, i) => ((target | source) & (1 << i)) === 0);
      const codes = shared.map((column, i) => `${key.unpack(column)} AS q${i}`);
      const names = shared.map((_, i) => `q${i}`);
      const on = names.map((name) => `a.${name} = b.${name}`).join(' AND ') || 'true';
      await sql.run(
        `INSERT INTO matches
         SELECT ${[...key.words.map((word) => `a.${word}`), ...sums.map((of) => `${weight} * b.${of}`)].join()}
         FROM (SELECT ${[words, ...codes].join()} FROM tuples WHERE pattern = ${target}) a
         JOIN (SELECT ${[...names, ...sums.map((of) => `sum(${of}) AS ${of}`)].join()}
               FROM (SELECT ${[...codes, ...sums].join()} FROM tuples WHERE pattern = ${source})
               ${names.length === 0 ? '' : `GROUP BY ${names.join()}`}) b ON ${on}`,
      );
    }
  }
  const matched = [`sum(n) AS f`, ...(grouping.weighted ? ['sum(w) AS w'] : [])];
  await sql.run(
    `CREATE TABLE classes AS SELECT t.n, m.*
     FROM tuples t JOIN (SELECT ${[words, ...matched].join()} FROM matches GROUP BY ${words}) m USING (${words})`,
  );
}

/** Sizes by frequency; `of: 'n'` counts rows of identical key instead. */
export async function classHistogram(sql: Sql, of: 'f' | 'n' = 'f'): Promise<ClassHistogram> {
  const rows = (await sql.rows(
    `SELECT ${of}, count(*)::DOUBLE, sum(n)::DOUBLE FROM classes GROUP BY 1 ORDER BY 1`,
  )) as [number, number, number][];
  const sizes = rows.map(([f, classes, count]) => ({ f, classes, rows: count }));
  return {
    sizes,
    classes: sizes.reduce((sum, size) => sum + size.classes, 0),
    rows: sizes.reduce((sum, size) => sum + size.rows, 0),
  };
}

/**
 * Makes the table `codes`: one row per class, its rows `n` and the code of every quasi-identifier as q0, q1,
 * …, in the smallest type that holds it. Grouping by columns of small numbers is what the engine does best.
 */
export async function unpackClasses(sql: Sql, quasi: readonly CodedColumn[], key: PackedKey): Promise<void> {
  const codes = quasi.map(
    (column, i) => `${key.unpack(column)}::${smallestType(column.cardinality)} AS q${i}`,
  );
  await sql.run(`CREATE TABLE codes AS SELECT ${[...key.words, 'n', ...codes].join()} FROM classes`);
}

function smallestType(cardinality: number): string {
  if (cardinality <= 256) return 'UTINYINT';
  return cardinality <= 65536 ? 'USMALLINT' : 'UINTEGER';
}
