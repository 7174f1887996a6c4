/**
 * Distribution p of a sensitive attribute over the values 0 … m−1 (codes, in the order of the attribute),
 * prepared so that a class costs time for the values it holds, not for all m.
 */
export interface Distribution {
  readonly p: Float64Array;
  /** cumulative[i] = p_0 + … + p_{i−1}; m + 1 entries. */
  readonly cumulative: Float64Array;
  /** Sums of cumulative[1 … i]: area[i] = Σ_{j=1}^{i} cumulative[j]. */
  readonly area: Float64Array;
}

export function distribution(counts: Float64Array): Distribution {
  const m = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const p = counts.map((count) => count / total);
  const cumulative = new Float64Array(m + 1);
  const area = new Float64Array(m + 1);
  let before = 0;
  for (let i = 0; i < m; i++) {
    before += counts[i]!;
    cumulative[i + 1] = before / total;
    area[i + 1] = area[i]! + cumulative[i + 1]!;
  }
  return { p, cumulative, area };
}

/**
 * Earth mover's distance over ordered values: Σ_i |Σ_{j≤i} (q_j − p_j)| / (m−1), 0 when m = 1
 * (Li, Li, Venkatasubramanian 2007, section 5.1).
 * @param codes values of the class, rising
 * @param counts rows of each value
 * @param length how many of them
 */
export function orderedDistance(
  reference: Distribution,
  codes: Int32Array,
  counts: Float64Array,
  length: number,
  rows: number,
): number {
  const m = reference.p.length;
  if (m === 1) return 0;
  let sum = reference.area[codes[0]!]!;
  let seen = 0;
  for (let i = 0; i < length; i++) {
    seen += counts[i]!;
    const next = i + 1 < length ? codes[i + 1]! : m;
    sum += spread(reference, seen / rows, codes[i]! + 1, next);
  }
  return sum / (m - 1);
}

/** Σ |level − cumulative[j]| for j = from … to. */
function spread({ cumulative, area }: Distribution, level: number, from: number, to: number): number {
  let low = from;
  let high = to + 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > level) high = middle;
    else low = middle + 1;
  }
  const below = low - from;
  const above = to + 1 - low;
  return level * below - (area[low - 1]! - area[from - 1]!) + (area[to]! - area[low - 1]!) - level * above;
}
