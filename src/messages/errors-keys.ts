import { entry, none } from './entry.ts';

/** Keys and cryptography (exit 5). */
export const KEY_ERRORS = {
  E_KEY_FORMAT: entry(
    5,
    {
      en: 'not a key file: 64 hex digits and a newline, a sealed key or a key reference is expected',
      ko: '키 파일이 아닙니다: 16진수 64자와 줄바꿈, 봉인된 키, 키 참조 가운데 하나여야 합니다',
    },
    { en: "Make one with 'gamyeong key new FILE'.", ko: "'gamyeong key new FILE'로 만드십시오." },
  ),
  E_KEY_AS_NAME: entry(
    5,
    {
      en: 'a key stands where the name of its file belongs',
      ko: '키 파일의 이름이 올 자리에 키가 있습니다',
    },
    {
      en: 'Arguments are seen by others and stay in histories: make a new key, and name its file.',
      ko: '명령 인수는 다른 사용자에게 보이고 기록에 남습니다. 새 키를 만들어 그 파일 이름을 지정하십시오.',
    },
  ),
  E_KEY_READABLE: entry(
    5,
    {
      en: 'the file can be read or written by others',
      ko: '다른 사용자가 읽거나 쓸 수 있는 파일입니다',
    },
    {
      en: "Run 'chmod 600' on it; if it holds a key, consider a new one.",
      ko: "'chmod 600'을 실행하고, 키가 든 파일이면 새 키로 바꾸는 것을 고려하십시오.",
    },
  ),
  E_KEY_OWNER: entry(
    5,
    { en: 'the key reference belongs to another user', ko: '다른 사용자가 소유한 키 참조입니다' },
    {
      en: 'It names programs that are run: make your own copy after reading it.',
      ko: '실행할 프로그램이 적힌 파일입니다. 내용을 확인하고 자신의 사본을 만드십시오.',
    },
  ),
  E_KEY_NEEDED: entry(
    5,
    { en: 'these rules need a key', ko: '이 규칙에는 키가 필요합니다' },
    {
      en: "Add --key FILE; make one with 'gamyeong key new FILE'.",
      ko: "--key FILE을 지정하십시오. 키는 'gamyeong key new FILE'로 만듭니다.",
    },
  ),
  E_KEY_EXISTS: entry(
    5,
    {
      en: 'the file exists already, and a key is never overwritten',
      ko: '파일이 이미 있습니다. 키는 덮어쓰지 않습니다',
    },
    { en: 'Name another file.', ko: '다른 파일을 지정하십시오.' },
  ),
  E_KEY_OTHER: entry(
    5,
    {
      en: 'another key than expected: {found}, not {expected}',
      ko: '예상한 키가 아닙니다. 예상: {expected}, 실제: {found}',
    },
    { en: 'Check which key belongs here.', ko: '어떤 키를 써야 하는지 확인하십시오.' },
  ),
  E_KEY_ELSEWHERE: entry(
    5,
    {
      en: 'the file only refers to a key that is kept elsewhere',
      ko: '다른 곳에 보관된 키를 가리키기만 하는 파일입니다',
    },
    {
      en: 'Do this where the key is kept; sealing a copy needs --out.',
      ko: '키가 보관된 곳에서 처리하십시오. 봉인한 사본을 만들려면 --out이 필요합니다.',
    },
  ),

  E_KEY_SEALED: entry(
    5,
    {
      en: 'the sealed file is damaged, or of another version',
      ko: '봉인 파일이 손상되었거나 버전이 다릅니다',
    },
    { en: 'Use a copy of it, or a newer gamyeong.', ko: '사본을 쓰거나 gamyeong을 새 버전으로 바꾸십시오.' },
  ),
  E_KEY_SEALED_COST: entry(
    5,
    {
      en: 'the scrypt parameters of the sealed file are too weak or too heavy',
      ko: '봉인 파일의 scrypt 매개변수가 너무 약하거나 너무 무겁습니다',
    },
    {
      en: 'Accepted are N from 2^14 to 2^20, at most 1 GiB of memory.',
      ko: 'N은 2^14 이상 2^20 이하, 메모리는 1GiB 이하여야 합니다.',
    },
  ),
  E_PASSPHRASE_WRONG: entry(
    5,
    {
      en: 'the passphrase is wrong, or the file was changed',
      ko: '암호문구가 틀렸거나 파일이 변경되었습니다',
    },
    { en: 'Try again.', ko: '다시 시도하십시오.' },
  ),
  E_PASSPHRASE_NEEDED: entry(
    5,
    {
      en: 'a passphrase is needed, and there is no terminal to ask on',
      ko: '암호문구가 필요하지만 물어볼 터미널이 없습니다',
    },
    {
      en: 'Add --passphrase-file FILE or --passphrase-fd N.',
      ko: '--passphrase-file FILE이나 --passphrase-fd N을 지정하십시오.',
    },
  ),
  E_PASSPHRASE_SHORT: entry(
    5,
    {
      en: 'the passphrase is shorter than {least} characters',
      ko: '암호문구가 {least}자보다 짧습니다',
    },
    {
      en: 'Use several words; nobody should guess it in years.',
      ko: '여러 단어를 이어 길게 정하십시오. 몇 해를 들여도 맞힐 수 없어야 합니다.',
    },
  ),
  E_PASSPHRASE_DIFFERS: entry(
    5,
    { en: 'the two passphrases differ', ko: '두 암호문구가 서로 다릅니다' },
    { en: 'Try again.', ko: '다시 시도하십시오.' },
  ),
  E_PASSPHRASE_LINE: entry(
    5,
    { en: 'line {line} has no passphrase', ko: '{line}번째 줄에 암호문구가 없습니다' },
    {
      en: 'Write one a line in the order in which they are needed, or one line for all.',
      ko: '필요한 순서대로 한 줄에 하나씩 쓰거나, 모두 같으면 한 줄만 쓰십시오.',
    },
  ),

  E_KEY_REFERENCE: entry(
    5,
    { en: "a mistake in the key reference at '{field}'", ko: "키 참조의 '{field}' 항목이 잘못되었습니다" },
    {
      en: "See 'gamyeong key --help' for the three kinds of references.",
      ko: "'gamyeong key --help'에서 키 참조의 세 가지 형식을 보십시오.",
    },
  ),
  E_KEY_COMMAND: entry(
    5,
    {
      en: 'the command gave no key ({reason})',
      ko: '명령이 키를 내놓지 않았습니다({reason})',
    },
    {
      en: 'Run it by hand: it must print 64 hex digits in time and exit with 0.',
      ko: '직접 실행해 보십시오. 제한 시간 안에 16진수 64자를 출력하고 0으로 끝나야 합니다.',
    },
  ),
  E_KEY_TOKEN: entry(
    5,
    { en: 'the token gave no key ({reason})', ko: '토큰에서 키를 얻지 못했습니다({reason})' },
    {
      en: 'Check module, token and key in the reference, and that the token is plugged in.',
      ko: '참조의 module, token, key와 토큰 연결 상태를 확인하십시오.',
    },
  ),
  E_KEY_PIN: entry(
    5,
    { en: 'the token refused the PIN ({reason})', ko: '토큰이 PIN을 거부했습니다({reason})' },
    {
      en: 'Try again with care: tokens lock themselves after some failures.',
      ko: '주의해서 다시 시도하십시오. 여러 번 틀리면 토큰이 잠깁니다.',
    },
  ),
  E_KEY_EXTRACTABLE: entry(
    5,
    {
      en: 'the key on the token is extractable',
      ko: '토큰의 키가 추출 가능한(extractable) 상태입니다',
    },
    {
      en: 'Make a key that can never leave the token.',
      ko: '토큰 밖으로 나올 수 없는 키를 만드십시오.',
    },
  ),
  E_KEY_PKCS11_MISSING: entry(
    5,
    { en: 'the package pkcs11js is not installed', ko: 'pkcs11js 패키지가 설치되어 있지 않습니다' },
    {
      en: "Run 'npm install pkcs11js'; it needs a C++ compiler.",
      ko: "'npm install pkcs11js'를 실행하십시오. C++ 컴파일러가 필요합니다.",
    },
  ),

  E_KEY_IS_SHARE: entry(
    5,
    { en: 'this is a share of a key, not a key', ko: '키가 아니라 나눈 키의 조각입니다' },
    {
      en: "Put the key together with 'gamyeong key combine', or name a reference to shares.",
      ko: "'gamyeong key combine'으로 합치거나, 조각을 가리키는 키 참조를 지정하십시오.",
    },
  ),
  E_SHARE_FORMAT: entry(
    5,
    { en: 'not a share of a key', ko: '키 조각 파일이 아닙니다' },
    { en: "Shares are made by 'gamyeong key split'.", ko: "키 조각은 'gamyeong key split'으로 만듭니다." },
  ),
  E_SHARES_MIXED: entry(
    5,
    { en: 'the share is of another set', ko: '다른 묶음에 속한 조각입니다' },
    {
      en: 'Use shares that were made at one time from one key.',
      ko: '한 키에서 같은 때 만든 조각만 쓰십시오.',
    },
  ),
  E_SHARE_TWICE: entry(
    5,
    { en: 'the same share is given twice', ko: '같은 조각이 두 번 지정되었습니다' },
    { en: 'Name each share once.', ko: '조각마다 한 번만 지정하십시오.' },
  ),
  E_SHARES_FEW: entry(
    5,
    {
      en: '{needed} shares are needed, {given} are there',
      ko: '조각이 {needed}개 필요하지만 {given}개뿐입니다',
    },
    { en: 'Bring the missing ones.', ko: '모자라는 조각을 더하십시오.' },
  ),

  E_KEY_DESTROYED: entry(
    5,
    { en: 'key {id} was destroyed', ko: '파기된 키입니다: {id}' },
    {
      en: 'A copy has survived: destroy it too, and use another key.',
      ko: '남은 사본도 파기하고 다른 키를 쓰십시오.',
    },
  ),
  E_KEY_DUE: entry(
    5,
    {
      en: 'the destruction of key {id} has been due since {due}',
      ko: '키 {id}의 파기 기한이 {due}에 지났습니다',
    },
    { en: "Run 'gamyeong key destroy --due'.", ko: "'gamyeong key destroy --due'를 실행하십시오." },
  ),
  E_KEY_PERIOD: entry(
    5,
    {
      en: 'key {id} may be used from {from} until before {to} only',
      ko: '키 {id}의 사용 기간이 아닙니다: {from}부터 {to} 전날까지',
    },
    {
      en: "Make the next one with 'gamyeong key rotate'.",
      ko: "'gamyeong key rotate'로 다음 키를 만드십시오.",
    },
  ),
  E_KEY_PERIOD_NEEDED: entry(
    5,
    {
      en: 'the key has a period, so the next one needs one',
      ko: '기간이 정해진 키이므로 다음 키에도 기간이 필요합니다',
    },
    { en: 'Add --period FROM..TO.', ko: '--period FROM..TO를 지정하십시오.' },
  ),
  E_KEY_RETIRED: entry(
    5,
    { en: 'key {id} was rotated already', ko: '이미 교체된 키입니다: {id}' },
    {
      en: "Rotate its newest version: see 'gamyeong key list'.",
      ko: "'gamyeong key list'에서 최신 버전을 찾아 교체하십시오.",
    },
  ),
  E_KEY_NOT_SCHEDULED: entry(
    5,
    { en: 'no destruction of key {id} is scheduled', ko: '키 {id}에는 예정된 파기가 없습니다' },
    none,
  ),
  E_KEY_REGISTER: entry(
    5,
    { en: 'the key register is damaged', ko: '키 대장이 손상되었습니다' },
    {
      en: 'Restore it from a backup; while it is damaged, no key beside it is used.',
      ko: '백업에서 복구하십시오. 손상된 동안에는 같은 곳의 키를 쓰지 않습니다.',
    },
  ),
  E_KEY_REGISTER_NOT_IN: entry(
    5,
    {
      en: 'key {id} is not in the register {register} beside it',
      ko: '키 {id} 항목이 같은 디렉터리의 키 대장 {register}에 없습니다',
    },
    {
      en: "Restore the register from a backup. A key that was never in it belongs into another directory, or is entered with 'gamyeong key seal'.",
      ko: "백업에서 대장을 복구하십시오. 처음부터 대장에 없던 키라면 다른 디렉터리에 두거나 'gamyeong key seal'로 등록하십시오.",
    },
  ),

  E_REKEY_SAME: entry(
    5,
    { en: 'the old and the new key are the same ({id})', ko: '이전 키와 새 키가 같습니다({id})' },
    { en: 'Name two versions of a key.', ko: '서로 다른 두 버전의 키를 지정하십시오.' },
  ),
  E_REKEY_COLUMN: entry(
    2,
    { en: 'the file has no such column', ko: '파일에 그런 열이 없습니다' },
    { en: 'Check --column against the header.', ko: '--column을 머리글과 비교하십시오.' },
  ),
  E_REKEY_FORMAT: entry(
    5,
    { en: 'not a token map', ko: '토큰 대응표 파일이 아닙니다' },
    {
      en: "Token maps are made by 'gamyeong key rekey-map'.",
      ko: "토큰 대응표는 'gamyeong key rekey-map'으로 만듭니다.",
    },
  ),
  E_REKEY_BROKEN: entry(
    5,
    {
      en: 'the token map is incomplete or was changed',
      ko: '토큰 대응표가 온전하지 않거나 변경되었습니다',
    },
    { en: 'Use an intact copy, or make it again.', ko: '온전한 사본을 쓰거나 다시 만드십시오.' },
  ),
} as const;
