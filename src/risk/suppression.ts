import type { EnforcePlan } from '../rules/plan.ts';
import type { PackedKey } from './packed-key.ts';
import type { Sql } from './sql.ts';

/** Code of the empty cell: values are coded in the order of their text. */
export const EMPTY = 0;
/** Mark of a record that is left out. */
export const REMOVED = -1;

/** SQL test that a group of tuples is a class that holds the policy. */
export const holds = ({ classSize, distinctValues, sensitive }: EnforcePlan): string =>
  [`sum(n) >= ${classSize}`, ...sensitive.map((_, i) => `count(DISTINCT s${i}) >= ${distinctValues}`)].join(
    ' AND ',
  );

/**
 * Record suppression: leaves out the records of all classes in the table `violating`. Makes the table `marks`
 * (key words, `mark`).
 */
export async function markRecords(sql: Sql, policy: EnforcePlan, key: PackedKey): Promise<void> {
  const names = policy.quasiIdentifiers.map((_, i) => `q${i}`).join();
  await sql.run(
    `CREATE TABLE marks AS SELECT DISTINCT ${key.words.join()}, ${REMOVED} AS mark
     FROM tuples SEMI JOIN violating USING (${names})`,
  );
}

/**
 * Cell suppression: empties the fewest quasi-identifiers of the records in `violating` that let them join a
 * class which holds the policy. Sets of columns are tried by size, those named last first; all records that can
 * settle by a set do so at once, together with records that have these cells empty already. A class that holds
 * the policy is never touched, only joined, and only when it still holds it afterwards. Records that no set helps
 * are left out. Makes the table `marks` (key words, `mark`: a bit for each column, or REMOVED).
 */
export async function markCells(
  sql: Sql,
  policy: EnforcePlan,
  key: PackedKey,
  proceed: () => void,
): Promise<void> {
  const names = policy.quasiIdentifiers.map((_, i) => `q${i}`);
  const values = policy.sensitive.map((_, i) => `s${i}`);
  const words = key.words.join();
  const counted = [...values, 'n'].join();
  const anyEmpty = names.map((name) => `${name} = ${EMPTY}`).join(' OR ');
  await sql.run(
    `CREATE TABLE marks AS SELECT ${words}, 0 AS mark FROM tuples LIMIT 0;
     CREATE TABLE unsettled AS SELECT * FROM tuples SEMI JOIN violating USING (${names.join()});
     CREATE TABLE settled AS SELECT ${[...names, counted].join()} FROM tuples ANTI JOIN violating
     USING (${names.join()}) WHERE ${anyEmpty}`,
  );
  for (const set of setsOfColumns(names.length)) {
    const [[open]] = (await sql.rows('SELECT count(*) FROM unsettled')) as [[number]];
    if (open === 0) return;
    proceed();
    const emptied = names.map((name, i) => (set.has(i) ? `${EMPTY}::BIGINT` : `unsettled.${name}`));
    const alike = names.filter((_, i) => set.has(i)).map((name) => `${name} = ${EMPTY}`);
    await sql.run(
      `CREATE OR REPLACE TABLE reached AS SELECT ${names.join()} FROM (
         SELECT ${emptied.map((code, i) => `${code} AS ${names[i]}`).join()}, ${counted}, true AS joins FROM unsettled
         UNION ALL
         SELECT ${[...names, counted].join()}, false FROM settled WHERE ${alike.join(' AND ')})
       GROUP BY ${names.join()} HAVING ${holds(policy)} AND bool_or(joins)`,
    );
    const [[reached]] = (await sql.rows('SELECT count(*) FROM reached')) as [[number]];
    if (reached === 0) continue;
    const joins = emptied.map((code, i) => `${code} = reached.${names[i]}`).join(' AND ');
    const mark = [...set].map((i) => `(q${i} <> ${EMPTY})::INTEGER * ${2 ** i}`).join(' + ');
    await sql.run(
      `CREATE TABLE joining AS SELECT * FROM unsettled SEMI JOIN reached ON ${joins};
       CREATE TABLE still AS SELECT * FROM unsettled ANTI JOIN reached ON ${joins};
       INSERT INTO marks SELECT DISTINCT ${words}, ${mark} FROM joining;
       INSERT INTO settled SELECT ${[...emptied, counted].join()} FROM joining AS unsettled;
       DROP TABLE joining; DROP TABLE unsettled; ALTER TABLE still RENAME TO unsettled`,
    );
  }
  await sql.run(`INSERT INTO marks SELECT DISTINCT ${words}, ${REMOVED} FROM unsettled`);
}

/** All sets of 1 … n columns, by size; of one size, those with the last columns first. */
function setsOfColumns(columns: number): Set<number>[] {
  const sets = Array.from({ length: 2 ** columns - 1 }, (_, i) => {
    const bits = i + 1;
    return {
      bits,
      set: new Set(Array.from({ length: columns }, (_, at) => at).filter((at) => bits & (1 << at))),
    };
  });
  return sets.sort((a, b) => a.set.size - b.set.size || b.bits - a.bits).map(({ set }) => set);
}
