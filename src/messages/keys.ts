import type { Text } from './language.ts';

/** What is told about a key that is used or made. */
export const KEY_NOTES = {
  retired: {
    en: 'warning: key {id} is retired; use its newest version for new data',
    ko: '경고: 교체된 키입니다({id}). 새 자료에는 최신 버전을 쓰십시오',
  },
  scheduled: {
    en: 'warning: key {id} will be destroyed at {due}',
    ko: '경고: {due}에 파기될 예정인 키입니다({id})',
  },
  besideData: {
    en: 'warning: there are CSV files beside the key; additional information must be kept apart from data',
    ko: '경고: 키와 같은 곳에 CSV 파일이 있습니다. 추가정보는 가명정보와 분리하여 보관해야 합니다',
  },
  plainCopy: {
    en: 'warning: the plain key file is still there; remove it once the sealed one has been tried',
    ko: '경고: 봉인하지 않은 키 파일이 그대로 있습니다. 봉인 파일을 확인한 뒤 없애십시오',
  },
  sharesLive: {
    en: 'warning: shares of key {id} exist: destroy them too, {threshold} of {count} bring it back',
    ko: '경고: 키 {id}의 조각이 남아 있습니다. {count}개 가운데 {threshold}개로 키를 되살릴 수 있으니 함께 파기하십시오',
  },
  missing: {
    en: 'warning: {file} of key {id} was not found; if it was moved, it still holds the key',
    ko: '경고: 키 {id}의 파일이 없습니다({file}). 옮겨 두었다면 키가 그대로 남아 있는 것입니다',
  },
  noGuarantee: {
    en: 'note: SSDs, copy-on-write file systems, snapshots and backups may keep old bytes after overwriting',
    ko: '참고: SSD, 쓰기 시 복사 파일 시스템, 스냅숏, 백업에는 덮어쓴 뒤에도 이전 내용이 남을 수 있습니다',
  },
} as const satisfies Record<string, Text>;

