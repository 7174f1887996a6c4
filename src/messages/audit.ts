import type { Text } from './language.ts';

/** Texts of `gamyeong audit`. */
export const AUDIT_TEXT = {
  about: {
    en: 'verify the audit log, sign its state, print the ledger',
    ko: '감사 로그를 검증하고 상태에 서명하며 관리대장을 출력한다',
  },
  log: { en: 'audit log', ko: '감사 로그' },
  json: { en: 'print JSON', ko: 'JSON으로 출력한다' },
  example: { en: 'Example:', ko: '예:' },
  verify: {
    en: 'find changed, removed, inserted and moved lines',
    ko: '바뀌거나 없어지거나 끼워 넣거나 옮긴 줄을 찾는다',
  },
  checkpointFile: {
    en: 'signed checkpoint: shows a cut-off end as well',
    ko: '서명한 체크포인트. 뒷부분이 잘렸는지도 확인한다',
  },
  trust: {
    en: 'certificates that the signer must lead to (PEM)',
    ko: '서명자의 인증서를 발급한 신뢰 인증서(PEM)',
  },
  checkpoint: {
    en: 'sign the last line; writes FILE and FILE.p7s',
    ko: '마지막 줄에 서명한다. FILE과 FILE.p7s를 쓴다',
  },
  sign: { en: "signer's certificate (PEM)", ko: '서명자 인증서(PEM)' },
  signKey: { en: "signer's private key (PEM)", ko: '서명자 개인키(PEM)' },
  passphraseFile: {
    en: 'file whose first line opens the private key',
    ko: '개인키 암호를 첫 줄에 적은 파일',
  },
  out: { en: 'file to write', ko: '쓸 파일' },
  recover: {
    en: 'replace a last line that a crash cut off by an entry that says so',
    ko: '비정상 종료로 잘린 마지막 줄을 복구하고 그 사실을 기록한다',
  },
  record: {
    en: 'write down what was done without gamyeong: use, destruction, access rights',
    ko: 'gamyeong 밖에서 한 이용·제공·파기와 접근권한 부여·말소를 기록한다',
  },
  action: {
    en: 'what was done',
    ko: '처리 구분',
  },
  kind: {
    en: 'to pseudonymized data or to additional information (keys)',
    ko: '정보 구분: 가명정보(data) 또는 추가정보(additional)',
  },
  of: {
    en: 'the data: its file, its run record, or its SHA-256',
    ko: '대상 가명정보: 파일, 실행 기록, 또는 SHA-256',
  },
  keyId: { en: 'the key: its id', ko: '대상 추가정보: 키 ID' },
  text: { en: 'what and why', ko: '내용과 사유' },
  handler: { en: 'whose access rights', ko: '접근권한 대상자' },
  recipient: { en: 'who received it', ko: '제공받는 자' },
  ledger: {
    en: 'print the ledger (form ➓) and what is due',
    ko: '가명(추가)정보 관리대장(➓)과 기한이 된 일을 출력한다',
  },
  html: { en: 'print the form as HTML', ko: '서식을 HTML로 출력한다' },
  inOrder: {
    en: '{lines} entries, all as they were written. Last: {seq}, {hash}',
    ko: '기록 {lines}건이 모두 쓴 그대로입니다. 마지막 기록: {seq}, {hash}',
  },
  sealed: {
    en: 'Checkpoint of {time}, signed by {signer}: entry {seq} is unchanged.',
    ko: '체크포인트({time}, {signer} 서명): {seq}번 기록까지 바뀌지 않았습니다.',
  },
  unsealed: {
    en: 'Without a checkpoint a changed last line or a cut-off end cannot be seen.',
    ko: '체크포인트 없이는 마지막 줄이 바뀌었거나 뒷부분이 잘렸는지 알 수 없습니다.',
  },
  unfinished: {
    en: 'Started, but no end is recorded: entries {list}',
    ko: '시작만 기록되고 끝이 없는 기록: {list}번',
  },
  clockBack: {
    en: 'The clock went back at lines {list}.',
    ko: '시계가 뒤로 돌아간 줄: {list}',
  },
  recovered: {
    en: '{bytes} bytes were cut off and recorded as entry {seq}',
    ko: '{bytes}바이트를 잘라 내고 {seq}번 기록으로 남겼습니다',
  },
  ofOrKey: {
    en: '--of goes with --kind data, --key-id with --kind additional',
    ko: '--of는 --kind data와, --key-id는 --kind additional과 함께 씁니다',
  },
  needsHandler: {
    en: '--handler goes with grant and revoke, and is needed there',
    ko: '--handler는 grant와 revoke에 반드시 쓰고, 다른 구분에는 쓰지 않습니다',
  },
  pair: { en: '{one} and {other} go together', ko: '{one}, {other} 두 옵션은 함께 씁니다' },
  notSha: {
    en: '--of: a file, a run record or 64 hex digits are expected',
    ko: '--of에는 파일, 실행 기록, 또는 16진수 64자가 필요합니다',
  },
} as const satisfies Record<string, Text>;

/** Headings and words of the ledger on a terminal. */
export const LEDGER_TEXT = {
  seq: { en: 'No', ko: '번호' },
  day: { en: 'Day', ko: '처리일자' },
  controlNo: { en: 'Control no', ko: '관리번호' },
  kind: { en: 'Kind', ko: '정보구분' },
  action: { en: 'Action', ko: '처리구분' },
  detail: { en: 'Purpose and content', ko: '처리목적 및 내용' },
  recipients: { en: 'Recipients', ko: '제공받는 자' },
  officer: { en: 'Officer', ko: '담당자' },
  handler: { en: 'Handler', ko: '취급자' },
  what: { en: 'To do', ko: '할 일' },
  due: { en: 'By', ko: '기한' },
  state: { en: 'State', ko: '상태' },
  data: { en: 'pseudonymized data', ko: '가명정보' },
  additional: { en: 'additional information', ko: '추가정보' },
  create: { en: 'created', ko: '생성' },
  use: { en: 'used', ko: '이용' },
  provide: { en: 'provided', ko: '제공' },
  keep: { en: 'kept', ko: '보관' },
  destroy: { en: 'destroyed', ko: '파기' },
  grant: { en: 'granted', ko: '부여' },
  revoke: { en: 'revoked', ko: '말소' },
  later: { en: 'not yet', ko: '기한 전' },
  ended: { en: 'may go', ko: '보존 기간 끝남' },
  empty: { en: 'The ledger is empty.', ko: '관리대장이 비어 있습니다.' },
  overdue: { en: 'DUE', ko: '기한 지남' },
} as const satisfies Record<string, Text>;
