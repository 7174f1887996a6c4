import { GamyeongError } from '../../src/errors.ts';
import { type InputRecord, RecordReader } from '../../src/io/records.ts';
import type { Dialect } from '../../src/rules/plan.ts';

export const RFC_4180: Dialect = {
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  escape: '"',
  comment: '',
  maxRecordBytes: 1 << 20,
};

/** The ways in which a test hands over its bytes. */
export const SPLITS = { whole: [Number.MAX_SAFE_INTEGER], pieces: [3, 1, 7, 2], bytes: [1] } as const;

export type Split = keyof typeof SPLITS;

/** Records, then the error that ended the reading, if any. */
export function readRecords(
  input: string | Uint8Array,
  dialect: Partial<Dialect> = {},
  split: Split = 'whole',
): { records: InputRecord[]; error: GamyeongError | undefined } {
  const bytes = Buffer.from(input as string);
  const records: InputRecord[] = [];
  const reader = new RecordReader({
    file: 'in.csv',
    dialect: { ...RFC_4180, ...dialect },
    offset: 0,
    row: 1,
    header: ['first', 'second'],
    onRecord: (record) => records.push(record),
  });
  try {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const end = at + SPLITS[split][turn % SPLITS[split].length]!;
      reader.write(Buffer.from(bytes.subarray(at, end)));
      at = end;
    }
    reader.end();
    return { records, error: undefined };
  } catch (error) {
    if (error instanceof GamyeongError) return { records, error };
    throw error;
  }
}

/** Cells as text; in quotes where they stood in quotes. */
export function cellsOf(records: readonly InputRecord[]): string[][] {
  return records.map(({ cells }) => cells.map(({ text, quoted }) => (quoted ? `"${text}"` : text)));
}
