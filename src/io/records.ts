import { CsvError, type InfoRecord, type Options, Parser } from 'csv-parse';
import { GamyeongError, type Place } from '../errors.ts';
import type { ErrorCode } from '../messages/errors.ts';
import type { Dialect } from '../rules/plan.ts';
import { encodeCp949 } from './cp949.ts';
import { type Cell, quotingOf } from './quoting.ts';
import { type ByteFault, byteFaultError, cp949Length, StrictDecoder } from './text-decoder.ts';

/** A record as it stood in the input. */
export interface InputRecord {
  readonly cells: readonly Cell[];
  /** Number as a spreadsheet shows it: the header is row 1. */
  readonly row: number;
  /** The record's bytes in the input, without its line end. */
  readonly raw: Uint8Array;
  /** What ended it; '' at the end of a file without a last line end. */
  readonly newline: '\n' | '\r\n' | '';
  /** Offset in the file just after the record and its line end. */
  readonly end: number;
}

export interface RecordReaderOptions {
  /** File name as the user typed it, for errors. */
  readonly file: string;
  readonly dialect: Dialect;
  /** Offset in the file of the first byte that will be written. */
  readonly offset: number;
  /** Row number of the first record. */
  readonly row: number;
  /** Column names for errors, where known. */
  readonly header: readonly string[];
  /** Is given every record, in order. What it throws ends the reading. */
  onRecord(record: InputRecord): void;
}

/** csv-parse looks at most this many bytes ahead of the byte it decides on (delimiters are shorter). */
const LOOK_AHEAD = 64;
/** A character that no dialect uses, to push what stands before a fault through the parser's look-ahead. */
const FILLER = Buffer.from('\ufffd'.repeat(LOOK_AHEAD));

const PARSE_ERRORS: Readonly<Record<string, ErrorCode>> = {
  INVALID_OPENING_QUOTE: 'E_QUOTE_STRAY',
  CSV_INVALID_CLOSING_QUOTE: 'E_QUOTE_TRAILING',
  CSV_QUOTE_NOT_CLOSED: 'E_QUOTE_UNCLOSED',
};

/**
 * Reads records with csv-parse, strictly by RFC 4180: LF or CRLF end a record, a lone CR is data, a blank line
 * is a record of one empty cell, quotes stand around a whole cell or not at all. Errors are found in input
 * order whatever the sizes of the pieces, and never hold a value. The number of cells is not looked at.
 */
export class RecordReader {
  readonly #options: RecordReaderOptions;
  readonly #decoder: StrictDecoder;
  readonly #parser: Parser;
  /** Decoded text since the end of the last record. */
  readonly #held: Buffer[] = [];
  /** Offset of `#held` in the text that went to the parser. */
  #heldAt = 0;
  /** Bytes in `#held`. */
  #heldBytes = 0;
  #row: number;
  #end: number;

  constructor(options: RecordReaderOptions) {
    this.#options = options;
    this.#row = options.row;
    this.#end = options.offset;
    this.#decoder = new StrictDecoder(options.dialect.encoding, options.offset);
    this.#parser = new Parser(this.#parserOptions());
  }

  /**
   * Reads on. `bytes` must not change afterwards.
   * @throws GamyeongError for the first fault; what `onRecord` throws.
   */
  write(bytes: Uint8Array): void {
    const { text, fault } = this.#decoder.decode(bytes);
    this.#feed(text);
    if (fault !== undefined) this.#fail(fault);
  }

