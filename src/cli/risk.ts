import { basename } from 'node:path';
import { Command, Option } from 'commander';
import { EXIT, GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { PROGRESS_PARTS, RISK_TEXT as TEXT } from '../messages/risk.ts';
import type { RiskRecord } from '../risk/assess.ts';
import {
  between,
  delimiter,
  fractions,
  memory,
  names,
  type RiskCommandOptions as Options,
  pair,
  policyOf,
  riskOptions,
  whole,
} from './risk-options.ts';

/** `gamyeong risk --in O (--rules R | --quasi-identifiers a,b --sensitive c)` */
export function riskCommand(): Command {
  const pairs = (text: string, before?: ReadonlyMap<string, string>) =>
    new Map([...(before ?? []), pair(text)]);
  return new Command('risk')
    .description(say(TEXT.about))
    .requiredOption('--in <file>', say(TEXT.in))
    .option('--rules <file>', say(TEXT.rules))
    .option('--quasi-identifiers <columns>', say(TEXT.quasi), names)
    .option('--sensitive <columns>', say(TEXT.sensitive), names)
    .option('--threshold <limits>', say(TEXT.threshold))
    .option('--tau <share>', say(TEXT.tau), between(0, 1))
    .option('--delimiter <text>', say(TEXT.delimiter), delimiter)
    .addOption(new Option('--encoding <name>', say(TEXT.encoding)).choices(['utf-8', 'cp949']))
    .option('--hierarchy <column=file>', say(TEXT.hierarchy), pairs)
    .option('--order <column=file>', say(TEXT.order), pairs)
    .option('--reference <file>', say(TEXT.reference))
    .option('--population <file>', say(TEXT.population))
    .option('--population-fraction <shares>', say(TEXT.fraction), fractions)
    .option('--weight <column>', say(TEXT.weight))
    .option('--household <column>', say(TEXT.household))
    .addOption(
      new Option('--individual <method>', say(TEXT.individual))
        .choices(['exact', 'approximate'])
        .default('exact'),
    )
    .option('--original <file>', say(TEXT.original))
    .option('--interval <k>', say(TEXT.interval), between(0, 1000))
    .addOption(
      new Option('--missing <match>', say(TEXT.missing)).choices(['value', 'wildcard']).default('value'),
    )
    .option('--alpha <weight>', say(TEXT.alpha), between(0, 1), 1)
    .addOption(
      new Option('--suppressed <rows>', say(TEXT.suppressed))
        .choices(['include', 'exclude'])
        .default('include'),
    )
    .option('--subset-size <n>', say(TEXT.subsets), whole(1, 30))
    .option('--suda <n>', say(TEXT.suda), whole(1, 30))
    .addOption(
      new Option('--suda-scoring <name>', say(TEXT.sudaScoring))
        .choices(['elliot', 'ihsn'])
        .default('elliot'),
    )
    .option('--suda-fraction <share>', say(TEXT.sudaFraction), between(0, 1), 0.01)
    .option('--rare-below <n>', say(TEXT.rare), whole(1, 1e9))
    .option('--rows-at-risk <file>', say(TEXT.rows))
    .option('--record <file>', say(TEXT.record))
    .option('--out <base>', say(TEXT.out))
    .option('--no-report', say(TEXT.noReport))
    .option('--audit <file>', say(TEXT.audit))
    .option('--json', say(TEXT.json))
    .option('--threads <n>', say(TEXT.threads), whole(1, 999))
    .option('--memory <size>', say(TEXT.memory), memory)
    .option('--temporary <directory>', say(TEXT.temporary))
    .option('--quiet', say(TEXT.quiet))
    .addHelpText(
      'after',
      `\n${say(TEXT.example)}\n  gamyeong risk --in out.csv --rules rules/resident-register.yaml\n` +
        '  gamyeong risk --in out.csv --quasi-identifiers birth,sex,address --sensitive disease --threshold k=5,l=2',
    )
    .action(assessRisk);
}

async function assessRisk(options: Options): Promise<void> {
  refuseContradictions(options);
  const { assess } = await import('../risk/assess.ts');
  const { readRules } = await import('../rules/parse.ts');
  const rules = options.rules === undefined ? undefined : await readRules(options.rules);
  const policy = await policyOf(options, rules);
  const end = endOnSignal();
  const progress = progressLine(options.quiet === true);
  try {
    const record = await recorded(options, async () =>
      assess({ ...(await riskOptions(options, rules)), progress: progress.show }, policy, options.rowsAtRisk),
    );
    progress.clear();
    const json = `${JSON.stringify(record, null, 2)}\n`;
    const written = options.report ? await writeReports(options.out ?? options.in, record, json) : undefined;
    if (options.json) process.stdout.write(json);
    else {
      const { riskTable } = await import('./risk-table.ts');
      process.stdout.write(riskTable(record, written));
    }
    if (!record.gate.pass) process.exitCode = EXIT.refused;
  } finally {
    progress.clear();
    end();
  }
}

/** Measures with entries in the audit log, where there is one. */
async function recorded(options: Options, work: () => Promise<RiskRecord>): Promise<RiskRecord> {
  if (options.audit === undefined) return work();
  const { audited } = await import('../audit/audited.ts');
  const { riskCircumstances } = await import('../audit/circumstances.ts');
  return audited(options.audit, 'risk', async (note) => {
    note({ ids: { output: basename(options.in) } });
    const record = await work();
    note(riskCircumstances(record));
    return record;
  });
}

async function writeReports(base: string, record: RiskRecord, json: string) {
  const { writeWhole } = await import('../io/durable.ts');
  const { riskReport } = await import('../report/html.ts');
  const paths = { json: `${base}.risk.json`, html: `${base}.risk.html` };
  await writeWhole(paths.json, json);
  await writeWhole(paths.html, riskReport(record));
  return paths;
}

function refuseContradictions(options: Options): void {
  const refuse = (option: string, reason: Text) => {
    throw new GamyeongError('E_RISK_OPTION', { option, reason: say(reason) });
  };
  if (options.in === '-') refuse('--in', TEXT.standardInput);
  if (options.rules !== undefined && (options.quasiIdentifiers ?? options.sensitive) !== undefined)
    refuse('--rules', TEXT.rulesOrColumns);
  if (options.household !== undefined && options.weight === undefined)
    refuse('--household', TEXT.householdNeedsWeight);
}

/** An interrupted measurement ends at once; leaving the process removes the private directory. */
function endOnSignal(): () => void {
  const end = () => process.exit(EXIT.interrupted);
  process.once('SIGINT', end).once('SIGTERM', end);
  return () => process.off('SIGINT', end).off('SIGTERM', end);
}

/** One line on a terminal that says what is being done. */
function progressLine(quiet: boolean) {
  const shown = !quiet && process.stderr.isTTY === true;
  return {
    show: (part: string) => {
      if (shown) process.stderr.write(`\r\x1b[K${say(PROGRESS_PARTS[part] ?? { en: part, ko: part })}`);
    },
    clear: () => {
      if (shown) process.stderr.write('\r\x1b[K');
    },
  };
}
