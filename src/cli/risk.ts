import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EXIT, GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { PROGRESS_PARTS, RISK_TEXT as TEXT } from '../messages/risk.ts';
import type { Policy } from '../risk/assess.ts';
import type { RiskOptions } from '../risk/options.ts';
import type { Rules } from '../rules/rules.ts';

interface Options {
  readonly in: string;
  readonly rules?: string;
  readonly quasiIdentifiers?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly delimiter?: string;
  readonly encoding?: 'utf-8' | 'cp949';
  readonly threshold?: string;
  readonly tau?: number;
  readonly hierarchy: ReadonlyMap<string, string>;
  readonly order: ReadonlyMap<string, string>;
  readonly reference?: string;
  readonly population?: string;
  readonly populationFraction: readonly number[];
  readonly weight?: string;
  readonly household?: string;
  readonly individual: 'exact' | 'approximate';
  readonly original?: string;
  readonly interval?: number;
  readonly missing: 'value' | 'wildcard';
  readonly alpha: number;
  readonly suppressed: 'include' | 'exclude';
  readonly subsetSize?: number;
  readonly suda?: number;
  readonly sudaScoring: 'elliot' | 'ihsn';
  readonly sudaFraction: number;
  readonly rareBelow?: number;
  readonly rowsAtRisk?: string;
  readonly record?: string;
  readonly out?: string;
  readonly report: boolean;
  readonly json?: true;
  readonly threads?: number;
  readonly memory?: number;
  readonly temporary?: string;
  readonly quiet?: true;
}

