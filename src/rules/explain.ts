import { keysNeeded } from '../engine/keyring.ts';
import { rowTechniqueNamed, techniqueNamed } from '../techniques/index.ts';
import type { KeyPurpose, Leak, OnEmpty, OnInvalid, Properties } from '../techniques/technique.ts';
import type { ColumnPlan, EnforcePlan, Plan, Role, RowRule, Step } from './plan.ts';
import type { Rules } from './rules.ts';
import { type Warning, warningsOf } from './warnings.ts';

/** A derived key: its purpose, and the domain in which its results link. */
export interface KeyUse {
  readonly purpose: KeyPurpose;
  readonly domain: string;
}

/** `yes`: the value itself stands there; `with-key`: whoever has the master key can undo it. */
export type Reversible = 'yes' | 'with-key' | 'no';

interface TechniqueExplanation {
  readonly technique: string;
  /** As written in the rules, without defaults and without the content of tables. */
  readonly params: unknown;
  readonly leaks: readonly Leak[];
  readonly reversible: Reversible;
  readonly keys: readonly KeyUse[];
}

export interface StepExplanation extends TechniqueExplanation {
  readonly onEmpty: OnEmpty;
  readonly onInvalid: OnInvalid;
}

export interface ColumnExplanation {
  readonly name: string;
  readonly role: Role;
  readonly type?: string;
  readonly action: ColumnPlan['action'];
  readonly steps: readonly StepExplanation[];
}

/** How the output is made to hold the risk policy: what is asked of every class, and what may be done. */
export interface EnforcementExplanation {
  readonly quasiIdentifiers: readonly string[];
  /** Rows of a class, at least. */
  readonly classSize: number;
  /** Distinct values of each sensitive column in a class, at least. */
  readonly distinctValues: number;
  /** In the order in which they are tried; parameters as written. */
  readonly recode: ReadonlyArray<{
    readonly column: string;
    readonly steps: ReadonlyArray<{ readonly technique: string; readonly params: unknown }>;
  }>;
  readonly suppress: 'cells' | 'rows';
  readonly suppressionLimit: number;
}

/** What rules do to an input, for people and (as JSON) for machines. */
export interface Explanation {
  readonly version: 1;
  readonly rules: { readonly name: string; readonly sha256: string };
  readonly plan: { readonly sha256: string };
  readonly purpose?: NonNullable<Rules['purpose']>;
  readonly domain: string;
  /** Absent when all input columns make up the record key. */
  readonly recordKey?: readonly string[];
  readonly rows: readonly TechniqueExplanation[];
  /** In the order of the header. */
  readonly columns: readonly ColumnExplanation[];
  /** Absent when the rules do not ask for it. */
  readonly enforcement?: EnforcementExplanation;
  readonly keys: readonly KeyUse[];
  readonly warnings: readonly Warning[];
}

/** @param plan the plan that `compilePlan` made of these rules. */
export function explainPlan(rules: Rules, plan: Plan): Explanation {
  const ruleOf = new Map(rules.columns.map((column) => [column.name, column]));
  return {
    version: 1,
    rules: { name: rules.name, sha256: rules.digest },
    plan: { sha256: plan.digest },
    ...(rules.purpose !== undefined && { purpose: rules.purpose }),
    domain: rules.domain,
    ...(rules.recordKey !== undefined && { recordKey: rules.recordKey }),
    rows: plan.rows.map((row, index) => explainRow(plan, row, rules.rows[index]!.written)),
    columns: plan.columns.map((column) => ({
      name: column.name,
      role: column.role,
      ...(column.type !== undefined && { type: column.type }),
      action: column.action,
      steps: ruleOf.get(column.name)!.steps.map((rule, index) => ({
        ...explainTechnique(
          rule.technique,
          rule.written,
          techniqueNamed(rule.technique).properties,
          keysOfStep(plan, column, column.steps[index]),
        ),
        onEmpty: rule.onEmpty,
        onInvalid: rule.onInvalid,
      })),
    })),
    ...(plan.enforce !== undefined && { enforcement: explainEnforcement(rules, plan.enforce) }),
    keys: keyUses(plan),
    warnings: warningsOf(rules),
  };
}

function explainEnforcement(
  rules: Rules,
  { quasiIdentifiers, classSize, distinctValues, suppress, suppressionLimit }: EnforcePlan,
): EnforcementExplanation {
  const recode = rules.risk.enforce!.recode.map(({ column, steps }) => ({
    column,
    steps: steps.map(({ technique, written }) => ({ technique, params: written })),
  }));
  return { quasiIdentifiers, classSize, distinctValues, recode, suppress, suppressionLimit };
}

function explainRow(plan: Plan, row: RowRule, written: unknown): TechniqueExplanation {
  const keys = keyUses({ ...plan, rows: [row], columns: [] });
  return explainTechnique(row.technique, written, rowTechniqueNamed(row.technique).properties, keys);
}

function explainTechnique(
  technique: string,
  params: unknown,
  properties: Properties,
  keys: readonly KeyUse[],
): TechniqueExplanation {
  return { technique, params, leaks: properties.leaks, reversible: reversibility(properties, keys), keys };
}

/** A technique that can be undone with a key is not undone where these parameters use none. */
function reversibility({ reversible, keyed }: Properties, keys: readonly KeyUse[]): Reversible {
  if (!reversible) return 'no';
  if (!keyed) return 'yes';
  return keys.length > 0 ? 'with-key' : 'no';
}

function keysOfStep(plan: Plan, column: ColumnPlan, step: Step | undefined): readonly KeyUse[] {
  if (step === undefined) return [];
  return keyUses({ ...plan, rows: [], columns: [{ ...column, steps: [step] }] });
}

function keyUses(plan: Plan): readonly KeyUse[] {
  return keysNeeded(plan).map(([purpose, domain]) => ({ purpose, domain }));
}
