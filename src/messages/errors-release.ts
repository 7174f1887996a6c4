import { entry } from './entry.ts';

const CERTIFICATE_ADVICE = {
  en: 'Ask its holder for a certificate that fits, or check the file.',
  ko: '소유자에게 알맞은 인증서를 요청하거나 파일을 확인하십시오.',
};
const BUNDLE_ADVICE = {
  en: 'Nothing was unpacked. Ask the sender for the bundle again.',
  ko: '아무것도 풀지 않았습니다. 보낸 곳에 번들을 다시 요청하십시오.',
};
const RUN_AGAIN = {
  en: 'Run the rules on the input again and measure the result.',
  ko: '입력 파일에 규칙을 다시 실행하고 결과를 측정하십시오.',
};
const MEASURE_AGAIN = {
  en: "Measure the file again: 'gamyeong risk --in FILE --rules RULES'.",
  ko: "'gamyeong risk --in FILE --rules RULES'로 다시 측정하십시오.",
};

/** The gate of a release (exit 4), certificates and signatures (5), bundles (5). */
export const RELEASE_ERRORS = {
  E_RELEASE_REFUSED: entry(
    4,
    { en: 'not released, for {count} reason(s)', ko: '사유 {count}건으로 반출하지 않았습니다' },
    { en: 'Each follows on a line of its own.', ko: '사유를 한 줄씩 표시합니다.' },
  ),
  E_RELEASE_RECORD: entry(
    4,
    { en: 'there is no such record, or it cannot be read', ko: '기록이 없거나 읽을 수 없습니다' },
    {
      en: "Run 'gamyeong run' and 'gamyeong risk' on this file.",
      ko: "이 파일에 대해 'gamyeong run'과 'gamyeong risk'를 실행하십시오.",
    },
  ),
  E_RELEASE_RUN_OTHER: entry(
    4,
    {
      en: 'the run record does not belong to this file: {reason}',
      ko: '이 파일의 실행 기록이 아닙니다: {reason}',
    },
    RUN_AGAIN,
  ),
  E_RELEASE_RISK_OTHER: entry(
    4,
    {
      en: 'the risk record does not belong to this file: {reason}',
      ko: '이 파일의 위험도 기록이 아닙니다: {reason}',
    },
    MEASURE_AGAIN,
  ),
  E_RELEASE_RISK_OPTION: entry(
    4,
    {
      en: "the risk was measured with '{option}', which can make it look smaller",
      ko: "위험도를 실제보다 낮아 보이게 할 수 있는 '{option}' 옵션으로 측정했습니다",
    },
    { en: 'Measure again without it.', ko: '그 옵션 없이 다시 측정하십시오.' },
  ),
  E_RELEASE_THRESHOLD: entry(
    4,
    {
      en: '{measure} is {value}, the policy asks for {bound} {threshold}',
      ko: '{measure} 값이 {value}입니다. 정책 기준은 {threshold} {bound}입니다',
    },
    {
      en: 'Generalize or suppress further, and measure again.',
      ko: '더 일반화하거나 제외한 뒤 다시 측정하십시오.',
    },
  ),
  E_RELEASE_NOT_MEASURED: entry(
    4,
    {
      en: '{measure} is in the policy but has no value: {reason}',
      ko: '정책에 있는 {measure} 값이 없습니다: {reason}',
    },
    MEASURE_AGAIN,
  ),
  E_RELEASE_IDENTIFIER: entry(
    4,
    {
      en: '{cells} cell(s) look like: {identifier}',
      ko: '{identifier} 형식으로 보이는 값이 {cells}개 있습니다',
    },
    {
      en: "Treat the column, or declare why it holds them in 'release: holds:' of the rules.",
      ko: "열을 처리하거나, 규칙의 'release: holds:'에 그런 값을 담는 이유를 밝히십시오.",
    },
  ),
  E_RELEASE_CSV: entry(
    4,
    {
      en: 'the file is not well-formed CSV as the rules describe it',
      ko: '규칙에 적힌 형식의 CSV가 아닙니다',
    },
    RUN_AGAIN,
  ),
  E_RELEASE_NOT_STATED: entry(
    4,
    { en: "the rules do not state '{key}'", ko: "규칙에 '{key}' 항목이 없습니다" },
    { en: "Add it to the section 'release'.", ko: "'release' 항목에 적으십시오." },
  ),
  E_RELEASE_PERIOD: entry(
    4,
    { en: 'the period ended on {date}', ko: '기간이 {date}에 끝났습니다' },
    { en: 'Agree on a new period and state it.', ko: '기간을 다시 정해 적으십시오.' },
  ),
  E_RELEASE_RECIPIENT: entry(
    4,
    {
      en: "the certificate '{subject}' is of nobody among the recipients that the rules state",
      ko: "인증서 '{subject}'의 소유자가 규칙에 적힌 제공받는 자에 없습니다",
    },
    { en: 'Check --to and release: recipients.', ko: '--to와 release: recipients를 확인하십시오.' },
  ),
  E_RELEASE_REVIEW: entry(
    4,
    {
      en: 'the reviews do not carry the release: {reason}',
      ko: '검토 결과로는 반출할 수 없습니다: {reason}',
    },
    { en: "See 'gamyeong review list'.", ko: "'gamyeong review list'로 확인하십시오." },
  ),
  E_RELEASE_CHANGED: entry(
    4,
    { en: 'the file was changed while it was released', ko: '반출하는 동안 파일이 바뀌었습니다' },
    {
      en: 'Nothing was released. Find out by whom.',
      ko: '반출하지 않았습니다. 누가 바꾸었는지 확인하십시오.',
    },
  ),

  E_CERT_FORMAT: entry(
    5,
    { en: 'not a certificate in PEM', ko: 'PEM 형식의 인증서가 아닙니다' },
    { en: 'Check the file.', ko: '파일을 확인하십시오.' },
  ),
  E_CERT_EXPIRED: entry(
    5,
    {
      en: "the certificate '{subject}' expired on {date}",
      ko: "'{subject}' 인증서가 {date}에 만료되었습니다",
    },
    CERTIFICATE_ADVICE,
  ),
  E_CERT_NOT_YET: entry(
    5,
    {
      en: "the certificate '{subject}' is valid from {date} only",
      ko: "인증서 '{subject}'의 유효기간은 {date}부터입니다",
    },
    CERTIFICATE_ADVICE,
  ),
  E_CERT_USAGE: entry(
    5,
    {
      en: "the certificate '{subject}' is not for {use}",
      ko: "'{subject}' 인증서는 {use} 용도가 아닙니다",
    },
    CERTIFICATE_ADVICE,
  ),
  E_CERT_WEAK: entry(
    5,
    {
      en: "the certificate '{subject}' is too weak ({reason})",
      ko: "인증서 '{subject}'의 안전성이 부족합니다({reason})",
    },
    {
      en: 'RSA from 2048 bits or EC from 256 bits and SHA-256 are needed.',
      ko: 'RSA 2048비트 이상 또는 EC 256비트 이상이고 SHA-256 이상이어야 합니다.',
    },
  ),
  E_CERT_CRITICAL: entry(
    5,
    {
      en: "the certificate '{subject}' has a critical extension that is not understood ({id})",
      ko: "인증서 '{subject}'에 해석할 수 없는 필수 확장({id})이 있습니다",
    },
    CERTIFICATE_ADVICE,
  ),
  E_CERT_UNTRUSTED: entry(
    5,
    {
      en: "the certificate '{subject}' leads to no trusted authority",
      ko: "'{subject}' 인증서가 신뢰하는 인증기관으로 이어지지 않습니다",
    },
    {
      en: "Name its authority with --trust, if you trust it; put intermediate authorities into the holder's file.",
      ko: '신뢰하는 기관이면 --trust에 지정하고, 중간 인증기관은 소유자의 파일에 함께 넣으십시오.',
    },
  ),
  E_PRIVATE_KEY: entry(
    5,
    {
      en: 'not a private key in PEM, or another passphrase',
      ko: 'PEM 형식의 개인키가 아니거나 암호가 다릅니다',
    },
    { en: 'Check the file and the passphrase.', ko: '파일과 암호를 확인하십시오.' },
  ),
  E_PRIVATE_KEY_OTHER: entry(
    5,
    {
      en: "the private key is not that of the certificate '{subject}'",
      ko: "인증서 '{subject}'의 개인키가 아닙니다",
    },
    { en: 'Name the key of this certificate.', ko: '이 인증서의 개인키를 지정하십시오.' },
  ),
  E_SIGNATURE_FORMAT: entry(
    5,
    { en: 'the signature is no CMS signature of ours', ko: '전자서명이 지원하는 CMS 형식이 아닙니다' },
    BUNDLE_ADVICE,
  ),
  E_SIGNATURE_WRONG: entry(
    5,
    {
      en: 'the signature is wrong: what was signed has been changed',
      ko: '전자서명이 맞지 않습니다. 서명한 뒤에 내용이 바뀌었습니다',
    },
    BUNDLE_ADVICE,
  ),

  E_BUNDLE_FORMAT: entry(
    5,
    { en: 'not a whole bundle: {reason}', ko: '온전한 번들이 아닙니다: {reason}' },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_MANIFEST: entry(
    5,
    { en: 'the manifest is not one of this version', ko: '이 버전의 매니페스트가 아닙니다' },
    { en: 'Open it with a newer gamyeong.', ko: '더 새로운 gamyeong으로 여십시오.' },
  ),
  E_BUNDLE_MEMBERS: entry(
    5,
    {
      en: 'the members are not those of the manifest, in its order and with its sizes',
      ko: '구성 파일의 목록, 순서 또는 크기가 매니페스트와 다릅니다',
    },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_DIGEST: entry(
    5,
    { en: "the content of '{member}' was changed", ko: "'{member}'의 내용이 바뀌었습니다" },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_DECRYPT: entry(
    5,
    {
      en: "'{member}' cannot be decrypted with this key",
      ko: "'{member}' 부분을 이 키로 복호화할 수 없습니다",
    },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_SIGNER: entry(
    5,
    {
      en: 'signed by another than the manifest names: the bundle was signed anew',
      ko: '매니페스트에 적힌 서명자가 아닙니다. 다른 사람이 다시 서명한 번들입니다',
    },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_OTHER_SIGNER: entry(
    5,
    {
      en: "signed by '{subject}', not by the certificate of --from",
      ko: "--from 인증서가 아니라 '{subject}' 인증서로 서명했습니다",
    },
    BUNDLE_ADVICE,
  ),
  E_BUNDLE_NOT_RECIPIENT: entry(
    5,
    {
      en: "the bundle is not for the certificate '{subject}'",
      ko: "인증서 '{subject}'에게 보낸 번들이 아닙니다",
    },
    { en: 'Name the certificate it was sent to.', ko: '번들을 받을 인증서를 지정하십시오.' },
  ),
  E_PKI_NOT_EMPTY: entry(
    2,
    { en: 'the directory exists already', ko: '디렉터리가 이미 있습니다' },
    { en: 'Name a new one.', ko: '새 이름을 지정하십시오.' },
  ),
} as const;
