import { type Check, reviewDigest } from '../review/review.ts';
import { adjustments, baseTier, type Circumstances, possibleTiers, type Tier } from '../review/tier.ts';
import { holdsFreeText, statedCircumstances } from './circumstances.ts';
import { columnPlans, exampleOf, itemType } from './columns.ts';
import type { Evidence, Statement } from './evidence.ts';
import type { FieldValue, FormId, FormValues } from './form.ts';
import { ledgerTables } from './values-ledger.ts';
import { resultTables } from './values-result.ts';

type Fields = Record<string, FieldValue | undefined>;
type Rows = Record<string, FieldValue>[];
interface Filled {
  readonly fields: Fields;
  readonly tables?: Readonly<Record<string, Rows>>;
}

/** What is known of every form. What a person has stated wins over what the records say. */
const FILLERS: Readonly<Record<FormId, (evidence: Evidence) => Filled>> = {
  application: (evidence) => ({
    fields: { ...purpose(evidence), ...period(evidence), ...request(evidence) },
  }),
  'use-plan': (evidence) => ({ fields: period(evidence) }),
  'risk-review': (evidence) => ({ fields: { ...summary(evidence), ...tierFields(evidence) } }),
  plan: (evidence) => ({ fields: {}, tables: planTables(evidence) }),
  result: (evidence) => ({ fields: resultFields(evidence), tables: resultTables(evidence) }),
  unstructured: (evidence) => ({ fields: { ...caseName(evidence), ...source(evidence) } }),
  adequacy: (evidence) => ({
    fields: { ...caseName(evidence), ...reviewFields(evidence) },
    tables: adequacyTables(evidence),
  }),
  'pledge-reviewer': (evidence) => ({ fields: caseName(evidence) }),
  'pledge-safeguard': (evidence) => ({ fields: { ...summary(evidence), ...period(evidence) } }),
  ledger: (evidence) => ({ fields: {}, tables: ledgerTables(evidence) }),
};

/** The values of a form, from the records and from what a person has stated. */
export function formValues(id: FormId, evidence: Evidence): FormValues {
  const { fields, tables = {} } = FILLERS[id](evidence);
  const known = Object.entries(fields).filter(
    (entry): entry is [string, FieldValue] => entry[1] !== undefined && entry[1].length > 0,
  );
  const { answers } = evidence;
  return {
    fields: { ...Object.fromEntries(known), ...answers.fields },
    tables: { ...tables, ...answers.tables },
  };
}

function caseName({ rules, answers }: Evidence): Fields {
  return { 'case-name': answers.fields['receipt-no'] ?? rules?.name };
}

function purpose({ rules }: Evidence): Fields {
  return { 'purpose-kind': rules?.purpose?.kind, 'purpose-detail': rules?.purpose?.text };
}

function period({ rules }: Evidence): Fields {
  const { from, to } = rules?.release?.period ?? {};
  return { 'use-from': from, 'use-until': to, period: from === undefined ? undefined : `${from} ~ ${to}` };
}

function request({ rules }: Evidence): Fields {
  return {
    'source-data-name': rules?.name,
    'requested-items': rules?.columns.map(({ name }) => name),
    'attachment-plan': '가명정보 활용 계획서(➋)',
  };
}

function summary({ rules, answers }: Evidence): Fields {
  const stated = answers.fields;
  return {
    'purpose-summary': rules?.purpose?.text,
    'source-data-name': rules?.name,
    'user-org': stated['applicant-org'],
    'user-title': stated['applicant-title'],
    'user-name': stated['applicant-name'],
    'applicant-org': stated['applicant-org'],
  };
}

function source({ run }: Evidence): Fields {
  return {
    'source-volume': run && `${run.rows.in}행`,
    'source-bytes': run && `${run.input.bytes} 바이트`,
    'source-format': run && 'CSV',
    'result-format': run && 'CSV',
  };
}

/** The base tier follows from what a person states; grounds are shown, and a person decides. */
function tierFields(evidence: Evidence): Fields {
  const freeText = holdsFreeText(evidence);
  const circumstances = statedCircumstances(evidence);
  return {
    'unstructured-included': freeText === undefined ? undefined : freeText ? 'yes' : 'no',
    'final-tier': evidence.rules?.release?.tier,
    'base-tier': circumstances && baseTier(circumstances),
    'adjustment-grounds': circumstances && grounds(circumstances),
  };
}

