import type { Arena } from '../kernel/arena.ts';
import { Dictionary, dictionaryBytes } from '../kernel/dictionary.ts';
import { CachedTreatment } from './cached-treatment.ts';
import { CellTreatment } from './cell-treatment.ts';
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

/** Decides how each step is computed. @param permanent memory that stays for the life of the thread */
export function columnTreatments(compiled: CompiledPlan, permanent: Arena): ColumnTreatment[] {
  const steps = compiled.columns.flat();
  const cacheable = steps.filter((step) => step.compiled.draw === undefined).length;
  const entries = entriesEach(cacheable);
  const treatment = (step: CompiledStep): Treatment => {
    const plain = new CellTreatment(step);
    if (step.compiled.draw !== undefined || entries < FEWEST_ENTRIES) return plain;
    const dictionary = new Dictionary(permanent.kernels, permanent.allocate(dictionaryBytes(entries)), entries);
    return new CachedTreatment(plain, dictionary, entries, step.compiled.prefixWords ?? 0, 0);
  };
  return compiled.columns
    .map((column, index) => ({ index, steps: column.map(treatment) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Entries of each dictionary, a power of two, so that all of them stay within the budget. */
function entriesEach(dictionaries: number): number {
  let entries = MOST_ENTRIES;
  while (entries * dictionaries > 0 && dictionaryBytes(entries) * dictionaries > DICTIONARY_BUDGET) entries /= 2;
  return entries;
}
