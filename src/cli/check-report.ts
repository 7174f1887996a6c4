import { stringify } from 'yaml';
import { printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import type { Explanation, KeyUse, Reversible } from '../rules/explain.ts';
import type { Role } from '../rules/plan.ts';
import type { Leak } from '../techniques/technique.ts';
import { alignedTable } from './table.ts';

const ROLES = {
  direct: { en: 'direct identifier', ko: '식별자' },
  quasi: { en: 'quasi-identifier', ko: '준식별자' },
  sensitive: { en: 'sensitive', ko: '민감속성' },
  other: { en: 'other', ko: '기타' },
} as const satisfies Record<Role, Text>;

const LEAKS = {
  value: { en: 'the value', ko: '값' },
  equality: { en: 'equality', ko: '동일 여부' },
  order: { en: 'order', ko: '순서' },
  prefix: { en: 'common prefix', ko: '앞부분 일치' },
  length: { en: 'length', ko: '길이' },
  part: { en: 'a part', ko: '일부' },
  distribution: { en: 'distribution', ko: '분포' },
  interval: { en: 'interval', ko: '구간' },
} as const satisfies Record<Leak, Text>;

const REVERSIBLE = {
  yes: { en: 'yes', ko: '예' },
  'with-key': { en: 'with the key', ko: '키가 있으면' },
  no: { en: 'no', ko: '아니요' },
} as const satisfies Record<Reversible, Text>;

const TEXT = {
  column: { en: 'Column', ko: '열' },
  record: { en: 'Records', ko: '레코드' },
  role: { en: 'Role', ko: '구분' },
  technique: { en: 'Technique', ko: '기법' },
  leaks: { en: 'Still shows', ko: '드러나는 것' },
  reversible: { en: 'Reversible', ko: '복원' },
  key: { en: 'Key (purpose/domain)', ko: '키(용도/도메인)' },
  nothing: { en: 'nothing', ko: '없음' },
  rules: { en: 'Rules', ko: '규칙' },
  plan: { en: 'Plan (SHA-256)', ko: '계획(SHA-256)' },
  purpose: { en: 'Purpose', ko: '목적' },
  domain: { en: 'Domain', ko: '도메인' },
  recordKey: { en: 'Record key', ko: '레코드 키' },
  warning: { en: 'warning', ko: '경고' },
  result: {
    en: 'Columns: {columns} ({keep} kept, {change} changed, {drop} dropped). Mistakes: 0. Warnings: {warnings}.',
    ko: '열 {columns}개(유지 {keep}, 변경 {change}, 삭제 {drop}). 오류 0건, 경고 {warnings}건.',
  },
  enforcement: { en: 'To hold the policy after that', ko: '그 뒤 기준값을 지키기 위해' },
  asked: {
    en: 'every class of {columns} has {size} rows or more',
    ko: '{columns}의 모든 동질집합을 {size}행 이상으로',
  },
  askedDistinct: {
    en: 'every class of {columns} has {size} rows or more, and {values} sensitive values or more in each column',
    ko: '{columns}의 모든 동질집합을 {size}행 이상, 민감속성마다 서로 다른 값 {values}개 이상으로',
  },
  recode: {
    en: 'recode {column}: {technique}, if more than {limit} % of the rows miss it',
    ko: '기준에 못 미치는 행이 {limit} %를 넘으면 {column} 재코딩: {technique}',
  },
  cells: {
    en: 'empty the fewest cells of the rows that are left; leave out rows that this does not help',
    ko: '남은 행의 값을 가장 적게 비우고, 그래도 안 되는 행은 제외',
  },
  suppressRows: { en: 'leave out the rows that are left', ko: '남은 행 제외' },
  refuse: {
    en: 'more than {limit} % of the rows are left: no output, exit code 4',
    ko: '남은 행이 {limit} %를 넘으면 출력 없음, 종료 코드 4',
  },
  noInput: {
    en: 'Checked without an input file; --in compares the rules with its header.',
    ko: '입력 파일 없이 검사했습니다. --in을 주면 머리글과 규칙을 비교합니다.',
  },
} as const satisfies Record<string, Text>;

const PURPOSES = {
  statistics: { en: 'statistics', ko: '통계작성' },
  research: { en: 'scientific research', ko: '과학적 연구' },
  archiving: { en: 'archiving in the public interest', ko: '공익적 기록보존' },
} as const satisfies Record<string, Text>;

/** The explanation as text for a terminal, ending in a newline. */
export function checkReport(explanation: Explanation, withInput: boolean): string {
  const { rules, plan, purpose, domain, recordKey, warnings } = explanation;
  const head = [
    [say(TEXT.rules), printable(rules.name)],
    ...(purpose === undefined ? [] : [[say(TEXT.purpose), say(PURPOSES[purpose.kind])]]),
    [say(TEXT.domain), printable(domain)],
    ...(recordKey === undefined ? [] : [[say(TEXT.recordKey), recordKey.map(printable).join(', ')]]),
    [say(TEXT.plan), plan.sha256],
  ];
  const warned = warnings.map(
    ({ code, column, message }) =>
      `${say(TEXT.warning)}: ${code}: ${column === undefined ? '' : `'${column}': `}${message}`,
  );
  const blocks = [
    alignedTable(head),
    alignedTable(lines(explanation)),
    enforcement(explanation.enforcement),
    warned.join('\n'),
    result(explanation),
  ];
  if (!withInput) blocks.push(say(TEXT.noInput));
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** A line for every technique; the name of a column stands in its first. */
function lines({ rows, columns }: Explanation): string[][] {
  const heading = [TEXT.column, TEXT.role, TEXT.technique, TEXT.leaks, TEXT.reversible, TEXT.key];
  return [
    heading.map((text) => say(text)),
    ...rows.map((row) => [`(${say(TEXT.record)})`, '', ...cells(row)]),
    ...columns.flatMap(({ name, role, steps }) =>
      steps.map((step, index) => [
        ...(index === 0 ? [printable(name), say(ROLES[role])] : ['', '']),
        ...cells(step),
      ]),
    ),
  ];
}

function cells(step: Explanation['rows'][number]): string[] {
  const leaks = step.leaks.map((leak) => say(LEAKS[leak])).join(', ');
  return [
    `${step.technique} ${params(step.params)}`.trimEnd(),
    leaks || say(TEXT.nothing),
    say(REVERSIBLE[step.reversible]),
    step.keys.map(keyName).join(', ') || '–',
  ];
}

function keyName({ purpose, domain }: KeyUse): string {
  return `${purpose}/${printable(domain)}`;
}

/** Parameters on one line, in YAML's flow style. */
function params(written: unknown): string {
  if (Object.keys(written as object).length === 0) return '';
  return printable(stringify(written, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd());
}

/** The steps of enforcement, in order. */
function enforcement(policy: Explanation['enforcement']): string {
  if (policy === undefined) return '';
  const { classSize: size, distinctValues: values, recode, suppress } = policy;
  const columns = policy.quasiIdentifiers.map(printable).join(', ');
  const limit = Number((policy.suppressionLimit * 100).toPrecision(6));
  const steps = [
    say(values > 1 ? TEXT.askedDistinct : TEXT.asked, { columns, size, values }),
    ...recode.map(({ column, steps: techniques }) => {
      const technique = techniques.map((step) => `${step.technique} ${params(step.params)}`.trimEnd());
      return say(TEXT.recode, { column: printable(column), technique: technique.join(', '), limit });
    }),
    say(TEXT.refuse, { limit }),
    say(suppress === 'cells' ? TEXT.cells : TEXT.suppressRows),
  ];
  return [`${say(TEXT.enforcement)}:`, ...steps.map((step, index) => `  ${index + 1}. ${step}`)].join('\n');
}

function result({ columns, warnings }: Explanation): string {
  const count = (action: string) => columns.filter((column) => column.action === action).length;
  return say(TEXT.result, {
    columns: columns.length,
    keep: count('keep'),
    change: count('change'),
    drop: count('drop'),
    warnings: warnings.length,
  });
}
