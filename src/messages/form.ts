import type { Text } from './language.ts';

/** Texts of `gamyeong form`. The forms themselves are Korean, as the guideline gives them. */
export const FORM_TEXT = {
  about: {
    en: 'fill the forms of the guideline as HTML to print',
    ko: '가이드라인의 서식을 채워 인쇄할 HTML로 만든다',
  },
  example: { en: 'Example:', ko: '예:' },
  rules: { en: 'rules file', ko: '규칙 파일' },
  data: {
    en: 'pseudonymized file: its run record, risk record and reviews are read',
    ko: '가명처리한 파일. 곁에 있는 실행 기록, 위험도 기록, 검토를 읽는다',
  },
  log: { en: 'audit log', ko: '감사 로그' },
  answers: {
    en: 'YAML file with what persons have stated, by field key',
    ko: '사람이 적을 내용을 항목 키별로 쓴 YAML 파일',
  },
  out: { en: 'file to write (default: standard output)', ko: '쓸 파일(기본값: 표준 출력)' },
  overwrite: { en: 'replace an existing file', ko: '이미 있는 파일을 바꾼다' },
  needs: { en: 'which forms a case needs', ko: '어떤 서식이 필요한지 알려 준다' },
  keys: { en: 'list the field keys for --answers', ko: '--answers에 쓸 항목 키를 표시한다' },
  json: { en: 'print JSON', ko: 'JSON으로 출력한다' },
  base: { en: 'Base tier', ko: '기본 위험도' },
  possible: { en: 'Final tier that the grounds bear', ko: '근거로 가능한 최종 위험도' },
  undecided: {
    en: 'grounds contradict: a person decides',
    ko: '상향과 하향 근거가 함께 있어 사람이 판단',
  },
  final: { en: 'Final tier (stated)', ko: '최종 위험도(정한 값)' },
  reviewers: { en: 'Reviewers needed', ko: '필요한 검토자 수' },
  low: { en: 'low', ko: '저위험' },
  medium: { en: 'medium', ko: '중위험' },
  high: { en: 'high', ko: '고위험' },
  required: { en: 'required', ko: '작성' },
  reuse: { en: 'that of the earlier use stands', ko: '기존 서식 활용' },
  substitute: { en: 'an internal document takes its place', ko: '내부 문서·규정으로 갈음' },
  omit: { en: 'not needed', ko: '생략' },
} as const satisfies Record<string, Text>;
