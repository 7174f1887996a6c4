import type { Arena } from '../kernel/arena.ts';
import { Dictionary, dictionaryBytes } from '../kernel/dictionary.ts';
import type { Plan } from '../rules/plan.ts';
import { CachedTreatment } from './cached-treatment.ts';
import { CellTreatment } from './cell-treatment.ts';
import { kernelTreatment } from './kernel-treatment.ts';
import type { CompiledPlan, CompiledStep } from './keyring.ts';
import type { Treatment } from './treatment.ts';

/** The steps of one input column that changes. */
export interface ColumnTreatment {
  readonly index: number;
  readonly steps: readonly Treatment[];
}

/** Memory for all dictionaries of a thread. */
const DICTIONARY_BUDGET = 48 * 1024 * 1024;
const MOST_ENTRIES = 65_536;
const FEWEST_ENTRIES = 256;

/** Share of values found again below which a dictionary is not worth its look-ups to a kernel. */
const WORTHWHILE_FOR_KERNELS = 0.5;

/**
 * Decides how each step is computed: by a kernel, or by the technique's `cell`; anew for each cell, or once for
 * each value.
 * @param permanent memory that stays for the life of the thread
 */
export function columnTreatments(plan: Plan, compiled: CompiledPlan, permanent: Arena): ColumnTreatment[] {
  const plain = !/[\w.-]/.test(plan.dialect.delimiter + plan.dialect.quote);
  const entries = entriesEach(compiled.columns.flat().filter(isRemembered).length);
  const remembered = (step: CompiledStep, inner: Treatment, worthwhile: number): Treatment => {
    if (!isRemembered(step) || entries < FEWEST_ENTRIES) return inner;
    const dictionary = new Dictionary(
      permanent.kernels,
      permanent.allocate(dictionaryBytes(entries)),
      entries,
    );
    return new CachedTreatment(inner, dictionary, entries, step.compiled.prefix, worthwhile);
  };
  const treatment = (step: CompiledStep): Treatment => {
    const kernel = kernelTreatment(step, permanent, plain);
    return kernel === undefined
      ? remembered(step, new CellTreatment(step), 0)
      : remembered(step, kernel, WORTHWHILE_FOR_KERNELS);
  };
  return compiled.columns
    .map((column, index) => ({ index, steps: column.map(treatment) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Draws differ from record to record; masking and rounding anew is faster than remembering. */
function isRemembered({ compiled }: CompiledStep): boolean {
  const kind = compiled.kernel?.kind;
  return compiled.draw === undefined && kind !== 'mask-keep' && kind !== 'round';
}

/** Entries of each dictionary, a power of two, so that all of them stay within the budget. */
function entriesEach(dictionaries: number): number {
  let entries = MOST_ENTRIES;
  while (entries * dictionaries > 0 && dictionaryBytes(entries) * dictionaries > DICTIONARY_BUDGET)
    entries /= 2;
  return entries;
}
