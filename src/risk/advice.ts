import { basename } from 'node:path';
import type { Text } from '../messages/language.ts';
import { asRules, coarserApply } from './advice-rules.ts';
import { coarser } from './coarsen.ts';
import { type CodedColumn, valuesOf } from './coded-table.ts';
import type { Thresholds } from './gate.ts';
import type { Survey } from './survey.ts';
import type { Violation } from './violations.ts';

/** What the file would look like after one change, all else equal. */
export interface Outlook {
  readonly k: number;
  /** Rows in classes below k wanted: what is left to suppress. */
  readonly rowsBelowK: number;
  readonly recordsAtRisk: number;
  /** n/(u·k wanted): the nearer to 1, the less is lost. */
  readonly averageClassSize: number;
  /** Σ f² + rows to suppress · n. */
  readonly discernibility: number;
}

/** One quasi-identifier, coarser or dropped. */
export interface Alternative {
  readonly column: string;
  readonly change: 'coarser' | 'drop';
  /** What it would be coarsened to. */
  readonly to?: Text;
  readonly outlook: Outlook;
  /** The same as rules to paste. */
  readonly rules: string;
}

/** Answers "what should I change?". */
export interface Advice {
  /** k that the outlooks are held against. */
  readonly k: number;
  readonly violations: readonly Violation[];
  readonly now: Outlook;
  /** By rows left below k, then by what is lost. */
  readonly alternatives: readonly Alternative[];
}

/** k wanted when the policy names none. */
const USUAL_K = 5;
/** Columns with more values than this are not tried one level coarser. */
const MOST_VALUES = 5000;

/** Tries each quasi-identifier one level coarser and dropped. */
export async function advise(
  survey: Survey,
  thresholds: Thresholds,
  violations: readonly Violation[],
): Promise<Advice> {
  const k = thresholds.k ?? USUAL_K;
  const { sql, quasi, hierarchies, options } = survey;
  const alternatives: Alternative[] = [];
  for (const column of quasi) {
    const others = quasi.filter((other) => other !== column);
    if (others.length > 0)
      alternatives.push({
        column: column.name,
        change: 'drop',
        outlook: await lookAhead(survey, others, k),
        rules: asRules(column.name, 'drop'),
      });
    if (column.cardinality > MOST_VALUES) continue;
    const values = await valuesOf(sql, column);
    const table = hierarchies.get(column.name);
    const file = basename(options.hierarchies.get(column.name) ?? '');
    const step = coarser(values, table && { table, file });
    if (step === undefined) continue;
    const mapped = values.map((value) => step.map(value));
    const numbers = new Map([...new Set(mapped)].map((value, number) => [value, number]));
    const codes = `[${mapped.map((value) => numbers.get(value)).join()}]`;
    alternatives.push({
      column: column.name,
      change: 'coarser',
      to: step.to,
      outlook: await lookAhead(survey, quasi, k, { column, codes }),
      rules: asRules(column.name, coarserApply(options.applied.get(column.name) ?? [], step)),
    });
  }
  alternatives.sort(
    (a, b) =>
      a.outlook.rowsBelowK - b.outlook.rowsBelowK || a.outlook.discernibility - b.outlook.discernibility,
  );
  return {
    k,
    violations,
    now: await lookAhead(survey, quasi, k),
    alternatives,
  };
}

/** Groups the table `codes` by fewer or coarser columns. @param coarse list of new codes by old code */
async function lookAhead(
  { sql, quasi, options }: Survey,
  columns: readonly CodedColumn[],
  k: number,
  coarse?: { readonly column: CodedColumn; readonly codes: string },
): Promise<Outlook> {
  const groups = columns.map((column) => {
    const code = `q${quasi.indexOf(column)}`;
    return column === coarse?.column ? `(${coarse.codes})[${code} + 1]` : code;
  });
  const [[classes, rows, least, below, atRisk, squares]] = (await sql.rows(
    `SELECT count(*), sum(n), min(n), coalesce(sum(n) FILTER (n < ${k}), 0),
       coalesce(sum(n) FILTER (1 / n > ${options.threshold}), 0), sum(n * n) FILTER (n >= ${k})
     FROM (SELECT sum(n) AS n FROM codes GROUP BY ${groups.join()})`,
  )) as [[number, number, number, number, number, number | null]];
  return {
    k: least,
    rowsBelowK: below,
    recordsAtRisk: atRisk / rows,
    averageClassSize: rows / (classes * k),
    discernibility: (squares ?? 0) + below * rows,
  };
}
