import { readFile } from 'node:fs/promises';
import { closest } from 'fastest-levenshtein';
import { fromSystem, GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { groupClasses, type MissingTest, missingTest } from './classes.ts';
import { type CodedColumn, codeOf, codeRows, reading } from './coded-table.ts';
import { type CsvFile, columnNamed, openCsv } from './csv-file.ts';
import { type Hierarchy, parseHierarchy } from './hierarchy.ts';
import type { RiskOptions } from './options.ts';
import { type PackedKey, packKey } from './packed-key.ts';
import type { Sql } from './sql.ts';
import type { ValueOrder } from './value-order.ts';

/**
 * A file read once into coded form. The SQL engine then holds the tables `rows` (one per record, in file
 * order: key words, s0, s1, … codes of the sensitive columns, `weight`, `household` when asked for) and `classes`, and the view `measured`.
 */
export interface Survey {
  readonly sql: Sql;
  readonly options: RiskOptions;
  readonly csv: CsvFile;
  readonly quasi: readonly CodedColumn[];
  readonly sensitive: readonly CodedColumn[];
  readonly key: PackedKey;
  readonly isMissing: MissingTest;
  readonly hierarchies: ReadonlyMap<string, Hierarchy>;
  /** Rows of each value, by sensitive column; empty when the file is its own reference. */
  readonly reference: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Rows left out because all their quasi-identifiers are suppressed. */
  readonly suppressedRows: number;
}

/** @throws GamyeongError for files, columns and values that do not fit the options. */
export async function surveyFile(sql: Sql, options: RiskOptions): Promise<Survey> {
  const csv = await openCsv(sql, options.file, options.dialect);
  const { weight, household } = options;
  const names = [...options.quasiIdentifiers, ...options.sensitive, ...(household ? [household] : [])];
  if (options.quasiIdentifiers.length === 0) throw new GamyeongError('E_RISK_NO_QUASI');
  for (const [i, name] of names.entries()) {
    if (names.indexOf(name) < i) throw new GamyeongError('E_RISK_COLUMN_TWICE', { name });
    requireColumn(csv, name);
  }
  if (csv.rows < 1) throw new GamyeongError('E_RISK_EMPTY', {}, { file: csv.file });
  const hierarchies = await readHierarchies(csv, options);
  const reference = await countReference(sql, options);
  const orders = new Map<string, ValueOrder>(
    options.sensitive.map((name) => [name, options.orders.get(name) ?? 'natural']),
  );
  const also = new Map([...reference].map(([name, counts]) => [name, [...counts.keys()]]));
  const coded = await codeRows(sql, csv, names, { order: orders, also }, (columns) => {
    const { quasi, sensitive } = byRole(columns, options);
    const key = packKey(quasi);
    return [
      ...key.pack(codeOf).map((word, i) => `${word} AS ${key.words[i]}`),
      ...sensitive.map((column, i) => `${codeOf(column)}::INTEGER AS s${i}`),
      ...(household ? [`${codeOf(columns.at(-1)!)}::INTEGER AS household`] : []),
      ...(weight ? [`try_cast(${requireColumn(csv, weight)} AS DOUBLE) AS weight`] : []),
    ];
  });
  const { quasi, sensitive } = byRole(coded, options);
  const key = packKey(quasi);
  if (weight) await checkWeights(sql, csv, weight);
  const isMissing = await missingTest(sql, quasi);
  const suppressedRows = await groupClasses(sql, {
    quasi,
    key,
    isMissing,
    match: options.missing,
    excludeSuppressed: options.excludeSuppressed,
    weighted: weight !== undefined,
  });
  if (suppressedRows === csv.rows) throw new GamyeongError('E_RISK_EMPTY', {}, { file: csv.file });
  return { sql, options, csv, quasi, sensitive, key, isMissing, hierarchies, reference, suppressedRows };
}

/** The columns come in the order quasi-identifiers, sensitive, household. */
function byRole(coded: readonly CodedColumn[], options: RiskOptions) {
  const first = options.quasiIdentifiers.length;
  return {
    quasi: coded.slice(0, first),
    sensitive: coded.slice(first, first + options.sensitive.length),
  };
}

async function checkWeights(sql: Sql, csv: CsvFile, column: string): Promise<void> {
  const [[row]] = (await sql.rows(
    'SELECT min(rowid) + 2 FROM rows WHERE weight IS NULL OR NOT (weight > 0 AND isfinite(weight))',
  )) as [[number | null]];
  if (row !== null) throw new GamyeongError('E_RISK_WEIGHT', {}, { file: csv.file, row, column });
}

/** Column of the CSV table for a header name. @throws GamyeongError with the nearest name there is. */
export function requireColumn(csv: CsvFile, name: string): string {
  const column = columnNamed(csv, name);
  if (column !== undefined) return column;
  const [only = ''] = csv.header;
  const hint =
    csv.header.length === 1 && /[,;|\t]/.test(only)
      ? say({
          en: ' (it has one column only: the delimiter is probably another)',
          ko: '(열이 하나뿐입니다. 구분자가 다른 것 같습니다)',
        })
      : say(
          { en: " (did you mean '{nearest}'?)", ko: "('{nearest}' 열을 뜻하셨습니까?)" },
          { nearest: closest(name, [...csv.header]) },
        );
  throw new GamyeongError('E_RISK_COLUMN', { name, hint }, { file: csv.file });
}

async function readHierarchies(csv: CsvFile, options: RiskOptions): Promise<Map<string, Hierarchy>> {
  const hierarchies = new Map<string, Hierarchy>();
  for (const [name, file] of options.hierarchies) {
    requireColumn(csv, name);
    const text = await readFile(file, 'utf8').catch((error) => {
      throw fromSystem(error, file);
    });
    hierarchies.set(name, parseHierarchy(text, file));
  }
  return hierarchies;
}

/** Rows of each value of the sensitive columns in the reference file. */
async function countReference(sql: Sql, options: RiskOptions): Promise<Survey['reference']> {
  const counts = new Map<string, Map<string, number>>();
  if (options.reference === undefined) return counts;
  const csv = await openCsv(sql, options.reference, options.dialect);
  for (const name of options.sensitive) {
    const column = requireColumn(csv, name);
    const rows = await reading(csv, () =>
      sql.rows(`SELECT ${column}, count(*) FROM ${csv.from} GROUP BY 1 ORDER BY 1`),
    );
    counts.set(name, new Map(rows as [string, number][]));
  }
  return counts;
}
