import { keysNeeded } from '../engine/keyring.ts';
import { GamyeongError, type Place, printable } from '../errors.ts';
import { encodeCp949 } from '../io/cp949.ts';
import { ENCODING_NAMES } from '../io/text-decoder.ts';
import { ERRORS } from '../messages/errors.ts';
import { say, type Text } from '../messages/language.ts';
import { classRequirement } from '../risk/enforceable.ts';
import { techniqueNamed } from '../techniques/index.ts';
import { canonicalDigest, deepFreeze } from './canonical.ts';
import { enforcementMistake, MISFITS } from './enforcement.ts';
import { nearest, raise, suggest } from './mistakes.ts';
import type { ColumnPlan, EnforcePlan, Plan, RowRule, Step } from './plan.ts';
import type { ColumnRule, Rules } from './rules.ts';
import { type StepRule, standsAlone } from './steps.ts';
import { tablePath } from './tables.ts';

export interface CompileOptions {
  /** Path of the rules file: tables lie below its directory. */
  readonly rulesFile: string;
  /** The file that `header` is from, for errors. */
  readonly inputFile?: string;
  /** Text of a table; `readTable` of tables.ts for files. */
  readTable(path: string): string;
}

/**
 * Compiles rules for the header of an input. All mistakes are found at once.
 * @param header names in the order of the input.
 * @throws GamyeongError E_HEADER_… (input) when the header cannot belong to any rules; else E_RULES_… or what
 * a technique says of its table, the others in `also`.
 */
export function compilePlan(rules: Rules, header: readonly string[], options: CompileOptions): Plan {
  checkHeader(rules, header, options.inputFile);
  const mistakes = [...unmatched(rules, header), ...unmappable(rules, header, options.inputFile)];
  const ruleOf = new Map(rules.columns.map((column) => [column.name, column]));
  const base: Plan = {
    version: 1,
    name: rules.name,
    domain: rules.domain,
    dialect: rules.input,
    output: rules.output,
    header,
    recordKey: rules.recordKey ?? header,
    rows: [],
    columns: [],
    digest: '',
  };
  const columns = header
    .map((name) => ruleOf.get(name))
    .filter((rule) => rule !== undefined)
    .map((rule) => compileColumn(rule, base, rules, options, mistakes));
  const rows = rules.rows.map(({ technique, params, path }): RowRule => {
    const rule = { technique, params };
    attempt(technique, rules.atKey(path), mistakes, () => keysNeeded({ ...base, rows: [rule] }));
    return rule;
  });
  const enforce = compileEnforcement(base, rules, options, mistakes);
  raise(mistakes);
  const { digest: _, ...content } = structuredClone({
    ...base,
    rows,
    columns,
    ...(enforce !== undefined && { enforce }),
  });
  return deepFreeze({ ...content, digest: canonicalDigest(content) });
}

/** Refuses a header that cannot be matched with rules at all. Names are not told: it may be data. */
function checkHeader(rules: Rules, header: readonly string[], file: string | undefined): void {
  const place = file === undefined ? {} : { file, row: 1 };
  const positions = new Map<string, number>();
  header.forEach((name, index) => {
    const number = index + 1;
    if (name.trim() === '') throw new GamyeongError('E_HEADER_EMPTY', { number }, place);
    const first = positions.get(name);
    if (first !== undefined) throw new GamyeongError('E_HEADER_DUPLICATE', { first, second: number }, place);
    positions.set(name, number);
  });
  const plainNames = new Set(header.map(plain));
  if (!rules.columns.some((column) => plainNames.has(plain(column.name))))
    throw new GamyeongError('E_HEADER_FOREIGN', {}, place);
}

/** Columns of the header without a rule, and rules without a column. */
function unmatched(rules: Rules, header: readonly string[]): GamyeongError[] {
  const inHeader = new Set(header);
  const withRule = new Set(rules.columns.map((column) => column.name));
  const rulesLeft = [...withRule].filter((name) => !inHeader.has(name));
  const headerLeft = header.filter((name) => !withRule.has(name));
  const near = (name: string, names: readonly string[], otherwise: Text) => {
    if (names.some((other) => plain(other) === plain(name))) return say(WRITTEN_OTHERWISE);
    return nearest(name, names) === undefined ? say(otherwise) : suggest(name, names);
  };
  return [
    ...rulesLeft.map(
      (name) =>
        new GamyeongError(
          'E_RULES_COLUMN_MISSING',
          { column: printable(name), hint: near(name, headerLeft, REMOVE_RULE) },
          rules.atKey(['columns', name]),
        ),
    ),
    ...headerLeft.map(
      (name) =>
        new GamyeongError(
          'E_RULES_COLUMN_WITHOUT_RULE',
          { column: printable(name), hint: near(name, rulesLeft, ADD_RULE) },
          rules.atKey(['columns']),
        ),
    ),
  ];
}

/** Names of the output's header that its encoding lacks. */
function unmappable(rules: Rules, header: readonly string[], file: string | undefined): GamyeongError[] {
  if (rules.output.encoding !== 'cp949') return [];
  const names = new Set(header);
  return rules.columns
    .filter(({ name, steps }) => names.has(name) && steps[0]!.technique !== 'drop' && !encodeCp949(name))
    .map(({ name: column }) => {
      const place = file === undefined ? rules.atKey(['columns', column]) : { file, row: 1, column };
      return new GamyeongError('E_UNMAPPABLE', { encoding: ENCODING_NAMES.cp949 }, place);
    });
}

