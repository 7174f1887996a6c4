import { basename } from 'node:path';
import { Command } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { RELEASE_TEXT as TEXT } from '../messages/release.ts';
import type { Released } from '../release/release.ts';
import { interruptible } from './interruption.ts';

interface Options {
  readonly in: string;
  readonly rules: string;
  readonly to: readonly string[];
  readonly sign: string;
  readonly signKey: string;
  readonly signKeyPassphraseFile?: string;
  readonly trust: string;
  readonly out: string;
  readonly overwrite?: true;
  readonly audit?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `gamyeong release --in O --rules R --to CERT --sign CERT --sign-key KEY --trust CA --out BUNDLE` */
export function releaseCommand(): Command {
  const collect = (word: string, before: readonly string[] = []) => [...before, word];
  return new Command('release')
    .description(say(TEXT.about))
    .requiredOption('--in <file>', say(TEXT.in))
    .requiredOption('--rules <file>', say(TEXT.rules))
    .requiredOption('--to <certificate>', say(TEXT.to), collect)
    .requiredOption('--sign <certificate>', say(TEXT.sign))
    .requiredOption('--sign-key <file>', say(TEXT.signKey))
    .option('--sign-key-passphrase-file <file>', say(TEXT.passphrase))
    .requiredOption('--trust <certificates>', say(TEXT.trust))
    .requiredOption('--out <bundle>', say(TEXT.out))
    .option('--overwrite', say(TEXT.overwrite))
    .option('--audit <log>', say(TEXT.audit))
    .option('--json', say(TEXT.json))
    .option('--quiet', say(TEXT.quiet))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong release --in out.csv --rules rules/resident-register.yaml --to center.pem \\\n    --sign steward.pem --sign-key steward.key --trust ca.pem --out out.bundle`,
    )
    .action(releaseFile);
}

async function releaseFile(options: Options): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { releaseCircumstances } = await import('../audit/circumstances.ts');
  const { release } = await import('../release/release.ts');
  const { progressOn } = await import('../io/progress.ts');
  const progress = progressOn(options.quiet ? undefined : process.stderr);
  const interruption = interruptible();
  try {
    const released = await audited(options.audit, 'release', async (note) => {
      note({ ids: { file: basename(options.in), bundle: basename(options.out) } });
      const done = await release({
        input: options.in,
        rules: options.rules,
        to: options.to,
        sign: options.sign,
        signKey: { key: options.signKey, passphraseFile: options.signKeyPassphraseFile },
        trust: options.trust,
        out: options.out,
        overwrite: options.overwrite,
        signal: interruption.signal,
        onProgress: (bytes, total, rows) => progress.update({ bytes, total, rows }),
      });
      note(releaseCircumstances(done));
      return done;
    });
    progress.done();
    if (options.json) process.stdout.write(`${JSON.stringify({ released: true, ...released })}\n`);
    else if (!options.quiet) process.stderr.write(`${summary(released, options.out)}\n`);
  } catch (error) {
    if (options.json && error instanceof GamyeongError) {
      process.stdout.write(`${JSON.stringify({ released: false, reasons: reasonsOf(error) })}\n`);
    }
    throw error;
  } finally {
    progress.done();
    interruption.end();
  }
}

function reasonsOf(error: GamyeongError) {
  const reasons = error.also.length > 0 ? error.also : [error];
  return reasons.map((reason) => ({
    code: reason.code,
    sentence: reason.sentence(),
    values: reason.values,
    place: reason.place,
  }));
}

function summary({ manifest }: Released, out: string): string {
  return say(TEXT.released, { rows: manifest.rows.out, count: manifest.recipients.length, out });
}
