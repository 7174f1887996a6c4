import { z } from 'zod';
import { GamyeongError, printable } from '../errors.ts';
import { EXPECTED_TYPE, PHRASES, UNFIT } from '../messages/expectations.ts';
import { say, type Text } from '../messages/language.ts';
import { suggest } from './mistakes.ts';
import type { Path, RulesSource } from './source.ts';

type Issue = z.core.$ZodIssue;
type Checked<T> = { readonly data: T } | { readonly mistakes: readonly GamyeongError[] };

/**
 * Checks a part of the rules against its schema and words what is wrong, with places.
 * @param path where `value` stands in the file.
 * @param alsoKnown keys that were taken out of `value` before; named when a key is unknown.
 */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  path: Path,
  source: RulesSource,
  alsoKnown: readonly string[] = [],
): Checked<z.output<S>> {
  const result = schema.safeParse(value, { reportInput: true, error: rightKeys });
  if (result.success) return { data: result.data };
  return { mistakes: result.error.issues.flatMap((issue) => mistakesOf(issue, path, source, alsoKnown)) };
}

/** Lets an issue about unknown keys carry the right ones, which zod itself leaves out, as its message. */
function rightKeys(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'unrecognized_keys' || !(issue.inst instanceof z.ZodObject)) return undefined;
  return Object.keys(issue.inst.shape).join(' ');
}

function mistakesOf(
  issue: Issue,
  base: Path,
  source: RulesSource,
  alsoKnown: readonly string[],
): GamyeongError[] {
  const path = [...base, ...(issue.path as Path)];
  if (issue.code === 'unrecognized_keys') {
    const known = [
      ...issue.message.split(' ').filter(Boolean),
      ...(issue.path.length === 0 ? alsoKnown : []),
    ];
    return issue.keys.map(
      (key) =>
        new GamyeongError(
          'E_RULES_UNKNOWN_KEY',
          { key: printable(key), hint: suggest(key, known) },
          source.atKey([...path, key]),
        ),
    );
  }
  if (issue.input === undefined && issue.code !== 'custom' && path.length > 0) {
    const values = { key: printable(String(path.at(-1))), parent: label(path.slice(0, -1)) };
    return [new GamyeongError('E_RULES_MISSING_KEY', values, source.atKey(path))];
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const fitting = issue.errors.filter((branch) => !branch.some(isTypeOfWhole));
    if (fitting.length === 0) return [wrongType(issue.errors.flat(), path, source)];
    return nearestBranch(fitting).flatMap((inner) => mistakesOf(inner, path, source, alsoKnown));
  }
  if (issue.code === 'invalid_type') return [wrongType([issue], path, source)];
  const place = issue.code === 'invalid_key' ? source.atKey(path) : source.at(path);
  return [new GamyeongError('E_RULES_VALUE', { key: label(path), reason: reason(issue) }, place)];
}

/** The branch of a union whose value has another type altogether. */
function isTypeOfWhole(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

/** What the writer most likely meant: fewest unknown and missing keys, then fewest issues. */
function nearestBranch(branches: readonly Issue[][]): Issue[] {
  const cost = (branch: Issue[]) =>
    branch.reduce(
      (sum, issue) =>
        sum +
        (issue.code === 'unrecognized_keys' ? 100 * issue.keys.length : issue.input === undefined ? 100 : 1),
      0,
    );
  return branches.reduce((best, branch) => (cost(branch) < cost(best) ? branch : best));
}

function wrongType(issues: readonly Issue[], path: Path, source: RulesSource): GamyeongError {
  const types = issues.flatMap((issue) => (issue.code === 'invalid_type' ? [issue.expected] : []));
  const expected = [...new Set(types)].map((type) => say(EXPECTED_TYPE[type] ?? UNFIT.other));
  const scalar = ['number', 'boolean'].includes(typeof issues[0]?.input);
  const hint = say(types.includes('string') && scalar ? PHRASES.quoteIt : PHRASES.correctIt);
  const values = { key: label(path), expected: expected.join(say(PHRASES.or)), hint };
  return new GamyeongError('E_RULES_TYPE', values, source.at(path));
}

/** Why a value of the right type does not fit. */
function reason(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return say(issue.values.length === 1 ? UNFIT.exactly : UNFIT.oneOf, { values });
    }
    case 'too_small':
      return bound(issue.origin, issue.inclusive !== false, Number(issue.minimum), 'low');
    case 'too_big':
      return bound(issue.origin, issue.inclusive !== false, Number(issue.maximum), 'high');
    case 'not_multiple_of':
      return say(UNFIT.multiple, { bound: issue.divisor });
    case 'invalid_format':
      return say(issue.format === 'date' ? UNFIT.date : UNFIT.form);
    case 'invalid_key':
      return issue.issues[0] === undefined ? say(UNFIT.other) : reason(issue.issues[0]);
    case 'custom': {
      const text = issue.params?.text as Text | undefined;
      return text === undefined ? issue.message : say(text);
    }
    default:
      return say(UNFIT.other);
  }
}

function bound(origin: string, inclusive: boolean, value: number, end: 'low' | 'high'): string {
  const sized = origin === 'string' || origin === 'array';
  if (sized && end === 'low' && value === 1) return say(UNFIT.empty);
  if (origin === 'string')
    return say(end === 'low' ? UNFIT.lengthAtLeast : UNFIT.lengthAtMost, { bound: value });
  if (origin === 'array')
    return say(end === 'low' ? UNFIT.itemsAtLeast : UNFIT.itemsAtMost, { bound: value });
  if (end === 'low') return say(inclusive ? UNFIT.atLeast : UNFIT.moreThan, { bound: value });
  return say(inclusive ? UNFIT.atMost : UNFIT.lessThan, { bound: value });
}

/** The key that names a place, quoted. */
export function label(path: Path): string {
  const key = path.findLast((step) => typeof step === 'string');
  return key === undefined ? say(PHRASES.rulesFile) : `'${printable(key)}'`;
}