/** A name as it looks. */
function plain(name: string): string {
  return name.normalize('NFC').trim();
}

const WRITTEN_OTHERWISE: Text = {
  en: 'The header and the rules differ only in blanks around the name, or in how Hangul is composed (NFC, NFD): copy the name from the header.',
  ko: '머리글과 규칙의 이름이 앞뒤 공백이나 한글 조합 방식(NFC, NFD)만 다릅니다. 머리글의 이름을 그대로 복사하십시오.',
};

const REMOVE_RULE: Text = {
  en: 'Correct the name, or remove the rule.',
  ko: '이름을 고치거나 규칙을 삭제하십시오.',
};
const ADD_RULE: Text = {
  en: "Add a rule for it; 'apply: drop' leaves it out.",
  ko: "규칙을 추가하십시오. 'apply: drop'은 열을 삭제합니다.",
};

function compileColumn(
  rule: ColumnRule,
  base: Plan,
  rules: Rules,
  options: CompileOptions,
  mistakes: GamyeongError[],
): ColumnPlan {
  const { name, role, type, domain } = rule;
  const first = rule.steps[0]!.technique;
  const column = {
    name,
    role,
    ...(type !== undefined && { type }),
    domain,
    action: standsAlone(first) ? (first as 'keep' | 'drop') : 'change',
    steps: [],
  } as const satisfies ColumnPlan;
  if (column.action !== 'change') return column;
  return { ...column, steps: compileSteps(rule.steps, column, base, rules, options, mistakes) };
}

function compileSteps(
  stepRules: readonly StepRule[],
  column: ColumnPlan,
  base: Plan,
  rules: Rules,
  options: CompileOptions,
  mistakes: GamyeongError[],
): Step[] {
  return stepRules.flatMap((stepRule) => {
    const { technique, onEmpty, onInvalid } = stepRule;
    return attempt(technique, rules.atKey(stepRule.path), mistakes, () => {
      const step: Step = { technique, params: loadTables(stepRule, options), onEmpty, onInvalid };
      keysNeeded({ ...base, columns: [{ ...column, steps: [step] }] });
      return step;
    });
  });
}

/** Recoding works on released values, of which every one has one coarser value: no key, no draw. */
function compileEnforcement(
  base: Plan,
  rules: Rules,
  options: CompileOptions,
  mistakes: GamyeongError[],
): EnforcePlan | undefined {
  const { enforce, quasiIdentifiers, sensitive, thresholds } = rules.risk;
  if (enforce === undefined) return undefined;
  const { size, distinctValues } = classRequirement(thresholds);
  const recode = enforce.recode.map(({ column, steps: stepRules }) => {
    const steps = stepRules.flatMap((stepRule) => {
      const plan = recodingPlan(base, column, []);
      const compiledSteps = compileSteps([stepRule], plan.columns[0]!, plan, rules, options, mistakes);
      if (keysNeeded(recodingPlan(base, column, compiledSteps)).length === 0) return compiledSteps;
      const { technique, path } = stepRule;
      mistakes.push(enforcementMistake(MISFITS.keyed, { technique }, rules.atKey(path)));
      return [];
    });
    return { column, steps };
  });
  return {
    quasiIdentifiers,
    sensitive: distinctValues > 1 ? sensitive : [],
    classSize: size,
    distinctValues,
    recode,
    suppress: enforce.suppress,
    suppressionLimit: enforce.suppressionLimit,
  };
}

/** Plan of a file that has one column and no more: what treats its values. */
export function recodingPlan(plan: Plan, column: string, steps: readonly Step[]): Plan {
  const { enforce: _, ...rest } = plan;
  return {
    ...rest,
    header: [column],
    recordKey: [column],
    rows: [],
    columns: [{ name: column, role: 'quasi', domain: plan.domain, action: 'change', steps }],
  };
}

/** The parameters with the tables they name, so that the plan is complete in itself. */
function loadTables({ technique, params }: StepRule, { rulesFile, readTable }: CompileOptions): unknown {
  const load = techniqueNamed(technique).load;
  if (load === undefined) return params;
  return load(params, (path) => {
    const file = tablePath(rulesFile, path);
    try {
      return readTable(file);
    } catch (error) {
      if (!(error instanceof GamyeongError)) throw error;
      throw new GamyeongError('E_RULES_TABLE', { reason: say(ERRORS[error.code].what, error.values) });
    }
  });
}

/** Runs what may throw for these parameters; a failure becomes a mistake at their place in the rules. */
function attempt<T>(technique: string, place: Place, mistakes: GamyeongError[], work: () => T): T[] {
  try {
    return [work()];
  } catch (error) {
    mistakes.push(...placed(error, technique, place));
    return [];
  }
}

/** An error that names its own file (a table) keeps its place. Messages of others may quote values: not shown. */
function placed(error: unknown, technique: string, place: Place): GamyeongError[] {
  if (!(error instanceof GamyeongError)) {
    const reason = error instanceof Error ? error.name : 'Error';
    return [new GamyeongError('E_RULES_TECHNIQUE', { technique, reason }, place)];
  }
  return [error, ...error.also].map((one) =>
    one.place.file === undefined ? new GamyeongError(one.code, one.values, place) : one,
  );
}
