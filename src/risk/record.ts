import type { Text } from '../messages/language.ts';
import type { ColumnChanges } from './column-change.ts';
import type { HouseholdRisk, IndividualRisk } from './individual.ts';
import type { OriginalRisk } from './original.ts';
import type { ColumnOutliers } from './outliers.ts';
import type { PopulationRisk } from './population-table.ts';
import type { PopulationUniqueness } from './population-uniqueness.ts';
import type { ClassSummary, ProsecutorRisk } from './prosecutor.ts';
import type { SensitiveRisk } from './sensitive.ts';
import type { SubsetRisk } from './subsets.ts';
import type { SudaRisk } from './suda.ts';
import type { Utility } from './utility.ts';

/** Why a figure is null, or what must be known to read it. */
export interface Note {
  /** Dotted path of the figure, e.g. `perSensitive.disease.betaBasic`. */
  readonly figure: string;
  readonly reason: Text;
}

/** All figures of a file. Numbers are doubles, not rounded; undefined or infinite ones are null. */
export interface Measurement extends ProsecutorRisk {
  readonly version: 1;
  readonly file: { readonly name: string; readonly sha256: string; readonly rows: number };
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Rows left out because all their quasi-identifiers are suppressed. */
  readonly suppressedRows: number;
  readonly classes: ClassSummary;
  readonly perSensitive: Readonly<Record<string, SensitiveRisk>>;
  readonly populationUniqueness: readonly PopulationUniqueness[];
  readonly population: PopulationRisk['population'] | null;
  readonly journalist: PopulationRisk['journalist'] | null;
  readonly marketer: PopulationRisk['marketer'] | null;
  readonly deltaPresence: PopulationRisk['deltaPresence'];
  readonly kMap: PopulationRisk['kMap'] | null;
  readonly subsets: readonly SubsetRisk[];
  readonly individualRisk: IndividualRisk | null;
  readonly householdRisk: HouseholdRisk | null;
  readonly suda: SudaRisk | null;
  readonly outliers: Readonly<Record<string, ColumnOutliers>> | null;
  readonly intervalDisclosure: OriginalRisk['intervalDisclosure'] | null;
  readonly linkageRisk: OriginalRisk['linkageRisk'] | null;
  readonly utility: (Utility & { readonly changes: ColumnChanges | null }) | null;
  readonly notes: readonly Note[];
}