/** Texts of `gamyeong key` and its commands. */
export const KEY_TEXT = {
  about: {
    en: 'make, keep, rotate and destroy keys',
    ko: '키를 만들고 보관하고 교체하고 파기한다',
  },
  example: { en: 'Example:', ko: '예:' },
  forms: {
    en: `Wherever a key file is asked for, the file (mode 0600) may be
  64 hex digits       made by 'key new'
  a sealed key        made by 'key new --sealed' or 'key seal'
  a reference         YAML that says where the key is kept:
    source: command     { source: command, command: [vault, kv, get, -field=key, secret/gamyeong], timeout: 30 }
    source: pkcs11      { source: pkcs11, module: /usr/lib/softhsm/libsofthsm2.so, token: LABEL, key: LABEL }
    source: shares      { source: shares, threshold: 3, shares: [a.share, b.share, c.share] }
  with key-id: ID in a reference, no other key is accepted.
  Keys and their register keys.json never lie beside the data.`,
    ko: `키 파일을 지정하는 곳에는 다음 가운데 하나를 쓴다(모드 0600).
  16진수 64자         'key new'로 만든 키
  봉인된 키           'key new --sealed' 또는 'key seal'로 만든 키
  키 참조             키가 보관된 곳을 적은 YAML 파일:
    명령                { source: command, command: [vault, kv, get, -field=key, secret/gamyeong], timeout: 30 }
    PKCS#11 토큰        { source: pkcs11, module: /usr/lib/softhsm/libsofthsm2.so, token: 이름, key: 이름 }
    키 조각             { source: shares, threshold: 3, shares: [a.share, b.share, c.share] }
  키 참조에 key-id: ID를 적으면 다른 키는 받아들이지 않는다.
  키와 키 대장(keys.json)은 자료와 같은 곳에 두지 않는다.`,
  },
  passphrases: {
    en: `Passphrases are asked for on the terminal, or read one a line in the order needed (to open, then to seal);
a single line serves for all.`,
    ko: `암호문구는 터미널에서 묻거나, 필요한 순서대로(여는 것 먼저, 봉인하는 것 나중) 한 줄에 하나씩 읽는다.
한 줄만 있으면 모두에 쓴다.`,
  },
  file: { en: 'key file', ko: '키 파일' },
  newFile: { en: 'key file to make', ko: '만들 키 파일' },
  directory: { en: 'directory of the keys', ko: '키가 있는 디렉터리' },
  share: { en: 'share files', ko: '키 조각 파일' },
  passphraseFd: {
    en: 'read passphrases or the PIN from this open file descriptor',
    ko: '암호문구나 PIN을 읽을 파일 서술자 번호',
  },
  passphraseFile: {
    en: 'read passphrases or the PIN from this file (mode 0600)',
    ko: '암호문구나 PIN을 읽을 파일(모드 0600)',
  },
  audit: { en: 'audit log to append to', ko: '기록을 남길 감사 로그' },
  json: { en: 'print one JSON object', ko: 'JSON 객체 하나로 출력한다' },
  new: {
    en: 'make a random key in a new file and print its id',
    ko: '새 파일에 무작위 키를 만들고 키 ID를 표시한다',
  },
  sealed: { en: 'put the key under a passphrase', ko: '암호문구로 봉인한다' },
  period: {
    en: 'days on which the key may be used: FROM ≤ day < TO, e.g. 2026-01-01..2027-01-01',
    ko: '키를 쓸 수 있는 기간(FROM ≤ 날짜 < TO), 예: 2026-01-01..2027-01-01',
  },
  show: {
    en: 'take a key out of what it is kept in and print its id',
    ko: '키를 꺼내어 키 ID를 표시한다',
  },
  list: { en: 'list the keys of a register', ko: '키 대장의 키를 나열한다' },
  seal: {
    en: 'put a key under a passphrase, in its place or as a copy',
    ko: '키를 암호문구로 봉인한다. 제자리에서 바꾸거나 사본을 만든다',
  },
  sealOut: { en: 'write a sealed copy here', ko: '봉인한 사본을 쓸 파일' },
  split: {
    en: 'split a key into sealed shares, some of which give it back',
    ko: '키를 봉인된 조각으로 나눈다. 정한 수만큼 모이면 키가 된다',
  },
  shares: { en: 'how many shares are made', ko: '만들 조각 수' },
  threshold: { en: 'how many give the key', ko: '키가 되는 데 필요한 조각 수' },
  splitOut: { en: 'directory for the shares', ko: '조각을 쓸 디렉터리' },
  combine: { en: 'put a key together from shares', ko: '조각을 모아 키를 되살린다' },
  combineOut: { en: 'key file to write', ko: '키를 쓸 파일' },
  rotate: {
    en: 'make the next version of a key and retire the old one',
    ko: '키의 다음 버전을 만들고 이전 키를 교체 상태로 둔다',
  },
  destroy: {
    en: 'schedule the destruction of a key, cancel it, or destroy what is due',
    ko: '키의 파기를 예약하거나 취소하고, 기한이 된 키를 파기한다',
  },
  destroyFile: {
    en: 'key file; with --due the directory of the keys',
    ko: '키 파일. --due에서는 키가 있는 디렉터리',
  },
  after: { en: 'schedule it after so many days, e.g. 30d', ko: '며칠 뒤에 파기할지, 예: 30d' },
  cancel: { en: 'cancel what is scheduled', ko: '예약을 취소한다' },
  due: { en: 'destroy every key whose time has come', ko: '기한이 된 키를 모두 파기한다' },
  rekey: {
    en: 'write an encrypted map from old to new tokens, or open one',
    ko: '이전 토큰과 새 토큰의 암호화된 대응표를 만들거나 연다',
  },
  old: { en: 'old key', ko: '이전 키' },
  next: { en: 'new key; the map is encrypted under it', ko: '새 키. 대응표는 이 키로 암호화한다' },
  domain: { en: 'domain of the tokens', ko: '토큰의 도메인' },
  in: { en: 'CSV file of identifiers, - for standard input', ko: '식별자가 든 CSV 파일, 표준 입력은 -' },
  column: { en: 'column of the identifiers', ko: '식별자 열' },
  out: { en: 'file to write', ko: '쓸 파일' },
  openMap: {
    en: 'decrypt this map to --out (CSV, mode 0600)',
    ko: '이 대응표를 --out에 복호화한다(CSV, 모드 0600)',
  },
  normalize: {
    en: 'as in the rules: trim,nfc,nfkc,digits,upper,lower,collapse-space',
    ko: '규칙과 같게: trim,nfc,nfkc,digits,upper,lower,collapse-space',
  },
  bits: { en: 'as in the rules', ko: '규칙과 같게' },
  tokenEncoding: { en: 'as in the rules: hex, base64url, base32', ko: '규칙과 같게: hex, base64url, base32' },
  inputEncoding: { en: 'encoding of the CSV file', ko: 'CSV 파일의 인코딩' },
  delimiter: { en: 'delimiter of the CSV file', ko: 'CSV 파일의 구분자' },

  rotated: {
    en: 'version {version} in {file}; {old} is retired',
    ko: '{file}: 버전 {version}. 이전 키는 교체되었습니다({old})',
  },
  scheduledAt: { en: 'key {id} will be destroyed at {due}', ko: '키 {id}의 파기 예정 시각: {due}' },
  cancelled: { en: 'the destruction of key {id} is cancelled', ko: '키 {id}의 파기를 취소했습니다' },
  destroyed: { en: 'key {id} is destroyed', ko: '키를 파기했습니다({id})' },
  nothingDue: { en: 'no destruction is due', ko: '파기할 기한이 된 키가 없습니다' },
  mapped: {
    en: '{pairs} pairs of tokens, {empty} empty cells left out',
    ko: '토큰 {pairs}쌍, 빈 칸 {empty}개 제외',
  },
  opened: { en: 'opened into {out}', ko: '{out}에 열었습니다' },
  noKeys: { en: 'no keys in this register', ko: '이 대장에는 키가 없습니다' },
  headId: { en: 'Key', ko: '키 ID' },
  headFile: { en: 'Files', ko: '파일' },
  headVersion: { en: 'Version', ko: '버전' },
  headState: { en: 'State', ko: '상태' },
  headPeriod: { en: 'Period', ko: '기간' },
  headCreated: { en: 'Created', ko: '생성일' },
  headDue: { en: 'Destruction due', ko: '파기 예정' },
  active: { en: 'active', ko: '사용' },
  retired: { en: 'retired', ko: '교체' },
  destroyedState: { en: 'destroyed', ko: '파기' },

  notAPeriod: {
    en: 'a period such as 2026-01-01..2027-01-01 is expected.',
    ko: '2026-01-01..2027-01-01과 같은 기간이어야 합니다.',
  },
  notDays: { en: 'a number of days such as 30d is expected.', ko: '30d와 같은 날수여야 합니다.' },
  notANumber: { en: 'a whole number is expected.', ko: '정수여야 합니다.' },
  badSplit: {
    en: '--threshold is from 2 to --shares, and --shares at most 255',
    ko: '--threshold는 2 이상 --shares 이하, --shares는 255 이하여야 합니다',
  },
  oneOfDestroy: {
    en: 'name one of --after, --cancel and --due',
    ko: '--after, --cancel, --due 가운데 하나를 지정하십시오',
  },
  fileForDestroy: { en: 'name the key file', ko: '키 파일을 지정하십시오' },
  onePassphraseSource: {
    en: '--passphrase-fd and --passphrase-file exclude each other',
    ko: '--passphrase-fd와 --passphrase-file은 함께 쓸 수 없습니다',
  },
  needOption: { en: "option '{option}' is missing", ko: "'{option}' 옵션이 없습니다" },
  badToken: {
    en: '--normalize, --bits or --token-encoding is not as in the rules',
    ko: '--normalize, --bits, --token-encoding 값이 규칙의 형식과 다릅니다',
  },
  badDelimiter: { en: '--delimiter is one character', ko: '--delimiter는 한 글자여야 합니다' },
} as const satisfies Record<string, Text>;
