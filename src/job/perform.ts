import type { RunRecord } from '../engine/run-record.ts';
import { EXIT, type ExitCode, GamyeongError } from '../errors.ts';
import { STALE } from '../messages/job.ts';
import type { Text } from '../messages/language.ts';
import { readRules } from '../rules/parse.ts';
import type { Rules } from '../rules/rules.ts';
import type { JobContext } from './context.ts';
import { doRelease, staleRelease } from './release-step.ts';
import { asKnown, STEPS, type StepName, type StepResult, type TaskResult } from './result.ts';
import { doRisk, gateReasons, staleRisk } from './risk-step.ts';
import { doRun, recordOf, staleRun } from './run-step.ts';
import type { Task } from './task.ts';

/** Does what is missing or changed of a task. Never throws: what fails is told in the result. */
export async function perform(task: Task, context: JobContext): Promise<TaskResult> {
  const progress = new Progress(task);
  try {
    const rules = await readRules(task.rules);
    const run = await pseudonymize(task, rules, context, progress);
    const passed = await measure(task, rules, run, context, progress);
    await hand(task, run, passed, context, progress);
  } catch (error) {
    progress.fail(asKnown(error));
  }
  return progress.result();
}

/** The steps of a task as they come to an end. */
class Progress {
  readonly #task: Task;
  readonly #steps = new Map<StepName, StepResult>();
  readonly #errors: GamyeongError[] = [];
  #exit: ExitCode = EXIT.done;
  /** The step that is being done. */
  #step: StepName = 'run';
  rows: number | undefined;
  k: number | undefined;

  constructor(task: Task) {
    this.#task = task;
  }

  begin(step: StepName): void {
    this.#step = step;
  }

  end(state: StepResult['state'], reason?: Text): void {
    this.#steps.set(this.#step, { state, ...(reason !== undefined && { reason }) });
  }

  refuse(errors: readonly GamyeongError[]): void {
    if (errors.length === 0) return;
    this.#errors.push(...errors);
    this.#exit = EXIT.refused;
    this.end('refused');
  }

  /** A refusal is told by its reasons. */
  fail(error: GamyeongError): void {
    const refused = error.exitCode === EXIT.refused;
    const listed = refused && error.also.length > 0;
    this.#errors.push(...(listed ? [] : [adviseForJob(error)]), ...error.also);
    this.#exit = error.exitCode;
    this.end(refused ? 'refused' : 'failed');
  }

  result(): TaskResult {
    const { name, release } = this.#task;
    const missing = (step: StepName): StepResult['state'] =>
      step === 'release' && release === undefined ? 'none' : 'skipped';
    const steps = Object.fromEntries(
      STEPS.map((step) => [step, this.#steps.get(step) ?? { state: missing(step) }]),
    ) as TaskResult['steps'];
    const { rows, k } = this;
    return { name, steps, rows, k, bundle: release?.bundle, exit: this.#exit, errors: this.#errors };
  }
}

/** A job has no --overwrite to advise: what it may replace, it replaces. */
function adviseForJob(error: GamyeongError): GamyeongError {
  return error.code === 'E_OUTPUT_EXISTS' ? new GamyeongError('E_JOB_OUTPUT_EXISTS', {}, error.place) : error;
}

/** @returns the record of the run; undefined when a dry run would make a new one */
async function pseudonymize(
  task: Task,
  rules: Rules,
  context: JobContext,
  progress: Progress,
): Promise<RunRecord | undefined> {
  progress.begin('run');
  const stale = await staleRun(task, rules, context);
  if (stale !== undefined && context.dryRun) {
    progress.end('due', stale);
    return undefined;
  }
  if (stale !== undefined) context.onStep?.(task.name, 'run');
  const record = stale === undefined ? await recordOf(task.output) : await doRun(task, rules, context);
  progress.end(stale === undefined ? 'current' : 'done', stale);
  progress.rows = record?.rows.out;
  return record;
}

/** @returns whether the gate lets the output pass; undefined when a dry run cannot tell */
async function measure(
  task: Task,
  rules: Rules,
  run: RunRecord | undefined,
  context: JobContext,
  progress: Progress,
): Promise<boolean | undefined> {
  progress.begin('risk');
  const found = run === undefined ? STALE.before : await staleRisk(task, rules, run);
  const standing = 'gate' in found ? found : undefined;
  const stale = 'gate' in found ? undefined : found;
  if (stale !== undefined && context.dryRun) {
    progress.end('due', stale);
    return undefined;
  }
  if (stale !== undefined) context.onStep?.(task.name, 'risk');
  const record = standing ?? (await doRisk(task, rules, run!, context));
  progress.k = record.k;
  progress.end(stale === undefined ? 'current' : 'done', stale);
  if (task.release === undefined) progress.refuse(gateReasons(record, task.output));
  return record.gate.pass;
}

/** Releases. A file that the gate refuses goes there, too: the release lists every reason, not the first. */
async function hand(
  task: Task,
  run: RunRecord | undefined,
  passed: boolean | undefined,
  context: JobContext,
  progress: Progress,
): Promise<void> {
  if (task.release === undefined) return;
  progress.begin('release');
  const known = run !== undefined && passed !== undefined;
  const stale = known ? await staleRelease(task, task.release, run) : STALE.before;
  if (stale === undefined) return progress.end('current');
  if (context.dryRun) return progress.end('due', stale);
  context.onStep?.(task.name, 'release');
  await doRelease(task, task.release, context);
  progress.end('done', stale);
}
