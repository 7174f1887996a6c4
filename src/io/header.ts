import { GamyeongError } from '../errors.ts';
import type { Dialect } from '../rules/plan.ts';
import { type InputRecord, RecordReader } from './records.ts';
import { Source } from './source.ts';

/** The first record of an input. */
export interface Header {
  /** Column names, in order: not empty, no two alike. */
  readonly names: readonly string[];
  /** What ends the header's line; LF when the file ends without a line end. */
  readonly newline: '\n' | '\r\n';
  /** Bytes before the first data record: byte order mark, comments, header and its line end. */
  readonly bytes: number;
  readonly record: InputRecord;
}

const UTF8_MARK = Buffer.from('\ufeff');
const BLOCK_BYTES = 64 * 1024;

/**
 * Reads the header from the start of a source and leaves the source at the first data record.
 * @throws GamyeongError E_INPUT_EMPTY, E_HEADER_EMPTY, E_HEADER_DUPLICATE, or what is wrong with its bytes.
 */
export async function readHeader(source: Source, dialect: Dialect): Promise<Header> {
  const first = await readBlock(source);
  const mark = dialect.encoding === 'utf-8' && UTF8_MARK.equals(first.subarray(0, 3)) ? UTF8_MARK.length : 0;
  const blocks = [first];
  const record = await firstRecord(source, dialect, mark, blocks);
  if (record === undefined) throw new GamyeongError('E_INPUT_EMPTY', {}, { file: source.file });
  source.unread(Buffer.concat(blocks).subarray(record.end));
  const names = record.cells.map(({ text }) => text);
  checkNames(names, source.file);
  return { names, newline: record.newline || '\n', bytes: record.end, record };
}

/** Reads the header of a file by its path; `-` is the standard input. */
export async function readHeaderOf(path: string, dialect: Dialect): Promise<Header> {
  const source = await Source.open(path);
  try {
    return await readHeader(source, dialect);
  } finally {
    await source.close();
  }
}

/** Reads blocks, adding them to `blocks`, until the first record is whole; undefined when there is none. */
async function firstRecord(
  source: Source,
  dialect: Dialect,
  mark: number,
  blocks: Buffer[],
): Promise<InputRecord | undefined> {
  const found = new Found();
  const reader = new RecordReader({
    file: source.file,
    dialect,
    offset: mark,
    row: 1,
    header: [],
    onRecord: (record) => {
      found.record = record;
      throw found;
    },
  });
  try {
    reader.write(blocks[0]!.subarray(mark));
    for (;;) {
      const block = await readBlock(source);
      if (block.length === 0) break;
      blocks.push(block);
      reader.write(block);
    }
    reader.end();
    return undefined;
  } catch (error) {
    if (error !== found) throw error;
    return found.record;
  }
}

/** Thrown to stop the parser at the first record. */
class Found extends Error {
  record: InputRecord | undefined;
}

async function readBlock(source: Source): Promise<Buffer> {
  const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
  return block.subarray(0, await source.read(block));
}

function checkNames(names: readonly string[], file: string): void {
  const place = { file, row: 1 };
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    if (name.trim() === '') throw new GamyeongError('E_HEADER_EMPTY', { number: index + 1 }, place);
    const first = seen.get(name);
    if (first !== undefined) {
      throw new GamyeongError('E_HEADER_DUPLICATE', { first: first + 1, second: index + 1 }, place);
    }
    seen.set(name, index);
  });
}
