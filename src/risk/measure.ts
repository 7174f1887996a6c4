import type { Text } from '../messages/language.ts';
import { type ClassHistogram, classHistogram, unpackClasses } from './classes.ts';
import { measureColumnChanges } from './column-change.ts';
import { openCsv } from './csv-file.ts';
import { measureHouseholdRisk, measureIndividualRisk } from './individual.ts';
import { type RiskOptions, SHOWN_FRACTIONS } from './options.ts';
import { measureAgainstOriginal } from './original.ts';
import { measureOutliers } from './outliers.ts';
import { measureAgainstFraction, measureAgainstTable, type PopulationRisk } from './population-table.ts';
import { NOT_CONVERGED, populationUniqueness } from './population-uniqueness.ts';
import { prosecutorRisk, summarizeClasses } from './prosecutor.ts';
import type { Measurement, Note } from './record.ts';
import { measureSensitive } from './sensitive-columns.ts';
import { openSql } from './sql.ts';
import { measureSubsets } from './subsets.ts';
import { sudaRisk } from './suda.ts';
import { requireColumn, type Survey, surveyFile } from './survey.ts';
import { discernibility, generalizationLoss, nonUniformEntropy } from './utility.ts';

/** Opens the SQL engine, reads the file into it, does some work, and removes every trace. */
export async function withSurvey<T>(options: RiskOptions, work: (survey: Survey) => Promise<T>): Promise<T> {
  const sql = await openSql(options);
  try {
    options.progress?.('read');
    return await work(await surveyFile(sql, options));
  } finally {
    await sql.close();
  }
}

/**
 * Measures the re-identification risk of a CSV file.
 * @throws GamyeongError for whatever does not fit: files, columns, values, memory
 */
export const measureRisk = (options: RiskOptions): Promise<Measurement> => withSurvey(options, measure);

/** All figures of a surveyed file. */
export async function measure(survey: Survey): Promise<Measurement> {
  const { sql, options, csv, key, quasi } = survey;
  const start = (part: string) => options.progress?.(part);
  const notes: Note[] = [];
  start('classes');
  const histogram = await classHistogram(sql);
  const tuples = options.missing.kind === 'value' ? histogram : await classHistogram(sql, 'n');
  start('sensitive');
  const sensitive = await measureSensitive(survey, notes);
  start('population');
  const population = await measurePopulation(survey, histogram);
  const uniqueness = populationUniqueness(tuples, fractionsOf(options, tuples, population));
  if (uniqueness.some(({ pitman }) => pitman === null))
    notes.push({ figure: 'populationUniqueness.pitman', reason: NOT_CONVERGED });
  start('subsets');
  await unpackClasses(sql, quasi, key);
  const subsets = await measureSubsets(sql, quasi, options.subsetSize, options.threshold);
  const { weight, household, individualMethod, suda, rareBelow } = options;
  return {
    version: 1,
    file: { name: csv.name, sha256: csv.sha256, rows: csv.rows },
    quasiIdentifiers: options.quasiIdentifiers,
    sensitive: options.sensitive,
    options: describeOptions(options),
    suppressedRows: survey.suppressedRows,
    classes: summarizeClasses(histogram),
    ...prosecutorRisk(histogram, options.threshold),
    perSensitive: sensitive.risks,
    populationUniqueness: uniqueness,
    population: population?.population ?? null,
    journalist: population?.journalist ?? null,
    marketer: population?.marketer ?? null,
    deltaPresence: population?.deltaPresence ?? null,
    kMap: population?.kMap ?? null,
    subsets,
    individualRisk: weight ? await measureIndividualRisk(sql, individualMethod) : null,
    householdRisk: weight && household ? await measureHouseholdRisk(sql, key.words, individualMethod) : null,
    suda: suda ? (await sudaRisk(sql, quasi, survey.isMissing, suda)).risk : null,
    outliers: rareBelow === undefined ? null : await measureOutliers(sql, csv, rareBelow),
    ...(await measureWithOriginal(survey, histogram, sensitive.minorities, notes)),
    notes,
  };
}

