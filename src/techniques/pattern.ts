import { RE2JS, RE2JSException } from 're2js';
import type { Text } from '../messages/language.ts';
import { issue, type Zod } from './technique.ts';

/**
 * Compiles a regular expression in RE2 syntax: no backreferences, no lookahead, and one search takes time
 * linear in the value, whatever the expression. All matches of a value take at most that once per match; only an
 * expression that looks far beyond what it matches, like `(a)(?:.*z)?`, comes near.
 * @throws RE2JSException for a text that is no such expression; `patternParam` has excluded it in plans.
 */
export function compilePattern(source: string): RE2JS {
  return RE2JS.compile(source);
}

/** What is wrong with a regular expression, or undefined. Does not quote the expression. */
function patternFault(source: string): Text | undefined {
  try {
    compilePattern(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    const detail = 'error' in error ? String(error.error) : error.name;
    return {
      en: `not a regular expression in RE2 syntax: ${detail}`,
      ko: `RE2 문법의 정규식이 아닙니다: ${detail}`,
    };
  }
}

/** Schema of a parameter that holds a regular expression; says what is wrong with one that is not. */
export function patternParam(z: Zod) {
  return z.string().check((context) => {
    const fault = patternFault(context.value);
    if (fault !== undefined) context.issues.push({ code: 'custom', input: context.value, ...issue(fault) });
  });
}
