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

/**
 * The lines of a file as bytes, in order.
 * @throws GamyeongError of the system
 */
export async function* linesOf(path: string): AsyncGenerator<Line> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      const text = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
        yield { number: ++number, bytes: text.subarray(start, end), whole: true };
        start = end + 1;
      }
      rest = text.subarray(start);
    }
  } catch (error) {
    throw fromSystem(error, path);
  }
  if (rest.length > 0) yield { number: ++number, bytes: rest, whole: false };
}
