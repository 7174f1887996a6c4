import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { GamyeongError } from '../errors.ts';
import type { Checkpoint } from '../io/checkpoint.ts';
import { FileOutput, mismatch, type Output, refuseExisting } from '../io/output.ts';
import { Source } from '../io/source.ts';
import { StandardOutput } from '../io/standard-output.ts';
import { NOTES } from '../messages/notes.ts';
import { readRules } from '../rules/parse.ts';
import { createEngine } from './choose.ts';
import { unlessInterrupted } from './interruption.ts';
import {
  type Job,
  prepareJob,
  type RunOptions,
  recordPath,
  refuseClashes,
  startThreadsEarly,
} from './job.ts';
import { RecordWriter } from './record-writer.ts';
import { describeColumns, describeRowRules, type EnforcementRecord, type RunRecord } from './run-record.ts';
import { Tally } from './tally.ts';
import type { Threads } from './threads.ts';

const CHECKPOINT_BYTES = 64 << 20;

/**
 * Pseudonymizes a file: reads the rules, compiles them for the input's header, treats every record and makes
 * the output visible when all of it is on the disk.
 * @returns what is also written as the run record
 * @throws GamyeongError; nothing is then at the output's path
 * @throws ReaderGone when whoever reads the standard output has gone
 */
export async function run(options: RunOptions): Promise<RunRecord> {
  const started = performance.now();
  const threads = await startThreadsEarly(options);
  try {
    return await runWith(options, threads, started);
  } finally {
    await threads?.close();
  }
}

async function runWith(
  options: RunOptions,
  threads: Threads | undefined,
  started: number,
): Promise<RunRecord> {
  const rules = await readRules(options.rules);
  const source = await Source.open(options.input);
  try {
    await refuseClashes(options);
    const job = await unlessInterrupted(options.signal, prepareJob(options, rules, source, threads));
    const opened = await openOutput(job);
    if (opened === 'finished') return await readRecord(recordPath(options)!);
    return await treat(job, opened, started);
  } finally {
    await source.close();
  }
}

interface OpenOutput {
  readonly output: Output;
  readonly checkpoint: Checkpoint | undefined;
}

async function openOutput(job: Job): Promise<OpenOutput | 'finished'> {
  const { options, source } = job;
  const record = recordPath(options);
  const overwrite = options.overwrite ?? false;
  if (options.output === '-') {
    if (job.plan.enforce !== undefined) throw new GamyeongError('E_RISK_ENFORCE_STREAM');
    await refuseExisting([record], overwrite);
    return { output: new StandardOutput(record), checkpoint: undefined };
  }
  const files = {
    path: options.output,
    overwrite,
    rejects: options.rejects,
    record: record!,
    note: options.onNote ?? (() => undefined),
  };
  if (!options.resume) return { output: await FileOutput.create(files), checkpoint: undefined };
  const resumed = await FileOutput.resume(files, async (checkpoint) => {
    refuseOtherJob(job, checkpoint);
    await source.resume(checkpoint.input, checkpoint.position);
    options.onNote?.(NOTES.continuing, { row: checkpoint.rows.in + 1 });
  });
  return resumed.finished ? 'finished' : resumed;
}

function refuseOtherJob({ identity, options }: Job, { job }: Checkpoint): void {
  if (job.tool !== identity.tool) throw mismatch(NOTES.otherTool, options.output);
  if (job.plan !== identity.plan) throw mismatch(NOTES.otherPlan, options.output);
  if (job.key !== identity.key) throw mismatch(NOTES.otherKey, options.output);
}

async function treat(job: Job, { output, checkpoint }: OpenOutput, started: number): Promise<RunRecord> {
  const tally = new Tally(job.header.bytes, checkpoint);
  try {
    if (checkpoint === undefined) await appendHeaders(job, output);
    await treatBody(job, output, tally);
    checkConservation(job, tally);
    const enforcement = await enforcePolicy(job, output, tally);
    return await output.commit(() => describeRun(job, output, tally, enforcement, started));
  } catch (error) {
    await giveUp(job, output, tally, error);
    throw error;
  }
}

/** Rejected records stand below the header of the input, so that they can be corrected and run again. */
async function appendHeaders({ plan, newline, header }: Job, output: Output): Promise<void> {
  const rejectsHeader = Buffer.concat([header.record.raw, Buffer.from(newline)]);
  await output.append(new RecordWriter(plan, newline).header(header.record), rejectsHeader);
}

