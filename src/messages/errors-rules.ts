import { entry } from './entry.ts';

/** Mistakes in the command line and in rules files (exit 2). */
export const RULES_ERRORS = {
  E_USAGE: entry(
    2,
    { en: '{reason}', ko: '{reason}' },
    { en: "See 'gamyeong --help'.", ko: "'gamyeong --help'를 보십시오." },
  ),
} as const;
