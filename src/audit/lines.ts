import { createReadStream } from 'node:fs';
import { fromSystem } from '../errors.ts';

const NEWLINE = 0x0a;

/** A line of a file without its newline, and whether it had one. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly bytes: Uint8Array;
  /** False for the rest behind the last newline. */
  readonly whole: boolean;
}

/** Of a longer line only the beginning is kept: no entry comes near it. */
const MAX_LINE_BYTES = 1 << 20;

/**
 * The lines of a file as bytes, in order.
 * @throws GamyeongError of the system
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let number = 0;
  let pieces: Uint8Array[] = [];
  let length = 0;
  const keep = (piece: Uint8Array) => {
    if (length < MAX_LINE_BYTES) pieces.push(piece);
    length += piece.length;
  };
  const take = (whole: boolean): Line => {
    const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return { number: ++number, bytes, whole };
  };
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        keep(chunk.subarray(start, end));
        yield take(true);
        start = end + 1;
      }
      keep(chunk.subarray(start));
    }
  } catch (error) {
    throw fromSystem(error, path);
  }
  if (length > 0) yield take(false);
}
