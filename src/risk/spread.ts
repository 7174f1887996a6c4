import { valuesOf } from './coded-table.ts';
import type { Survey } from './survey.ts';

/** How the share of a sensitive value differs between classes. */
export interface ValueSpread {
  /** The value; null for all values that fewer than `k` rows have, taken together. */
  readonly value: string | null;
  /** Share of the whole file. */
  readonly share: number;
  /** Least and greatest share in a class, over classes of at least `k` rows; null for the rest together. */
  readonly least: number | null;
  readonly greatest: number | null;
}

/** Values shown of a column; the others are taken together. */
const MOST_SHOWN = 12;

/**
 * The most frequent values of each sensitive column, in the file and in its classes. A value is named only
 * when at least `k` rows have it.
 */
export async function sensitiveSpreads(
  { sql, key, sensitive }: Survey,
  k: number,
): Promise<Record<string, ValueSpread[]>> {
  const spreads: Record<string, ValueSpread[]> = {};
  const words = key.words.join();
  for (const [i, column] of sensitive.entries()) {
    const rows = (await sql.rows(
      `WITH shown AS (SELECT s${i} AS s, count(*) AS c FROM measured GROUP BY 1 HAVING c >= ${k}
         ORDER BY c DESC, s LIMIT ${MOST_SHOWN}),
       large AS (SELECT ${words}, n FROM classes WHERE n >= ${k}),
       cells AS (SELECT ${words}, s${i} AS s, count(*) AS c FROM measured SEMI JOIN shown ON s${i} = s GROUP BY ALL),
       q AS (SELECT s, min(c / n) AS least, max(c / n) AS greatest, count(*) AS present
         FROM cells JOIN large USING (${words}) GROUP BY s)
       SELECT shown.s, shown.c / (SELECT count(*) FROM measured),
         CASE WHEN present = (SELECT count(*) FROM large) THEN least ELSE 0 END, greatest
       FROM shown LEFT JOIN q USING (s) ORDER BY shown.c DESC, shown.s`,
    )) as [number, number, number, number | null][];
    const values = await valuesOf(sql, column);
    const named = rows.map(([code, share, least, greatest]) => ({
      value: values[code]!,
      share,
      least: greatest === null ? null : least,
      greatest,
    }));
    const rest = 1 - named.reduce((sum, { share }) => sum + share, 0);
    spreads[column.name] =
      rest > 1e-12 ? [...named, { value: null, share: rest, least: null, greatest: null }] : named;
  }
  return spreads;
}
