import type { Identifier } from '../release/identifiers.ts';
import type { Text } from './language.ts';

/** Why a file is no bundle. */
export const BUNDLE_FAULTS = {
  header: { en: 'a header of the archive is not as written', ko: '묶음 파일의 헤더가 원래와 다릅니다' },
  end: { en: 'it is cut off, or something follows its end', ko: '잘렸거나 끝에 다른 내용이 붙었습니다' },
  manifestMissing: {
    en: 'manifest and signature do not stand at the end',
    ko: '끝에 매니페스트와 전자서명이 없습니다',
  },
} as const satisfies Record<string, Text>;

/** What a record does not agree with. */
export const RECORD_FAULTS = {
  digest: { en: 'its SHA-256 of the file is another', ko: '파일의 SHA-256이 다릅니다' },
  rows: { en: 'its number of rows is another', ko: '행 수가 다릅니다' },
  rules: { en: 'it was made with other rules', ko: '다른 규칙으로 만든 기록입니다' },
  columns: { en: 'its columns are others', ko: '열이 다릅니다' },
  quasiIdentifiers: {
    en: 'it measured other quasi-identifiers than the rules state',
    ko: '규칙에 적힌 준식별자와 다른 열을 측정했습니다',
  },
  sensitive: {
    en: 'it measured other sensitive columns than the rules state',
    ko: '규칙에 적힌 민감속성과 다른 열을 측정했습니다',
  },
  figures: { en: 'its figures contradict each other', ko: '수치가 서로 맞지 않습니다' },
  measured: {
    en: 'measured again, the file gives other figures ({figures})',
    ko: '파일을 다시 측정한 수치와 다릅니다({figures})',
  },
} as const satisfies Record<string, Text>;

export const IDENTIFIER_NAMES: Readonly<Record<Identifier, Text>> = {
  rrn: { en: 'resident or foreigner registration number', ko: '주민등록번호·외국인등록번호' },
  phone: { en: 'telephone number', ko: '전화번호' },
  email: { en: 'e-mail address', ko: '전자우편 주소' },
  card: { en: 'payment card number', ko: '카드번호' },
  account: { en: 'bank account number', ko: '계좌번호' },
  passport: { en: 'passport number', ko: '여권번호' },
  'driving-licence': { en: 'driving licence number', ko: '운전면허번호' },
  'vehicle-plate': { en: 'vehicle plate', ko: '차량번호' },
  'business-no': { en: 'business registration number', ko: '사업자등록번호' },
  'corporate-no': { en: 'corporation registration number', ko: '법인등록번호' },
};

export const BOUNDS = {
  least: { en: 'at least', ko: '이상' },
  most: { en: 'at most', ko: '이하' },
} as const satisfies Record<string, Text>;

/** Texts of `gamyeong release`. */
export const RELEASE_TEXT = {
  about: {
    en: 'check the gate, then sign and encrypt a file with its records for its recipients',
    ko: '반출 기준을 확인하고, 파일과 기록을 서명·암호화하여 번들로 만든다',
  },
  in: {
    en: 'pseudonymized file, with FILE.run.json and FILE.risk.json',
    ko: '가명처리된 파일. FILE.run.json, FILE.risk.json과 함께 둔다',
  },
  rules: { en: 'rules file (YAML)', ko: '규칙 파일(YAML)' },
  to: {
    en: "recipient's certificate (PEM); again for more",
    ko: '제공받는 자의 인증서(PEM). 여러 번 쓸 수 있다',
  },
  sign: {
    en: "signer's certificate (PEM), with authorities between",
    ko: '서명자의 인증서(PEM). 중간 인증기관 포함',
  },
  signKey: { en: "signer's private key (PEM)", ko: '서명자의 개인키(PEM)' },
  passphrase: { en: 'file with the passphrase of the private key', ko: '개인키 암호가 든 파일' },
  trust: { en: 'trusted authorities (PEM)', ko: '신뢰하는 인증기관 인증서(PEM)' },
  out: { en: 'bundle to write', ko: '만들 번들 파일' },
  overwrite: { en: 'replace an existing bundle', ko: '이미 있는 번들을 바꾼다' },
  audit: { en: 'audit log to append to', ko: '기록을 덧붙일 감사 로그' },
  json: {
    en: 'print the manifest, or the reasons, as JSON',
    ko: '매니페스트나 거부 사유를 JSON으로 출력한다',
  },
  quiet: { en: 'no progress, no summary', ko: '진행 상황과 요약을 표시하지 않는다' },
  example: { en: 'Example:', ko: '예:' },
  released: {
    en: 'released {rows} rows to {count} recipient(s): {out}',
    ko: '{rows}행을 {count}곳에 제공할 번들을 만들었습니다: {out}',
  },
} as const satisfies Record<string, Text>;

