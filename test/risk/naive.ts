/** Plain in-memory definitions of the measures, written for reading, to hold the SQL ones against. */
export type Row = Readonly<Record<string, string>>;

export const groupBy = <T>(items: readonly T[], key: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups.values()];
};

export const tuple = (row: Row, columns: readonly string[]) =>
  JSON.stringify(columns.map((column) => row[column]));

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const missing = (cell: string) => cell === '' || cell === '*';

/** Frequencies of the rows; a missing value is a value of its own. */
export const frequencies = (rows: readonly Row[], quasi: readonly string[]) =>
  rows.map((row) => rows.filter((other) => tuple(other, quasi) === tuple(row, quasi)).length);

/** Frequencies when a missing value matches any value. */
export const wildcardFrequencies = (rows: readonly Row[], quasi: readonly string[], alpha: number) =>
  rows.map((row) =>
    sum(
      rows.map((other) => {
        const match = quasi.every((c) => row[c] === other[c] || missing(row[c]!) || missing(other[c]!));
        const throughOther = quasi.some((c) => missing(other[c]!) && !missing(row[c]!));
        return match ? (throughOther ? alpha : 1) : 0;
      }),
    ),
  );

export const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length;

function shares(values: readonly string[], all: readonly string[]): number[] {
  return all.map((value) => values.filter((other) => other === value).length / values.length);
}

/** All measures of one sensitive column; `all` lists its values in order, `reference` the cells behind p. */
export function sensitive(
  classes: readonly (readonly string[])[],
  reference: readonly string[],
  all: readonly string[],
  paths?: ReadonlyMap<string, readonly string[]>,
) {
  const p = shares(reference, all);
  const each = classes.map((values) => {
    const q = shares(values, all);
    const pairs = q.map((share, i) => ({ q: share, p: p[i]! }));
    const present = pairs.filter((pair) => pair.q > 0);
    const gains = pairs.filter((pair) => pair.q > pair.p + 1e-15).map((pair) => (pair.q - pair.p) / pair.p);
    const counts = present.map((pair) => Math.round(pair.q * values.length)).sort((a, b) => b - a);
    const upTo = (i: number) => sum(pairs.slice(0, i + 1).map((pair) => pair.q - pair.p));
    const ordered = sum(pairs.map((_, i) => Math.abs(upTo(i))));
    return {
      alpha: Math.max(...q),
      lDistinct: present.length,
      lEntropy: Math.exp(-sum(present.map((pair) => pair.q * Math.log(pair.q)))),
      c: (l: number) =>
        counts.length < l ? Number.POSITIVE_INFINITY : counts[0]! / sum(counts.slice(l - 1)),
      tEqual: sum(pairs.map((pair) => Math.abs(pair.q - pair.p))) / 2,
      tOrdered: all.length === 1 ? 0 : ordered / (all.length - 1),
      tHierarchical: paths ? hierarchical(all, q, p, paths) : null,
      beta: Math.max(0, ...gains),
      bounded: pairs.every(
        (pair) => !(pair.q > pair.p + 1e-15) || (pair.q - pair.p) / pair.p <= -Math.log(pair.p) + 1e-12,
      ),
      delta: Math.max(...present.map((pair) => Math.abs(Math.log(pair.q / pair.p)))),
    };
  });
  const max = (of: (item: (typeof each)[number]) => number) => Math.max(...each.map(of));
  const min = (of: (item: (typeof each)[number]) => number) => Math.min(...each.map(of));
  return {
    alpha: max((c) => c.alpha),
    lDistinct: min((c) => c.lDistinct),
    lEntropy: min((c) => c.lEntropy),
    c2: max((c) => c.c(2)),
    tEqual: max((c) => c.tEqual),
    tOrdered: max((c) => c.tOrdered),
    tHierarchical: paths ? max((c) => c.tHierarchical!) : null,
    betaBasic: max((c) => c.beta),
    betaEnhanced: each.every((c) => c.bounded) ? max((c) => c.beta) : null,
    delta: max((c) => c.delta),
  };
}

/** Earth mover's distance over a tree, by its recursive definition. */
function hierarchical(
  all: readonly string[],
  q: readonly number[],
  p: readonly number[],
  paths: ReadonlyMap<string, readonly string[]>,
): number {
  const height = paths.get(all[0]!)!.length - 1;
  let cost = 0;
  for (let level = 1; level <= height; level++) {
    const nodes = new Set(all.map((value) => paths.get(value)![level]!));
    for (const node of nodes) {
      const under = all.map((value, i) => ({ path: paths.get(value)!, extra: q[i]! - p[i]! }));
      const children = groupBy(
        under.filter(({ path }) => path[level] === node),
        ({ path }) => path[level - 1]!,
      ).map((group) => sum(group.map(({ extra }) => extra)));
      const surplus = sum(children.filter((extra) => extra > 0));
      const deficit = -sum(children.filter((extra) => extra < 0));
      cost += (level / height) * Math.min(surplus, deficit);
    }
  }
  return cost;
}
