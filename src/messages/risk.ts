import type { Measure } from '../risk/gate.ts';
import type { Text } from './language.ts';

/** Texts of `gamyeong risk`. */
export const RISK_TEXT = {
  about: {
    en: 'measure the re-identification risk of a CSV file and hold it against a policy; exit 4 when it may not be released',
    ko: 'CSV 파일의 재식별 위험을 측정하고 정책과 비교한다. 반출할 수 없으면 종료 코드 4',
  },
  in: { en: 'file to measure', ko: '측정할 파일' },
  rules: { en: 'rules that made the file: columns, thresholds', ko: '파일을 만든 규칙(열과 기준값)' },
  quasi: { en: 'quasi-identifiers, separated by commas', ko: '준식별자 열(쉼표로 구분)' },
  sensitive: { en: 'sensitive columns, separated by commas', ko: '민감속성 열(쉼표로 구분)' },
  delimiter: {
    en: 'delimiter (default: that of the rules, else a comma)',
    ko: '구분자(기본값: 규칙의 구분자, 없으면 쉼표)',
  },
  encoding: {
    en: 'utf-8 or cp949 (default: that of the rules, else utf-8)',
    ko: 'utf-8 또는 cp949(기본값: 규칙의 인코딩, 없으면 utf-8)',
  },
  threshold: {
    en: 'limits in place of those of the rules, e.g. k=5,l=2,t=0.3,prosecutor-max=0.2',
    ko: '규칙의 기준값 대신 쓸 값, 예: k=5,l=2,t=0.3,prosecutor-max=0.2',
  },
  tau: {
    en: 'risk above which a record is at risk (default: 0.2)',
    ko: '위험 레코드로 보는 재식별 확률(기본값: 0.2)',
  },
  hierarchy: { en: 'generalization hierarchy of a column: COLUMN=FILE', ko: '열의 일반화 계층표: 열=파일' },
  order: {
    en: 'order of the values of a sensitive column: COLUMN=FILE (one value a line) or COLUMN=numeric',
    ko: '민감속성 값의 순서: 열=파일(한 줄에 하나) 또는 열=numeric',
  },
  reference: {
    en: 'file with the reference distribution of sensitive values (default: the file itself)',
    ko: '민감속성의 기준 분포가 될 파일(기본값: 측정할 파일 자신)',
  },
  population: {
    en: 'table of everyone the file was drawn from, generalized alike',
    ko: '모집단 표(같은 방식으로 일반화된 것)',
  },
  fraction: { en: 'share of the population in the file, e.g. 0.1', ko: '모집단 대비 표본 비율, 예: 0.1' },
  weight: { en: 'column with sampling weights', ko: '표본 가중치 열' },
  household: { en: 'column that names the household (with --weight)', ko: '가구 번호 열(--weight와 함께)' },
  individual: { en: 'individual risk: exact or approximate', ko: '개인 위험 계산: exact 또는 approximate' },
  original: {
    en: 'file before pseudonymization: utility, disclosure',
    ko: '가명처리 전 원본: 유용성과 노출 측정',
  },
  interval: {
    en: 'half width of the disclosure interval in standard deviations (default: 0.05)',
    ko: '구간 노출의 반폭(표준편차의 배수, 기본값: 0.05)',
  },
  missing: {
    en: 'a missing value is a value of its own, or matches any: value or wildcard',
    ko: '빈 값을 하나의 값으로 볼지, 모든 값과 일치한다고 볼지: value 또는 wildcard',
  },
  alpha: {
    en: 'weight of rows that match through their own missing value',
    ko: '빈 값 때문에 일치하는 행의 비중',
  },
  suppressed: {
    en: 'rows without any quasi-identifier value: include or exclude',
    ko: '준식별자가 모두 비어 있는 행: include 또는 exclude',
  },
  subsets: {
    en: 'largest set of quasi-identifiers measured on its own (default: 2)',
    ko: '따로 측정할 준식별자 조합의 최대 크기(기본값: 2)',
  },
  suda: { en: 'look for special uniques of up to N columns', ko: 'N개 열까지의 특수 유일값(SUDA)을 찾는다' },
  sudaScoring: { en: 'scores of special uniques: elliot or ihsn', ko: '특수 유일값 점수: elliot 또는 ihsn' },
  sudaFraction: { en: 'φ of the DIS score', ko: 'DIS 점수의 φ' },
  rare: {
    en: 'look for outliers; values that fewer rows have are rare',
    ko: '이상값을 찾는다. 이보다 적은 행에 나오는 값은 드문 값이다',
  },
  rows: { en: 'write the numbers of the rows beyond a threshold', ko: '기준을 벗어난 행 번호를 쓸 파일' },
  record: {
    en: 'run record of the file (default: IN.run.json where there is one)',
    ko: '파일의 실행 기록(기본값: 있으면 IN.run.json)',
  },
  out: {
    en: 'write BASE.risk.json and BASE.risk.html (default: the name of the file)',
    ko: 'BASE.risk.json과 BASE.risk.html을 쓴다(기본값: 파일 이름)',
  },
  noReport: { en: 'write no report', ko: '보고서를 쓰지 않는다' },
  audit: { en: 'audit log to append to', ko: '기록을 덧붙일 감사 로그' },
  json: { en: 'print the record instead of the table', ko: '표 대신 기록을 출력한다' },
  threads: { en: 'threads (default: all cores)', ko: '스레드 수(기본값: 모든 코어)' },
  memory: { en: 'memory of the SQL engine, e.g. 600M', ko: 'SQL 엔진의 메모리, 예: 600M' },
  temporary: {
    en: 'directory for spilled data, removed at the end',
    ko: '임시 자료를 둘 디렉터리(끝나면 삭제)',
  },
  quiet: { en: 'no progress', ko: '진행 상황을 표시하지 않는다' },
  example: { en: 'Example:', ko: '예:' },
  pair: { en: 'COLUMN=FILE is expected', ko: '열=파일 형식이어야 합니다' },
  number: { en: 'a number of {least} to {most} is expected', ko: '{least}부터 {most}까지의 숫자여야 합니다' },
  rulesOrColumns: {
    en: 'columns come from the rules: leave --quasi-identifiers and --sensitive out',
    ko: '열은 규칙에서 정합니다. --quasi-identifiers와 --sensitive를 빼십시오',
  },
  householdNeedsWeight: { en: '--household needs --weight', ko: '--household에는 --weight가 필요합니다' },
  delimiterForm: { en: 'one to four characters are expected', ko: '한 글자에서 네 글자여야 합니다' },
  standardInput: { en: 'a file is needed, not a stream', ko: '표준 입력이 아니라 파일이어야 합니다' },
  pass: { en: 'may be released: every threshold holds', ko: '반출 가능: 모든 기준을 충족합니다' },
  fail: { en: 'may NOT be released', ko: '반출 불가' },
  noThreshold: {
    en: 'may NOT be released: no threshold is given. Write risk.thresholds in the rules, or --threshold k=5,l=2',
    ko: '반출 불가: 기준값이 없습니다. 규칙의 risk.thresholds나 --threshold k=5,l=2로 지정하십시오',
  },
  heading: { en: 'measure', ko: '지표' },
  value: { en: 'value', ko: '값' },
  limit: { en: 'limit', ko: '기준' },
  verdict: { en: 'verdict', ko: '판정' },
  ok: { en: 'ok', ko: '충족' },
  no: { en: 'NO', ko: '미충족' },
  rowsRead: {
    en: '{rows} rows, {classes} classes of {quasi}',
    ko: '{rows}행, 동질집합 {classes}개({quasi})',
  },
  worstOf: { en: '{column}, worst of {count} columns', ko: '{column}, {count}개 열 중 가장 나쁜 값' },
  violating: { en: '{rows} rows beyond {measure}', ko: '{measure} 기준을 벗어난 행: {rows}' },
  whatToChange: { en: 'What helps most:', ko: '가장 효과적인 변경:' },
  coarser: { en: '{column} to {to}', ko: '{column} → {to}' },
  drop: { en: '{column} dropped', ko: '{column} 삭제' },
  outlook: { en: 'k {k}, {rows} rows left below {want}', ko: 'k {k}, {want} 미만 동질집합에 남는 행 {rows}' },
  written: { en: 'report {html}, record {json}', ko: '보고서 {html}, 기록 {json}' },
} as const satisfies Record<string, Text>;

