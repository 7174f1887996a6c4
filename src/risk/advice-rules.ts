import { stringify } from 'yaml';
import type { Coarsening } from './coarsen.ts';
import type { AppliedStep } from './options.ts';

type Params = Readonly<Record<string, unknown>>;

/** The rule of one column, to paste into a rules file. */
export const asRules = (column: string, apply: unknown): string =>
  stringify({ columns: { [column]: { role: 'quasi', apply } } });

/**
 * What a column's `apply` becomes: the coarser technique takes the place of the same one, with the
 * parameters that it does not change; else it follows what is there.
 */
export function coarserApply(applied: readonly AppliedStep[], coarsening: Coarsening): unknown {
  const [technique, params] = Object.entries(coarsening.apply)[0]!;
  const kept = applied.filter((step) => step.technique !== 'keep');
  const steps = kept.some((step) => step.technique === technique)
    ? kept.map((step) =>
        step.technique === technique
          ? { technique, written: merge(step.written, params, coarsening.without ?? []) }
          : step,
      )
    : [...kept, { technique, written: params }];
  const apply = steps.map((step) => ({ [step.technique]: step.written }));
  return apply.length === 1 ? apply[0] : apply;
}

const isParams = (value: unknown): value is Params =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** New parameters over old ones. Kinds that exclude each other (`age-band`, `table`) are not mixed. */
function merge(old: unknown, next: unknown, without: readonly string[]): unknown {
  if (!isParams(old) || !isParams(next)) return next;
  const [kind] = Object.keys(next);
  if (kind !== undefined && isParams(next[kind]))
    return { [kind]: isParams(old[kind]) ? merge(old[kind], next[kind], without) : next[kind] };
  const merged = Object.entries({ ...old, ...next }).filter(([name]) => !without.includes(name));
  return Object.fromEntries(merged);
}