async function treatBody(job: Job, output: Output, tally: Tally): Promise<void> {
  const { source, options } = job;
  const engine = await createEngine(job.engine, job);
  const total = source.size === undefined ? undefined : source.size - tally.resumedAt;
  try {
    const pieces = engine.pieces({
      file: source.file,
      offset: tally.position,
      row: tally.rows.in + 2,
      newline: job.newline,
      read: (into) => source.read(into),
    });
    const iterator = pieces[Symbol.asyncIterator]();
    for (;;) {
      const { value: piece, done } = await unlessInterrupted(options.signal, iterator.next());
      if (done) return;
      await output.append(piece.output, piece.rejected);
      tally.add(piece);
      const due = tally.sinceCheckpoint >= (options.checkpointBytes ?? CHECKPOINT_BYTES);
      if (due) saveProgress(job, output, tally);
      options.onProgress?.({ bytes: tally.position - tally.resumedAt, total, rows: tally.rows.in });
    }
  } finally {
    await engine.close();
  }
}

function saveProgress({ identity, source }: Job, output: Output, tally: Tally): void {
  const { position, rows, redacted } = tally;
  if (!(output instanceof FileOutput)) return;
  if (output.checkpoint({ job: identity, position, rows, redacted, input: source.digest() }))
    tally.markCheckpoint();
}

/** Rows and bytes that went in must have come out, or been counted. */
function checkConservation({ plan, source }: Job, { rows, position }: Tally): void {
  const rowsOut = rows.out + rows.suppressed + rows.rejected;
  const unread = plan.dialect.comment === '' && position !== source.digest().bytes;
  if (rows.in !== rowsOut || unread) {
    throw new GamyeongError('E_CONSERVATION', { rowsIn: rows.in, rowsOut }, { file: source.file });
  }
}

/**
 * Makes the complete output hold the risk policy, where the rules ask for it. Interrupted here, the job goes on
 * with this step.
 */
async function enforcePolicy(job: Job, output: Output, tally: Tally): Promise<EnforcementRecord | null> {
  const policy = job.plan.enforce;
  if (policy === undefined || !(output instanceof FileOutput)) return null;
  await output.settle();
  saveProgress(job, output, tally);
  const { enforce } = await import('./enforce.ts');
  return output.rework((draft) => enforce(job, policy, draft));
}

/** Errors of the data and the rules, and refusals: continuing would meet them again. */
const FINAL_EXITS: readonly number[] = [2, 3, 4];

/** Ends the output without a result; an interrupted job first notes how far it has come. */
async function giveUp(job: Job, output: Output, tally: Tally, error: unknown): Promise<void> {
  const known = error instanceof GamyeongError ? error : undefined;
  if (known?.code === 'E_INTERRUPTED' && output instanceof FileOutput) {
    await output.settle().catch(() => undefined);
    saveProgress(job, output, tally);
  }
  await output.abandon(known === undefined || !FINAL_EXITS.includes(known.exitCode));
}

function describeRun(
  job: Job,
  output: Output,
  tally: Tally,
  enforcement: EnforcementRecord | null,
  started: number,
): RunRecord {
  const { rules, plan, source, options, identity } = job;
  const seconds = (performance.now() - started) / 1000;
  const input = source.digest();
  const removed = enforcement?.suppressedRecords ?? 0;
  const { rows } = tally;
  return {
    version: 1,
    tool: { name: 'gamyeong', version: identity.tool },
    rules: { name: rules.name, sha256: rules.digest },
    plan: { sha256: plan.digest },
    input: { name: source.name, ...input },
    output: { name: basename(options.output), ...output.digest() },
    rows: { ...rows, out: rows.out - removed, suppressed: rows.suppressed + removed },
    columns: describeColumns(plan, tally.redacted),
    rowRules: describeRowRules(plan),
    enforcement,
    keyId: identity.key,
    keyVersion: job.keyVersion,
    domain: plan.domain,
    engine: job.engine,
    threads: job.threads,
    chunkBytes: job.chunkBytes,
    resumedAt: tally.resumedAt,
    seconds: rounded(seconds, 3),
    mbPerSecond: rounded((input.bytes - tally.resumedAt) / 1e6 / seconds, 1),
  };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

/** The record of a run that had finished before. */
async function readRecord(path: string): Promise<RunRecord> {
  return JSON.parse(await readFile(path, 'utf8')) as RunRecord;
}
