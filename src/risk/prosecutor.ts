import type { ClassHistogram } from './classes.ts';

/** Measures of an attacker who knows that a person is in the file; RISK: f = size of a row's class. */
export interface ProsecutorRisk {
  /** min f: k-anonymity (Sweeney 2002). */
  readonly k: number;
  /** 1 / min f. */
  readonly highestRisk: number;
  /** Mean over records of 1/f = u/n, the success rate (El Emam 2013). */
  readonly averageRisk: number;
  /** Mean over classes of 1/f (pycanon's convention). */
  readonly averageClassRisk: number;
  /** Share of records with 1/f > threshold, strictly. */
  readonly recordsAtRisk: { readonly threshold: number; readonly share: number };
  /** Share of records that stand alone in their class. */
  readonly sampleUniqueness: number;
}

/** Sizes of the classes in short. `histogram` holds [size, number of classes]. */
export interface ClassSummary {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  readonly histogram: readonly (readonly [number, number])[];
}

export function summarizeClasses({ sizes, classes, rows }: ClassHistogram): ClassSummary {
  return {
    count: classes,
    min: sizes[0]!.f,
    max: sizes.at(-1)!.f,
    mean: rows / classes,
    median: (sizeAt(sizes, Math.floor((classes - 1) / 2)) + sizeAt(sizes, Math.floor(classes / 2))) / 2,
    histogram: sizes.map(({ f, classes: count }) => [f, count] as const),
  };
}

export function prosecutorRisk({ sizes, classes, rows }: ClassHistogram, threshold: number): ProsecutorRisk {
  const k = sizes[0]!.f;
  const share = (of: (size: ClassHistogram['sizes'][number]) => number) =>
    sizes.reduce((sum, size) => sum + of(size), 0);
  return {
    k,
    highestRisk: 1 / k,
    averageRisk: share((size) => size.rows / size.f) / rows,
    averageClassRisk: share((size) => size.classes / size.f) / classes,
    recordsAtRisk: { threshold, share: rowsAbove(sizes, threshold) / rows },
    sampleUniqueness: share((size) => (size.f === 1 ? size.rows : 0)) / rows,
  };
}

/** Records whose risk 1/f is above a threshold, strictly. */
export function rowsAbove(sizes: ClassHistogram['sizes'], threshold: number): number {
  return sizes.reduce((sum, size) => sum + (1 / size.f > threshold ? size.rows : 0), 0);
}

/** Frequency of the class at a place (from 0) when all classes are sorted by frequency. */
function sizeAt(sizes: ClassHistogram['sizes'], place: number): number {
  let before = 0;
  for (const { f, classes } of sizes) {
    before += classes;
    if (place < before) return f;
  }
  return sizes.at(-1)!.f;
}
