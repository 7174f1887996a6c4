import { GamyeongError } from '../errors.ts';
import { RecordReader } from '../io/records.ts';
import type { Plan } from '../rules/plan.ts';
import type { KeyRing } from './keyring.ts';
import { RecordProcessor } from './record-processor.ts';

/**
 * Words the first error of a chunk, for an engine that only knows that there is one.
 * @param chunk input bytes, undecoded, from the start of a record: whole records, or all there is of the last
 * @param firstRow row number of the first record in it
 * @param byteOffset offset of the chunk in the file
 * @param file input as the user typed it
 * @returns undefined when the reference finds nothing wrong
 */
export function diagnose(
  chunk: Uint8Array,
  firstRow: number,
  byteOffset: number,
  plan: Plan,
  keys: KeyRing,
  file: string,
): GamyeongError | undefined {
  const processor = new RecordProcessor(plan, keys, file);
  const reader = new RecordReader({
    file,
    dialect: plan.dialect,
    offset: byteOffset,
    row: firstRow,
    header: plan.header,
    onRecord: ({ cells, row }) => processor.process(cells, row),
  });
  try {
    reader.write(chunk);
    reader.end();
    return undefined;
  } catch (error) {
    if (error instanceof GamyeongError) return error;
    throw error;
  }
}
