import type { Dialect } from '../rules/plan.ts';
import type { MissingMatch } from './classes.ts';
import type { IndividualMethod } from './individual.ts';
import type { SudaOptions } from './suda.ts';
import type { ValueOrder } from './value-order.ts';

/** A technique of the rules, with its parameters as the steward wrote them. */
export interface AppliedStep {
  readonly technique: string;
  readonly written: unknown;
}

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
  /** Table of every person the file was drawn from, generalized alike. */
  readonly population?: string;
  /** Sampling fractions π; empty for a range of them, for the picture only. */
  readonly fractions: readonly number[];
  /** Column with sampling weights. */
  readonly weight?: string;
  /** Column that is equal for the members of a household. */
  readonly household?: string;
  readonly individualMethod: IndividualMethod;
  /** The file before pseudonymization. */
  readonly original?: string;
  /** Half width of the interval of interval disclosure, in standard deviations. */
  readonly interval: number;
  /** Largest set of quasi-identifiers that is measured on its own. */
  readonly subsetSize: number;
  readonly suda?: SudaOptions;
  /** Rows below which a value counts as rare; outliers are looked for only when it is given. */
  readonly rareBelow?: number;
  /** k and accepted error of the k-map estimate. */
  readonly kMap: { readonly k: number; readonly significance: number };
  /** What the rules do to each column, as written: advice starts from it. */
  readonly applied: ReadonlyMap<string, readonly AppliedStep[]>;
  readonly memoryBytes: number;
  readonly threads: number;
  /** Where the private directory of the SQL engine is made. */
  readonly temporary?: string;
  /** Called when a part of the work starts. */
  readonly progress?: (part: string) => void;
}

/** Sampling fractions that are shown when none is given. */
export const SHOWN_FRACTIONS: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5];

/** Options as they are unless asked otherwise. */
export const DEFAULTS = {
  threshold: 0.2,
  missing: { kind: 'value' },
  excludeSuppressed: false,
  hierarchies: new Map<string, string>(),
  orders: new Map<string, ValueOrder>(),
  fractions: [],
  individualMethod: 'exact',
  interval: 0.05,
  subsetSize: 2,
  kMap: { k: 5, significance: 0.05 },
  applied: new Map<string, readonly AppliedStep[]>(),
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
