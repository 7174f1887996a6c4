import { canonicalDigest, canonicalJson } from '../rules/canonical.ts';
import type { ColumnPlan, Plan } from '../rules/plan.ts';
import type { RowCounts } from './engine.ts';

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
  readonly steps: ReadonlyArray<{
    readonly technique: string;
    readonly params: unknown;
    readonly onEmpty: string;
    readonly onInvalid: string;
  }>;
}

/** Columns of a plan for the record; see `describeParams`. */
export function describeColumns(plan: Plan): ColumnRecord[] {
  return plan.columns.map(({ name, role, type, domain, action, steps }) => ({
    name,
    role,
    ...(type !== undefined && { type }),
    domain,
    action,
    steps: steps.map((step) => ({ ...step, params: describeParams(step.params) })),
  }));
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
