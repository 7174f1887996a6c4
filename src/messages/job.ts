import type { Text } from './language.ts';

/** Why a step has to be done. */
export const STALE = {
  noOutput: { en: 'there is no output yet', ko: '아직 출력이 없습니다' },
  noRecord: { en: 'there is no record of it yet', ko: '아직 기록이 없습니다' },
  outputChanged: { en: 'the output is not the one recorded', ko: '출력이 기록과 다릅니다' },
  input: { en: 'the input has changed', ko: '입력이 바뀌었습니다' },
  rules: { en: 'the rules have changed', ko: '규칙이 바뀌었습니다' },
  plan: { en: 'a table of the rules or the header has changed', ko: '규칙의 표 또는 머리글이 바뀌었습니다' },
  key: { en: 'the key is another one', ko: '키가 바뀌었습니다' },
  data: { en: 'the data has changed', ko: '자료가 바뀌었습니다' },
  options: { en: 'it was measured in another way', ko: '측정 방법이 바뀌었습니다' },
  before: { en: 'a step before it is done anew', ko: '앞 단계를 다시 합니다' },
  noBundle: { en: 'there is no bundle yet', ko: '아직 번들이 없습니다' },
  bundle: { en: 'the bundle holds other records', ko: '번들에 든 기록이 바뀌었습니다' },
  recipients: { en: 'signer or recipients have changed', ko: '서명자 또는 받는 자가 바뀌었습니다' },
} as const satisfies Record<string, Text>;

/** Texts of `gamyeong job`. */
export const JOB_TEXT = {
  about: {
    en: 'run a batch: pseudonymize, measure, decide, release',
    ko: '일괄 작업: 가명처리, 위험도 측정, 판정, 반출',
  },
  file: { en: 'job file (YAML)', ko: '작업 파일(YAML)' },
  dryRun: { en: 'say what would be done, and why; change nothing', ko: '무엇을 왜 할지만 알려 준다' },
  json: { en: 'print the results as JSON', ko: '결과를 JSON으로 출력한다' },
  quiet: { en: 'no progress', ko: '진행 상황을 표시하지 않는다' },
  example: { en: 'Example:', ko: '예:' },
  doing: { en: '{name}: {step}', ko: '{name}: {step}' },
  dataSet: { en: 'Data set', ko: '데이터 세트' },
  run: { en: 'Pseudonymized', ko: '가명처리' },
  risk: { en: 'Measured', ko: '위험도 측정' },
  release: { en: 'Released', ko: '반출' },
  rows: { en: 'Rows', ko: '행' },
  k: { en: 'k', ko: 'k' },
  done: { en: 'done', ko: '완료' },
  current: { en: 'up to date', ko: '최신' },
  refused: { en: 'REFUSED', ko: '거부' },
  failed: { en: 'FAILED', ko: '실패' },
  due: { en: 'would do', ko: '예정' },
  skipped: { en: '–', ko: '–' },
  none: { en: 'none', ko: '없음' },
  because: { en: '{name}: {step}: {reason}', ko: '{name}: {step}: {reason}' },
  summary: {
    en: '{ok} of {all} data sets are done; exit code {exit}.',
    ko: '데이터 세트 {all}개 가운데 {ok}개를 마쳤습니다. 종료 코드 {exit}.',
  },
  noThreshold: { en: 'the policy states no threshold', ko: '정책에 기준값이 없습니다' },
  check: {
    en: '{measure} is {value}, the limit is {threshold}',
    ko: '{measure}: {value}, 기준 {threshold}',
  },
} as const satisfies Record<string, Text>;