  /** Ends the input: its last record may lack a line end. */
  end(): void {
    const fault = this.#decoder.end();
    if (fault !== undefined) this.#fail(fault);
    this.#parser._flush((error) => {
      if (error) this.#refuse(error);
    });
  }

  /** Hands text to the parser, never so much at once that a record beyond the limit is looked into. */
  #feed(text: Buffer): void {
    const { encoding, maxRecordBytes } = this.#options.dialect;
    const growth = encoding === 'cp949' ? 1.5 : 1;
    const limit = Math.ceil(maxRecordBytes * growth) + LOOK_AHEAD;
    for (let at = 0; at < text.length; ) {
      const slice = text.subarray(at, at + limit + 1 - this.#heldBytes);
      at += slice.length;
      this.#held.push(slice);
      this.#heldBytes += slice.length;
      this.#parse(slice);
      if (this.#heldBytes > limit) throw this.#tooLong();
    }
  }

  /**
   * Calls the transform of csv-parse's stream itself: it works synchronously, every record goes to `on_record`
   * and none through the stream, so there is nothing to wait for.
   */
  #parse(text: Buffer): void {
    this.#parser._transform(text, 'utf8', (error) => {
      if (error) this.#refuse(error);
    });
  }

  /** Lets everything before the fault be read, then throws it. */
  #fail(fault: ByteFault): never {
    this.#parse(FILLER);
    if (this.#heldIsTooLong()) throw this.#tooLong();
    const { file, dialect } = this.#options;
    throw byteFaultError(fault, dialect.encoding, { file, row: this.#row });
  }

  /** Rethrows an error of the parser as ours, without the values that csv-parse puts into it. */
  #refuse(error: unknown): never {
    if (!(error instanceof CsvError)) throw error;
    const code = PARSE_ERRORS[error.code];
    if (code === undefined) throw new Error(`csv-parse: ${error.code}`);
    if (code === 'E_QUOTE_UNCLOSED' && this.#heldIsTooLong()) throw this.#tooLong();
    throw new GamyeongError(code, {}, this.#place(Number(error.column)));
  }

  #heldIsTooLong(): boolean {
    const { encoding, maxRecordBytes } = this.#options.dialect;
    const length =
      encoding === 'cp949' ? this.#held.reduce((sum, text) => sum + cp949Length(text), 0) : this.#heldBytes;
    return length > maxRecordBytes;
  }

  #place(column: number): Place {
    const { file, header } = this.#options;
    const name = header[column];
    return { file, row: this.#row, ...(name !== undefined && { column: name }) };
  }

  #tooLong(): GamyeongError {
    const { file, dialect } = this.#options;
    return new GamyeongError(
      'E_RECORD_TOO_LONG',
      { limit: dialect.maxRecordBytes },
      { file, row: this.#row },
    );
  }

  #parserOptions(): Options {
    const { dialect } = this.#options;
    return {
      bom: false,
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      escape: dialect.escape,
      comment: dialect.comment === '' ? null : dialect.comment,
      comment_no_infix: true,
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      on_record: (texts: string[], info: InfoRecord) => {
        this.#onRecord(texts, info.bytes);
        return null;
      },
    };
  }

  #onRecord(texts: readonly string[], textEnd: number): void {
    const { dialect, onRecord } = this.#options;
    const text = this.#withoutComments(this.#take(textEnd));
    const quoting = quotingOf(text.toString(), texts, dialect);
    if ('faulty' in quoting) throw new GamyeongError('E_QUOTE_TRAILING', {}, this.#place(quoting.faulty));
    const { cells, newline } = quoting;
    const raw = this.#inInputEncoding(text.subarray(0, text.length - newline.length));
    if (raw.length > dialect.maxRecordBytes) throw this.#tooLong();
    const row = this.#row++;
    onRecord({ cells, row, raw, newline, end: this.#end });
  }

  /** Takes the text up to an offset from what is held and counts it as read. */
  #take(end: number): Buffer {
    const parts: Buffer[] = [];
    for (let missing = end - this.#heldAt; missing > 0; ) {
      const first = this.#held[0]!;
      parts.push(first.subarray(0, missing));
      if (first.length <= missing) this.#held.shift();
      else this.#held[0] = first.subarray(missing);
      missing -= Math.min(first.length, missing);
    }
    this.#heldBytes -= end - this.#heldAt;
    this.#heldAt = end;
    const text = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    this.#end += this.#inInputEncoding(text).length;
    return text;
  }

  #inInputEncoding(text: Buffer): Uint8Array {
    return this.#options.dialect.encoding === 'cp949' ? encodeCp949(text.toString())! : text;
  }

  #withoutComments(text: Buffer): Buffer {
    const { comment } = this.#options.dialect;
    if (comment === '') return text;
    const mark = Buffer.from(comment);
    let at = 0;
    while (text.subarray(at, at + mark.length).equals(mark)) at = text.indexOf('\n', at) + 1;
    return text.subarray(at);
  }
}
