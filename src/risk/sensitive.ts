import type { CodedColumn, PackedKey } from './coded-table.ts';
import { type Distribution, orderedDistance } from './distribution.ts';
import { type HierarchyTree, hierarchicalDistance } from './hierarchy.ts';
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

/**
 * All measures of one sensitive column in one pass over its (class, value, rows) triples, sorted by class.
 * @param code expression over `rows` that gives the value's code
 * @returns the measures, and how many rows do not have the most frequent value of their class
 */
export async function sensitiveRisk(
  sql: Sql,
  key: PackedKey,
  code: string,
  column: CodedColumn,
  reference: Distribution,
  tree: HierarchyTree | undefined,
): Promise<{ risk: SensitiveRisk; minority: number }> {
  const measure = new SensitiveMeasure(column.cardinality, reference, tree);
  const words = key.words.length;
  const current = new Float64Array(words).fill(-1);
  const statement = `SELECT ${key.words.map((word) => `${word}::DOUBLE`).join()}, ${code}::INTEGER AS s, count(*)::DOUBLE
    FROM measured GROUP BY ${key.words.join()}, s ORDER BY ${key.words.join()}, s`;
  await sql.stream(statement, (columns, rows) => {
    const codes = columns[words]!;
    const counts = columns[words + 1]!;
    for (let i = 0; i < rows; i++) {
      for (let word = 0; word < words; word++) {
        if (columns[word]![i] !== current[word]) {
          measure.endClass();
          for (let w = word; w < words; w++) current[w] = columns[w]![i]!;
          break;
        }
      }
      measure.add(codes[i]!, counts[i]!);
    }
  });
  return { risk: measure.result(), minority: measure.minority };
}

/** Gathers the values of one class at a time. */
class SensitiveMeasure {
  readonly #reference: Distribution;
  readonly #tree: HierarchyTree | undefined;
  readonly #codes: Int32Array;
  readonly #counts: Float64Array;
  /** Values that make up a whole class somewhere: such classes differ by their value only. */
  readonly #alone: Uint8Array;
  /** Rows without the most frequent value of their class. */
  minority = 0;
  #length = 0;
  #rows = 0;

  #alpha = 0;
  #lDistinct = Number.POSITIVE_INFINITY;
  #entropy = Number.POSITIVE_INFINITY;
  readonly #recursive = new Float64Array(MOST_RECURSIVE + 1);
  #tEqual = 0;
  #tOrdered = 0;
  #tHierarchical = 0;
  #beta = 0;
  #betaWithinBound = true;
  #delta = 0;

  constructor(cardinality: number, reference: Distribution, tree: HierarchyTree | undefined) {
    this.#reference = reference;
    this.#tree = tree;
    this.#codes = new Int32Array(cardinality);
    this.#counts = new Float64Array(cardinality);
    this.#alone = new Uint8Array(cardinality);
  }

  add(code: number, count: number): void {
    this.#codes[this.#length] = code;
    this.#counts[this.#length] = count;
    this.#length++;
    this.#rows += count;
  }

  endClass(): void {
    if (this.#length === 0) return;
    if (this.#length > 1) this.#measure();
    else if (this.#alone[this.#codes[0]!] === 0) {
      this.#alone[this.#codes[0]!] = 1;
      this.#measure();
    }
    this.#length = 0;
    this.#rows = 0;
  }

  #measure(): void {
    const length = this.#length;
    const rows = this.#rows;
    const { p } = this.#reference;
    let most = 0;
    let sumOfLogs = 0;
    let distance = 0;
    for (let i = 0; i < length; i++) {
      const count = this.#counts[i]!;
      const q = count / rows;
      const share = p[this.#codes[i]!]!;
      most = Math.max(most, count);
      sumOfLogs += count * Math.log(count);
      if (q > share) {
        distance += q - share;
        const gain = (q - share) / share;
        this.#beta = Math.max(this.#beta, gain);
        if (gain > -Math.log(share)) this.#betaWithinBound = false;
      }
      this.#delta = Math.max(this.#delta, Math.abs(Math.log(q / share)));
    }
    this.minority += rows - most;
    this.#alpha = Math.max(this.#alpha, most / rows);
    this.#lDistinct = Math.min(this.#lDistinct, length);
    this.#entropy = Math.min(this.#entropy, Math.log(rows) - sumOfLogs / rows);
    this.#tEqual = Math.max(this.#tEqual, distance);
    this.#tOrdered = Math.max(
      this.#tOrdered,
      orderedDistance(this.#reference, this.#codes, this.#counts, length, rows),
    );
    if (this.#tree !== undefined)
      this.#tHierarchical = Math.max(
        this.#tHierarchical,
        hierarchicalDistance(this.#tree, this.#codes, this.#counts, length, rows),
      );
    this.#measureRecursive(length);
  }

  #measureRecursive(length: number): void {
    if (length < 2) return;
    const falling = this.#counts.slice(0, length).sort().reverse();
    let tail = this.#rows;
    for (let l = 2; l <= Math.min(length, MOST_RECURSIVE); l++) {
      tail -= falling[l - 2]!;
      this.#recursive[l] = Math.max(this.#recursive[l]!, falling[0]! / tail);
    }
  }

  result(): SensitiveRisk {
    this.endClass();
    const finite = (value: number) => (Number.isFinite(value) ? value : null);
    const rarest = this.#reference.p.reduce(
      (least, share) => (share > 0 && share < least ? share : least),
      1,
    );
    const cRecursive: Record<string, number | null> = { 2: null };
    for (let l = 2; l <= Math.min(this.#lDistinct, MOST_RECURSIVE); l++) cRecursive[l] = this.#recursive[l]!;
    const basic = finite(this.#beta);
    return {
      alpha: this.#alpha,
      lDistinct: this.#lDistinct,
      lEntropy: Math.exp(this.#entropy),
      cRecursive,
      tEqual: this.#tEqual,
      tOrdered: this.#tOrdered,
      tHierarchical: this.#tree === undefined ? null : this.#tHierarchical,
      betaBasic: basic,
      betaEnhanced: this.#betaWithinBound ? basic : null,
      betaEnhancedPycanon: basic === null ? null : Math.min(basic, -Math.log(rarest)),
      delta: finite(this.#delta),
      deltaLog2: finite(this.#delta / Math.LN2),
    };
  }
}
