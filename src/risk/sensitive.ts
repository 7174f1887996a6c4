import { type Distribution, orderedDistance } from './distribution.ts';
import { type HierarchyTree, hierarchicalDistance } from './hierarchy.ts';
import type { PackedKey } from './packed-key.ts';
import type { Sql } from './sql.ts';

/** What the classes tell about one sensitive attribute; q = shares in a class, p = shares in the reference. */
export interface SensitiveRisk {
  /** max q: (α,k)-anonymity (Wong et al. 2006). */
  readonly alpha: number;
  /** min number of distinct values in a class. */
  readonly lDistinct: number;
  /** min exp(−Σ q ln q) (Machanavajjhala et al. 2007). */
  readonly lEntropy: number;
  /** For each l: max over classes of r_1 / Σ_{j≥l} r_j, counts falling; null when a class has fewer than l. */
  readonly cRecursive: Readonly<Record<string, number | null>>;
  /** max ½ Σ|q−p|. */
  readonly tEqual: number;
  readonly tOrdered: number;
  /** null without a hierarchy. */
  readonly tHierarchical: number | null;
  /** max (q−p)/p over values with q > p (Cao, Karras 2012); null when a value is absent from the reference. */
  readonly betaBasic: number | null;
  /** The smallest β with (q−p)/p ≤ min(β, −ln p) for all; null when there is none. */
  readonly betaEnhanced: number | null;
  /** min(betaBasic, max −ln p): pycanon's convention. */
  readonly betaEnhancedPycanon: number | null;
  /** max |ln(q/p)| over values present (Brickell, Shmatikov 2008); null as betaBasic. */
  readonly delta: number | null;
  readonly deltaLog2: number | null;
}

/** l of cRecursive: 2 up to this, as far as every class has so many values. */
const MOST_RECURSIVE = 10;

/** The measures of one class. Valid during the visit only. */
export interface ClassValues {
  rows: number;
  /** Rows of the most frequent value. */
  most: number;
  alpha: number;
  lDistinct: number;
  /** exp of the entropy. */
  lEntropy: number;
  tEqual: number;
  tOrdered: number;
  /** 0 without a hierarchy. */
  tHierarchical: number;
  betaBasic: number;
  /** (q−p)/p ≤ −ln p for every value. */
  betaBounded: boolean;
  delta: number;
  /** recursive[l] = r_1 / Σ_{j≥l} r_j for l = 2 …; infinite above the number of values. */
  readonly recursive: Float64Array;
}

/** One sensitive column as it stands in the table `rows`, with what its classes are held against. */
export interface SensitiveColumn {
  /** Expression over `rows` that gives the value's code. */
  readonly code: string;
  readonly cardinality: number;
  readonly reference: Distribution;
  readonly tree: HierarchyTree | undefined;
}

/**
 * Measures every class of one sensitive column in one pass over its (class, value, rows) triples, which the
 * SQL engine sorts by class.
 * @param visit gets the class's measures and its key words
 */
export async function visitClasses(
  sql: Sql,
  key: PackedKey,
  column: SensitiveColumn,
  visit: (values: ClassValues, words: Float64Array) => void,
): Promise<void> {
  const measure = new ClassMeasure(column);
  const words = key.words.length;
  const current = new Float64Array(words).fill(-1);
  const end = () => {
    if (measure.empty) return;
    visit(measure.values(), current);
    measure.clear();
  };
  const names = key.words.join();
  const statement = `SELECT ${key.words.map((word) => `${word}::DOUBLE`).join()}, ${column.code}::INTEGER AS s,
    count(*)::DOUBLE FROM measured GROUP BY ${names}, s ORDER BY ${names}, s`;
  await sql.stream(statement, (columns, rows) => {
    const codes = columns[words]!;
    const counts = columns[words + 1]!;
    for (let i = 0; i < rows; i++) {
      for (let word = 0; word < words; word++) {
        if (columns[word]![i] !== current[word]) {
          end();
          for (let w = word; w < words; w++) current[w] = columns[w]![i]!;
          break;
        }
      }
      measure.add(codes[i]!, counts[i]!);
    }
  });
  end();
}

/** Gathers the values of one class at a time and measures it. */
class ClassMeasure {
  readonly #column: SensitiveColumn;
  readonly #codes: Int32Array;
  readonly #counts: Float64Array;
  /** Classes of a single value differ by that value only: measured once. */
  readonly #single = new Map<number, ClassValues>();
  /** Reused for every other class. */
  readonly #several = emptyValues();
  #length = 0;
  #rows = 0;

  constructor(column: SensitiveColumn) {
    this.#column = column;
    this.#codes = new Int32Array(column.cardinality);
    this.#counts = new Float64Array(column.cardinality);
  }

  get empty(): boolean {
    return this.#length === 0;
  }

  clear(): void {
    this.#length = 0;
    this.#rows = 0;
  }

  add(code: number, count: number): void {
    this.#codes[this.#length] = code;
    this.#counts[this.#length] = count;
    this.#length++;
    this.#rows += count;
  }

