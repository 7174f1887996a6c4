import { GamyeongError } from '../errors.ts';
import type { ClassHistogram } from './classes.ts';
import { type CodedColumn, reading } from './coded-table.ts';
import { type CsvFile, columnNamed } from './csv-file.ts';
import { estimateKMap, type KMapEstimate } from './k-map.ts';
import type { PackedKey } from './packed-key.ts';
import type { Sql } from './sql.ts';

/** F = size of a record's class in the population. */
export interface PopulationRisk {
  readonly population: { readonly source: 'table' | 'fraction'; readonly size: number };
  /** An attacker who does not know who is in the file (El Emam 2013). */
  readonly journalist: {
    /** 1 / min F. */
    readonly highestRisk: number;
    readonly recordsAtRisk: { readonly threshold: number; readonly share: number };
    /** max(u/ΣF, Σ(f/F)/n). */
    readonly successRate: number;
  };
  /** An attacker who links all records: Σ(f/F)/n. */
  readonly marketer: { readonly successRate: number };
  /** min and max f/F over the classes of the file; null without a population table (Nergiz et al. 2007). */
  readonly deltaPresence: {
    readonly min: number;
    readonly max: number;
    /** 0 when the population has classes that the file has not, else as `min`. */
    readonly populationMin: number;
  } | null;
  /** min F over the classes of the file (k-map, Sweeney 2001), or estimates without a table. */
  readonly kMap: number | KMapEstimate;
}

/** Measures against a table that holds every person the file was drawn from, generalized alike. */
export async function measureAgainstTable(
  sql: Sql,
  population: CsvFile,
  key: PackedKey,
  threshold: number,
): Promise<PopulationRisk> {
  const code = (column: CodedColumn) =>
    `enum_code(try_cast(${columnNamed(population, column.name)} AS ${column.type}))`;
  const words = key.words.join();
  await reading(population, () =>
    sql.run(
      `CREATE TABLE population AS SELECT ${words}, count(*)::DOUBLE AS big
       FROM (SELECT ${key
         .pack(code)
         .map((word, i) => `${word} AS ${key.words[i]}`)
         .join()} FROM ${population.from})
       GROUP BY ${words}`,
    ),
  );
  const [[classes, records, smaller, least, atRisk, sumOfBig, matched, low, high, absent]] = (await sql.rows(
    `SELECT count(*), sum(n), count(*) FILTER (big < n OR big IS NULL), min(big),
       coalesce(sum(n) FILTER (1 / big > ${threshold}), 0), sum(big), sum(n / big), min(n / big), max(n / big),
       (SELECT sum(big) FROM population) > coalesce(sum(big), 0)
     FROM classes LEFT JOIN population USING (${words})`,
  )) as [[number, number, number, number, number, number, number, number, number, boolean]];
  if (smaller > 0)
    throw new GamyeongError(
      'E_RISK_POPULATION',
      { reason: `${smaller}/${classes}` },
      { file: population.file },
    );
  return {
    population: { source: 'table', size: population.rows },
    journalist: {
      highestRisk: 1 / least,
      recordsAtRisk: { threshold, share: atRisk / records },
      successRate: Math.max(classes / sumOfBig, matched / records),
    },
    marketer: { successRate: matched / records },
    deltaPresence: { min: low, max: high, populationMin: absent ? 0 : low },
    kMap: least,
  };
}

/** Without a table every class is taken to be 1/π times as large in the population. */
export function measureAgainstFraction(
  { sizes, classes, rows }: ClassHistogram,
  fraction: number,
  threshold: number,
  kMap: { readonly k: number; readonly significance: number },
): PopulationRisk {
  const atRisk = sizes.reduce((sum, size) => sum + (fraction / size.f > threshold ? size.rows : 0), 0);
  const successRate = (classes * fraction) / rows;
  return {
    population: { source: 'fraction', size: rows / fraction },
    journalist: {
      highestRisk: fraction / sizes[0]!.f,
      recordsAtRisk: { threshold, share: atRisk / rows },
      successRate,
    },
    marketer: { successRate },
    deltaPresence: null,
    kMap: estimateKMap(kMap.k, fraction, kMap.significance),
  };
}
