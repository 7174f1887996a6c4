import { reading } from './coded-table.ts';
import { type CsvFile, columnNamed } from './csv-file.ts';
import { readNumbers } from './original.ts';
import { literal, type Sql } from './sql.ts';
import { MISSING } from './value-order.ts';

/** One figure before and after. */
export interface Change<T> {
  readonly before: T;
  readonly after: T;
}

/** How a column differs between the original and the released file. */
export interface ColumnChange {
  readonly distinct: Change<number>;
  /** Of numeric columns; sd with n−1; quantiles at 0, ¼, ½, ¾, 1 by linear interpolation. */
  readonly mean?: Change<number>;
  readonly sd?: Change<number>;
  readonly quantiles?: Change<readonly number[]>;
  /**
   * Earth mover's distance of the distributions: numbers, ∫|F−G|dx divided by the original's range; other
   * columns, ½Σ|p−q| (all values equally far apart).
   */
  readonly earthMoversDistance: number;
}

export interface ColumnChanges {
  readonly columns: Readonly<Record<string, ColumnChange>>;
  /** Largest and mean |r − r′| over pairs of numeric columns; null with fewer than two. */
  readonly correlationChange: { readonly largest: number; readonly mean: number } | null;
}

const QUANTILES = [0, 0.25, 0.5, 0.75, 1];

export async function measureColumnChanges(
  sql: Sql,
  released: CsvFile,
  original: CsvFile,
): Promise<ColumnChanges> {
  const shared = released.header.filter((name) => original.header.includes(name));
  const after = await readNumbers(sql, released, shared);
  const before = await readNumbers(sql, original, [...after.keys()]);
  const columns: Record<string, ColumnChange> = {};
  for (const name of shared) {
    const [distinct, total] = await compareValues(sql, released, original, name);
    const numeric = before.has(name)
      ? compareNumbers(present(before.get(name)!), present(after.get(name)!))
      : { earthMoversDistance: total };
    columns[name] = { distinct, ...numeric };
  }
  return { columns, correlationChange: correlationChange([...before.keys()], before, after) };
}

/** Numbers of a column, sorted, empty cells left out. */
const present = (column: Float64Array) => column.filter((value) => !Number.isNaN(value)).sort();

/** Distinct values of both files, and the total variation distance of their shares. */
async function compareValues(
  sql: Sql,
  released: CsvFile,
  original: CsvFile,
  name: string,
): Promise<[Change<number>, number]> {
  const shares = (csv: CsvFile, as: string) => {
    const column = columnNamed(csv, name);
    return `(SELECT ${column} AS v, count(*) / sum(count(*)) OVER () AS ${as} FROM ${csv.from}
      WHERE ${column} NOT IN (${MISSING.map(literal).join()}) GROUP BY v)`;
  };
  const [[before, after, distance]] = (await reading(original, () =>
    sql.rows(
      `SELECT count(p), count(q), coalesce(sum(abs(coalesce(p, 0) - coalesce(q, 0))) / 2, 0)
       FROM ${shares(original, 'p')} FULL JOIN ${shares(released, 'q')} USING (v)`,
    ),
  )) as [[number, number, number]];
  return [{ before, after }, distance];
}

function compareNumbers(x: Float64Array, y: Float64Array): Omit<ColumnChange, 'distinct'> {
  const both = <T>(of: (column: Float64Array) => T): Change<T> => ({ before: of(x), after: of(y) });
  return {
    mean: both(meanOf),
    sd: both((column) => Math.sqrt(covariance(column, column))),
    quantiles: both((column) => QUANTILES.map((share) => quantile(column, share))),
    earthMoversDistance: transport(x, y),
  };
}

const meanOf = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0) / column.length;

function covariance(x: Float64Array, y: Float64Array): number {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  return x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0) / (x.length - 1);
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  return low + (at - below) * (sorted[Math.min(below + 1, sorted.length - 1)]! - low);
}

/** ∫|F−G|dx over two sorted samples, divided by the range of the first (by 1 when that is 0). */
function transport(x: Float64Array, y: Float64Array): number {
  const points = Float64Array.from([...x, ...y]).sort();
  let area = 0;
  let i = 0;
  let j = 0;
  for (let p = 0; p + 1 < points.length; p++) {
    while (i < x.length && x[i]! <= points[p]!) i++;
    while (j < y.length && y[j]! <= points[p]!) j++;
    area += Math.abs(i / x.length - j / y.length) * (points[p + 1]! - points[p]!);
  }
  return area / (x.at(-1)! - x[0]! || 1);
}

function correlationChange(
  names: readonly string[],
  before: ReadonlyMap<string, Float64Array>,
  after: ReadonlyMap<string, Float64Array>,
): ColumnChanges['correlationChange'] {
  const changes: number[] = [];
  for (const [i, a] of names.entries())
    for (const b of names.slice(i + 1)) {
      const change = correlation(before.get(a)!, before.get(b)!) - correlation(after.get(a)!, after.get(b)!);
      if (Number.isFinite(change)) changes.push(Math.abs(change));
    }
  if (changes.length === 0) return null;
  return { largest: Math.max(...changes), mean: changes.reduce((sum, one) => sum + one, 0) / changes.length };
}

/** Pearson's r over the rows in which both are numbers. */
function correlation(x: Float64Array, y: Float64Array): number {
  const whole = (_: number, i: number) => !Number.isNaN(x[i]!) && !Number.isNaN(y[i]!);
  const [a, b] = [x.filter(whole), y.filter(whole)];
  return covariance(a, b) / Math.sqrt(covariance(a, a) * covariance(b, b));
}
