import type { Text } from '../messages/language.ts';
import type { ClassSummary, ProsecutorRisk } from './prosecutor.ts';
import type { SensitiveRisk } from './sensitive.ts';

/** Why a figure is null, or what must be known to read it. */
export interface Note {
  /** Dotted path of the figure, e.g. `perSensitive.disease.betaBasic`. */
  readonly figure: string;
  readonly reason: Text;
}

/** What `O.risk.json` holds. Numbers are doubles, not rounded; undefined or infinite ones are null. */
export interface RiskRecord extends ProsecutorRisk {
  readonly version: 1;
  readonly file: { readonly name: string; readonly sha256: string; readonly rows: number };
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Rows left out because all their quasi-identifiers are suppressed. */
  readonly suppressedRows: number;
  readonly classes: ClassSummary;
  readonly perSensitive: Readonly<Record<string, SensitiveRisk>>;
  readonly notes: readonly Note[];
}
