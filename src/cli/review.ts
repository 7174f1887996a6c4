import { basename } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { REVIEW_TEXT as TEXT } from '../messages/review.ts';
import type { Check, Review, Verdict } from '../review/review.ts';
import type { Tier } from '../review/tier.ts';
import type { VerifiedReview } from '../review/verified.ts';
import { alignedTable } from './table.ts';

interface SignerOptions {
  readonly risk: string;
  readonly cert: string;
  readonly key: string;
  readonly keyPassphraseFile?: string;
  readonly audit?: string;
}

interface AddOptions extends SignerOptions {
  readonly verdict: Verdict;
  readonly condition?: readonly string[];
  readonly opinion?: string;
  readonly checkPurpose?: Finding;
  readonly checkItems?: Finding;
  readonly checkTier?: Finding;
  readonly checkProcessing?: Finding;
  readonly checkUsability?: Finding;
  readonly json?: true;
}

type Finding = 'adequate' | 'insufficient';

const VERDICT_WORDS: Readonly<Record<string, Verdict>> = {
  adequate: 'adequate',
  conditional: 'conditional',
  inadequate: 'inadequate',
  적정: 'adequate',
  조건부: 'conditional',
  부적정: 'inadequate',
};
const FINDING_WORDS: Readonly<Record<string, Finding>> = {
  adequate: 'adequate',
  insufficient: 'insufficient',
  적정: 'adequate',
  미흡: 'insufficient',
};

const CHECK_TEXTS: Readonly<Record<Check, Text>> = {
  purpose: TEXT.purpose,
  items: TEXT.items,
  tier: TEXT.tier,
  processing: TEXT.processing,
  usability: TEXT.usability,
};

