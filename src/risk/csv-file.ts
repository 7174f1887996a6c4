import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, type Options, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { fromSystem, GamyeongError } from '../errors.ts';
import type { Dialect } from '../rules/plan.ts';
import { CsvScan } from './csv-scan.ts';
import { literal, type Sql } from './sql.ts';

/** A CSV file whose structure and digest are known, readable by the SQL engine. */
export interface CsvFile {
  /** Base name, as it stands in reports. */
  readonly name: string;
  /** Path as the user typed it, for errors. */
  readonly file: string;
  readonly dialect: Dialect;
  readonly header: readonly string[];
  /** Records without the header. */
  readonly rows: number;
  readonly bytes: number;
  /** Hex digest of the bytes on disk. */
  readonly sha256: string;
  /** The table function that reads all columns as text, named c0, c1, … in header order. */
  readonly from: string;
}

const COMMA: Pick<Dialect, 'delimiter' | 'quote'> = { delimiter: ',', quote: '"' };
const READ_BYTES = 1 << 20;

/**
 * Reads a file once: digest, record count, structure. A file that the SQL engine might misread (unusual
 * dialect, mixed line ends, CP949, …) is first rewritten in the engine's private directory.
 * @throws GamyeongError for a missing file, an empty one, a bad header, or a record that is not well-formed.
 */
export async function openCsv(sql: Sql, file: string, dialect: Dialect): Promise<CsvFile> {
  const header = await readHeaderNames(file, dialect);
  const single =
    dialect.encoding === 'utf-8' &&
    dialect.comment === '' &&
    dialect.escape === dialect.quote &&
    Buffer.byteLength(dialect.delimiter) === 1 &&
    Buffer.byteLength(dialect.quote) === 1;
  const scan = new CsvScan(dialect.delimiter.charCodeAt(0), dialect.quote.charCodeAt(0));
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readBytes(file)) {
    digest.update(chunk);
    scan.feed(bytes === 0 ? withoutBom(chunk) : chunk);
    bytes += chunk.length;
  }
  const { records, plain, longest } = scan.end();
  const identity = { name: basename(file), file, dialect, header, bytes, sha256: digest.digest('hex') };
  if (single && plain) {
    return { ...identity, rows: records - 1, from: readCsv(file, header.length, longest, dialect) };
  }
  const copy = join(sql.directory, `${identity.sha256.slice(0, 16)}.csv`);
  const written = await rewrite(file, copy, header.length, dialect);
  return { ...identity, rows: written.rows, from: readCsv(copy, header.length, written.longest, COMMA) };
}

/** Column of `from` that holds the cells of a header name; undefined when there is none. */
export function columnNamed(csv: CsvFile, name: string): string | undefined {
  const at = csv.header.indexOf(name);
  return at < 0 ? undefined : `c${at}`;
}

/**
 * Nothing is guessed, every column is text, an empty cell is text too. The line end is the one option left
 * to the engine: told `\r\n`, it reads no rows at all and says nothing.
 */
function readCsv(path: string, columns: number, longest: number, dialect: typeof COMMA): string {
  const line = Math.max(longest, 1 << 20);
  const names = Array.from({ length: columns }, (_, i) => `'c${i}'`);
  return `read_csv(${literal(path)}, auto_detect=false, header=true, strict_mode=true, null_padding=false,
    ignore_errors=false, max_line_size=${line}, buffer_size=${Math.max(8 * line, 1 << 24)}, delim=${literal(dialect.delimiter)}, quote=${literal(dialect.quote)},
    escape=${literal(dialect.quote)}, force_not_null=[${names.join()}],
    columns={${names.map((name) => `${name}:'VARCHAR'`).join()}})`;
}

async function* readBytes(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: READ_BYTES })) yield chunk as Buffer;
  } catch (error) {
    throw fromSystem(error, file);
  }
}

const withoutBom = (bytes: Buffer): Buffer =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;

const parserOptions = (dialect: Dialect): Options => ({
  delimiter: dialect.delimiter,
  quote: dialect.quote,
  escape: dialect.escape,
  comment: dialect.comment === '' ? null : dialect.comment,
  comment_no_infix: true,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  max_record_size: dialect.maxRecordBytes,
  bom: true,
});

/** Strictly decoded text of a file. @throws GamyeongError E_RISK_ENCODING */
async function* decoded(file: string, encoding: Dialect['encoding']): AsyncGenerator<string> {
  const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const cp949 = iconv.getDecoder('cp949');
  const fault = () => new GamyeongError('E_RISK_ENCODING', {}, { file });
  const decode = (bytes?: Buffer): string => {
    if (encoding === 'utf-8') {
      try {
        return utf8.decode(bytes, { stream: bytes !== undefined });
      } catch {
        throw fault();
      }
    }
    const text = bytes === undefined ? (cp949.end() ?? '') : cp949.write(bytes);
    if (text.includes('\uFFFD')) throw fault();
    return text;
  };
  for await (const bytes of readBytes(file)) yield decode(bytes);
  yield decode();
}

/** Feeds the decoded bytes of a file to csv-parse and hands on the records. */
async function* records(file: string, dialect: Dialect, limit?: number): AsyncGenerator<string[]> {
  const parser = parse({ ...parserOptions(dialect), ...(limit === undefined ? {} : { to: limit }) });
  const source = Readable.from(decoded(file, dialect.encoding));
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser) yield record as string[];
  } catch (error) {
    if (error instanceof CsvError)
      throw new GamyeongError('E_RISK_CSV', {}, { file, row: parser.info.records + 1 });
    throw fromSystem(error, file);
  } finally {
    source.destroy();
  }
}

async function readHeaderNames(file: string, dialect: Dialect): Promise<string[]> {
  const found = await stat(file).catch((error) => {
    throw fromSystem(error, file);
  });
  if (found.isDirectory()) throw new GamyeongError('E_FILE_IS_DIRECTORY', {}, { file });
  for await (const names of records(file, dialect, 1)) {
    if (new Set(names).size < names.length || names.includes(''))
      throw new GamyeongError('E_RISK_HEADER', {}, { file, row: 1 });
    return names;
  }
  throw new GamyeongError('E_RISK_EMPTY', {}, { file });
}

/**
 * Words why the SQL engine refused a file: the first record that is not well-formed, found by reading it
 * again with the plain parser.
 */
export async function firstFault(csv: CsvFile): Promise<GamyeongError> {
  let row = 0;
  try {
    for await (const record of records(csv.file, csv.dialect)) {
      row++;
      if (record.length !== csv.header.length) break;
    }
  } catch (error) {
    if (error instanceof GamyeongError) return error;
    throw error;
  }
  return new GamyeongError('E_RISK_CSV', {}, { file: csv.file, row });
}

/** Writes the file anew as plain RFC 4180 in UTF-8. @returns rows without the header, bytes of the longest. */
async function rewrite(file: string, copy: string, columns: number, dialect: Dialect) {
  let row = 0;
  let longest = 0;
  async function* checked() {
    for await (const record of records(file, dialect)) {
      row++;
      if (record.length !== columns) throw new GamyeongError('E_RISK_CSV', {}, { file, row });
      const line = `${record.map((cell) => `"${cell.replaceAll('"', '""')}"`).join()}\n`;
      longest = Math.max(longest, Buffer.byteLength(line));
      yield line;
    }
  }
  await pipeline(checked, createWriteStream(copy, { mode: 0o600 }));
  return { rows: row - 1, longest };
}
