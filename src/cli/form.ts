import { Command } from 'commander';
import { GamyeongError } from '../errors.ts';
import type { Evidence } from '../forms/evidence.ts';
import type { FormId } from '../forms/form.ts';
import { FORMS } from '../forms/forms.ts';
import { FORM_TEXT as TEXT } from '../messages/form.ts';
import { say } from '../messages/language.ts';
import type { Tier } from '../review/tier.ts';
import { alignedTable } from './table.ts';

interface EvidenceOptions {
  readonly rules?: string;
  readonly in?: string;
  readonly log?: string;
  readonly answers?: string;
}

interface FormOptions extends EvidenceOptions {
  readonly out?: string;
  readonly overwrite?: true;
}

/** `gamyeong form application | use-plan | … | ledger`, and `form needs`, `form keys` */
export function formCommand(): Command {
  const command = new Command('form')
    .description(say(TEXT.about))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong form result --rules rules/resident-register.yaml --in out.csv --out result.html\n` +
        '  gamyeong form needs --rules rules/resident-register.yaml --answers answers.yaml',
    );
  for (const { id, mark, title } of FORMS) {
    withEvidence(command.command(id).description(`${mark} ${title}`))
      .option('--out <file>', say(TEXT.out))
      .option('--overwrite', say(TEXT.overwrite))
      .action((options: FormOptions) => fill(id, options));
  }
  withEvidence(command.command('needs').description(say(TEXT.needs)))
    .option('--json', say(TEXT.json))
    .action(needs);
  command.command('keys').description(say(TEXT.keys)).action(keys);
  return command;
}

function withEvidence(command: Command): Command {
  return command
    .option('--rules <file>', say(TEXT.rules))
    .option('--in <file>', say(TEXT.data))
    .option('--log <file>', say(TEXT.log))
    .option('--answers <file>', say(TEXT.answers));
}

async function evidenceOf({ rules, in: data, log, answers }: EvidenceOptions): Promise<Evidence> {
  const { readEvidence } = await import('../forms/evidence.ts');
  const { NO_ANSWERS, readAnswers } = await import('../forms/answers.ts');
  const { today } = await import('../audit/today.ts');
  const stated = answers === undefined ? NO_ANSWERS : await readAnswers(answers);
  return readEvidence({ rules, data, log }, stated, today());
}

async function fill(id: FormId, options: FormOptions): Promise<void> {
  const { renderCase } = await import('../forms/render-case.ts');
  const page = renderCase(id, await evidenceOf(options));
  if (options.out === undefined) {
    process.stdout.write(page);
    return;
  }
  const { writeDurably } = await import('../io/durable.ts');
  await writeDurably(options.out, page, options.overwrite === true);
}

async function needs(options: EvidenceOptions & { readonly json?: true }): Promise<void> {
  const { statedCircumstances } = await import('../forms/circumstances.ts');
  const { baseTier, formNeeds, possibleTiers, requiredReviews } = await import('../review/tier.ts');
  const evidence = await evidenceOf(options);
  const circumstances = statedCircumstances(evidence);
  const final = (evidence.answers.fields['final-tier'] ?? evidence.rules?.release?.tier) as Tier | undefined;
  if (circumstances === undefined || final === undefined) throw new GamyeongError('E_FORM_CIRCUMSTANCES');
  const forms = formNeeds(circumstances, final);
  const base = baseTier(circumstances);
  const possible = possibleTiers(circumstances);
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ base, possible, final, reviewers: requiredReviews(final), forms })}\n`,
    );
    return;
  }
  const tiers = possible.map((tier) => say(TEXT[tier])).join(', ');
  const head = [
    [say(TEXT.base), say(TEXT[base])],
    [say(TEXT.possible), tiers || say(TEXT.undecided)],
    [say(TEXT.final), say(TEXT[final])],
    [say(TEXT.reviewers), String(requiredReviews(final))],
  ];
  const list = FORMS.map(({ id, mark, title }) => [`${mark} ${title}`, id, say(TEXT[forms[id]])]);
  process.stdout.write(`${alignedTable(head)}\n\n${alignedTable(list)}\n`);
}

function keys(): void {
  const blocks = FORMS.map(({ id, mark, title, parts }) => {
    const rows = parts.flatMap((part) => {
      if (part.kind === 'fixed') return [];
      const list = part.kind === 'fields' ? part.fields : part.columns;
      const below = part.kind === 'table' ? `tables.${part.key}[].` : '';
      return list
        .filter(({ sign }) => !sign)
        .map(({ key, label, choices = {} }) => [`  ${below}${key}`, label, Object.keys(choices).join(' | ')]);
    });
    return `${mark} ${title} (${id})\n${alignedTable(rows)}`;
  });
  process.stdout.write(`${blocks.join('\n\n')}\n`);
}
