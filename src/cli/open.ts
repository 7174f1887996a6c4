import { basename } from 'node:path';
import { Command } from 'commander';
import { GamyeongError, printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { OPEN_TEXT as TEXT } from '../messages/release.ts';
import type { OpenedBundle } from '../release/open.ts';
import { interruptible } from './interruption.ts';

interface Options {
  readonly key?: string;
  readonly cert?: string;
  readonly keyPassphraseFile?: string;
  readonly trust: string;
  readonly from?: string;
  readonly out?: string;
  readonly check?: true;
  readonly audit?: string;
  readonly json?: true;
  readonly quiet?: true;
}

/** `gamyeong open BUNDLE --key KEY --cert CERT --trust CA (--out DIR | --check)` */
export function openCommand(): Command {
  return new Command('open')
    .description(say(TEXT.about))
    .argument('<bundle>', say(TEXT.bundle))
    .option('--key <file>', say(TEXT.key))
    .option('--cert <certificate>', say(TEXT.cert))
    .option('--key-passphrase-file <file>', say(TEXT.passphrase))
    .requiredOption('--trust <certificates>', say(TEXT.trust))
    .option('--from <certificate>', say(TEXT.from))
    .option('--out <directory>', say(TEXT.out))
    .option('--check', say(TEXT.check))
    .option('--audit <log>', say(TEXT.audit))
    .option('--json', say(TEXT.json))
    .option('--quiet', say(TEXT.quiet))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong open out.bundle --key center.key --cert center.pem --trust ca.pem --out received\n  gamyeong open out.bundle --trust ca.pem --check`,
    )
    .action(openFile);
}

async function openFile(bundle: string, options: Options): Promise<void> {
  const recipient = recipientOf(options);
  const { audited } = await import('../audit/audited.ts');
  const { openBundle } = await import('../release/open.ts');
  const { progressOn } = await import('../io/progress.ts');
  const progress = progressOn(options.quiet ? undefined : process.stderr);
  const interruption = interruptible();
  try {
    const opened = await audited(options.audit, options.check ? 'open check' : 'open', async (note) => {
      note({ ids: { bundle: basename(bundle) } });
      const { trust, from, out } = options;
      const { signal } = interruption;
      const done = await openBundle({
        bundle,
        trust,
        recipient,
        from,
        out,
        signal,
        onProgress: (bytes, total) => progress.update({ bytes, total, rows: 0 }),
      });
      note(circumstancesOf(done));
      return done;
    });
    progress.done();
    if (options.json) process.stdout.write(`${JSON.stringify(asJson(opened))}\n`);
    else if (!options.quiet) process.stdout.write(summary(opened, options.out));
  } finally {
    progress.done();
    interruption.end();
  }
}

/** @throws GamyeongError E_USAGE for options that do not go together */
function recipientOf({ key, cert, keyPassphraseFile, out, check }: Options) {
  if ((out === undefined) === (check === undefined)) throw usage(TEXT.outOrCheck);
  if ((key === undefined) !== (cert === undefined)) throw usage(TEXT.keyAndCert);
  if (out !== undefined && key === undefined) throw usage(TEXT.outNeedsKey);
  if (key === undefined || cert === undefined) return undefined;
  return { certificate: cert, key: { key, passphraseFile: keyPassphraseFile } };
}

function usage(reason: Text): GamyeongError {
  return new GamyeongError('E_USAGE', { reason: say(reason) });
}

/** What the log says of an opened bundle. */
function circumstancesOf({ manifest, manifestSha256 }: OpenedBundle) {
  const { purpose, period, rules, signer, tier, keyId, rows, files } = manifest;
  return {
    ids: { rules: rules.name, tier, signer: signer.subject, ...(keyId !== null && { key: keyId }) },
    digests: { rules: rules.sha256, output: files[0]!.sha256, manifest: manifestSha256 },
    details: { purpose: purpose.text, from: period.from, to: period.to, rows: rows.out },
  };
}

function asJson({ manifest, signer, signingTime, decrypted }: OpenedBundle) {
  return {
    verified: true,
    decrypted,
    signer: signer.subject,
    signingTime: signingTime.toISOString(),
    manifest,
  };
}

function summary(
  { manifest, signer, signingTime, decrypted }: OpenedBundle,
  out: string | undefined,
): string {
  const { period, purpose, rows, tier } = manifest;
  const lines = [
    say(TEXT.signed, { signer: printable(signer.subject), time: signingTime.toISOString() }),
    say(TEXT.facts, {
      rows: rows.out,
      tier,
      from: period.from,
      to: period.to,
      purpose: printable(purpose.text),
    }),
    say(decrypted ? TEXT.verified : TEXT.verifiedOutside),
  ];
  if (out !== undefined) lines.push(say(TEXT.unpacked, { out }));
  return `${lines.join('\n')}\n`;
}
