import { Command } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import type { Dialect } from '../rules/plan.ts';

const TEXT = {
  about: {
    en: 'check rules and explain what they do to each column; changes nothing',
    ko: '규칙을 검사하고 열마다 무엇을 하는지 설명한다. 아무것도 바꾸지 않는다',
  },
  rules: { en: 'rules file', ko: '규칙 파일' },
  in: { en: 'CSV file whose header is compared with the rules', ko: '규칙과 머리글을 비교할 CSV 파일' },
  json: { en: 'print the plan or the mistakes as JSON', ko: '계획이나 오류를 JSON으로 출력한다' },
  example: { en: 'Example:', ko: '예:' },
} as const satisfies Record<string, Text>;

interface Options {
  readonly rules: string;
  readonly in?: string;
  readonly json?: true;
}

/** `gamyeong check --rules R [--in I] [--json]` */
export function checkCommand(): Command {
  return new Command('check')
    .description(say(TEXT.about))
    .requiredOption('--rules <file>', say(TEXT.rules))
    .option('--in <file>', say(TEXT.in))
    .option('--json', say(TEXT.json))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong check --rules rules/resident-register.yaml --in samples/resident-register.csv`,
    )
    .action(check);
}

async function check(options: Options): Promise<void> {
  const json = options.json === true;
  try {
    const explanation = await explain(options.rules, options.in);
    if (json) {
      print({ ok: true, ...explanation });
    } else {
      const { checkReport } = await import('./check-report.ts');
      process.stdout.write(checkReport(explanation, options.in !== undefined));
    }
  } catch (error) {
    if (json && error instanceof GamyeongError)
      print({ ok: false, mistakes: [error, ...error.also].map(mistake) });
    throw error;
  }
}

/** @throws GamyeongError with all mistakes. */
async function explain(rulesFile: string, input: string | undefined) {
  const { readRules } = await import('../rules/parse.ts');
  const { compilePlan } = await import('../rules/compile.ts');
  const { explainPlan } = await import('../rules/explain.ts');
  const { readTable } = await import('../rules/tables.ts');
  const rules = await readRules(rulesFile);
  const header =
    input === undefined ? rules.columns.map((column) => column.name) : await headerOf(input, rules.input);
  return explainPlan(
    rules,
    compilePlan(rules, header, { rulesFile, readTable, ...(input !== undefined && { inputFile: input }) }),
  );
}

async function headerOf(input: string, dialect: Dialect): Promise<readonly string[]> {
  const { readHeaderOf } = await import('../io/header.ts');
  return (await readHeaderOf(input, dialect)).names;
}

function mistake(error: GamyeongError) {
  return { code: error.code, message: error.sentence(), ...error.place };
}

function print(data: object): void {
  process.stdout.write(`${JSON.stringify(data)}\n`);
}
