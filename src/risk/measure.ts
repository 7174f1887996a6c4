import type { Text } from '../messages/language.ts';
import { classHistogram } from './classes.ts';
import { type CodedColumn, valuesOf } from './coded-table.ts';
import { type Distribution, distribution } from './distribution.ts';
import { hierarchyTree } from './hierarchy.ts';
import type { RiskOptions } from './options.ts';
import { prosecutorRisk, summarizeClasses } from './prosecutor.ts';
import type { Note, RiskRecord } from './record.ts';
import { type SensitiveRisk, sensitiveRisk } from './sensitive.ts';
import { openSql } from './sql.ts';
import { type Survey, surveyFile } from './survey.ts';

/**
 * Measures the re-identification risk of a CSV file.
 * @throws GamyeongError for whatever does not fit: files, columns, values, memory
 */
export async function measureRisk(options: RiskOptions): Promise<RiskRecord> {
  const sql = await openSql(options);
  try {
    const survey = await surveyFile(sql, options);
    const notes: Note[] = [];
    const histogram = await classHistogram(sql);
    const perSensitive = await measureSensitive(survey, notes);
    const { csv } = survey;
    return {
      version: 1,
      file: { name: csv.name, sha256: csv.sha256, rows: csv.rows },
      quasiIdentifiers: options.quasiIdentifiers,
      sensitive: options.sensitive,
      options: describeOptions(options),
      suppressedRows: survey.suppressedRows,
      classes: summarizeClasses(histogram),
      ...prosecutorRisk(histogram, options.threshold),
      perSensitive,
      notes,
    };
  } finally {
    await sql.close();
  }
}

function describeOptions(options: RiskOptions): RiskRecord['options'] {
  return {
    threshold: options.threshold,
    missing: options.missing.kind,
    ...(options.missing.kind === 'wildcard' && { alpha: options.missing.alpha }),
    suppressed: options.excludeSuppressed ? 'exclude' : 'include',
    hierarchies: [...options.hierarchies.keys()],
    reference: options.reference === undefined ? 'self' : 'file',
  };
}

async function measureSensitive(survey: Survey, notes: Note[]): Promise<Record<string, SensitiveRisk>> {
  const { sql, options, key, hierarchies } = survey;
  const measured: Record<string, SensitiveRisk> = {};
  for (const [i, column] of survey.sensitive.entries()) {
    const reference = await referenceOf(survey, column, `s${i}`);
    const hierarchy = hierarchies.get(column.name);
    const tree =
      hierarchy === undefined
        ? undefined
        : hierarchyTree(hierarchy, await valuesOf(sql, column), reference.p, {
            file: options.hierarchies.get(column.name)!,
            column: column.name,
          });
    const risk = await sensitiveRisk(sql, key, `s${i}`, column, reference, tree);
    measured[column.name] = risk;
    notes.push(...explainNulls(column.name, risk));
  }
  return measured;
}

async function referenceOf(survey: Survey, column: CodedColumn, code: string): Promise<Distribution> {
  const counts = new Float64Array(column.cardinality);
  const given = survey.reference.get(column.name);
  if (given !== undefined) {
    const values = await valuesOf(survey.sql, column);
    values.forEach((value, at) => {
      counts[at] = given.get(value) ?? 0;
    });
  } else {
    const rows = await survey.sql.rows(`SELECT ${code}, count(*) FROM rows GROUP BY 1`);
    for (const [at, count] of rows as [number, number][]) counts[at] = count;
  }
  return distribution(counts);
}

function explainNulls(column: string, risk: SensitiveRisk): Note[] {
  const note = (figure: string, reason: Text): Note => ({
    figure: `perSensitive.${column}.${figure}`,
    reason,
  });
  const notes: Note[] = [];
  if (risk.tHierarchical === null)
    notes.push(note('tHierarchical', { en: 'no hierarchy is given', ko: '계층표가 없습니다' }));
  for (const figure of ['betaBasic', 'betaEnhancedPycanon', 'delta', 'deltaLog2'] as const)
    if (risk[figure] === null)
      notes.push(
        note(figure, {
          en: 'infinite: a value of the file is absent from the reference',
          ko: '무한대: 파일의 값이 기준 분포에 없습니다',
        }),
      );
  if (risk.betaEnhanced === null)
    notes.push(
      note('betaEnhanced', {
        en: 'no β satisfies (q−p)/p ≤ −ln p for every value',
        ko: '모든 값에서 (q−p)/p ≤ −ln p를 만족하는 β가 없습니다',
      }),
    );
  if (risk.cRecursive['2'] === null)
    notes.push(
      note('cRecursive.2', {
        en: 'infinite: a class holds one value only',
        ko: '무한대: 값이 하나뿐인 동질집합이 있습니다',
      }),
    );
  return notes;
}
