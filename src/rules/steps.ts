import { z } from 'zod';
import { GamyeongError, printable } from '../errors.ts';
import { ROW_TECHNIQUES, TECHNIQUES } from '../techniques/index.ts';
import type { OnEmpty, OnInvalid, RowTechnique, Technique } from '../techniques/technique.ts';
import { check } from './issues.ts';
import { suggest } from './mistakes.ts';
import type { Path, RulesSource } from './source.ts';

/** A technique of a column, with checked parameters; tables are not loaded yet. */
export interface StepRule {
  readonly technique: string;
  readonly params: unknown;
  /** The parameters as the steward wrote them, without defaults; `{}` for a bare name. */
  readonly written: unknown;
  readonly onEmpty: OnEmpty;
  readonly onInvalid: OnInvalid;
  /** Where it stands in the rules file. */
  readonly path: Path;
}

/** A technique over whole records. */
export interface RowStep {
  readonly technique: string;
  readonly params: unknown;
  readonly written: unknown;
  readonly path: Path;
}

/** What every technique accepts besides its own parameters, except those that stand alone. */
export const commonParams = z.strictObject({
  'on-empty': z.enum(['keep', 'error', 'reject-row', 'treat']).optional(),
  'on-invalid': z.enum(['error', 'redact', 'reject-row']).optional(),
});
const COMMON = Object.keys(commonParams.shape);

/** Techniques that say what becomes of the column as a whole, so that no other can go with them. */
const ALONE: readonly string[] = ['keep', 'drop'];

export function standsAlone(technique: string): boolean {
  return ALONE.includes(technique);
}

const schemas = new Map<Technique | RowTechnique, z.ZodType>();

/** The schema of a technique's parameters, made once however many columns use it. */
function schemaOf(technique: Technique | RowTechnique): z.ZodType {
  const schema = schemas.get(technique) ?? technique.params(z);
  schemas.set(technique, schema);
  return schema;
}

type Found<T> = { readonly found: T } | { readonly mistakes: readonly GamyeongError[] };

/** Checks an `apply`: a technique, or a list of techniques applied in order. Every mistake is added to `mistakes`. */
export function readApply(
  apply: unknown,
  path: Path,
  source: RulesSource,
  mistakes: GamyeongError[],
): readonly StepRule[] {
  const list = Array.isArray(apply) ? apply : undefined;
  if (list?.length === 0) mistakes.push(new GamyeongError('E_RULES_ONE_TECHNIQUE', {}, source.at(path)));
  const steps: StepRule[] = [];
  (list ?? [apply]).forEach((item, index) => {
    const at = list === undefined ? path : [...path, index];
    const result = readStep(item, at, source);
    if ('mistakes' in result) mistakes.push(...result.mistakes);
    else steps.push(result.found);
  });
  if (list !== undefined && list.length > 1) {
    for (const { technique, path: at } of steps.filter((step) => standsAlone(step.technique)))
      mistakes.push(new GamyeongError('E_RULES_STANDS_ALONE', { technique }, source.atKey(at)));
  }
  return steps;
}

function readStep(item: unknown, path: Path, source: RulesSource): Found<StepRule> {
  const written = nameAndParams(item, path, source);
  if ('mistakes' in written) return written;
  const { name, params, at } = written.found;
  const technique = TECHNIQUES.find((known) => known.name === name);
  if (technique === undefined) return { mistakes: [unknownTechnique(name, at, source, 'rows')] };
  if (params === undefined && !technique.bare)
    return {
      mistakes: [new GamyeongError('E_RULES_NEEDS_PARAMETERS', { technique: name }, source.atKey(at))],
    };
  return readParams(technique, params ?? {}, at, source);
}

