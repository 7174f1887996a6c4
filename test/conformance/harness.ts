import * as z from 'zod';
import type { Body, Engine, EngineOptions, RowCounts } from '../../src/engine/engine.ts';
import { FastEngine } from '../../src/engine/fast.ts';
import { deriveKeys } from '../../src/engine/keyring.ts';
import { ReferenceEngine } from '../../src/engine/reference.ts';
import { GamyeongError } from '../../src/errors.ts';
import type { ColumnPlan, Dialect, OutputFormat, Plan, RowRule, Step } from '../../src/rules/plan.ts';
import { rowTechniqueNamed, techniqueNamed } from '../../src/techniques/index.ts';
import { EXAMPLE_KEY, type OnEmpty, type OnInvalid } from '../../src/techniques/technique.ts';

/** A step as a case writes it: a technique's name, its parameters, its policies. */
export interface StepSpec {
  readonly technique: string;
  readonly params?: unknown;
  readonly onEmpty?: OnEmpty;
  readonly onInvalid?: OnInvalid;
}

export interface PlanSpec {
  readonly header: readonly string[];
  /** Steps by column; columns not named are kept. */
  readonly columns?: Readonly<Record<string, StepSpec | readonly StepSpec[]>>;
  readonly rows?: readonly RowRule[];
  readonly dialect?: Partial<Dialect>;
  readonly output?: Partial<OutputFormat>;
  readonly recordKey?: readonly string[];
}

function makeStep({ technique, params, onEmpty, onInvalid }: StepSpec): Step {
  const known = techniqueNamed(technique);
  return {
    technique,
    params: known.params(z).parse(params ?? {}),
    onEmpty: onEmpty ?? known.onEmpty,
    onInvalid: onInvalid ?? 'error',
  };
}

function makeColumn(name: string, spec: PlanSpec): ColumnPlan {
  const steps = [spec.columns?.[name] ?? []].flat().map(makeStep);
  const only = steps.length === 1 ? steps[0]!.technique : '';
  const action = steps.length === 0 || only === 'keep' ? 'keep' : only === 'drop' ? 'drop' : 'change';
  return { name, role: 'other', domain: 'test', action, steps: action === 'change' ? steps : [] };
}

/** A plan without a rules file. */
export function makePlan(spec: PlanSpec): Plan {
  return {
    version: 1,
    name: 'test',
    domain: 'test',
    dialect: {
      encoding: 'utf-8',
      delimiter: ',',
      quote: '"',
      escape: '"',
      comment: '',
      maxRecordBytes: 1 << 20,
      ...spec.dialect,
    },
    output: { encoding: 'utf-8', newline: 'as-header', ...spec.output },
    header: spec.header,
    recordKey: spec.recordKey ?? spec.header,
    rows: (spec.rows ?? []).map(({ technique, params }) => ({
      technique,
      params: rowTechniqueNamed(technique).params(z).parse(params),
    })),
    columns: spec.header.map((name) => makeColumn(name, spec)),
    digest: '',
  };
}

/** How the bytes of an input arrive: all at once, in pieces of given sizes (repeated), or byte by byte. */
export type Split = 'whole' | 'bytes' | readonly number[];

export interface RunSpec {
  readonly engine: 'fast' | 'reference';
  readonly threads?: number;
  readonly chunkBytes?: number;
  readonly split?: Split;
  readonly newline?: '\n' | '\r\n';
}

export interface RunResult {
  readonly output: string;
  readonly rejected: string;
  readonly rows: RowCounts;
  readonly redacted: readonly number[];
}

function makeBody(bytes: Uint8Array, split: Split, newline: '\n' | '\r\n'): Body {
  let at = 0;
  let turn = 0;
  return {
    file: 'in.csv',
    offset: 0,
    row: 2,
    newline,
    read: async (into) => {
      const wish = split === 'whole' ? into.length : split === 'bytes' ? 1 : split[turn++ % split.length]!;
      const piece = bytes.subarray(at, at + Math.min(wish, into.length));
      into.set(piece);
      at += piece.length;
      return piece.length;
    },
  };
}

function makeEngine(name: RunSpec['engine'], options: EngineOptions): Engine {
  return name === 'fast' ? new FastEngine(options) : new ReferenceEngine(options);
}

/** Runs the records of an input (without its header) through an engine. */
export async function runEngine(plan: Plan, body: string | Uint8Array, run: RunSpec): Promise<RunResult> {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const engine = makeEngine(run.engine, {
    plan,
    keys: deriveKeys(plan, EXAMPLE_KEY),
    threads: run.threads ?? 1,
    chunkBytes: run.chunkBytes ?? 1 << 20,
  });
  const output: Buffer[] = [];
  const rejected: Buffer[] = [];
  const rows = { in: 0, out: 0, suppressed: 0, rejected: 0 };
  const redacted = plan.header.map(() => 0);
  try {
    for await (const piece of engine.pieces(makeBody(bytes, run.split ?? 'whole', run.newline ?? '\n'))) {
      output.push(Buffer.from(piece.output));
      rejected.push(Buffer.from(piece.rejected));
      for (const key of ['in', 'out', 'suppressed', 'rejected'] as const) rows[key] += piece.rows[key];
      piece.redacted.forEach((count, index) => {
        redacted[index]! += count;
      });
    }
  } finally {
    await engine.close();
  }
  return {
    output: Buffer.concat(output).toString('latin1'),
    rejected: Buffer.concat(rejected).toString('latin1'),
    rows,
    redacted,
  };
}

/** The result, or the error as the user would read it. */
export async function outcome(plan: Plan, body: string | Uint8Array, run: RunSpec): Promise<unknown> {
  try {
    return await runEngine(plan, body, run);
  } catch (error) {
    if (!(error instanceof GamyeongError)) throw error;
    return { error: error.line() };
  }
}
