import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fromSystem, GamyeongError, printable } from '../errors.ts';
import { rowTechniqueNamed, techniqueNamed } from '../techniques/index.ts';
import { checkEnforcement, readEnforcement } from './enforcement.ts';
import { check } from './issues.ts';
import { raise, suggest } from './mistakes.ts';
import type { ColumnRule, EnforceRules, Rules } from './rules.ts';
import { rulesSchema, type WrittenRules } from './schema.ts';
import { type Path, RulesSource } from './source.ts';
import { isMapping, type RowStep, readApply, readRow, type StepRule } from './steps.ts';
import { utf8 } from './tables.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Reads a rules file.
 * @throws GamyeongError E_FILE_… when it cannot be read, E_RULES_ENCODING, E_RULES_TOO_LARGE, and what
 * `parseRules` throws.
 */
export async function readRules(path: string): Promise<Rules> {
  let bytes: Uint8Array;
  try {
    bytes = await buffer(createReadStream(path, { end: MAX_BYTES }));
  } catch (error) {
    throw fromSystem(error, path);
  }
  if (bytes.length > MAX_BYTES) throw new GamyeongError('E_RULES_TOO_LARGE', {}, { file: path });
  return parseRules(
    utf8(bytes, () => new GamyeongError('E_RULES_ENCODING', {}, { file: path })),
    path,
  );
}

/**
 * Checks the text of a rules file and finds all its mistakes at once.
 * @param file name for errors.
 * @throws GamyeongError the first mistake in the file, the others in `also`.
 */
export function parseRules(text: string, file: string): Rules {
  const source = new RulesSource(text, file);
  const data = source.data;
  if (isMapping(data) && data.version !== undefined && data.version !== 1)
    throw new GamyeongError('E_RULES_VERSION', {}, source.at(['version']));

  const mistakes: GamyeongError[] = [];
  const checked = check(rulesSchema, data, [], source);
  if ('mistakes' in checked) mistakes.push(...checked.mistakes);
  const written = isMapping(data) ? data : {};
  const steps = readColumns(written.columns, source, mistakes);
  const rows = (Array.isArray(written.rows) ? written.rows : []).flatMap((item, index) =>
    readRow(item, ['rows', index], source, mistakes),
  );
  if (steps.size > 0 && [...steps.values()].every(isDropped))
    mistakes.push(new GamyeongError('E_RULES_NOTHING_LEFT', {}, source.atKey(['columns'])));
  checkColumnNames(written, steps, rows, source, mistakes);
  const recode = readEnforcement(written.risk, source, mistakes);
  raise(mistakes);

  if (!('data' in checked)) throw new Error('rules without mistakes have data');
  const rules = assemble(checked.data, steps, rows, recode, text, source);
  checkEnforcement(rules);
  return rules;
}

/** Reads what is applied to each column, as far as it can be read. */
function readColumns(
  columns: unknown,
  source: RulesSource,
  mistakes: GamyeongError[],
): ReadonlyMap<string, readonly StepRule[]> {
  const steps = new Map<string, readonly StepRule[]>();
  for (const [name, column] of Object.entries(isMapping(columns) ? columns : {})) {
    const path = ['columns', name];
    const apply = isMapping(column) ? column.apply : undefined;
    const ownSteps = apply === undefined ? [] : readApply(apply, [...path, 'apply'], source, mistakes);
    steps.set(name, ownSteps);
    const treated = ownSteps.some((step) => step.technique !== 'drop');
    if (isMapping(column) && column.type === 'rrn' && column['legal-basis'] === undefined && treated)
      mistakes.push(new GamyeongError('E_RULES_RRN', { column: printable(name) }, source.atKey(path)));
  }
  return steps;
}

/** Every column named anywhere must have a rule, and what is measured must not be dropped. */
function checkColumnNames(
  written: Readonly<Record<string, unknown>>,
  steps: ReadonlyMap<string, readonly StepRule[]>,
  rows: readonly RowStep[],
  source: RulesSource,
  mistakes: GamyeongError[],
): void {
  if (steps.size === 0) return;
  const names = [...steps.keys()];
  const unknown = (name: string, path: Path) => {
    if (steps.has(name)) return false;
    const values = { column: printable(name), hint: suggest(name, names) };
    mistakes.push(new GamyeongError('E_RULES_COLUMN_UNKNOWN', values, source.atKey(path)));
    return true;
  };
  for (const [name, path] of listed(written, ['record-key'])) unknown(name, path);
  for (const key of ['quasi-identifiers', 'sensitive']) {
    for (const [name, path] of listed(written, ['risk', key])) {
      if (!unknown(name, path) && isDropped(steps.get(name)!))
        mistakes.push(
          new GamyeongError('E_RULES_COLUMN_DROPPED', { column: printable(name) }, source.at(path)),
        );
    }
  }
  for (const step of [...steps.values()].flat())
    for (const name of techniqueNamed(step.technique).columns?.(step.params) ?? []) unknown(name, step.path);
  for (const row of rows)
    for (const name of rowTechniqueNamed(row.technique).columns(row.params)) unknown(name, row.path);
}

/** The texts of a list at `path`, each with its own path. */
function listed(written: unknown, path: readonly string[]): [string, Path][] {
  const list = path.reduce<unknown>((part, key) => (isMapping(part) ? part[key] : undefined), written);
  if (!Array.isArray(list)) return [];
  return list.flatMap((name, index) => (typeof name === 'string' ? [[name, [...path, index]]] : []));
}

function isDropped(steps: readonly StepRule[]): boolean {
  return steps[0]?.technique === 'drop';
}

function assemble(
  written: WrittenRules,
  steps: ReadonlyMap<string, readonly StepRule[]>,
  rows: readonly RowStep[],
  recode: EnforceRules['recode'],
  text: string,
  source: RulesSource,
): Rules {
  const { input, purpose, release, risk } = written;
  const { enforce } = risk;
  const columns = Object.entries(written.columns).map(
    ([name, column]): ColumnRule => ({
      name,
      role: column.role,
      ...(column.type !== undefined && { type: column.type }),
      domain: column.domain ?? written.domain,
      ...(column['legal-basis'] !== undefined && { legalBasis: column['legal-basis'] }),
      steps: steps.get(name)!,
    }),
  );
  const kept = (role: ColumnRule['role']) =>
    columns.filter((column) => column.role === role && !isDropped(column.steps)).map(({ name }) => name);
  return {
    file: source.file,
    digest: createHash('sha256').update(text).digest('hex'),
    name: written.name,
    ...(purpose !== undefined && { purpose }),
    domain: written.domain,
    ...(written['record-key'] !== undefined && { recordKey: written['record-key'] }),
    input: {
      encoding: input.encoding,
      delimiter: input.delimiter,
      quote: input.quote,
      escape: input.escape ?? input.quote,
      comment: input.comment ?? '',
      maxRecordBytes: input['max-record-bytes'],
    },
    output: written.output,
    rows,
    columns,
    risk: {
      quasiIdentifiers: risk['quasi-identifiers'] ?? kept('quasi'),
      sensitive: risk.sensitive ?? kept('sensitive'),
      thresholds: risk.thresholds,
      ...(enforce !== undefined && {
        enforce: { recode, suppress: enforce.suppress, suppressionLimit: enforce['suppression-limit'] },
      }),
    },
    ...(release !== undefined && { release }),
    at: (path) => source.at(path),
    atKey: (path) => source.atKey(path),
  };
}