function readParams(
  technique: Technique,
  written: unknown,
  path: Path,
  source: RulesSource,
): Found<StepRule> {
  const alone = standsAlone(technique.name);
  const [common, own] = alone || !isMapping(written) ? [{}, written] : divide(written);
  const shared = check(commonParams, common, path, source);
  const params = check(schemaOf(technique), own, path, source, alone ? [] : COMMON);
  if ('mistakes' in shared || 'mistakes' in params)
    return { mistakes: [shared, params].flatMap((part) => ('mistakes' in part ? part.mistakes : [])) };
  return {
    found: {
      technique: technique.name,
      params: params.data,
      written,
      onEmpty: shared.data['on-empty'] ?? technique.onEmpty,
      onInvalid: shared.data['on-invalid'] ?? 'error',
      path,
    },
  };
}

/** The common parameters, and those of the technique itself. */
function divide(written: Readonly<Record<string, unknown>>): readonly [object, object] {
  const entries = Object.entries(written);
  return [
    Object.fromEntries(entries.filter(([key]) => COMMON.includes(key))),
    Object.fromEntries(entries.filter(([key]) => !COMMON.includes(key))),
  ];
}

/** Checks one entry of `rows`. */
export function readRow(
  item: unknown,
  path: Path,
  source: RulesSource,
  mistakes: GamyeongError[],
): readonly RowStep[] {
  const result = readRowStep(item, path, source);
  if ('found' in result) return [result.found];
  mistakes.push(...result.mistakes);
  return [];
}

function readRowStep(item: unknown, path: Path, source: RulesSource): Found<RowStep> {
  const written = nameAndParams(item, path, source);
  if ('mistakes' in written) return written;
  const { name, params, at } = written.found;
  const technique = ROW_TECHNIQUES.find((known) => known.name === name);
  if (technique === undefined) return { mistakes: [unknownTechnique(name, at, source, 'columns')] };
  if (params === undefined)
    return {
      mistakes: [new GamyeongError('E_RULES_NEEDS_PARAMETERS', { technique: name }, source.atKey(at))],
    };
  const checked = check(schemaOf(technique), params, at, source);
  if ('mistakes' in checked) return checked;
  return { found: { technique: name, params: checked.data, written: params, path: at } };
}

/** `name`, or `{ name: parameters }`; `at` is the path of the parameters where there is a place for them. */
function nameAndParams(
  item: unknown,
  path: Path,
  source: RulesSource,
): Found<{ readonly name: string; readonly params: unknown; readonly at: Path }> {
  if (typeof item === 'string') return { found: { name: item, params: undefined, at: path } };
  const entries = isMapping(item) ? Object.entries(item) : [];
  if (entries.length !== 1)
    return { mistakes: [new GamyeongError('E_RULES_ONE_TECHNIQUE', {}, source.at(path))] };
  const [[name, params]] = entries as [[string, unknown]];
  return { found: { name, params: params ?? undefined, at: [...path, name] } };
}

function unknownTechnique(
  name: string,
  path: Path,
  source: RulesSource,
  otherSection: 'rows' | 'columns',
): GamyeongError {
  const [here, elsewhere]: readonly (readonly (Technique | RowTechnique)[])[] =
    otherSection === 'rows' ? [TECHNIQUES, ROW_TECHNIQUES] : [ROW_TECHNIQUES, TECHNIQUES];
  const technique = printable(name);
  const place = source.atKey(path);
  if (elsewhere!.some((known) => known.name === name))
    return new GamyeongError('E_RULES_WRONG_SECTION', { technique, section: otherSection }, place);
  const names = here!.map((known) => known.name);
  const meant = EVERYDAY_NAMES[name.toLowerCase()];
  const hint = suggest(meant !== undefined && names.includes(meant) ? meant : name, names);
  return new GamyeongError('E_RULES_UNKNOWN_TECHNIQUE', { technique, hint }, place);
}

/** What people call a technique that has another name here. */
const EVERYDAY_NAMES: Readonly<Record<string, string>> = {
  year: 'date-truncate',
  month: 'date-truncate',
  age: 'generalize',
  band: 'generalize',
  address: 'generalize',
  email: 'mask',
  phone: 'mask',
  hmac: 'keyed-hash',
  sha256: 'keyed-hash',
  token: 'keyed-hash',
  delete: 'drop',
  remove: 'drop',
  empty: 'redact',
};

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
