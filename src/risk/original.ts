import { reading } from './coded-table.ts';
import { type CsvFile, columnNamed } from './csv-file.ts';
import type { Sql } from './sql.ts';
import { isNumber } from './value-order.ts';

/** Disclosure measured against the original, on the steward's side only. */
export interface OriginalRisk {
  /** Numeric columns that both files have. */
  readonly columns: readonly string[];
  /** Share of rows with |x − x′| ≤ k·sd(x′) in every column; sd with n−1. */
  readonly intervalDisclosure: { readonly k: number; readonly share: number };
  /**
   * Share of rows whose nearest original (Euclidean, columns divided by the original's sd) is their own; one
   * of m equally near originals counts 1/m. Measured on `tested` rows, evenly spread.
   */
  readonly linkageRisk: { readonly share: number; readonly tested: number };
}

/** Rows of numbers, one array per column; NaN where a cell is no number. */
export type NumericColumns = readonly Float64Array[];

/** Distances computed at most: rows tested × rows of the original. */
const MOST_DISTANCES = 2e8;

/**
 * Reads columns as numbers. Undefined for columns in which a cell that is not empty is no number.
 */
export async function readNumbers(
  sql: Sql,
  csv: CsvFile,
  names: readonly string[],
): Promise<Map<string, Float64Array>> {
  const columns = names.map((name) => columnNamed(csv, name)!);
  if (columns.length === 0) return new Map();
  const odd = columns.map((c) => `count(*) FILTER (${c} NOT IN ('', '*') AND NOT ${isNumber(c)})`);
  const some = columns.map((c) => `count(*) FILTER (${isNumber(c)})`);
  const [counts] = (await reading(csv, () =>
    sql.rows(`SELECT ${[...odd, ...some].join()} FROM ${csv.from}`),
  )) as [number[]];
  const numeric = names.filter((_, i) => counts[i] === 0 && counts[names.length + i]! > 0);
  const read = new Map(numeric.map((name) => [name, new Float64Array(csv.rows)]));
  if (numeric.length === 0) return read;
  const cells = numeric.map(
    (name) => `coalesce(try_cast(${columnNamed(csv, name)} AS DOUBLE), 'nan'::DOUBLE)`,
  );
  let row = 0;
  await sql.stream(`SELECT ${cells.join()} FROM ${csv.from}`, (chunk, rows) => {
    numeric.forEach((name, i) => {
      read.get(name)!.set((chunk[i] as Float64Array).subarray(0, rows), row);
    });
    row += rows;
  });
  return read;
}

/** Both files must have the same rows in the same order. @returns undefined without a numeric column */
export async function measureAgainstOriginal(
  sql: Sql,
  released: CsvFile,
  original: CsvFile,
  k: number,
): Promise<OriginalRisk | undefined> {
  const shared = released.header.filter((name) => original.header.includes(name));
  const after = await readNumbers(sql, released, shared);
  const before = await readNumbers(sql, original, [...after.keys()]);
  const columns = [...before.keys()];
  if (columns.length === 0) return undefined;
  const x = columns.map((name) => before.get(name)!);
  const y = columns.map((name) => after.get(name)!);
  return { columns, intervalDisclosure: { k, share: intervalShare(x, y, k) }, linkageRisk: linkage(x, y) };
}

function intervalShare(x: NumericColumns, y: NumericColumns, k: number): number {
  const widths = y.map((column) => k * standardDeviation(column));
  const rows = y[0]!.length;
  let inside = 0;
  for (let row = 0; row < rows; row++)
    if (y.every((column, i) => !(Math.abs(x[i]![row]! - column[row]!) > widths[i]!))) inside++;
  return inside / rows;
}

function linkage(x: NumericColumns, y: NumericColumns): OriginalRisk['linkageRisk'] {
  const rows = x[0]!.length;
  const scale = x.map((column) => 1 / (standardDeviation(column) || 1));
  const tested = Math.min(rows, Math.max(1, Math.floor(MOST_DISTANCES / rows)));
  let linked = 0;
  for (let test = 0; test < tested; test++)
    linked += linkOne(x, y, scale, Math.floor((test * rows) / tested));
  return { share: linked / tested, tested };
}

/** Chance that the nearest original of a released row is its own. */
function linkOne(x: NumericColumns, y: NumericColumns, scale: readonly number[], row: number): number {
  const distance = (other: number) => {
    let sum = 0;
    for (let i = 0; i < x.length; i++) {
      const difference = (x[i]![other]! - y[i]![row]!) * scale[i]!;
      if (!Number.isNaN(difference)) sum += difference * difference;
    }
    return sum;
  };
  const own = distance(row);
  let ties = 0;
  for (let other = 0; other < x[0]!.length; other++) {
    const found = distance(other);
    if (found < own) return 0;
    if (found === own) ties++;
  }
  return 1 / ties;
}

/** Sample standard deviation (n−1), NaN left out. */
function standardDeviation(column: Float64Array): number {
  const numbers = column.filter((value) => !Number.isNaN(value));
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (numbers.length - 1));
}