/** Names of the measures of the gate. */
export const MEASURE_NAMES: Readonly<Record<Measure, Text>> = {
  k: { en: 'k-anonymity', ko: 'k-익명성' },
  l: { en: 'l-diversity (distinct)', ko: 'l-다양성(서로 다른 값)' },
  'l-entropy': { en: 'l-diversity (entropy)', ko: 'l-다양성(엔트로피)' },
  t: { en: 't-closeness (equal distance)', ko: 't-근접성(등거리)' },
  't-ordered': { en: 't-closeness (ordered)', ko: 't-근접성(순서형)' },
  't-hierarchical': { en: 't-closeness (hierarchical)', ko: 't-근접성(계층형)' },
  alpha: { en: '(α,k)-anonymity: α', ko: '(α,k)-익명성의 α' },
  beta: { en: 'β-likeness', ko: 'β-유사성' },
  delta: { en: 'δ-disclosure', ko: 'δ-노출' },
  'prosecutor-max': { en: 'highest risk (prosecutor)', ko: '최대 위험(표적 공격자)' },
  'prosecutor-average': { en: 'average risk (prosecutor)', ko: '평균 위험(표적 공격자)' },
  'records-at-risk': { en: 'share of records at risk', ko: '위험 레코드 비율' },
  'sample-uniqueness': { en: 'unique records in the file', ko: '파일 안의 유일 레코드 비율' },
  'journalist-max': { en: 'highest risk (journalist)', ko: '최대 위험(불특정 공격자)' },
  marketer: { en: 'average risk (marketer)', ko: '평균 위험(대량 연결 공격자)' },
  'population-uniqueness': { en: 'unique in the population (estimate)', ko: '모집단 유일 비율(추정)' },
};

/** What is being done, for the progress line. */
export const PROGRESS_PARTS: Readonly<Record<string, Text>> = {
  read: { en: 'reading the file', ko: '파일을 읽는 중' },
  classes: { en: 'counting classes', ko: '동질집합을 세는 중' },
  sensitive: { en: 'sensitive attributes', ko: '민감속성 분석 중' },
  population: { en: 'population', ko: '모집단 추정 중' },
  subsets: { en: 'combinations of columns', ko: '열 조합 분석 중' },
  original: { en: 'comparing with the original', ko: '원본과 비교하는 중' },
  advice: { en: 'looking for what to change', ko: '변경안을 찾는 중' },
};
