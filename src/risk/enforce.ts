import { GamyeongError } from '../errors.ts';
import type { EnforcePlan } from '../rules/plan.ts';
import { type CodedColumn, codeOf, codeRows, valuesOf } from './coded-table.ts';
import type { CsvFile } from './csv-file.ts';
import { type PackedKey, packKey } from './packed-key.ts';
import type { Sql } from './sql.ts';
import { EMPTY, holds, markCells, markRecords, REMOVED } from './suppression.ts';
import { requireColumn } from './survey.ts';

/** Makes the values of one quasi-identifier coarser. */
export interface Recoding {
  readonly column: string;
  /** @throws GamyeongError for a value that it cannot treat */
  cell(value: string): string;
}

/** What must be done to a file so that it holds a policy. */
export interface Remedy {
  /** How many of the recodings, from the first. */
  readonly recodings: number;
  /** New value by old one, for every column that is recoded. */
  readonly recoded: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Records to suppress, by place in the file from 0, rising. */
  readonly records: Int32Array;
  /** For each of them: a bit for every quasi-identifier whose cell becomes empty, or REMOVED. */
  readonly marks: Int32Array;
}

/**
 * Finds what makes every class hold the policy: recodings, in their order, until the rows of the classes that
 * do not hold it are no more than the limit; then suppression of these. Missing values are values of their own.
 * Depends on the file's records, not on their order or on threads.
 * @param proceed called between steps; what it throws ends the work
 * @throws GamyeongError E_RISK_ENFORCE_LIMIT when the recodings do not suffice
 */
export async function findRemedy(
  sql: Sql,
  csv: CsvFile,
  policy: EnforcePlan,
  recodings: readonly Recoding[],
  proceed: () => void,
): Promise<Remedy> {
  const { quasi, key } = await readTuples(sql, csv, policy);
  const recoded = new Map<string, Map<string, string>>();
  const limit = Math.floor(policy.suppressionLimit * csv.rows);
  for (let done = 0; ; done++) {
    proceed();
    const left = await findViolating(sql, policy);
    if (left <= limit) {
      const mark = policy.suppress === 'cells' ? markCells : markRecords;
      await mark(sql, policy, key, proceed);
      if (await leavesNothing(sql, key, csv.rows)) throw beyondLimit(done, left, csv.rows, limit);
      return { recodings: done, recoded, ...(await readMarks(sql, key)) };
    }
    const recoding = recodings[done];
    if (recoding === undefined) throw beyondLimit(done, left, csv.rows, limit);
    const at = policy.quasiIdentifiers.indexOf(recoding.column);
    const before = recoded.get(recoding.column) ?? identity(await valuesOf(sql, quasi[at]!));
    const after = new Map([...before].map(([value, coarse]) => [value, recoding.cell(coarse)]));
    await recode(sql, key, quasi[at]!, `q${at}`, [...after.values()]);
    recoded.set(recoding.column, after);
  }
}

const identity = (values: readonly string[]) => new Map(values.map((value) => [value, value]));

function beyondLimit(recodings: number, count: number, rows: number, limit: number): GamyeongError {
  return new GamyeongError('E_RISK_ENFORCE_LIMIT', { recodings, count, rows, limit });
}

/**
 * Makes the tables `rows` (key words and sensitive codes of every record) and `tuples`: the distinct ones with
 * the code of every quasi-identifier as q0, q1, … and their number n.
 */
async function readTuples(
  sql: Sql,
  csv: CsvFile,
  { quasiIdentifiers, sensitive }: EnforcePlan,
): Promise<{ quasi: readonly CodedColumn[]; key: PackedKey }> {
  const names = [...quasiIdentifiers, ...sensitive];
  for (const name of names) requireColumn(csv, name);
  const also = new Map(quasiIdentifiers.map((name) => [name, ['']]));
  const split = (columns: readonly CodedColumn[]) => {
    const quasi = columns.slice(0, quasiIdentifiers.length);
    return { quasi, key: packKey(quasi), values: columns.slice(quasiIdentifiers.length) };
  };
  const coded = await codeRows(sql, csv, names, { order: new Map(), also }, (columns) => {
    const { key, values } = split(columns);
    return [
      ...key.pack(codeOf).map((word, i) => `${word} AS ${key.words[i]}`),
      ...values.map((column, i) => `${codeOf(column)}::INTEGER AS s${i}`),
    ];
  });
  const { quasi, key } = split(coded);
  const codes = quasi.map((column, i) => `${key.unpack(column)}::BIGINT AS q${i}`);
  await sql.run(
    `CREATE TABLE tuples AS SELECT *, ${codes.join()} FROM (SELECT *, count(*) AS n FROM rows GROUP BY ALL)`,
  );
  return { quasi, key };
}

/** Makes the table `violating`: the classes that do not hold the policy. @returns their rows */
async function findViolating(sql: Sql, policy: EnforcePlan): Promise<number> {
  const names = policy.quasiIdentifiers.map((_, i) => `q${i}`).join();
  await sql.run(
    `CREATE OR REPLACE TABLE violating AS
     SELECT ${names}, sum(n) AS n FROM tuples GROUP BY ${names} HAVING NOT (${holds(policy)})`,
  );
  const [[rows]] = (await sql.rows('SELECT coalesce(sum(n), 0)::DOUBLE FROM violating')) as [[number]];
  return rows;
}

/** @param values the column's new values, by the code of the old one; equal values become one code */
async function recode(
  sql: Sql,
  key: PackedKey,
  column: CodedColumn,
  target: string,
  values: readonly string[],
): Promise<void> {
  const codes = new Map([['', EMPTY]]);
  for (const value of values) if (!codes.has(value)) codes.set(value, codes.size);
  await sql.run('CREATE TABLE recoding (old BIGINT, coarse BIGINT)');
  await sql.append(
    'recoding',
    values.flatMap((value, old) => [old, codes.get(value)!]),
    2,
  );
  await sql.run(
    `UPDATE tuples SET ${target} = coarse FROM recoding WHERE old = ${key.unpack(column)}; DROP TABLE recoding`,
  );
}

async function leavesNothing(sql: Sql, key: PackedKey, rows: number): Promise<boolean> {
  const [[removed]] = (await sql.rows(
    `SELECT coalesce(sum(n), 0)::DOUBLE FROM tuples JOIN marks USING (${key.words.join()}) WHERE mark = ${REMOVED}`,
  )) as [[number]];
  return rows > 0 && removed === rows;
}

async function readMarks(sql: Sql, key: PackedKey): Promise<Pick<Remedy, 'records' | 'marks'>> {
  const using = `rows JOIN marks USING (${key.words.join()}) WHERE mark <> 0`;
  const [[count]] = (await sql.rows(`SELECT count(*) FROM ${using}`)) as [[number]];
  const records = new Int32Array(count);
  const marks = new Int32Array(count);
  let at = 0;
  await sql.stream(
    `SELECT rows.rowid::INTEGER, mark::INTEGER FROM ${using} ORDER BY rows.rowid`,
    ([rowids, found], length) => {
      records.set((rowids as Int32Array).subarray(0, length), at);
      marks.set((found as Int32Array).subarray(0, length), at);
      at += length;
    },
  );
  return { records, marks };
}
