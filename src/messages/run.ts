import type { Text } from './language.ts';

export const ENGINE_CANNOT: Text = {
  en: 'the fast engine does not read this dialect; leave --engine out',
  ko: '빠른 엔진은 이 형식을 읽지 못합니다. --engine을 빼십시오',
};

/** Texts of `gamyeong run`. */
export const RUN_TEXT = {
  about: {
    en: 'pseudonymize a CSV file by rules',
    ko: '규칙에 따라 CSV 파일을 가명처리한다',
  },
  rules: { en: 'rules file (YAML)', ko: '규칙 파일(YAML)' },
  in: { en: 'input file, - for standard input', ko: '입력 파일, 표준 입력은 -' },
  out: { en: 'output file, - for standard output', ko: '출력 파일, 표준 출력은 -' },
  key: {
    en: "key file, made by 'gamyeong key new', or a reference ('gamyeong key --help')",
    ko: "'gamyeong key new'로 만든 키 파일 또는 키 참조('gamyeong key --help')",
  },
  threads: {
    en: 'worker threads, up to 256 (default: all cores)',
    ko: '작업 스레드 수, 256까지(기본값: 모든 코어)',
  },
  chunk: {
    en: 'input that a thread takes at a time, e.g. 4M',
    ko: '스레드가 한 번에 처리할 입력 크기, 예: 4M',
  },
  resume: { en: 'continue an interrupted run', ko: '중단된 작업을 이어간다' },
  checkpoint: {
    en: 'input after which --resume can go on, e.g. 16M (default: 64M)',
    ko: '--resume으로 이어갈 지점을 남길 입력 간격, 예: 16M(기본값: 64M)',
  },
  json: { en: 'print the run record on standard output', ko: '실행 기록을 표준 출력에 쓴다' },
  overwrite: { en: 'replace existing output files', ko: '이미 있는 출력 파일을 바꾼다' },
  engine: {
    en: 'fast or reference (default: fast where it reads the dialect)',
    ko: 'fast 또는 reference(기본값: 형식이 허용하면 fast)',
  },
  rejects: {
    en: 'write rejected rows to this file, as they were in the input',
    ko: '거부된 행을 원본 그대로 쓸 파일',
  },
  record: { en: 'run record (default: OUT.run.json)', ko: '실행 기록 파일(기본값: OUT.run.json)' },
  audit: { en: 'audit log to append to', ko: '기록을 덧붙일 감사 로그' },
  quiet: { en: 'no progress, no summary', ko: '진행 상황과 요약을 표시하지 않는다' },
  example: { en: 'Example:', ko: '예:' },
  rows: {
    en: '{in} rows in, {out} out, {suppressed} suppressed, {rejected} rejected',
    ko: '입력 {in}행, 출력 {out}행, 제외 {suppressed}행, 거부 {rejected}행',
  },
  enforced: {
    en: 'to hold the risk policy: {recoded} recodings, {cells} cells emptied in {records} rows, {removed} rows left out',
    ko: '위험 기준을 지키기 위해: 재코딩 {recoded}회, {records}행에서 값 {cells}개 비움, {removed}행 제외',
  },
  speed: { en: '{mb} MB in {seconds} s, {rate} MB/s', ko: '{mb} MB, {seconds}초, {rate} MB/s' },
  written: { en: 'output {out}, record {record}', ko: '출력 {out}, 실행 기록 {record}' },
  rejected: {
    en: 'rejected rows in {rejects}: originals, to be kept like the input',
    ko: '거부된 행 {rejects}: 가명처리 전 원본이므로 입력과 똑같이 보호하십시오',
  },
  notANumber: {
    en: 'a whole number from 1 to {most} is expected.',
    ko: '1에서 {most} 사이의 정수여야 합니다.',
  },
  notASize: { en: 'a size such as 512K, 4M or 1G is expected.', ko: '512K, 4M, 1G와 같은 크기여야 합니다.' },
  resumeNeedsFile: { en: '--resume needs an output file', ko: '--resume에는 출력 파일이 필요합니다' },
  rejectsNeedFile: { en: '--rejects needs an output file', ko: '--rejects에는 출력 파일이 필요합니다' },
  jsonNeedsFile: {
    en: '--json cannot go with --out -: both print on standard output',
    ko: '--json은 --out -와 함께 쓸 수 없습니다. 둘 다 표준 출력을 씁니다',
  },
} as const satisfies Record<string, Text>;
