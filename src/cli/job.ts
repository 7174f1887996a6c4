import { Command } from 'commander';
import type { TaskResult } from '../job/result.ts';
import { JOB_TEXT as TEXT } from '../messages/job.ts';
import { say } from '../messages/language.ts';
import { interruptible } from './interruption.ts';
import { type PassphraseFlags, passphrasesOf, withPassphrase } from './key-options.ts';

interface Options extends PassphraseFlags {
  readonly dryRun?: true;
  readonly json?: true;
  readonly quiet?: true;
}

/** `gamyeong job job.yaml [--dry-run] [--json]` */
export function jobCommand(): Command {
  const command = new Command('job').description(say(TEXT.about)).argument('<file>', say(TEXT.file));
  return withPassphrase(command)
    .option('--dry-run', say(TEXT.dryRun))
    .option('--json', say(TEXT.json))
    .option('--quiet', say(TEXT.quiet))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong job samples/job.yaml --dry-run\n  gamyeong job samples/job.yaml`,
    )
    .action(runBatch);
}

async function runBatch(job: string, options: Options): Promise<void> {
  const { runJob } = await import('../job/job.ts');
  const { progressOn } = await import('../io/progress.ts');
  const quiet = options.quiet === true;
  const progress = progressOn(quiet ? undefined : process.stderr);
  const interruption = interruptible();
  const named = options.passphraseFd !== undefined || options.passphraseFile !== undefined;
  try {
    const result = await runJob({
      job,
      dryRun: options.dryRun,
      passphrase: named ? await passphrasesOf(options) : undefined,
      signal: interruption.signal,
      onStep: (name, step) => {
        progress.done();
        if (!quiet) process.stderr.write(`${say(TEXT.doing, { name, step: say(TEXT[step]) })}\n`);
      },
      onProgress: progress.update,
    });
    progress.done();
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ ...result, tasks: result.tasks.map(plain) })}\n`);
    } else {
      const { jobReport } = await import('./job-report.ts');
      process.stdout.write(jobReport(result));
    }
    process.exitCode = result.exit;
  } finally {
    progress.done();
    interruption.end();
  }
}

/** A result for machines: sentences in place of texts and errors. */
function plain({ steps, errors, ...task }: TaskResult) {
  return {
    ...task,
    steps: Object.fromEntries(
      Object.entries(steps).map(([step, { state, reason }]) => [
        step,
        { state, ...(reason && { reason: say(reason) }) },
      ]),
    ),
    errors: errors.map((error) => ({ code: error.code, sentence: error.sentence(), place: error.place })),
  };
}
