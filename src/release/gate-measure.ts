import { availableParallelism } from 'node:os';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { RECORD_FAULTS } from '../messages/release.ts';
import type { RiskRecord } from '../risk/assess.ts';
import type { ClassHistogram } from '../risk/classes.ts';
import { DEFAULTS, type RiskOptions } from '../risk/options.ts';
import type { SensitiveRisk } from '../risk/sensitive.ts';
import type { Rules } from '../rules/rules.ts';
import type { FileSurvey } from './file-survey.ts';
import { close } from './gate-records.ts';
import type { StoredRecord } from './records.ts';

/** Figures of a sensitive column that the file alone gives: no hierarchy, order or population goes into them. */
const OF_THE_FILE = ['alpha', 'lDistinct', 'lEntropy', 'tEqual', 'betaBasic', 'delta'] as const;

/** What the file gives, measured here and now. */
interface Measured {
  readonly sha256: string;
  readonly histogram: ClassHistogram;
  readonly perSensitive: Readonly<Record<string, SensitiveRisk>>;
}

/**
 * Measures the file again, by the rules' columns, and holds the record against it: a record can be written by hand
 * so that its figures agree with each other. Figures that the record leaves out pass here; where the policy has
 * a threshold for one, the gate refuses it for having no value.
 * @throws GamyeongError of the risk library, when the file cannot be measured
 */
export async function measuredReasons(
  { file: recordFile, record }: StoredRecord<RiskRecord>,
  rules: Rules,
  file: string,
  data: FileSurvey,
): Promise<GamyeongError[]> {
  const measured = await measureAgain(file, rules);
  if (measured.sha256 !== data.sha256) return [new GamyeongError('E_RELEASE_CHANGED', {}, { file })];
  const figures = [
    ...(sameClasses(record, measured.histogram) ? [] : ['classes']),
    ...differentSensitive(record, measured.perSensitive),
  ];
  if (figures.length === 0) return [];
  const reason = say(RECORD_FAULTS.measured, { figures: figures.join(', ') });
  return [new GamyeongError('E_RELEASE_RISK_OTHER', { reason }, { file: recordFile })];
}

async function measureAgain(file: string, rules: Rules): Promise<Measured> {
  const [{ withSurvey }, { classHistogram }, { measureSensitive }] = await Promise.all([
    import('../risk/measure.ts'),
    import('../risk/classes.ts'),
    import('../risk/sensitive-columns.ts'),
  ]);
  const options: RiskOptions = {
    ...DEFAULTS,
    file,
    dialect: {
      ...rules.input,
      comment: '',
      encoding: rules.output.encoding === 'cp949' ? 'cp949' : 'utf-8',
    },
    quasiIdentifiers: rules.risk.quasiIdentifiers,
    sensitive: rules.risk.sensitive,
    threads: availableParallelism(),
  };
  return withSurvey(options, async (survey) => ({
    sha256: survey.csv.sha256,
    histogram: await classHistogram(survey.sql),
    perSensitive: (await measureSensitive(survey, [])).risks,
  }));
}

/** The other class figures follow from the sizes, which the gate has verified. */
function sameClasses({ classes }: RiskRecord, { sizes }: ClassHistogram): boolean {
  const recorded = [...classes.histogram].sort(([a], [b]) => a - b);
  return (
    recorded.length === sizes.length &&
    recorded.every(([f, count], i) => f === sizes[i]!.f && count === sizes[i]!.classes)
  );
}

function differentSensitive(record: RiskRecord, measured: Measured['perSensitive']): string[] {
  return Object.entries(measured).flatMap(([column, figures]) => {
    const recorded = record.perSensitive[column];
    if (recorded === undefined) return [`perSensitive.${column}`];
    return OF_THE_FILE.filter((name) => {
      const [said, is] = [recorded[name] ?? null, figures[name]];
      return said !== null && (is === null || !close(said, is));
    }).map((name) => `perSensitive.${column}.${name}`);
  });
}
