import { entry } from './entry.ts';

/** Keys and cryptography (exit 5). */
export const KEY_ERRORS = {
  E_KEY_FORMAT: entry(
    5,
    {
      en: 'not a key file: 64 hex digits and a newline are expected',
      ko: '키 파일이 아닙니다: 16진수 64자와 줄바꿈이어야 합니다',
    },
    { en: "Make one with 'gamyeong key new FILE'.", ko: "'gamyeong key new FILE'로 만드십시오." },
  ),
  E_KEY_READABLE: entry(
    5,
    { en: 'the key file can be read by others', ko: '다른 사용자가 읽을 수 있는 키 파일입니다' },
    {
      en: "Run 'chmod 600' on it, and consider a new key.",
      ko: "'chmod 600'을 실행하고 새 키를 고려하십시오.",
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
} as const;
