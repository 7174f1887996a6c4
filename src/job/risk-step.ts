import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { audited } from '../audit/audited.ts';
import { riskCircumstances } from '../audit/circumstances.ts';
import { fileDigest } from '../audit/subject.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { GamyeongError } from '../errors.ts';
import { writeWhole } from '../io/durable.ts';
import { JOB_TEXT, STALE } from '../messages/job.ts';
import { say, type Text } from '../messages/language.ts';
import { riskReport } from '../report/html.ts';
import { assess, type RiskRecord } from '../risk/assess.ts';
import { DEFAULTS, type RiskOptions } from '../risk/options.ts';
import { canonicalDigest, canonicalJson } from '../rules/canonical.ts';
import type { Rules } from '../rules/rules.ts';
import type { JobContext } from './context.ts';
import type { Task } from './task.ts';

/** How a risk record came about, kept beside it: what the record itself does not say. */
interface Measured {
  /** Digest of the settings, and of the population table. */
  readonly settings: string;
  /** SHA-256 (hex) of the risk record. */
  readonly record: string;
}

const riskPath = ({ output }: Task) => `${output}.risk.json`;
const measuredPath = ({ output }: Task) => `${output}.measured.json`;

/** The risk record beside an output; undefined when there is none that can be read. */
async function riskOf(task: Task): Promise<RiskRecord | undefined> {
  return readJson<RiskRecord>(riskPath(task));
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** @returns why an output has to be measured (again), or the record that still stands */
export async function staleRisk(task: Task, rules: Rules, run: RunRecord): Promise<Text | RiskRecord> {
  const record = await riskOf(task);
  const measured = await readJson<Measured>(measuredPath(task));
  if (record?.version !== 1 || measured === undefined) return STALE.noRecord;
  if (record.file.sha256 !== run.output.sha256) return STALE.data;
  if (record.provenance?.rules !== rules.digest) return STALE.rules;
  if (measured.settings !== (await settingsDigest(task))) return STALE.options;
  if (measured.record !== (await fileDigest(riskPath(task)))) return STALE.outputChanged;
  return record;
}

async function settingsDigest({ risk, input }: Task): Promise<string> {
  const digestOf = (file: string | undefined) => (file === undefined ? null : fileDigest(file));
  return canonicalDigest({
    original: await digestOf(risk.original ? input : undefined),
    population: await digestOf(risk.population),
    populationFraction: risk.populationFraction,
  });
}

/** Measures an output; writes the risk record and the report beside it. */
export async function doRisk(
  task: Task,
  rules: Rules,
  run: RunRecord,
  context: JobContext,
): Promise<RiskRecord> {
  return audited(context.audit, 'risk', async (note) => {
    note({ ids: { output: basename(task.output) } });
    const { thresholds } = rules.risk;
    const record = await assess(riskOptions(task, rules, context), {
      thresholds,
      rulesDigest: rules.digest,
      provenance: run,
    });
    await writeWhole(riskPath(task), `${JSON.stringify(record, null, 2)}\n`);
    await writeWhole(`${task.output}.risk.html`, riskReport(record));
    const written = { settings: await settingsDigest(task), record: await fileDigest(riskPath(task)) };
    await writeWhole(measuredPath(task), `${canonicalJson(written)}\n`);
    note(riskCircumstances(record));
    return record;
  });
}

function riskOptions({ output, input, risk }: Task, rules: Rules, context: JobContext): RiskOptions {
  const { original, population, populationFraction } = risk;
  const encoding = rules.output.encoding === 'cp949' ? 'cp949' : 'utf-8';
  return {
    ...DEFAULTS,
    file: output,
    dialect: { ...rules.input, comment: '', encoding },
    quasiIdentifiers: rules.risk.quasiIdentifiers,
    sensitive: rules.risk.sensitive,
    ...(original && { original: input }),
    ...(population !== undefined && { population }),
    fractions: populationFraction === undefined ? [] : [populationFraction],
    applied: new Map(rules.columns.map(({ name, steps }) => [name, steps])),
    threads: context.threads ?? availableParallelism(),
  };
}

/** Every threshold that a measured file misses, as errors; none when the gate lets it pass. */
export function gateReasons({ gate }: RiskRecord, file: string): readonly GamyeongError[] {
  if (gate.pass) return [];
  const refuse = (reason: string, column?: string) =>
    new GamyeongError('E_JOB_GATE', { reason }, { file, ...(column !== undefined && { column }) });
  const missed = gate.checks.filter(({ pass }) => !pass);
  if (missed.length === 0) return [refuse(say(JOB_TEXT.noThreshold))];
  return missed.map(({ measure, value, threshold, column }) => {
    const figure = value === null ? '–' : Number(value.toPrecision(6));
    return refuse(say(JOB_TEXT.check, { measure, value: figure, threshold }), column);
  });
}
