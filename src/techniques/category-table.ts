import { createRequire } from 'node:module';
import { GamyeongError } from '../errors.ts';
import { Invalid, type Zod } from './technique.ts';

export interface TableParams {
  /** CSV file in ARX's layout: one value a line, level 0 (the value) first, `;` or `,` between, no header. */
  readonly file: string;
  readonly level: number;
  /** Value and its category: the file's content, put here when the plan is made. */
  readonly entries?: readonly (readonly [value: string, category: string])[];
}

const NOT_IN_TABLE = new Invalid({
  en: 'the value is not in the category table',
  ko: '범주 표에 없는 값입니다',
});

export function tableSchema(z: Zod) {
  return z.strictObject({ file: z.string().min(1), level: z.int().min(1) });
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Reads the category of every value at the level.
 * @throws GamyeongError E_HIERARCHY_… with file and line when the file is not a rectangular table without empty
 * cells, contradicts itself, or has no such level.
 */
export function loadTable(params: TableParams, read: (path: string) => string): TableParams {
  const { file, level } = params;
  const rows = parseRows(file, read(file));
  const first = rows[0];
  if (first === undefined) throw new GamyeongError('E_HIERARCHY_EMPTY', {}, { file });
  const width = first.record.length;
  if (level >= width) throw new GamyeongError('E_HIERARCHY_LEVEL', { level, most: width - 1 }, { file });
  const seen = new Map<string, Row>();
  for (const row of rows) {
    const { record, info } = row;
    const place = { file, line: info.lines };
    if (record.length !== width)
      throw new GamyeongError('E_HIERARCHY_RAGGED', { fields: record.length, expected: width }, place);
    if (record.includes('')) throw new GamyeongError('E_HIERARCHY_EMPTY_CELL', {}, place);
    const earlier = seen.get(record[0]!);
    if (earlier !== undefined && record.some((category, i) => category !== earlier.record[i]))
      throw new GamyeongError('E_HIERARCHY_CONFLICT', { line: earlier.info.lines }, place);
    seen.set(record[0]!, row);
  }
  const entries = [...seen].map(([value, { record }]) => [value, record[level]!] as const);
  return { file, level, entries };
}

/** The delimiter is `;` when the first line has one, else `,`. csv-parse is loaded only where a table is. */
function parseRows(file: string, text: string): Row[] {
  const { CsvError, parse } = createRequire(import.meta.url)(
    'csv-parse/sync',
  ) as typeof import('csv-parse/sync');
  const delimiter = /^[^\r\n]*;/.test(text) ? ';' : ',';
  try {
    const options = { delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true };
    return parse(text, options) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new GamyeongError('E_HIERARCHY_QUOTE', {}, { file, line: Number(error.lines) });
  }
}

/** Replaces a value, compared exactly, by its category. */
export function categoryTable({ entries }: TableParams): (text: string) => string | Invalid {
  const categories = new Map(entries);
  return (text) => categories.get(text) ?? NOT_IN_TABLE;
}
