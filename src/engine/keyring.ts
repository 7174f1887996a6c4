import { deriveKey } from '../keys/derive.ts';
import type { ColumnPlan, Plan } from '../rules/plan.ts';
import { rowTechniqueNamed, techniqueNamed } from '../techniques/index.ts';
import type { CompileContext, CompiledTechnique, KeyPurpose } from '../techniques/technique.ts';

/** Derived keys by `purpose/domain`: all that engines and workers ever see of a master key. */
export type KeyRing = ReadonlyMap<string, Uint8Array>;

/** A step of a column, ready to run. */
export interface CompiledStep {
  readonly compiled: CompiledTechnique;
  readonly technique: string;
  readonly onEmpty: ColumnPlan['steps'][number]['onEmpty'];
  readonly onInvalid: ColumnPlan['steps'][number]['onInvalid'];
  /** Key of the draws that `compiled.draw` asks for. */
  readonly drawKey: Uint8Array | undefined;
}

type KeyLookup = (purpose: KeyPurpose, domain: string) => Uint8Array;

function compileAll(plan: Plan, lookup: KeyLookup) {
  const columns = plan.columns.map((column) => compileColumn(plan, column, lookup));
  const rows = plan.rows.map((rule) => {
    const technique = rowTechniqueNamed(rule.technique);
    const context = {
      header: plan.header,
      key: (purpose: KeyPurpose) => lookup(purpose, plan.domain),
    };
    const compiled = technique.compile(rule.params, context);
    return {
      inputs: technique.columns(rule.params).map((name) => plan.header.indexOf(name)),
      compiled,
      drawKey: compiled.draw && context.key(compiled.draw.purpose),
    };
  });
  return { columns, rows };
}

function compileColumn(plan: Plan, column: ColumnPlan, lookup: KeyLookup): CompiledStep[] {
  if (column.action !== 'change') return [];
  const context: CompileContext = {
    column: column.name,
    header: plan.header,
    key: (purpose) => lookup(purpose, column.domain),
  };
  return column.steps.map((step) => {
    const compiled = techniqueNamed(step.technique).compile(step.params, context);
    return {
      technique: step.technique,
      onEmpty: step.onEmpty,
      onInvalid: step.onInvalid,
      compiled,
      drawKey: compiled.draw && context.key(compiled.draw.purpose),
    };
  });
}

/** The plan's techniques, compiled with the derived keys: what both engines run. */
export type CompiledPlan = ReturnType<typeof compileAll>;

export function compileTechniques(plan: Plan, keys: KeyRing): CompiledPlan {
  return compileAll(plan, (purpose, domain) => {
    const key = keys.get(`${purpose}/${domain}`);
    if (key === undefined) throw new Error(`key ${purpose}/${domain} was not derived`);
    return key;
  });
}

/** Names of the derived keys that a plan needs: empty when it needs no master key at all. */
export function keysNeeded(plan: Plan): ReadonlyArray<readonly [KeyPurpose, string]> {
  const needed = new Map<string, readonly [KeyPurpose, string]>();
  compileAll(plan, (purpose, domain) => {
    needed.set(`${purpose}/${domain}`, [purpose, domain]);
    return new Uint8Array(32);
  });
  return [...needed.values()];
}

/** Derives what the plan needs from the master key. */
export function deriveKeys(plan: Plan, master: Uint8Array): KeyRing {
  return new Map(
    keysNeeded(plan).map(([purpose, domain]) => [`${purpose}/${domain}`, deriveKey(master, purpose, domain)]),
  );
}
