import type { OnEmpty, OnInvalid } from '../techniques/technique.ts';

/** Dialect and encoding of a CSV file. */
export interface Dialect {
  readonly encoding: 'utf-8' | 'cp949';
  /** One character for the fast engine; several are served by the reference engine. */
  readonly delimiter: string;
  readonly quote: string;
  /** Same as `quote` for RFC 4180. */
  readonly escape: string;
  /** Lines starting with it are left out; '' for none. */
  readonly comment: string;
  /** Longest record accepted, in bytes of the input. */
  readonly maxRecordBytes: number;
}

export interface OutputFormat {
  readonly encoding: 'utf-8' | 'utf-8-bom' | 'cp949';
  /** `as-header`: what ends the header of the input. */
  readonly newline: 'lf' | 'crlf' | 'as-header';
}

/** One technique applied to a column, with validated parameters (tables included). Plain data. */
export interface Step {
  readonly technique: string;
  readonly params: unknown;
  readonly onEmpty: OnEmpty;
  readonly onInvalid: OnInvalid;
}

export type Role = 'direct' | 'quasi' | 'sensitive' | 'other';

export interface ColumnPlan {
  readonly name: string;
  readonly role: Role;
  readonly type?: string;
  readonly domain: string;
  /** `keep`: bytes pass untouched. `drop`: absent from the output. `change`: steps apply in order. */
  readonly action: 'keep' | 'drop' | 'change';
  readonly steps: readonly Step[];
}

export interface RowRule {
  readonly technique: string;
  readonly params: unknown;
}

/** What the records of the output must be like, and what may be done to make them so. */
export interface EnforcePlan {
  /** Output columns that make up the equivalence classes. Of those named first, fewest cells are suppressed. */
  readonly quasiIdentifiers: readonly string[];
  /** Output columns whose distinct values count. */
  readonly sensitive: readonly string[];
  /** Rows that every class must have. */
  readonly classSize: number;
  /** Distinct values of each sensitive column that every class must have. */
  readonly distinctValues: number;
  /** Coarser steps for whole columns, in the order in which they are tried. */
  readonly recode: readonly { readonly column: string; readonly steps: readonly Step[] }[];
  readonly suppress: 'cells' | 'rows';
  /** Share of the output's records that suppression may touch. */
  readonly suppressionLimit: number;
}

/**
 * Rules compiled for one header: frozen plain data that can be cloned to workers and hashed. Holds no key.
 */
export interface Plan {
  readonly version: 1;
  readonly name: string;
  readonly domain: string;
  readonly dialect: Dialect;
  readonly output: OutputFormat;
  /** Input header names, in order. */
  readonly header: readonly string[];
  /** Input columns whose cells make up the record key of keyed draws, in order. */
  readonly recordKey: readonly string[];
  readonly rows: readonly RowRule[];
  /** One per input column, in header order. */
  readonly columns: readonly ColumnPlan[];
  readonly enforce?: EnforcePlan;
  /** SHA-256 (hex) over the canonical JSON of all of the above. */
  readonly digest: string;
}
