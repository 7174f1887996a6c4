import type { Measure, Thresholds } from './gate.ts';
import { DEFAULTS } from './options.ts';

/** What every equivalence class must be like for the thresholds of a policy to hold. */
export interface ClassRequirement {
  /** Rows, at least. Infinite when a threshold can never hold. */
  readonly size: number;
  /** Distinct values of every sensitive column, at least (distinct l-diversity). */
  readonly distinctValues: number;
}

/**
 * Thresholds that hold as soon as every class has so many rows. Shares of all records are met by leaving no
 * record at risk, which is more than they ask for.
 */
const CLASS_SIZE: Partial<Record<Measure, (threshold: number) => number>> = {
  k: (threshold) => threshold,
  'prosecutor-max': sizeForRisk,
  'prosecutor-average': sizeForRisk,
  'records-at-risk': (threshold) => (threshold < 1 ? sizeForRisk(DEFAULTS.threshold) : 1),
  'sample-uniqueness': (threshold) => (threshold < 1 ? 2 : 1),
};

/** The least class size f with 1/f ≤ risk. */
function sizeForRisk(risk: number): number {
  let size = Math.ceil(1 / risk);
  while (1 / size > risk) size++;
  return size > 1 && 1 / (size - 1) <= risk ? size - 1 : size;
}

/** Thresholds that recoding and suppression can be aimed at. */
export const ENFORCEABLE: readonly Measure[] = [...(Object.keys(CLASS_SIZE) as Measure[]), 'l'];

/** Classes that fulfil this hold every enforceable threshold. */
export function classRequirement(thresholds: Thresholds): ClassRequirement {
  const sizes = Object.entries(CLASS_SIZE).flatMap(([measure, sizeFor]) => {
    const threshold = thresholds[measure as Measure];
    return threshold === undefined ? [] : [sizeFor(threshold)];
  });
  return { size: Math.max(1, ...sizes), distinctValues: thresholds.l ?? 1 };
}
