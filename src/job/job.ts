import { EXIT, type ExitCode } from '../errors.ts';
import type { Advance } from '../io/progress.ts';
import { type AskPassphrase, passphrases } from '../keys/passphrase.ts';
import { readJob } from './job-file.ts';
import { JobKeys } from './keys.ts';
import { perform } from './perform.ts';
import { type StepName, type TaskResult, worst } from './result.ts';
import { tasksOf } from './task.ts';

export interface JobOptions {
  /** Job file. */
  readonly job: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean | undefined;
  /** Gives passphrases; the file that the job names by default, else the terminal. */
  readonly passphrase?: AskPassphrase | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told when a step is begun. */
  onStep?(task: string, step: StepName): void;
  onProgress?(advance: Advance): void;
}

export interface JobResult {
  readonly name: string;
  readonly dryRun: boolean;
  readonly tasks: readonly TaskResult[];
  /** The worst of the tasks. */
  readonly exit: ExitCode;
}

/**
 * Runs a batch: for every input file run → risk → gate → release, as far as something is missing or has changed.
 * A file that is refused or fails does not keep the others; an interruption ends the job.
 * @throws GamyeongError when the job file is not in order
 */
export async function runJob(options: JobOptions): Promise<JobResult> {
  const job = await readJob(options.job);
  const tasks = await tasksOf(job);
  const { written, resolve } = job;
  const passphraseFile = written['passphrase-file'];
  const ask =
    options.passphrase ?? passphrases({ passphraseFile: passphraseFile && resolve(passphraseFile) });
  const context = {
    keys: new JobKeys(ask),
    audit: written.audit && resolve(written.audit),
    threads: written.threads,
    dryRun: options.dryRun ?? false,
    signal: options.signal,
    ...(options.onStep && { onStep: options.onStep }),
    ...(options.onProgress && { onProgress: options.onProgress }),
  };
  const results: TaskResult[] = [];
  for (const task of tasks) {
    const result = await perform(task, context);
    results.push(result);
    if (result.exit === EXIT.interrupted) break;
  }
  const exit = worst(results.map((result) => result.exit));
  return { name: written.name, dryRun: context.dryRun, tasks: results, exit };
}
