import type { Dialect } from '../rules/plan.ts';
import type { MissingMatch } from './classes.ts';
import type { ValueOrder } from './coded-table.ts';

/** What is measured, and how. Files are paths; columns are header names. */
export interface RiskOptions {
  readonly file: string;
  readonly dialect: Dialect;
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  /** τ of records at risk. */
  readonly threshold: number;
  readonly missing: MissingMatch;
  /** Leave rows out whose quasi-identifiers are all missing (ARX). */
  readonly excludeSuppressed: boolean;
  /** Generalization hierarchy files by column. */
  readonly hierarchies: ReadonlyMap<string, string>;
  /** How the values of a sensitive column are ordered; numeric when all are numbers, else as text. */
  readonly orders: ReadonlyMap<string, ValueOrder>;
  /** File whose distribution of sensitive values is the reference of t, β and δ; the file itself by default. */
  readonly reference?: string;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Where the private directory of the SQL engine is made. */
  readonly temporary?: string;
  /** Called when a part of the work starts. */
  readonly progress?: (part: string) => void;
}

/** Options as they are unless asked otherwise. */
export const DEFAULTS = {
  threshold: 0.2,
  missing: { kind: 'value' },
  excludeSuppressed: false,
  hierarchies: new Map<string, string>(),
  orders: new Map<string, ValueOrder>(),
  memoryBytes: 600e6,
  threads: 2,
} as const;

export const RFC_4180: Dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: '',
  maxRecordBytes: 16 * 1024 * 1024,
};
