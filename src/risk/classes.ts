import { type CodedColumn, MISSING, type PackedKey, valuesOf } from './coded-table.ts';
import type { Sql } from './sql.ts';

/** How quasi-identifiers without a value are matched; see the option `--missing`. */
export type MissingMatch = { readonly kind: 'value' } | { readonly kind: 'wildcard'; readonly alpha: number };

/** Class sizes: for each frequency f (rising), the classes and the rows that have it. */
export interface ClassHistogram {
  readonly sizes: readonly { readonly f: number; readonly classes: number; readonly rows: number }[];
  readonly classes: number;
  readonly rows: number;
}

/**
 * Groups the table `rows` (key words k0, k1, …) into the table `classes`: the key words, `n` rows, and `f`,
 * the frequency that risk is computed from. They differ only when missing values match any value.
 * Makes the view `measured`: the rows that count.
 * @param excludeSuppressed leaves out rows whose quasi-identifiers are all missing (ARX's convention)
 * @returns rows left out
 */
export async function groupClasses(
  sql: Sql,
  quasi: readonly CodedColumn[],
  key: PackedKey,
  match: MissingMatch,
  excludeSuppressed: boolean,
): Promise<number> {
  const missing = new Map<CodedColumn, string>();
  for (const column of quasi) missing.set(column, await isMissing(sql, column, key.unpack(column)));
  const allMissing = quasi.map((column) => missing.get(column)!).join(' AND ');
  await sql.run(
    `CREATE VIEW measured AS SELECT * FROM rows${excludeSuppressed ? ` WHERE NOT (${allMissing})` : ''}`,
  );
  const words = key.words.join();
  const grouped = `SELECT ${words}, count(*)::DOUBLE AS n FROM measured GROUP BY ${words}`;
  if (match.kind === 'value') {
    await sql.run(`CREATE TABLE classes AS SELECT *, n AS f FROM (${grouped})`);
  } else {
    const pattern = quasi.map((column, i) => `(${missing.get(column)})::INTEGER * ${2 ** i}`).join(' + ');
    await sql.run(`CREATE TABLE tuples AS SELECT *, ${pattern} AS pattern FROM (${grouped})`);
    await matchWildcards(sql, quasi, key, match.alpha);
  }
  const [[left]] = (await sql.rows(
    'SELECT (SELECT count(*) FROM rows) - (SELECT coalesce(sum(n), 0) FROM classes)',
  )) as [[number]];
  return left;
}

/** SQL test that a code stands for "no value". */
async function isMissing(sql: Sql, column: CodedColumn, code: string): Promise<string> {
  const values = await valuesOf(sql, column);
  const codes = MISSING.map((value) => values.indexOf(value)).filter((at) => at >= 0);
  return codes.length === 0 ? 'false' : `${code} IN (${codes.join()})`;
}

/**
 * f under "a missing value matches any value": rows that agree in every column in which neither has a
 * missing value. A row that only matches through its own missing value counts alpha (sdcMicro's freqCalc).
 * Tuples are taken by pattern of missing columns, so that each pair of patterns is one equi-join.
 */
async function matchWildcards(
  sql: Sql,
  quasi: readonly CodedColumn[],
  key: PackedKey,
  alpha: number,
): Promise<void> {
  const words = key.words.join();
  const patterns = (await sql.rows('SELECT DISTINCT pattern FROM tuples ORDER BY pattern')).map(
    ([pattern]) => pattern as number,
  );
  await sql.run(`CREATE TABLE matches AS SELECT ${words}, 0.0::DOUBLE AS f FROM tuples LIMIT 0`);
  for (const target of patterns) {
    for (const source of patterns) {
      const weight = (source & ~target) === 0 ? 1 : alpha;
      const shared = quasi.filter((_, i) => ((target | source) & (1 << i)) === 0);
      const codes = shared.map((column, i) => `${key.unpack(column)} AS q${i}`);
      const on = shared.map((_, i) => `a.q${i} = b.q${i}`).join(' AND ') || 'true';
      const group = shared.map((_, i) => `q${i}`).join();
      await sql.run(
        `INSERT INTO matches SELECT ${key.words.map((word) => `a.${word}`).join()}, ${weight} * b.n
         FROM (SELECT ${[words, ...codes].join()} FROM tuples WHERE pattern = ${target}) a
         JOIN (SELECT ${[...shared.map((_, i) => `q${i}`), 'sum(n) AS n'].join()}
               FROM (SELECT ${[...codes, 'n'].join()} FROM tuples WHERE pattern = ${source})
               ${group && `GROUP BY ${group}`}) b ON ${on}`,
      );
    }
  }
  await sql.run(
    `CREATE TABLE classes AS SELECT ${key.words.map((word) => `t.${word}`).join()}, t.n, m.f
     FROM tuples t JOIN (SELECT ${words}, sum(f) AS f FROM matches GROUP BY ${words}) m USING (${words})`,
  );
}

export async function classHistogram(sql: Sql): Promise<ClassHistogram> {
  const rows = (await sql.rows(
    'SELECT f, count(*)::DOUBLE, sum(n)::DOUBLE FROM classes GROUP BY f ORDER BY f',
  )) as [number, number, number][];
  const sizes = rows.map(([f, classes, count]) => ({ f, classes, rows: count }));
  return {
    sizes,
    classes: sizes.reduce((sum, size) => sum + size.classes, 0),
    rows: sizes.reduce((sum, size) => sum + size.rows, 0),
  };
}
