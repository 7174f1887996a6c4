import { availableParallelism } from 'node:os';
import { InvalidArgumentError } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { RISK_TEXT as TEXT } from '../messages/risk.ts';
import type { Policy } from '../risk/assess.ts';
import type { RiskOptions } from '../risk/options.ts';
import type { Rules } from '../rules/rules.ts';

/** Options of `gamyeong risk` as the command line gives them. */
export interface RiskCommandOptions {
  readonly in: string;
  readonly rules?: string;
  readonly quasiIdentifiers?: readonly string[];
  readonly sensitive?: readonly string[];
  readonly delimiter?: string;
  readonly encoding?: 'utf-8' | 'cp949';
  readonly threshold?: string;
  readonly tau?: number;
  readonly hierarchy?: ReadonlyMap<string, string>;
  readonly order?: ReadonlyMap<string, string>;
  readonly reference?: string;
  readonly population?: string;
  readonly populationFraction?: readonly number[];
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
  readonly audit?: string;
  readonly json?: true;
  readonly threads?: number;
  readonly memory?: number;
  readonly temporary?: string;
  readonly quiet?: true;
}

/** Thresholds of the rules, those of the command line in their place, and the file's own run record. */
export async function policyOf(options: RiskCommandOptions, rules: Rules | undefined): Promise<Policy> {
  const { parseThresholds } = await import('../risk/policy.ts');
  const { readRunRecord } = await import('../risk/run-record.ts');
  const provenance = await readRunRecord(options.record ?? `${options.in}.run.json`);
  if (provenance === undefined && options.record !== undefined)
    throw new GamyeongError('E_FILE_MISSING', {}, { file: options.record });
  const asked = options.threshold === undefined ? {} : parseThresholds(options.threshold);
  return {
    thresholds: { ...rules?.risk.thresholds, ...asked },
    ...(rules && { rulesDigest: rules.digest }),
    ...(provenance && { provenance }),
  };
}

/** What to measure, from the command line and the rules. */
export async function riskOptions(
  options: RiskCommandOptions,
  rules: Rules | undefined,
): Promise<RiskOptions> {
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
    hierarchies: options.hierarchy ?? new Map(),
    orders: await readOrders(options.order ?? new Map()),
    ...(options.reference !== undefined && { reference: options.reference }),
    ...(options.population !== undefined && { population: options.population }),
    fractions: options.populationFraction ?? [],
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
    applied: new Map(rules?.columns.map(({ name, steps }) => [name, steps])),
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

/** a,b,"c,d": header names. The option may be given several times. */
export function names(text: string, before: readonly string[] = []): string[] {
  const found = [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .slice(0, -1)
    .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain!.trim());
  return [...before, ...(found.length === 0 ? [text] : found)];
}

/** COLUMN=FILE; the column's name may hold `=`. */
export function pair(text: string): [string, string] {
  const at = text.lastIndexOf('=');
  if (at < 1 || at === text.length - 1) throw new InvalidArgumentError(say(TEXT.pair));
  return [text.slice(0, at), text.slice(at + 1)];
}

/** One to four characters; \\t is a tab. */
export function delimiter(text: string): string {
  const value = text === '\\t' ? '\t' : text;
  if (!/^[^\r\n"]{1,4}$/.test(value)) throw new InvalidArgumentError(say(TEXT.delimiterForm));
  return value;
}

/** A number from `least` to `most`. */
export const between =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= least && value <= most))
      throw new InvalidArgumentError(say(TEXT.number, { least, most }));
    return value;
  };

/** A whole number from `least` to `most`. */
export const whole = (least: number, most: number) => (text: string) => {
  const value = between(least, most)(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError(say(TEXT.number, { least, most }));
  return value;
};

/** 0.1,0.2: sampling fractions. The option may be given several times. */
export function fractions(text: string, before: readonly number[] = []): number[] {
  return [...before, ...text.split(',').map(between(1e-9, 1))];
}

/** 600M, 2G; at least 100M. */
export function memory(text: string): number {
  const [, digits, unit] = /^(\d{1,6})([MG])$/i.exec(text) ?? [];
  const bytes = Number(digits) * (unit?.toUpperCase() === 'G' ? 1e9 : 1e6);
  if (!(bytes >= 1e8)) throw new InvalidArgumentError(say(TEXT.memory));
  return bytes;
}
