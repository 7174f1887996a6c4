import { canonicalDigest, canonicalJson } from '../rules/canonical.ts';
import type { ColumnPlan, Plan, Step } from '../rules/plan.ts';
import type { CellCounts, RowCounts } from './engine.ts';

/** Name without directories, length and SHA-256 (hex) of a file. */
export interface FileRecord {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What a run did: written beside its output as `<output>.run.json`. Holds no cell value, key or path. */
export interface RunRecord {
  readonly version: 1;
  readonly tool: { readonly name: 'gamyeong'; readonly version: string };
  readonly rules: { readonly name: string; readonly sha256: string };
  readonly plan: { readonly sha256: string };
  readonly input: FileRecord;
  readonly output: FileRecord;
  /** in = out + suppressed + rejected */
  readonly rows: RowCounts;
  readonly columns: readonly ColumnRecord[];
  readonly rowRules: ReadonlyArray<{ readonly technique: string; readonly params: unknown }>;
  /** How the output was made to hold the risk policy; null when the rules do not ask for it. */
  readonly enforcement: EnforcementRecord | null;
  /** Id of the master key; null when the rules need none. */
  readonly keyId: string | null;
  /** Its version in the key register; null when it stands in none. */
  readonly keyVersion: number | null;
  readonly domain: string;
  readonly engine: 'fast' | 'reference';
  readonly threads: number;
  readonly chunkBytes: number;
  /** Bytes of the input that an earlier, interrupted run had treated. */
  readonly resumedAt: number;
  /** Wall time of this run, without what was resumed. */
  readonly seconds: number;
  /** Input treated by this run, in 10⁶ bytes a second. */
  readonly mbPerSecond: number;
}

export interface ColumnRecord {
  readonly name: string;
  readonly role: string;
  readonly type?: string;
  readonly domain: string;
  readonly action: ColumnPlan['action'];
  readonly steps: readonly StepRecord[];
  /** Cells that could not be treated and were emptied (`on-invalid: redact`). */
  readonly redacted: number;
}

export interface StepRecord {
  readonly technique: string;
  readonly params: unknown;
  readonly onEmpty: string;
  readonly onInvalid: string;
}

/** What was asked of the equivalence classes, and what it took. */
export interface EnforcementRecord {
  /** Rows of a class, at least. */
  readonly classSize: number;
  /** Distinct values of each sensitive column in a class, at least. */
  readonly distinctValues: number;
  readonly suppress: 'cells' | 'rows';
  readonly suppressionLimit: number;
  /** Global recoding, in order: columns made coarser, and how. */
  readonly recoded: ReadonlyArray<{ readonly column: string; readonly steps: readonly StepRecord[] }>;
  /** Cells set to empty, by quasi-identifier. */
  readonly suppressedCells: Readonly<Record<string, number>>;
  /** Records in which a cell was set to empty. */
  readonly recordsWithSuppressedCells: number;
  /** Records left out; they are part of `rows.suppressed`. */
  readonly suppressedRecords: number;
}

/** Columns of a plan for the record; see `describeParams`. */
export function describeColumns(plan: Plan, redacted: CellCounts): ColumnRecord[] {
  return plan.columns.map(({ name, role, type, domain, action, steps }, index) => ({
    name,
    role,
    ...(type !== undefined && { type }),
    domain,
    action,
    steps: describeSteps(steps),
    redacted: redacted[index] ?? 0,
  }));
}

export function describeSteps(steps: readonly Step[]): StepRecord[] {
  return steps.map((step) => ({ ...step, params: describeParams(step.params) }));
}

export function describeRowRules(plan: Plan): RunRecord['rowRules'] {
  return plan.rows.map(({ technique, params }) => ({ technique, params: describeParams(params) }));
}

/** Longer parts of parameters are tables that were loaded into the plan. */
const LONGEST_PARAMETER = 1000;

/** Parameters with every loaded table replaced by its size and digest. */
function describeParams(params: unknown): unknown {
  if (typeof params !== 'object' || params === null) return params;
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      Array.isArray(value) && canonicalJson(value).length > LONGEST_PARAMETER
        ? { entries: value.length, sha256: canonicalDigest(value) }
        : Array.isArray(value)
          ? value
          : describeParams(value),
    ]),
  );
}
