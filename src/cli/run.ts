import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { EngineName } from '../engine/choose.ts';
import type { EnforcementRecord, RunRecord } from '../engine/run-record.ts';
import { MOST_THREADS } from '../engine/thread-limit.ts';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { RUN_TEXT as TEXT } from '../messages/run.ts';
import { type PassphraseFlags, passphrasesOf, withPassphrase } from './key-options.ts';

interface Options extends PassphraseFlags {
  readonly rules: string;
  readonly in: string;
  readonly out: string;
  readonly key?: string;
  readonly threads?: number;
  readonly chunkSize?: number;
  readonly checkpointSize?: number;
  readonly engine?: EngineName;
  readonly rejects?: string;
  readonly record?: string;
  readonly resume?: true;
  readonly overwrite?: true;
  readonly audit?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `gamyeong run --rules R --in I --out O --key K` */
export function runCommand(): Command {
  const command = new Command('run')
    .description(say(TEXT.about))
    .requiredOption('--rules <file>', say(TEXT.rules))
    .requiredOption('--in <file>', say(TEXT.in))
    .requiredOption('--out <file>', say(TEXT.out))
    .option('--key <file>', say(TEXT.key));
  return withPassphrase(command)
    .option('--threads <n>', say(TEXT.threads), threads)
    .option('--chunk-size <size>', say(TEXT.chunk), size)
    .addOption(new Option('--engine <name>', say(TEXT.engine)).choices(['fast', 'reference']))
    .option('--rejects <file>', say(TEXT.rejects))
    .option('--record <file>', say(TEXT.record))
    .option('--resume', say(TEXT.resume))
    .option('--checkpoint-size <size>', say(TEXT.checkpoint), size)
    .option('--overwrite', say(TEXT.overwrite))
    .option('--audit <file>', say(TEXT.audit))
    .option('--json', say(TEXT.json))
    .option('--quiet', say(TEXT.quiet))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong run --rules rules/resident-register.yaml --in samples/resident-register.csv \\\n    --out out.csv --key keys/my.key`,
    )
    .action(pseudonymize);
}

async function pseudonymize(options: Options): Promise<void> {
  refuseContradictions(options);
  const { run } = await import('../engine/run.ts');
  const { openKeySource } = await import('../keys/open.ts');
  const { progressOn } = await import('../io/progress.ts');
  const passphrase = await passphrasesOf(options);
  const note = (text: Text, values?: Readonly<Record<string, string | number>>) =>
    process.stderr.write(`gamyeong: ${say(text, values)}\n`);
  const progress = progressOn(options.quiet ? undefined : process.stderr);
  const interruption = interruptible();
  try {
    const record = await recorded(options, () =>
      run({
        rules: options.rules,
        input: options.in,
        output: options.out,
        key: options.key === undefined ? undefined : openKeySource(options.key, { passphrase, note }),
        threads: options.threads,
        chunkBytes: options.chunkSize,
        engine: options.engine,
        overwrite: options.overwrite,
        resume: options.resume,
        checkpointBytes: options.checkpointSize,
        rejects: options.rejects,
        record: options.record,
        signal: interruption.signal,
        onProgress: progress.update,
        onNote: note,
      }),
    );
    progress.done();
    if (options.json) process.stdout.write(`${JSON.stringify(record)}\n`);
    else if (!options.quiet) process.stderr.write(summary(record, options));
  } finally {
    progress.done();
    interruption.end();
  }
}

/** Runs with entries in the audit log, where there is one. */
async function recorded(options: Options, work: () => Promise<RunRecord>): Promise<RunRecord> {
  if (options.audit === undefined) return work();
  const { audited } = await import('../audit/audited.ts');
  const { runCircumstances } = await import('../audit/circumstances.ts');
  const { readRules } = await import('../rules/parse.ts');
  return audited(options.audit, 'run', async (note) => {
    note({ ids: { input: basename(options.in), output: basename(options.out) } });
    const { purpose } = await readRules(options.rules);
    const record = await work();
    note(runCircumstances(record, purpose?.text));
    return record;
  });
}

function refuseContradictions(options: Options): void {
  if (options.out !== '-') return;
  const refuse = (reason: Text) => {
    throw new GamyeongError('E_USAGE', { reason: say(reason) });
  };
  if (options.resume) refuse(TEXT.resumeNeedsFile);
  if (options.rejects !== undefined) refuse(TEXT.rejectsNeedFile);
  if (options.json) refuse(TEXT.jsonNeedsFile);
}

/** A signal given by Ctrl-C or SIGTERM; a second Ctrl-C ends the process as usual. */
function interruptible() {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    end: () => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    },
  };
}

function summary(record: RunRecord, options: Options): string {
  const { rows, enforcement, input, seconds, mbPerSecond, output } = record;
  const lines = [
    say(TEXT.rows, { ...rows }),
    ...(enforcement === null ? [] : [enforced(enforcement)]),
    say(TEXT.speed, { mb: (input.bytes / 1e6).toFixed(1), seconds, rate: mbPerSecond }),
  ];
  if (output.name !== '-') {
    lines.push(say(TEXT.written, { out: options.out, record: options.record ?? `${options.out}.run.json` }));
  }
  if (options.rejects !== undefined) lines.push(say(TEXT.rejected, { rejects: options.rejects }));
  return `${lines.join('\n')}\n`;
}

function enforced(enforcement: EnforcementRecord): string {
  return say(TEXT.enforced, {
    recoded: enforcement.recoded.length,
    cells: Object.values(enforcement.suppressedCells).reduce((sum, cells) => sum + cells, 0),
    records: enforcement.recordsWithSuppressedCells,
    removed: enforcement.suppressedRecords,
  });
}

function threads(text: string): number {
  const value = Number(text);
  if (!/^\d{1,3}$/.test(text) || value < 1 || value > MOST_THREADS)
    throw new InvalidArgumentError(say(TEXT.notANumber, { most: MOST_THREADS }));
  return value;
}

const UNITS = { '': 1, K: 1 << 10, M: 1 << 20, G: 1 << 30 } as const;

/** Bytes: 65536, 512K, 4M. At most 1G. */
function size(text: string): number {
  const [, digits, unit] = /^(\d{1,10})([KMG]?)$/i.exec(text) ?? [];
  const bytes = Number(digits) * UNITS[(unit ?? '').toUpperCase() as keyof typeof UNITS];
  if (!(bytes >= 1 && bytes <= UNITS.G)) throw new InvalidArgumentError(say(TEXT.notASize));
  return bytes;
}
