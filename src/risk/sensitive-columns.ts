import type { Text } from '../messages/language.ts';
import { type CodedColumn, valuesOf } from './coded-table.ts';
import { type Distribution, distribution } from './distribution.ts';
import { hierarchyTree } from './hierarchy.ts';
import type { Note } from './record.ts';
import { type SensitiveColumn, type SensitiveRisk, sensitiveRisk } from './sensitive.ts';
import type { Survey } from './survey.ts';

interface NamedColumn extends SensitiveColumn {
  readonly name: string;
  readonly ordered: boolean;
}

export interface SensitiveColumns {
  readonly risks: Record<string, SensitiveRisk>;
  /** Rows without the most frequent value of their class, by column. */
  readonly minorities: ReadonlyMap<string, number>;
}

/** Measures every sensitive column apart; says in `notes` why a figure is null, or means nothing. */
export async function measureSensitive(survey: Survey, notes: Note[]): Promise<SensitiveColumns> {
  const risks: Record<string, SensitiveRisk> = {};
  const minorities = new Map<string, number>();
  for (const column of await sensitiveColumns(survey)) {
    const { risk, minority } = await sensitiveRisk(survey.sql, survey.key, column);
    risks[column.name] = risk;
    minorities.set(column.name, minority);
    notes.push(...explainNulls(column.name, risk));
    if (!column.ordered) notes.push({ figure: tOrderedOf(column.name), reason: TEXT_ORDER });
  }
  return { risks, minorities };
}

/** The sensitive columns with their reference distributions and hierarchies. */
export async function sensitiveColumns(survey: Survey): Promise<NamedColumn[]> {
  const { sql, options, hierarchies } = survey;
  const columns: NamedColumn[] = [];
  for (const [i, column] of survey.sensitive.entries()) {
    const { name, cardinality, ordered } = column;
    const code = `s${i}`;
    const reference = await referenceOf(survey, column, code);
    const hierarchy = hierarchies.get(name);
    const place = { file: options.hierarchies.get(name) ?? '', column: name };
    const tree = hierarchy && hierarchyTree(hierarchy, await valuesOf(sql, column), reference.p, place);
    columns.push({ name, ordered, code, cardinality, reference, tree });
  }
  return columns;
}

/** Distribution of the reference file, or of all rows of the file itself. */
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

/** What the notes call the t-closeness of ordered values of a column. */
export const tOrderedOf = (column: string): string => `perSensitive.${column}.tOrdered`;

const TEXT_ORDER: Text = {
  en: 'means nothing: the values are no numbers and no order is given (--order)',
  ko: '의미 없음: 값이 숫자가 아니고 순서도 주어지지 않았습니다(--order)',
};
const NO_HIERARCHY: Text = { en: 'no hierarchy is given', ko: '계층표가 없습니다' };
const ABSENT: Text = {
  en: 'infinite: a value of the file is absent from the reference',
  ko: '무한대: 파일의 값이 기준 분포에 없습니다',
};
const NO_BETA: Text = {
  en: 'no β satisfies (q−p)/p ≤ −ln p for every value',
  ko: '모든 값에서 (q−p)/p ≤ −ln p를 만족하는 β가 없습니다',
};
const ONE_VALUE: Text = {
  en: 'infinite: a class holds one value only',
  ko: '무한대: 값이 하나뿐인 동질집합이 있습니다',
};

function explainNulls(column: string, risk: SensitiveRisk): Note[] {
  const notes: Note[] = [];
  const note = (figure: string, reason: Text) =>
    notes.push({ figure: `perSensitive.${column}.${figure}`, reason });
  if (risk.tHierarchical === null) note('tHierarchical', NO_HIERARCHY);
  for (const figure of ['betaBasic', 'betaEnhancedPycanon', 'delta', 'deltaLog2'] as const)
    if (risk[figure] === null) note(figure, ABSENT);
  if (risk.betaEnhanced === null) note('betaEnhanced', NO_BETA);
  if (risk.cRecursive['2'] === null) note('cRecursive.2', ONE_VALUE);
  return notes;
}