  values(): ClassValues {
    if (this.#length > 1) return this.#measure(this.#several);
    const code = this.#codes[0]!;
    const known = this.#single.get(code) ?? this.#measure(emptyValues());
    this.#single.set(code, known);
    known.rows = this.#rows;
    known.most = this.#rows;
    return known;
  }

  #measure(into: ClassValues): ClassValues {
    const length = this.#length;
    const rows = this.#rows;
    const { reference, tree } = this.#column;
    let most = 0;
    let sumOfLogs = 0;
    let distance = 0;
    let beta = 0;
    let betaBounded = true;
    let delta = 0;
    for (let i = 0; i < length; i++) {
      const count = this.#counts[i]!;
      const q = count / rows;
      const share = reference.p[this.#codes[i]!]!;
      most = Math.max(most, count);
      if (count > 1) sumOfLogs += count * Math.log(count);
      if (q > share) {
        distance += q - share;
        const gain = (q - share) / share;
        beta = Math.max(beta, gain);
        if (gain > -Math.log(share)) betaBounded = false;
      }
      delta = Math.max(delta, Math.abs(Math.log(q / share)));
    }
    into.rows = rows;
    into.most = most;
    into.alpha = most / rows;
    into.lDistinct = length;
    into.lEntropy = Math.exp(Math.log(rows) - sumOfLogs / rows);
    into.tEqual = distance;
    into.tOrdered = orderedDistance(reference, this.#codes, this.#counts, length, rows);
    into.tHierarchical =
      tree === undefined ? 0 : hierarchicalDistance(tree, this.#codes, this.#counts, length, rows);
    into.betaBasic = beta;
    into.betaBounded = betaBounded;
    into.delta = delta;
    this.#measureRecursive(into.recursive);
    return into;
  }

  /** Sorts the counts in place: nothing after it needs them by value. */
  #measureRecursive(recursive: Float64Array): void {
    const length = this.#length;
    const rising = this.#counts.subarray(0, length).sort();
    let tail = this.#rows;
    for (let l = 2; l <= MOST_RECURSIVE; l++) {
      if (l <= length) tail -= rising[length - l + 1]!;
      recursive[l] = l <= length ? rising[length - 1]! / tail : Number.POSITIVE_INFINITY;
    }
  }
}

const emptyValues = (): ClassValues => ({
  rows: 0,
  most: 0,
  alpha: 0,
  lDistinct: 0,
  lEntropy: 0,
  tEqual: 0,
  tOrdered: 0,
  tHierarchical: 0,
  betaBasic: 0,
  betaBounded: true,
  delta: 0,
  recursive: new Float64Array(MOST_RECURSIVE + 1),
});

/**
 * All measures of one sensitive column: the worst of its classes.
 * @returns the measures, and how many rows do not have the most frequent value of their class
 */
export async function sensitiveRisk(
  sql: Sql,
  key: PackedKey,
  column: SensitiveColumn,
): Promise<{ risk: SensitiveRisk; minority: number }> {
  const worst = { alpha: 0, tEqual: 0, tOrdered: 0, tHierarchical: 0, betaBasic: 0, delta: 0 };
  const measures = Object.keys(worst) as (keyof typeof worst)[];
  const recursive = new Float64Array(MOST_RECURSIVE + 1);
  let lDistinct = Number.POSITIVE_INFINITY;
  let lEntropy = Number.POSITIVE_INFINITY;
  let betaBounded = true;
  let minority = 0;
  await visitClasses(sql, key, column, (values) => {
    for (const measure of measures) if (values[measure] > worst[measure]) worst[measure] = values[measure];
    if (values.lDistinct < lDistinct) lDistinct = values.lDistinct;
    if (values.lEntropy < lEntropy) lEntropy = values.lEntropy;
    if (!values.betaBounded) betaBounded = false;
    minority += values.rows - values.most;
    for (let l = 2; l <= MOST_RECURSIVE; l++)
      if (values.recursive[l]! > recursive[l]!) recursive[l] = values.recursive[l]!;
  });
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const rarest = column.reference.p.reduce((least, share) => (share > 0 && share < least ? share : least), 1);
  const cRecursive: Record<string, number | null> = { 2: finite(recursive[2]!) };
  for (let l = 3; l <= Math.min(lDistinct, MOST_RECURSIVE); l++) cRecursive[l] = recursive[l]!;
  const betaBasic = finite(worst.betaBasic);
  const risk = {
    alpha: worst.alpha,
    lDistinct,
    lEntropy,
    cRecursive,
    tEqual: worst.tEqual,
    tOrdered: worst.tOrdered,
    tHierarchical: column.tree === undefined ? null : worst.tHierarchical,
    betaBasic,
    betaEnhanced: betaBounded ? betaBasic : null,
    betaEnhancedPycanon: betaBasic === null ? null : Math.min(betaBasic, -Math.log(rarest)),
    delta: finite(worst.delta),
    deltaLog2: finite(worst.delta / Math.LN2),
  };
  return { risk, minority };
}
