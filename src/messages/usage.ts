import type { Text } from './language.ts';

/** Texts of the command line itself. */
export const USAGE_TEXT = {
  about: {
    en: 'Pseudonymize CSV data sets, measure what can still be re-identified, release only what may be.',
    ko: 'CSV 자료를 가명처리하고 재식별 위험을 측정하여 기준에 맞는 것만 내보낸다.',
  },
  version: { en: 'print the version', ko: '버전을 표시한다' },
  help: { en: 'explain a command', ko: '사용법을 표시한다' },
  lang: {
    en: 'language of messages: en or ko (default: the locale)',
    ko: '메시지 언어: en 또는 ko(기본값: 로캘)',
  },
  more: {
    en: "Each command explains itself: 'gamyeong run --help'.",
    ko: "명령마다 사용법이 있습니다: 'gamyeong run --help'.",
  },
} as const satisfies Record<string, Text>;

/** Headings of commander's help. */
export const HELP_TITLES: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', ko: '사용법:' },
  'Arguments:': { en: 'Arguments:', ko: '인자:' },
  'Options:': { en: 'Options:', ko: '옵션:' },
  'Commands:': { en: 'Commands:', ko: '명령:' },
};

/** What commander finds wrong, by its code; `{word}` is the word it is about. */
export const USAGE_FAULTS: Readonly<Record<string, Text>> = {
  'commander.unknownOption': { en: "unknown option '{word}'", ko: "알 수 없는 옵션 '{word}'" },
  'commander.unknownCommand': { en: "unknown command '{word}'", ko: "알 수 없는 명령 '{word}'" },
  'commander.missingMandatoryOptionValue': {
    en: "option '{word}' is missing",
    ko: "'{word}' 옵션이 없습니다",
  },
  'commander.optionMissingArgument': {
    en: "option '{word}' needs a value",
    ko: "옵션 '{word}'에 값이 필요합니다",
  },
  'commander.invalidArgument': {
    en: "the value of '{word}' does not fit: {expected}",
    ko: "'{word}'의 값이 맞지 않습니다: {expected}",
  },
  'commander.missingArgument': { en: "'{word}' is missing", ko: "'{word}' 인자가 없습니다" },
  'commander.excessArguments': { en: 'too many arguments', ko: '인자가 너무 많습니다' },
};

/** What commander adds to the description of an option or an argument. */
export const HELP_EXTRAS: Readonly<Record<string, Text>> = {
  '(choices: ': { en: '(choices: ', ko: '(선택: ' },
  '(default: ': { en: '(default: ', ko: '(기본값: ' },
  ', default: ': { en: ', default: ', ko: ', 기본값: ' },
};

export const CHOICES: Text = { en: 'choose one of {names}', ko: '{names} 중에서 고르십시오' };

export const DID_YOU_MEAN: Text = { en: " (did you mean '{word}'?)", ko: "(혹시 '{word}'입니까?)" };

/** One line for every command: shown by `--help` without loading any of them. */
export const COMMAND_SUMMARIES = {
  run: { en: 'pseudonymize a CSV file by rules', ko: '규칙에 따라 CSV 파일을 가명처리한다' },
  check: { en: 'check rules and explain the plan', ko: '규칙을 검사하고 처리 계획을 설명한다' },
  risk: {
    en: 'measure re-identification risk, decide on release',
    ko: '재식별 위험을 측정하고 반출 여부를 판정한다',
  },
  key: { en: 'make, keep, rotate and destroy keys', ko: '키를 만들고 보관하고 교체하고 파기한다' },
  review: { en: 'record and list reviews', ko: '적정성 검토를 기록하고 확인한다' },
  form: { en: 'fill the forms of the guideline', ko: '가이드라인의 서식을 채운다' },
  release: {
    en: 'pass the gate, sign and encrypt a bundle',
    ko: '반출 기준을 확인하고 서명·암호화한 번들을 만든다',
  },
  open: { en: 'verify a bundle and unpack it', ko: '번들을 검증하고 푼다' },
  pki: { en: 'make certificates for trying out', ko: '시험용 인증서를 만든다' },
  audit: {
    en: 'verify the audit log, print the ledger',
    ko: '감사 로그를 검증하고 관리대장을 출력한다',
  },
  job: { en: 'run, measure, decide and release in one go', ko: '가명처리부터 반출까지 한 번에 한다' },
  sample: { en: 'make invented data', ko: '가상 데이터를 만든다' },
} as const satisfies Record<string, Text>;
