import { entry } from './entry.ts';

/** Mistakes in the command line and in rules files (exit 2). */
export const RULES_ERRORS = {
  E_USAGE: entry(
    2,
    { en: '{reason}', ko: '{reason}' },
    { en: "See 'gamyeong COMMAND --help'.", ko: "'gamyeong 명령 --help'를 보십시오." },
  ),
  E_RULES_YAML: entry(
    2,
    { en: 'not valid YAML for rules: {reason}', ko: '규칙으로 쓸 수 없는 YAML입니다: {reason}' },
    { en: 'Correct the rules file.', ko: '규칙 파일을 고치십시오.' },
  ),
  E_RULES_DUPLICATE_KEY: entry(
    2,
    { en: 'this key is given twice', ko: '같은 키가 두 번 나옵니다' },
    { en: 'Keep one of them.', ko: '하나만 남기십시오.' },
  ),
  E_RULES_ENCODING: entry(
    2,
    { en: 'the rules file is not UTF-8 text', ko: '규칙 파일이 UTF-8 텍스트가 아닙니다' },
    { en: 'Save it as UTF-8.', ko: 'UTF-8로 저장하십시오.' },
  ),
  E_RULES_TOO_LARGE: entry(
    2,
    { en: 'the rules file is larger than 4 MiB', ko: '규칙 파일이 4 MiB보다 큽니다' },
    { en: 'Check that this is a rules file.', ko: '규칙 파일이 맞는지 확인하십시오.' },
  ),
  E_RULES_VERSION: entry(
    2,
    {
      en: 'this version of the rules file is not supported',
      ko: '지원하지 않는 규칙 파일 버전입니다',
    },
    { en: "Write 'version: 1'.", ko: "'version: 1'로 쓰십시오." },
  ),
  E_RULES_UNKNOWN_KEY: entry(
    2,
    { en: "unknown key '{key}'", ko: "알 수 없는 키 '{key}'" },
    { en: '{hint}', ko: '{hint}' },
  ),
  E_RULES_MISSING_KEY: entry(
    2,
    { en: "'{key}' is missing in {parent}", ko: "{parent}에 '{key}' 항목이 없습니다" },
    { en: 'Add it.', ko: '추가하십시오.' },
  ),
  E_RULES_TYPE: entry(
    2,
    { en: '{key} takes {expected}', ko: '{key}에 쓸 수 있는 것은 {expected}입니다' },
    { en: '{hint}', ko: '{hint}' },
  ),
  E_RULES_VALUE: entry(
    2,
    { en: 'the value of {key} does not fit: {reason}', ko: '{key}의 값이 맞지 않습니다: {reason}' },
    { en: 'Correct it.', ko: '고치십시오.' },
  ),
  E_RULES_UNKNOWN_TECHNIQUE: entry(
    2,
    { en: "unknown technique '{technique}'", ko: "알 수 없는 기법 '{technique}'" },
    { en: '{hint}', ko: '{hint}' },
  ),
  E_RULES_WRONG_SECTION: entry(
    2,
    {
      en: "technique '{technique}' cannot stand here: it belongs in '{section}'",
      ko: "'{technique}' 기법은 여기에 쓸 수 없습니다. '{section}'에 씁니다",
    },
    { en: 'Move it.', ko: '옮기십시오.' },
  ),
  E_RULES_NEEDS_PARAMETERS: entry(
    2,
    { en: "technique '{technique}' needs parameters", ko: "기법 '{technique}'에는 매개변수가 필요합니다" },
    { en: 'Write {technique}: followed by them.', ko: '{technique}: 뒤에 매개변수를 쓰십시오.' },
  ),
  E_RULES_ONE_TECHNIQUE: entry(
    2,
    {
      en: 'one technique is expected here, with its parameters',
      ko: '여기에는 기법 하나와 그 매개변수를 써야 합니다',
    },
    {
      en: 'Write several as a list: [first, second: { … }].',
      ko: '여러 개는 목록으로 쓰십시오: [첫째, 둘째: { … }].',
    },
  ),
  E_RULES_STANDS_ALONE: entry(
    2,
    {
      en: "'{technique}' cannot be combined with other techniques",
      ko: "'{technique}' 기법은 다른 기법과 함께 쓸 수 없습니다",
    },
    { en: 'Keep it alone, or remove it.', ko: '하나만 쓰거나 삭제하십시오.' },
  ),
  E_RULES_RRN: entry(
    2,
    {
      en: "the resident registration numbers of column '{column}' may only be dropped unless a legal basis is stated",
      ko: "'{column}' 열의 주민등록번호는 법적 근거를 밝히지 않으면 삭제만 할 수 있습니다",
    },
    {
      en: "Write 'apply: drop', or state the law in 'legal-basis'.",
      ko: "'apply: drop'으로 쓰거나 'legal-basis'에 법령을 적으십시오.",
    },
  ),
  E_RULES_NOTHING_LEFT: entry(
    2,
    {
      en: 'every column is dropped, so nothing is left to write',
      ko: '모든 열을 삭제하므로 남는 것이 없습니다',
    },
    { en: 'Keep at least one column.', ko: '열을 하나 이상 남기십시오.' },
  ),
  E_RULES_TECHNIQUE: entry(
    2,
    {
      en: "technique '{technique}' cannot work with these parameters: {reason}",
      ko: "'{technique}' 기법을 이 매개변수로는 쓸 수 없습니다: {reason}",
    },
    { en: 'Correct them.', ko: '고치십시오.' },
  ),
  E_RULES_TABLE_PATH: entry(
    2,
    {
      en: 'a table must be named by a relative path below the directory of the rules, without ..',
      ko: '표 파일은 규칙 파일이 있는 디렉터리 아래의 상대 경로로, .. 없이 써야 합니다',
    },
    { en: 'Put the table beside the rules.', ko: '표 파일을 규칙 파일 곁에 두십시오.' },
  ),
  E_RULES_TABLE_ENCODING: entry(
    2,
    { en: 'the table is not UTF-8 text', ko: '표 파일이 UTF-8 텍스트가 아닙니다' },
    { en: 'Save it as UTF-8.', ko: 'UTF-8로 저장하십시오.' },
  ),
  E_RULES_TABLE: entry(
    2,
    { en: 'the table cannot be read: {reason}', ko: '표 파일을 읽을 수 없습니다: {reason}' },
    { en: 'Check the file that is named here.', ko: '여기에 적은 파일을 확인하십시오.' },
  ),
  E_RULES_COLUMN_UNKNOWN: entry(
    2,
    { en: "there is no column '{column}'", ko: "'{column}' 열이 없습니다" },
    { en: '{hint}', ko: '{hint}' },
  ),
  E_RULES_COLUMN_DROPPED: entry(
    2,
    {
      en: "column '{column}' is dropped, so it cannot be measured",
      ko: "'{column}' 열은 삭제되므로 위험도를 측정할 수 없습니다",
    },
    { en: 'Remove it here, or keep the column.', ko: '여기에서 빼거나 열을 남기십시오.' },
  ),
  E_RULES_COLUMN_MISSING: entry(
    2,
    {
      en: "the input has no column '{column}' that these rules treat",
      ko: "규칙에 있는 '{column}' 열이 입력에 없습니다",
    },
    { en: '{hint}', ko: '{hint}' },
  ),
  E_RULES_COLUMN_WITHOUT_RULE: entry(
    2,
    {
      en: "column '{column}' of the input has no rule, and nothing passes without one",
      ko: "입력의 '{column}' 열에 규칙이 없습니다. 규칙이 없는 열은 통과하지 못합니다",
    },
    { en: '{hint}', ko: '{hint}' },
  ),

  E_RULES_ENFORCE: entry(
    2,
    { en: 'this policy cannot be enforced: {reason}', ko: '이 정책은 강제할 수 없습니다: {reason}' },
    { en: 'Change risk.thresholds or risk.enforce.', ko: 'risk.thresholds나 risk.enforce를 고치십시오.' },
  ),

  E_HIERARCHY_EMPTY: entry(
    2,
    { en: 'the category table has no rows', ko: '범주 표에 행이 없습니다' },
    { en: 'Give one value a line.', ko: '한 줄에 값 하나씩 적으십시오.' },
  ),
  E_HIERARCHY_LEVEL: entry(
    2,
    {
      en: 'the category table has no level {level}; its highest is {most}',
      ko: '범주 표에 {level}단계가 없습니다. 가장 높은 단계는 {most}입니다',
    },
    { en: 'Choose another level or table.', ko: '다른 단계나 표를 고르십시오.' },
  ),
  E_HIERARCHY_RAGGED: entry(
    2,
    {
      en: 'this line of the category table has {fields} fields, not {expected}',
      ko: '범주 표의 이 줄은 필드가 {expected}개가 아니라 {fields}개입니다',
    },
    { en: 'Give every value all its levels.', ko: '모든 값에 모든 단계를 적으십시오.' },
  ),
  E_HIERARCHY_EMPTY_CELL: entry(
    2,
    { en: 'this line of the category table has an empty field', ko: '범주 표의 이 줄에 빈 필드가 있습니다' },
    { en: 'Give every value all its levels.', ko: '모든 값에 모든 단계를 적으십시오.' },
  ),
  E_HIERARCHY_CONFLICT: entry(
    2,
    {
      en: 'this value of the category table stands in line {line} with other categories',
      ko: '범주 표의 이 값이 {line}번째 줄에는 다른 범주로 나옵니다',
    },
    { en: 'Keep one of the two lines.', ko: '두 줄 가운데 하나만 남기십시오.' },
  ),
  E_HIERARCHY_QUOTE: entry(
    2,
    {
      en: 'this line of the category table is no CSV: a quote stands in the wrong place',
      ko: '범주 표의 이 줄은 CSV가 아닙니다: 따옴표의 위치가 잘못되었습니다',
    },
    { en: 'Correct the quotes.', ko: '따옴표를 고치십시오.' },
  ),
} as const;
