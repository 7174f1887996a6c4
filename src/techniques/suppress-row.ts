import type { z as zod } from 'zod';
import { compareDecimals, type DecimalParam, decimal, decimalParam, parseDecimal } from './decimal.ts';
import { compilePattern, patternParam } from './pattern.ts';
import { defineRowTechnique, issue, type Zod } from './technique.ts';

/** A test of one column's cell (`column` and exactly one more key), or a list of conditions. */
interface Condition {
  readonly column?: string | undefined;
  readonly equals?: readonly (string | number)[] | undefined;
  readonly 'less-than'?: DecimalParam | undefined;
  readonly 'greater-than'?: DecimalParam | undefined;
  readonly 'at-least'?: DecimalParam | undefined;
  readonly 'at-most'?: DecimalParam | undefined;
  readonly empty?: true | undefined;
  readonly matches?: string | undefined;
  readonly 'any-of'?: readonly Condition[] | undefined;
  readonly 'all-of'?: readonly Condition[] | undefined;
}

const COMPARISONS = {
  'less-than': (order: number) => order < 0,
  'greater-than': (order: number) => order > 0,
  'at-least': (order: number) => order >= 0,
  'at-most': (order: number) => order <= 0,
} as const;
type Comparison = keyof typeof COMPARISONS;

function conditionSchema(z: Zod) {
  const bound = decimalParam(z).optional();
  const condition: zod.ZodType<Condition> = z.lazy(() =>
    z
      .strictObject({
        column: z.string().min(1).optional(),
        equals: z
          .array(z.union([z.string(), z.number()]))
          .min(1)
          .optional(),
        'less-than': bound,
        'greater-than': bound,
        'at-least': bound,
        'at-most': bound,
        empty: z.literal(true).optional(),
        matches: patternParam(z).optional(),
        'any-of': z.array(condition).min(1).optional(),
        'all-of': z.array(condition).min(1).optional(),
      })
      .refine(
        ({ column, 'any-of': any, 'all-of': all, ...tests }) => {
          const count = Object.values(tests).filter((test) => test !== undefined).length;
          const lists = [any, all].filter((list) => list !== undefined).length;
          return column === undefined ? lists === 1 && count === 0 : lists === 0 && count === 1;
        },
        issue({
          en: 'a condition is a column with exactly one test, or any-of, or all-of',
          ko: '조건은 열 하나와 검사 하나, 또는 any-of, 또는 all-of여야 합니다',
        }),
      ),
  );
  return condition;
}

function columnsOf(condition: Condition): string[] {
  const parts = condition['any-of'] ?? condition['all-of'];
  return parts === undefined ? [condition.column!] : [...new Set(parts.flatMap(columnsOf))];
}

function compileTest(condition: Condition): (cell: string) => boolean {
  if (condition.empty) return (cell) => cell === '';
  if (condition.equals !== undefined) {
    const texts = new Set(condition.equals.map(String));
    return (cell) => texts.has(cell);
  }
  if (condition.matches !== undefined) {
    const pattern = compilePattern(condition.matches);
    return (cell) => pattern.matcher(cell).find();
  }
  const name = (Object.keys(COMPARISONS) as Comparison[]).find((key) => condition[key] !== undefined)!;
  const bound = decimal(condition[name]!);
  return (cell) => {
    if (cell === '') return false;
    const value = parseDecimal(cell);
    return value === undefined || COMPARISONS[name](compareDecimals(value, bound));
  };
}

function compileCondition(
  condition: Condition,
  columns: readonly string[],
): (values: readonly string[]) => boolean {
  const { 'any-of': any, 'all-of': all } = condition;
  const parts = (any ?? all)?.map((part) => compileCondition(part, columns));
  if (any !== undefined) return (values) => parts!.some((part) => part(values));
  if (all !== undefined) return (values) => parts!.every((part) => part(values));
  const at = columns.indexOf(condition.column!);
  const test = compileTest(condition);
  return (values) => test(values[at]!);
}

/**
 * Removes the records for which a condition holds. Conditions see input cells: `equals` compares whole texts,
 * `matches` finds a regular expression anywhere in the cell, comparisons are of exact decimals. A comparison holds
 * for a cell that is neither empty nor a number: what cannot be judged does not pass. For an empty cell it does
 * not hold; `empty: true` is the test for those.
 */
export const suppressRow = defineRowTechnique<{ when: Condition }>({
  name: 'suppress-row',
  doc: {
    en: 'Remove the records for which a condition holds (comparisons hold for cells that are no numbers).',
    ko: '조건에 맞는 레코드를 삭제한다(크기 비교에서 수가 아닌 값은 조건에 맞는 것으로 본다).',
  },
  properties: { deterministic: true, reversible: false, keyed: false, keepsLength: true, leaks: ['value'] },
  params: (z) => z.strictObject({ when: conditionSchema(z) }),
  columns: ({ when }) => columnsOf(when),
  compile: ({ when }) => {
    const holds = compileCondition(when, columnsOf(when));
    return { keeps: (values) => !holds(values) };
  },
  examples: [],
});
