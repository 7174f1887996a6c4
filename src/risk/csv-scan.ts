/** What a pass over the bytes of a CSV file says about its structure. */
export interface CsvStructure {
  /** Records, the header included. */
  readonly records: number;
  /** Well-formed (RFC 4180), with one kind of line end and no blank line: safe to hand to the SQL engine. */
  readonly plain: boolean;
  /** Bytes of the longest record. */
  readonly longest: number;
}

const LF = 10;
const CR = 13;

const FIELD_START = 0;
const UNQUOTED = 1;
const QUOTED = 2;
const QUOTE_SEEN = 3;

/**
 * Counts the records of a CSV file and looks for whatever the SQL engine is known to misread in silence:
 * stray quotes, mixed line ends, lone carriage returns, blank lines. Independent of that engine on purpose:
 * its row count is held against this one.
 */
export class CsvScan {
  readonly #delimiter: number;
  readonly #quote: number;
  #state = FIELD_START;
  #records = 0;
  #plain = true;
  #recordBytes = 0;
  #longest = 0;
  #last = 0;
  #crlf: boolean | undefined;

  constructor(delimiter: number, quote: number) {
    this.#delimiter = delimiter;
    this.#quote = quote;
  }

  feed(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const inQuotes = this.#state === QUOTED || this.#state === QUOTE_SEEN;
    if (inQuotes || bytes.includes(this.#quote)) this.#feedBytes(bytes);
    else this.#feedLines(bytes);
  }

  end(): CsvStructure {
    if (this.#state === QUOTED || this.#last === CR) this.#plain = false;
    if (this.#recordBytes > 0) this.#endRecord(this.#recordBytes + 1, this.#crlf ?? false);
    return { records: this.#records, plain: this.#plain, longest: this.#longest };
  }

  /** Without quotes every line feed ends a record. */
  #feedLines(bytes: Buffer): void {
    let start = 0;
    let carriageReturns = 0;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, start)) {
      const previous = at > 0 ? bytes[at - 1] : this.#last;
      if (previous === CR && at > 0) carriageReturns++;
      this.#endRecord(this.#recordBytes + at - start, previous === CR);
      start = at + 1;
    }
    if (bytes.includes(CR)) {
      const found = count(bytes, CR) - (bytes[bytes.length - 1] === CR ? 1 : 0);
      if (found !== carriageReturns) this.#plain = false;
    }
    if (this.#last === CR && bytes[0] !== LF) this.#plain = false;
    this.#recordBytes += bytes.length - start;
    this.#last = bytes[bytes.length - 1] ?? this.#last;
    this.#state = this.#last === this.#delimiter || this.#last === LF ? FIELD_START : UNQUOTED;
  }

  #feedBytes(bytes: Buffer): void {
    const quote = this.#quote;
    const delimiter = this.#delimiter;
    let state = this.#state;
    let last = this.#last;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (state === QUOTED) {
        if (byte === quote) state = QUOTE_SEEN;
        this.#recordBytes++;
      } else if (byte === quote) {
        if (state === UNQUOTED || last === CR) this.#plain = false;
        state = QUOTED;
        this.#recordBytes++;
      } else if (byte === LF) {
        this.#endRecord(this.#recordBytes, last === CR);
        state = FIELD_START;
      } else {
        if (last === CR) this.#plain = false;
        if (state === QUOTE_SEEN && byte !== delimiter && byte !== CR) this.#plain = false;
        state = byte === delimiter ? FIELD_START : byte === CR ? state : UNQUOTED;
        this.#recordBytes++;
      }
      last = state === QUOTED ? 0 : byte;
    }
    this.#state = state;
    this.#last = last;
  }

  /** @param bytes of the record before its line feed, a carriage return included. */
  #endRecord(bytes: number, crlf: boolean): void {
    this.#records++;
    this.#longest = Math.max(this.#longest, bytes);
    this.#recordBytes = 0;
    this.#crlf ??= crlf;
    if (crlf !== this.#crlf || bytes === (crlf ? 1 : 0)) this.#plain = false;
  }
}

function count(bytes: Buffer, byte: number): number {
  let found = 0;
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found++;
  return found;
}
