import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { fromSystem, GamyeongError } from '../errors.ts';
import { Chunker, RecordTooLong } from '../io/chunker.ts';
import { decodeCp949 } from '../io/cp949.ts';
import { type Header, readHeaderOf } from '../io/header.ts';
import { RecordReader } from '../io/records.ts';
import type { Dialect } from '../rules/plan.ts';
import { FieldFinder } from './field-finder.ts';
import { type IdentifierFind, IdentifierSurvey, mayHold } from './identifier-survey.ts';

/** What the gate must know of a file, from one reading of it. */
export interface FileSurvey {
  readonly bytes: number;
  readonly sha256: string;
  /** SHA-256 of each stretch of `partBytes`: what will be encrypted must be what was looked at. */
  readonly partDigests: readonly string[];
  readonly columns: readonly string[];
  readonly rows: number;
  readonly finds: readonly IdentifierFind[];
}

export interface SurveyOptions {
  readonly partBytes: number;
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number, total: number, rows: number): void;
}

const CHUNK_BYTES = 1 << 20;
/** An output's records may be longer than the rules allow for the input. */
const LONGEST_RECORD = 1 << 30;

/**
 * Reads a CSV file once: digests, rows, and the shapes of direct identifiers in its columns. Constant memory.
 * @throws GamyeongError E_RELEASE_CSV when it is not well-formed, errors of its header, E_FILE_…
 */
export async function surveyFile(
  path: string,
  dialect: Dialect,
  options: SurveyOptions,
): Promise<FileSurvey> {
  const header = await readHeaderOf(path, dialect);
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    const input = new DigestedFile(file, options.partBytes);
    const advance = (rows: number) => {
      if (options.signal?.aborted) throw new GamyeongError('E_INTERRUPTED');
      options.onProgress?.(input.at, size, rows);
    };
    await input.skip(header.bytes);
    const survey = new IdentifierSurvey(header.names);
    const work = { path, input, header, dialect, survey, advance };
    const rows = await (servedByKernels(dialect) ? surveyFast(work) : surveyPlainly(work));
    return { ...input.digests(), columns: header.names, rows, finds: survey.finds() };
  } catch (error) {
    throw fromSystem(error, path);
  } finally {
    await file?.close();
  }
}

function servedByKernels(dialect: Dialect): boolean {
  const oneByte = (text: string) => text.length === 1 && text.charCodeAt(0) < 0x80;
  const { delimiter, quote } = dialect;
  return oneByte(delimiter) && oneByte(quote) && dialect.escape === quote && dialect.comment === '';
}

interface Work {
  readonly path: string;
  readonly input: DigestedFile;
  readonly header: Header;
  readonly dialect: Dialect;
  readonly survey: IdentifierSurvey;
  /** Told how many rows there were so far. */
  advance(rows: number): void;
}

async function surveyFast({ path, input, header, dialect, survey, advance }: Work): Promise<number> {
  const { names } = header;
  const quote = dialect.quote.charCodeAt(0);
  const chunker = new Chunker((into) => input.read(into), quote, CHUNK_BYTES, LONGEST_RECORD);
  const fields = new FieldFinder(names.length, dialect.delimiter, dialect.quote);
  const onField = (column: number, bytes: Uint8Array, from: number, to: number) => {
    if (mayHold(bytes, from, to)) {
      survey.look(
        column,
        unquoted(Buffer.from(bytes.buffer, from, to - from).toString('utf8'), dialect.quote),
      );
    }
  };
  let rows = 0;
  for (let chunk = await chunker.next(); chunk !== undefined; chunk = await chunker.next()) {
    const text = chunk instanceof RecordTooLong ? undefined : inUtf8(chunk.bytes, dialect);
    const found = text && fields.find(text, onField);
    if (found === undefined) throw new GamyeongError('E_RELEASE_CSV', {}, { file: path });
    rows += found;
    advance(rows);
  }
  return rows;
}

/** Dialects that the kernels do not read. */
async function surveyPlainly({ path, input, header, dialect, survey, advance }: Work): Promise<number> {
  let rows = 0;
  const reader = new RecordReader({
    file: path,
    dialect: { ...dialect, maxRecordBytes: LONGEST_RECORD },
    offset: header.bytes,
    row: 2,
    header: header.names,
    onRecord: ({ cells }) => {
      if (cells.length !== header.names.length) throw new GamyeongError('E_RELEASE_CSV', {}, { file: path });
      rows++;
      cells.forEach(({ text }, column) => {
        survey.look(column, text);
      });
    },
  });
  for (;;) {
    const block = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    const got = await input.read(block);
    if (got === 0) break;
    reader.write(block.subarray(0, got));
    advance(rows);
  }
  reader.end();
  return rows;
}

function inUtf8(bytes: Uint8Array, { encoding }: Dialect): Uint8Array | undefined {
  if (encoding === 'utf-8') return bytes;
  const { text, valid } = decodeCp949(bytes);
  return valid === bytes.length ? text : undefined;
}

function unquoted(field: string, quote: string): string {
  return field.startsWith(quote) ? field.slice(1, -1).replaceAll(quote + quote, quote) : field;
}

/** A file that is hashed while it is read: as a whole, and each stretch of it. */
class DigestedFile {
  readonly #file: FileHandle;
  readonly #partBytes: number;
  readonly #whole = createHash('sha256');
  readonly #parts: string[] = [];
  #part: Hash = createHash('sha256');
  #inPart = 0;
  #at = 0;

  constructor(file: FileHandle, partBytes: number) {
    this.#file = file;
    this.#partBytes = partBytes;
  }

  /** Bytes read so far. */
  get at(): number {
    return this.#at;
  }

  async read(into: Uint8Array): Promise<number> {
    const { bytesRead } = await this.#file.read(into, 0, into.length, this.#at);
    this.#at += bytesRead;
    this.#digest(into.subarray(0, bytesRead));
    return bytesRead;
  }

  async skip(bytes: number): Promise<void> {
    const block = new Uint8Array(CHUNK_BYTES);
    while (this.#at < bytes) {
      if ((await this.read(block.subarray(0, Math.min(block.length, bytes - this.#at)))) === 0) return;
    }
  }

  digests() {
    const last = this.#inPart > 0 || this.#parts.length === 0 ? [this.#part.digest('hex')] : [];
    return { bytes: this.#at, sha256: this.#whole.digest('hex'), partDigests: [...this.#parts, ...last] };
  }

  #digest(bytes: Uint8Array): void {
    this.#whole.update(bytes);
    for (let from = 0; from < bytes.length; ) {
      const stretch = bytes.subarray(from, from + this.#partBytes - this.#inPart);
      this.#part.update(stretch);
      from += stretch.length;
      this.#inPart += stretch.length;
      if (this.#inPart === this.#partBytes) this.#nextPart();
    }
  }

  #nextPart(): void {
    this.#parts.push(this.#part.digest('hex'));
    this.#part = createHash('sha256');
    this.#inPart = 0;
  }
}
