import type { Text } from './language.ts';

/** Questions on the terminal. */
export const PASSPHRASE_PROMPTS = {
  open: { en: 'Passphrase of {file}: ', ko: '{file}의 암호문구: ' },
  seal: { en: 'New passphrase for {file}: ', ko: '{file}에 쓸 새 암호문구: ' },
  pin: { en: 'PIN of the token {file}: ', ko: '토큰 {file}의 PIN: ' },
  again: { en: 'Once more: ', ko: '한 번 더: ' },
} as const satisfies Record<string, Text>;