/** `gamyeong review add | list | close-condition` */
export function reviewCommand(): Command {
  const command = new Command('review')
    .description(say(TEXT.about))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong review add --risk out.csv.risk.json --verdict 적정 --cert kim.pem --key kim.key\n` +
        '  gamyeong review list --risk out.csv.risk.json --trust ca.pem --tier medium',
    );
  const add = signed(command.command('add').description(say(TEXT.add)))
    .requiredOption('--verdict <verdict>', say(TEXT.verdict), oneOf(VERDICT_WORDS, TEXT.notAVerdict))
    .option('--condition <text...>', say(TEXT.condition))
    .option('--opinion <text>', say(TEXT.opinion))
    .option('--json', say(TEXT.json));
  for (const [check, text] of Object.entries(CHECK_TEXTS)) {
    add.option(`--check-${check} <finding>`, say(text), oneOf(FINDING_WORDS, TEXT.notAFinding));
  }
  add.action(addReview);
  signed(command.command('close-condition').description(say(TEXT.close)))
    .requiredOption('--condition <n>', say(TEXT.number), whole)
    .requiredOption('--text <text>', say(TEXT.text))
    .action(closeCondition);
  command
    .command('list')
    .description(say(TEXT.list))
    .requiredOption('--risk <file>', say(TEXT.risk))
    .requiredOption('--trust <file>', say(TEXT.trust))
    .addOption(new Option('--tier <tier>', say(TEXT.tierOption)).choices(['low', 'medium', 'high']))
    .option('--json', say(TEXT.json))
    .action(list);
  return command;
}

function signed(command: Command): Command {
  return command
    .requiredOption('--risk <file>', say(TEXT.risk))
    .requiredOption('--cert <file>', say(TEXT.cert))
    .requiredOption('--key <file>', say(TEXT.key))
    .option('--key-passphrase-file <file>', say(TEXT.passphraseFile))
    .option('--audit <file>', say(TEXT.audit));
}

const oneOf =
  <T>(words: Readonly<Record<string, T>>, expected: Text) =>
  (text: string): T => {
    const found = Object.hasOwn(words, text.normalize('NFC')) ? words[text.normalize('NFC')] : undefined;
    if (found === undefined) throw new InvalidArgumentError(say(expected));
    return found;
  };

function whole(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError(say(TEXT.notANumber));
  return Number(text);
}

async function addReview(options: AddOptions): Promise<void> {
  const review = await recorded('review add', options, async (signer) => {
    const { addReview } = await import('../review/add.ts');
    return addReview(options.risk, opinionOf(options), signer);
  });
  const { reviewsPath } = await import('../review/store.ts');
  const file = reviewsPath(options.risk);
  if (options.json) process.stdout.write(`${JSON.stringify({ file, review })}\n`);
  else process.stderr.write(`${say(TEXT.recorded, { file, verdict: say(TEXT[review.verdict]) })}\n`);
}

function opinionOf(options: AddOptions): Pick<Review, 'verdict' | 'checks' | 'conditions' | 'opinion'> {
  const findings: Readonly<Record<Check, Finding | undefined>> = {
    purpose: options.checkPurpose,
    items: options.checkItems,
    tier: options.checkTier,
    processing: options.checkProcessing,
    usability: options.checkUsability,
  };
  return {
    verdict: options.verdict,
    checks: Object.fromEntries(Object.entries(findings).filter(([, finding]) => finding !== undefined)),
    conditions: [...(options.condition ?? [])],
    opinion: options.opinion ?? '',
  };
}

async function closeCondition(
  options: SignerOptions & { readonly condition: number; readonly text: string },
): Promise<void> {
  await recorded('review close-condition', options, async (signer) => {
    const { closeCondition } = await import('../review/add.ts');
    await closeCondition(options.risk, options.condition, options.text, signer);
  });
  process.stderr.write(`${say(TEXT.closed, { condition: options.condition })}\n`);
}

/** Does what a reviewer signs, with an entry in the audit log. */
async function recorded<T>(
  command: string,
  options: SignerOptions,
  work: (signer: import('../audit/signer.ts').Signer) => Promise<T>,
): Promise<T> {
  const { audited } = await import('../audit/audited.ts');
  const { readSigner } = await import('../audit/signer.ts');
  const { readReviewedRisk } = await import('../review/store.ts');
  return audited(options.audit, command, async (note) => {
    const { cert, key, keyPassphraseFile, risk } = options;
    const signer = await readSigner({ certificate: cert, key, passphraseFile: keyPassphraseFile });
    note({ certificate: signer.certificate.subject, ids: { risk: basename(risk) } });
    const { sha256, data } = await readReviewedRisk(risk);
    note({ digests: { risk: sha256, output: data } });
    return work(signer);
  });
}

async function list(options: { risk: string; trust: string; tier?: Tier; json?: true }): Promise<void> {
  const { readReviews } = await import('../review/verified.ts');
  const { checkReviews } = await import('../review/check.ts');
  const { readCertificates } = await import('../release/certificate.ts');
  const { reviews, invalid } = await readReviews(
    options.risk,
    await readCertificates(options.trust),
    new Date(),
  );
  const { tier } = options;
  const against = tier === undefined ? undefined : await checkReviews(options.risk, tier, options.trust);
  const reasons = against?.map(({ text, values }) => say(text, values));
  if (options.json) {
    const plain = reviews.map(({ closed, ...review }) => ({ ...review, closed: Object.fromEntries(closed) }));
    const unusable = invalid.map((error) => error.code);
    process.stdout.write(
      `${JSON.stringify({ reviews: plain, invalid: unusable, reasons: reasons ?? null })}\n`,
    );
    return;
  }
  const blocks = [
    reviews.length === 0 ? say(TEXT.none) : alignedTable(reviewRows(reviews)),
    invalid.map((error) => say(TEXT.invalid, { reason: error.sentence() })).join('\n'),
  ];
  if (tier !== undefined) {
    const enough = reasons!.length === 0;
    blocks.push([say(enough ? TEXT.enough : TEXT.notEnough, { tier }), ...reasons!].join('\n  '));
  }
  process.stdout.write(`${blocks.filter((block) => block !== '').join('\n\n')}\n`);
}

function reviewRows(reviews: readonly VerifiedReview[]): string[][] {
  const head = [TEXT.reviewer, TEXT.time, TEXT.verdictTitle, TEXT.current, TEXT.conditions];
  return [
    head.map((text) => say(text)),
    ...reviews.map(({ review, reviewer, closed, current }) => [
      printable(reviewer),
      review.time.slice(0, 16),
      say(TEXT[review.verdict]),
      say(current ? TEXT.yes : TEXT.no),
      review.conditions
        .map((condition, index) => {
          const met = closed.get(index);
          const state = met === undefined ? say(TEXT.open) : say(TEXT.met, { text: printable(met) });
          return `${index + 1}. ${printable(condition)} (${state})`;
        })
        .join('; '),
    ]),
  ];
}
