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
} as const;
