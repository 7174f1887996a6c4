import { entry } from './entry.ts';

/** Risk measurement: mistakes in what is asked (exit 2), in the data (3), refusals of the gate (4). */
export const RISK_ERRORS = {
  E_RISK_NO_QUASI: entry(
    2,
    { en: 'no quasi-identifier is named', ko: '준식별자가 지정되지 않았습니다' },
    {
      en: 'Give --quasi-identifiers a,b or rules with columns of role quasi.',
      ko: '--quasi-identifiers a,b를 쓰거나, 규칙에서 열의 역할을 quasi로 지정하십시오.',
    },
  ),
  E_RISK_COLUMN: entry(
    2,
    { en: "the file has no column '{name}'{hint}", ko: "파일에 '{name}' 열이 없습니다{hint}" },
    { en: 'Check the name and --delimiter.', ko: '열 이름과 --delimiter를 확인하십시오.' },
  ),
  E_RISK_COLUMN_TWICE: entry(
    2,
    {
      en: "column '{name}' is named twice or in two roles",
      ko: "'{name}' 열이 두 번 또는 두 가지 역할로 지정되었습니다",
    },
    { en: 'Name each column once.', ko: '열마다 한 번만 지정하십시오.' },
  ),
  E_RISK_OPTION: entry(
    2,
    { en: '{option}: {reason}', ko: '{option}: {reason}' },
    { en: "See 'gamyeong risk --help'.", ko: "'gamyeong risk --help'를 보십시오." },
  ),
  E_RISK_HIERARCHY: entry(
    2,
    { en: 'not a generalization hierarchy: {reason}', ko: '일반화 계층표가 아닙니다: {reason}' },
    {
      en: 'Write one line per value, level 0 first, all lines of the same length.',
      ko: '값마다 한 줄씩, 0단계부터, 모든 줄을 같은 길이로 쓰십시오.',
    },
  ),
  E_RISK_HIERARCHY_VALUE: entry(
    2,
    {
      en: "{count} value(s) of column '{name}' are missing from its hierarchy",
      ko: "'{name}' 열의 값 {count}개가 계층표에 없습니다",
    },
    { en: 'Complete level 0 of the hierarchy.', ko: '계층표의 0단계를 채우십시오.' },
  ),
  E_RISK_ORDER: entry(
    2,
    {
      en: "{count} value(s) of column '{name}' are missing from its order",
      ko: "'{name}' 열의 값 {count}개가 순서 파일에 없습니다",
    },
    { en: 'List every value once, one a line.', ko: '모든 값을 한 줄에 하나씩 쓰십시오.' },
  ),
  E_RISK_CSV: entry(
    3,
    { en: 'not a well-formed CSV record', ko: 'CSV 형식에 맞지 않는 레코드입니다' },
    { en: 'Correct the record, or check --delimiter.', ko: '레코드를 고치거나 --delimiter를 확인하십시오.' },
  ),
  E_RISK_HEADER: entry(
    3,
    { en: 'the header has an empty or repeated name', ko: '머리글에 비어 있거나 중복된 이름이 있습니다' },
    { en: 'Give every column its own name.', ko: '열마다 서로 다른 이름을 붙이십시오.' },
  ),
  E_RISK_ENCODING: entry(
    3,
    { en: 'not valid in the stated encoding', ko: '지정한 문자 인코딩에 맞지 않습니다' },
    { en: 'Check --encoding.', ko: '--encoding을 확인하십시오.' },
  ),
  E_RISK_NUMBER: entry(
    3,
    { en: 'a number is expected', ko: '숫자여야 하는 값입니다' },
    { en: 'Correct the data, or name another column.', ko: '자료를 고치거나 다른 열을 지정하십시오.' },
  ),
  E_RISK_WEIGHT: entry(
    3,
    { en: 'a weight must be a number above 0', ko: '가중치는 0보다 큰 숫자여야 합니다' },
    {
      en: 'A weight is how many people of the population a row stands for.',
      ko: '가중치는 한 행이 모집단에서 대표하는 사람 수입니다.',
    },
  ),
  E_RISK_POPULATION: entry(
    3,
    {
      en: 'the population holds fewer records than the sample ({reason})',
      ko: '모집단의 레코드가 표본보다 적습니다({reason})',
    },
    {
      en: 'Give a population table that includes every person of the file.',
      ko: '파일에 있는 모든 사람이 포함된 모집단 표를 지정하십시오.',
    },
  ),
  E_RISK_EMPTY: entry(
    4,
    { en: 'the file has no rows: there is nothing to measure', ko: '파일에 행이 없어 측정할 수 없습니다' },
    { en: 'An empty file is not released.', ko: '빈 파일은 반출하지 않습니다.' },
  ),
  E_RISK_ROWS: entry(
    4,
    {
      en: 'the file has {found} rows, {expected} are recorded',
      ko: '파일의 행은 {found}개인데 기록에는 {expected}개입니다',
    },
    {
      en: 'The file was changed or is cut off; run the rules again.',
      ko: '파일이 바뀌었거나 잘렸습니다. 규칙을 다시 실행하십시오.',
    },
  ),
  E_RISK_DIGEST: entry(
    4,
    {
      en: 'the SHA-256 of the file is not the one in its run record',
      ko: '파일의 SHA-256이 실행 기록과 다릅니다',
    },
    {
      en: 'The file was changed after the run, or the record belongs to another file.',
      ko: '실행 뒤에 파일이 바뀌었거나 다른 파일의 기록입니다.',
    },
  ),
  E_RISK_RECORD: entry(
    4,
    { en: 'the run record does not fit: {reason}', ko: '실행 기록이 맞지 않습니다: {reason}' },
    { en: 'Run the rules again.', ko: '규칙을 다시 실행하십시오.' },
  ),
  E_RISK_NO_THRESHOLD: entry(
    4,
    { en: 'the policy states no threshold', ko: '정책에 기준값이 없습니다' },
    {
      en: 'Add risk.thresholds to the rules, or give --threshold k=5.',
      ko: '규칙에 risk.thresholds를 추가하거나 --threshold k=5를 지정하십시오.',
    },
  ),
  E_RISK_ENFORCE_LIMIT: entry(
    4,
    {
      en: 'after {recodings} recoding(s), {count} of {rows} rows would still have to be suppressed; the limit is {limit}',
      ko: '재코딩을 {recodings}번 해도 {rows}행 가운데 {count}행을 삭제해야 합니다. 한도는 {limit}행입니다',
    },
    {
      en: 'No output was written. Coarsen the columns, add recodings, or raise suppression-limit.',
      ko: '출력은 쓰지 않았습니다. 열을 더 거칠게 하거나, 재코딩을 추가하거나, suppression-limit을 높이십시오.',
    },
  ),
  E_RISK_ENFORCE_STREAM: entry(
    2,
    {
      en: 'risk.enforce needs an output file: whether a record may leave is known only when all are there',
      ko: 'risk.enforce에는 출력 파일이 필요합니다. 모든 레코드가 모여야 내보내도 되는지 알 수 있습니다',
    },
    { en: 'Give --out a file name.', ko: '--out에 파일 이름을 지정하십시오.' },
  ),
  E_RISK_MEMORY: entry(
    6,
    { en: 'not enough memory for these columns', ko: '이 열들을 처리하기에 메모리가 부족합니다' },
    {
      en: 'Raise --memory, or leave out columns with a distinct value in every row.',
      ko: '--memory를 늘리거나, 행마다 값이 다른 열을 빼십시오.',
    },
  ),
} as const;
