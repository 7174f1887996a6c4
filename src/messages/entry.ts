import type { Text } from './language.ts';

export interface ErrorEntry {
  /** Exit code of the command (see EXIT in errors.ts). */
  readonly exit: 1 | 2 | 3 | 4 | 5 | 6 | 130;
  readonly what: Text;
  readonly todo: Text;
}

/** An error's exit code, what is wrong, and what to do about it. */
export const entry = (exit: ErrorEntry['exit'], what: Text, todo: Text): ErrorEntry => ({ exit, what, todo });
export const none: Text = { en: '', ko: '' };
