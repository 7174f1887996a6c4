import type { Place } from '../errors.ts';
import type { Dialect, OutputFormat, Role } from './plan.ts';
import type { WrittenRules } from './schema.ts';
import type { Path } from './source.ts';
import type { RowStep, StepRule } from './steps.ts';

/** What happens to one column. */
export interface ColumnRule {
  readonly name: string;
  readonly role: Role;
  readonly type?: string;
  readonly domain: string;
  readonly legalBasis?: string;
  /** At least one; `keep` and `drop` are the only one. */
  readonly steps: readonly StepRule[];
}

/** How the output is made to hold the thresholds. */
export interface EnforceRules {
  readonly recode: readonly { readonly column: string; readonly steps: readonly StepRule[] }[];
  readonly suppress: 'cells' | 'rows';
  /** Share of the records that suppression may touch. */
  readonly suppressionLimit: number;
}

export interface RiskRules {
  /** Columns of the output. */
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  readonly thresholds: WrittenRules['risk']['thresholds'];
  readonly enforce?: EnforceRules;
}

/** A rules file, checked in itself: every default filled in, no table loaded, no header known. */
export interface Rules {
  /** As the user typed it. */
  readonly file: string;
  /** SHA-256 (hex) of the file's text in UTF-8. */
  readonly digest: string;
  readonly name: string;
  readonly purpose?: NonNullable<WrittenRules['purpose']>;
  readonly domain: string;
  /** Columns of the record key as written; all columns when absent. */
  readonly recordKey?: readonly string[];
  readonly input: Dialect;
  readonly output: OutputFormat;
  readonly rows: readonly RowStep[];
  readonly columns: readonly ColumnRule[];
  readonly risk: RiskRules;
  readonly release?: NonNullable<WrittenRules['release']>;
  /** Place of a value in the file. */
  at(path: Path): Place;
  /** Place of the key that names a value. */
  atKey(path: Path): Place;
}