/** `gamyeong risk --in O (--rules R | --quasi-identifiers a,b --sensitive c)` */
export function riskCommand(): Command {
  const pairs = (text: string, before: ReadonlyMap<string, string>) => new Map([...before, pair(text)]);
  return new Command('risk')
    .description(say(TEXT.about))
    .requiredOption('--in <file>', say(TEXT.in))
    .option('--rules <file>', say(TEXT.rules))
    .option('--quasi-identifiers <columns>', say(TEXT.quasi), names, undefined)
    .option('--sensitive <columns>', say(TEXT.sensitive), names, undefined)
    .option('--threshold <limits>', say(TEXT.threshold))
    .option('--tau <share>', say(TEXT.tau), between(0, 1))
    .option('--delimiter <text>', say(TEXT.delimiter), delimiter)
    .addOption(new Option('--encoding <name>', say(TEXT.encoding)).choices(['utf-8', 'cp949']))
    .option('--hierarchy <column=file>', say(TEXT.hierarchy), pairs, new Map())
    .option('--order <column=file>', say(TEXT.order), pairs, new Map())
    .option('--reference <file>', say(TEXT.reference))
    .option('--population <file>', say(TEXT.population))
    .option('--population-fraction <shares>', say(TEXT.fraction), fractions, [])
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
    const record = await assess(
      { ...(await riskOptions(options, rules)), progress: progress.show },
      policy,
      options.rowsAtRisk,
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

async function writeReports(
  base: string,
  record: Parameters<typeof import('../report/html.ts').riskReport>[0],
  json: string,
) {
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

/** Thresholds of the rules, those of the command line in their place, and the file's own run record. */
async function policyOf(options: Options, rules: Rules | undefined): Promise<Policy> {
  const { parseThresholds } = await import('../risk/policy.ts');
  const { readRunRecord } = await import('../risk/run-record.ts');
  const provenance = await readRunRecord(options.record ?? `${options.in}.run.json`);
  if (provenance === undefined && options.record !== undefined)
    throw new GamyeongError('E_FILE_MISSING', {}, { file: options.record });
  const asked = options.threshold === undefined ? {} : parseThresholds(options.threshold);
  return {
    thresholds: { ...(rules?.risk.thresholds as Policy['thresholds'] | undefined), ...asked },
    ...(rules && { rulesDigest: rules.digest }),
    ...(provenance && { provenance }),
  };
}

async function riskOptions(options: Options, rules: Rules | undefined): Promise<RiskOptions> {
  const { DEFAULTS, RFC_4180 } = await import('../risk/options.ts');
  const written: RiskOptions['dialect'] =
    rules === undefined
      ? RFC_4180
      : {
          ...rules.input,
          comment: '',
          encoding: rules.output.encoding === 'cp949' ? 'cp949' : 'utf-8',
        };
  const { suda } = options;
  return {
    file: options.in,
    dialect: {
      ...written,
      ...(options.delimiter !== undefined && { delimiter: options.delimiter }),
      ...(options.encoding !== undefined && { encoding: options.encoding }),
    },
    quasiIdentifiers: rules?.risk.quasiIdentifiers ?? options.quasiIdentifiers ?? [],
    sensitive: rules?.risk.sensitive ?? options.sensitive ?? [],
    threshold: options.tau ?? DEFAULTS.threshold,
    missing: options.missing === 'wildcard' ? { kind: 'wildcard', alpha: options.alpha } : { kind: 'value' },
    excludeSuppressed: options.suppressed === 'exclude',
    hierarchies: options.hierarchy,
    orders: await readOrders(options.order),
    ...(options.reference !== undefined && { reference: options.reference }),
    ...(options.population !== undefined && { population: options.population }),
    fractions: options.populationFraction,
    ...(options.weight !== undefined && { weight: options.weight }),
    ...(options.household !== undefined && { household: options.household }),
    individualMethod: options.individual,
    ...(options.original !== undefined && { original: options.original }),
    interval: options.interval ?? DEFAULTS.interval,
    subsetSize: options.subsetSize ?? DEFAULTS.subsetSize,
    ...(suda !== undefined && {
      suda: { size: suda, scoring: options.sudaScoring, fraction: options.sudaFraction },
    }),
    ...(options.rareBelow !== undefined && { rareBelow: options.rareBelow }),
    kMap: DEFAULTS.kMap,
    memoryBytes: options.memory ?? DEFAULTS.memoryBytes,
    threads: options.threads ?? availableParallelism(),
    ...(options.temporary !== undefined && { temporary: options.temporary }),
  };
}

async function readOrders(files: ReadonlyMap<string, string>): Promise<RiskOptions['orders']> {
  const { readFile } = await import('node:fs/promises');
  const { fromSystem } = await import('../errors.ts');
  const orders = new Map<string, 'numeric' | readonly string[]>();
  for (const [column, file] of files) {
    if (file === 'numeric') orders.set(column, 'numeric');
    else {
      const text = await readFile(file, 'utf8').catch((error) => {
        throw fromSystem(error, file);
      });
      orders.set(
        column,
        text
          .replace(/^\uFEFF/, '')
          .split(/\r?\n/)
          .filter((line) => line !== ''),
      );
    }
  }
  return orders;
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

/** a,b,"c,d": header names. The option may be given several times. */
function names(text: string, before: readonly string[] | undefined): string[] {
  const found = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .slice(0, -1)
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim());
  return [...(before ?? []), ...(found.length === 0 ? [text] : found)];
}

function pair(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(say(TEXT.pair));
  return [text.slice(0, at), text.slice(at + 1)];
}

function delimiter(text: string): string {
  const value = text === '\\t' ? '\t' : text;
  if (!/^[^\r\n"]{1,4}$/.test(value)) throw new InvalidArgumentError(say(TEXT.delimiterForm));
  return value;
}

const between =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(say(TEXT.number, { least, most }));
    return value;
  };

const whole = (least: number, most: number) => (text: string) => {
  const value = between(least, most)(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError(say(TEXT.number, { least, most }));
  return value;
};

function fractions(text: string, before: readonly number[]): number[] {
  const found = text.split(',').map(between(1e-9, 1));
  return [...before, ...found];
}

function memory(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([MG])$/i.exec(text) ?? [];
  const bytes = Number(digits) * (unit?.toUpperCase() === 'G' ? 1e9 : 1e6);
  if (!(bytes >= 1e8)) throw new InvalidArgumentError(say(TEXT.memory));
  return bytes;
}