const TIERS: Readonly<Record<Tier, string>> = { low: '저위험', medium: '중위험', high: '고위험' };

function grounds(circumstances: Circumstances): string {
  const found = adjustments(circumstances).map(
    ({ direction, to, ground }) =>
      `${ground.ko}: ${to.map((tier) => TIERS[tier]).join(' 또는 ')}으로 ${direction === 'lower' ? '하향 가능' : '상향 권고'}`,
  );
  if (found.length === 0) return '없음';
  if (possibleTiers(circumstances).length === 0)
    found.push('상향과 하향 근거가 함께 있어 사람이 판단해야 함');
  return found.join(' / ');
}

function planTables({ rules, run }: Evidence): Record<string, Rows> {
  const columns = columnPlans(rules?.columns ?? []);
  const file = run?.input.name ?? rules?.name ?? '';
  return {
    files:
      rules === undefined
        ? []
        : [
            {
              'file-no': '1',
              'file-name': file,
              'item-count': String(columns.length),
              'row-count': run === undefined ? '' : String(run.rows.in),
            },
          ],
    items: columns.map((column, index) => ({
      'item-no': String(index + 1),
      'file-name': file,
      'item-name': column.name,
      'item-type': itemType(column),
      'example-value': exampleOf(column),
      'plan-text': column.methods.join(' → '),
    })),
  };
}

function resultFields({ run }: Evidence): Fields {
  if (run === undefined) return {};
  const { rows, output, keyId } = run;
  return {
    'file-name': output.name,
    'file-digest': output.sha256,
    'row-counts': `처리 전 ${rows.in}행, 처리 후 ${rows.out}행(행 삭제 ${rows.suppressed}, 처리 불가 제외 ${rows.rejected})`,
    'key-id': keyId ?? '사용하지 않음',
  };
}

/** Findings of a review by the keys of the form. */
const CHECK_KEYS = {
  purpose: 'check-1-purpose',
  items: 'check-2-items',
  tier: 'check-3-tier',
  processing: 'check-4-processing',
  usability: 'check-5-usability',
} as const satisfies Record<Check, string>;

/** The latest review of the reviewer that the answers name, or of the only one there is. */
function reviewFields({ statements, answers, run }: Evidence): Fields {
  const named = answers.fields['member-name'];
  const own = statements.filter(
    ({ signer }) => named === undefined || (typeof named === 'string' && signer.includes(named)),
  );
  const reviews = own.flatMap(({ statement, signer }) =>
    statement.kind === 'review' && (run === undefined || statement.data === run.output.sha256)
      ? [{ statement, signer }]
      : [],
  );
  const last = reviews.at(-1);
  if (last === undefined || new Set(reviews.map(({ signer }) => signer)).size > 1) return {};
  const { verdict, checks, opinion, time } = last.statement;
  const findings = Object.entries(CHECK_KEYS).map(([check, key]) => [key, checks[check as Check]]);
  return {
    'member-name': last.signer,
    'review-kind': reviews.length > 1 ? 'supplemented' : 'new',
    'reviewed-on': time.slice(0, 10),
    verdict,
    opinion,
    ...Object.fromEntries(findings),
  };
}

const VERDICTS = { adequate: '적정', conditional: '조건부', inadequate: '부적정' };

function adequacyTables({ statements, digests }: Evidence): Record<string, Rows> {
  return {
    reviews: statements.flatMap(({ statement, signer }) =>
      statement.kind === 'review'
        ? [
            {
              'review-member': signer,
              'review-time': statement.time,
              'review-verdict': VERDICTS[statement.verdict],
            },
          ]
        : [],
    ),
    conditions: conditionRows(statements),
    evidence: Object.entries(digests).map(([name, digest]) => ({
      'evidence-name': name,
      'evidence-digest': digest,
    })),
  };
}

function conditionRows(statements: readonly Statement[]): Rows {
  const all = statements.map(({ statement }) => statement);
  return all.flatMap((statement) => {
    if (statement.kind !== 'review') return [];
    const name = reviewDigest(statement);
    return statement.conditions.map((condition, index) => {
      const closure = all.findLast(
        (other) => other.kind === 'closure' && other.review === name && other.condition === index,
      );
      return { condition, 'condition-closed': closure?.kind === 'closure' ? closure.text : '' };
    });
  });
}