/** Texts of `gamyeong open`. */
export const OPEN_TEXT = {
  about: { en: 'verify a bundle and unpack it', ko: '번들을 검증하고 푼다' },
  bundle: { en: "bundle made by 'gamyeong release'", ko: "'gamyeong release'로 만든 번들" },
  key: { en: "receiver's private key (PEM)", ko: '받는 쪽의 개인키(PEM)' },
  cert: { en: "receiver's certificate (PEM)", ko: '받는 쪽의 인증서(PEM)' },
  passphrase: { en: 'file with the passphrase of the private key', ko: '개인키 암호가 든 파일' },
  trust: { en: 'trusted authorities (PEM)', ko: '신뢰하는 인증기관 인증서(PEM)' },
  from: { en: 'accept this signer only (certificate, PEM)', ko: '이 서명자만 받아들인다(인증서, PEM)' },
  out: { en: 'new directory for the files', ko: '파일을 풀 새 디렉터리' },
  check: {
    en: 'verify only; without --key and --cert as far as that needs no key',
    ko: '검증만 한다. --key와 --cert가 없으면 키 없이 가능한 데까지 한다',
  },
  audit: { en: 'audit log to append to', ko: '기록을 덧붙일 감사 로그' },
  json: { en: 'print what was verified as JSON', ko: '검증 결과를 JSON으로 출력한다' },
  quiet: { en: 'no progress, no summary', ko: '진행 상황과 요약을 표시하지 않는다' },
  example: { en: 'Example:', ko: '예:' },
  outOrCheck: { en: 'give either --out or --check', ko: '--out과 --check 가운데 하나만 쓰십시오' },
  keyAndCert: { en: '--key and --cert belong together', ko: '--key와 --cert는 함께 써야 합니다' },
  outNeedsKey: { en: '--out needs --key and --cert', ko: '--out에는 --key와 --cert가 필요합니다' },
  signed: {
    en: 'signed by {signer} at {time}',
    ko: '서명: {signer}, {time}',
  },
  facts: {
    en: '{rows} rows, tier {tier}, {from} to {to}: {purpose}',
    ko: '{rows}행, 위험도 {tier}, {from}부터 {to}까지: {purpose}',
  },
  verified: { en: 'verified: signature, members, contents', ko: '전자서명, 구성, 내용을 모두 검증했습니다' },
  verifiedOutside: {
    en: 'verified: signature and members; the contents stay encrypted',
    ko: '전자서명과 구성을 검증했습니다. 내용은 암호화된 채입니다',
  },
  unpacked: { en: 'unpacked into {out}', ko: '{out}에 풀었습니다' },
} as const satisfies Record<string, Text>;

/** Texts of `gamyeong pki`. */
export const PKI_TEXT = {
  about: { en: 'certificates for trying out', ko: '시험용 인증서를 만든다' },
  demo: {
    en: 'make a throw-away authority, a steward who signs and a center that receives',
    ko: '시험용 인증기관, 서명하는 담당자, 받는 센터의 인증서와 키를 만든다',
  },
  directory: { en: 'new directory', ko: '새 디렉터리' },
  days: { en: 'days that the certificates are valid', ko: '인증서 유효기간(일)' },
  notDays: { en: 'a whole number from 1 to 3650 is expected.', ko: '1부터 3650까지의 정수여야 합니다.' },
  warning: {
    en: 'For trying out only: anyone with this directory can sign and open bundles.',
    ko: '시험용입니다. 이 디렉터리를 가진 사람은 누구나 서명하고 번들을 열 수 있습니다.',
  },
  example: { en: 'Example:', ko: '예:' },
} as const satisfies Record<string, Text>;