/** Sampling fractions asked for, else that of the population table, else some to look at. */
function fractionsOf(
  options: RiskOptions,
  { rows }: ClassHistogram,
  population: PopulationRisk | undefined,
): readonly number[] {
  if (options.fractions.length > 0) return options.fractions;
  return population === undefined ? SHOWN_FRACTIONS : [rows / population.population.size];
}

async function measurePopulation(
  survey: Survey,
  histogram: ClassHistogram,
): Promise<PopulationRisk | undefined> {
  const { sql, options, key } = survey;
  if (options.population !== undefined) {
    const population = await openCsv(sql, options.population, options.dialect);
    for (const name of options.quasiIdentifiers) requireColumn(population, name);
    return measureAgainstTable(sql, population, key, options.threshold);
  }
  const [fraction] = options.fractions;
  return fraction === undefined
    ? undefined
    : measureAgainstFraction(histogram, fraction, options.threshold, options.kMap);
}

const OTHER_ROWS: Text = {
  en: 'the original has another number of rows: its rows cannot be matched',
  ko: '원본의 행 수가 달라 행을 서로 대응시킬 수 없습니다',
};
const NO_HIERARCHY: Text = {
  en: 'no hierarchy of a quasi-identifier is given',
  ko: '준식별자의 계층표가 없습니다',
};

type WithOriginal = Pick<Measurement, 'intervalDisclosure' | 'linkageRisk' | 'utility'>;

async function measureWithOriginal(
  survey: Survey,
  histogram: ClassHistogram,
  minorities: ReadonlyMap<string, number>,
  notes: Note[],
): Promise<WithOriginal> {
  const { sql, options, csv, quasi, key, hierarchies } = survey;
  if (options.original === undefined) return { intervalDisclosure: null, linkageRisk: null, utility: null };
  options.progress?.('original');
  const original = await openCsv(sql, options.original, options.dialect);
  const aligned = original.rows === csv.rows;
  if (!aligned)
    for (const figure of ['intervalDisclosure', 'linkageRisk', 'utility.nonUniformEntropy'])
      notes.push({ figure, reason: OTHER_ROWS });
  const against = aligned ? await measureAgainstOriginal(sql, csv, original, options.interval) : undefined;
  const loss = await generalizationLoss(sql, quasi, key, hierarchies);
  if (loss === undefined)
    for (const figure of ['utility.granularity', 'utility.precision'])
      notes.push({ figure, reason: NO_HIERARCHY });
  const comparable = aligned && quasi.every(({ name }) => original.header.includes(name));
  const suppressed = original.rows - csv.rows + survey.suppressedRows;
  return {
    intervalDisclosure: against?.intervalDisclosure ?? null,
    linkageRisk: against?.linkageRisk ?? null,
    utility: {
      rowsIn: original.rows,
      suppressed,
      discernibility: discernibility(histogram, suppressed, original.rows),
      averageClassSize: histogram.rows / (histogram.classes * histogram.sizes[0]!.f),
      granularity: loss?.granularity ?? null,
      precision: loss?.precision ?? null,
      nonUniformEntropy: comparable ? await nonUniformEntropy(sql, csv, original, quasi) : null,
      classificationMetric: Object.fromEntries(
        [...minorities].map(([name, rows]) => [name, (suppressed + rows) / original.rows]),
      ),
      changes: await measureColumnChanges(sql, csv, original),
    },
  };
}

function describeOptions(options: RiskOptions): Measurement['options'] {
  return {
    threshold: options.threshold,
    missing: options.missing.kind,
    ...(options.missing.kind === 'wildcard' && { alpha: options.missing.alpha }),
    suppressed: options.excludeSuppressed ? 'exclude' : 'include',
    hierarchies: [...options.hierarchies.keys()],
    reference: options.reference === undefined ? 'self' : 'file',
    population:
      options.population !== undefined ? 'table' : options.fractions.length > 0 ? 'fraction' : 'none',
    weight: options.weight ?? null,
    household: options.household ?? null,
    individual: options.individualMethod,
    interval: options.interval,
    subsetSize: options.subsetSize,
  };
}
