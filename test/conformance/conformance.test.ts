import { describe, expect, it } from 'vitest';
import { CASES, LONG } from './cases.ts';
import { makePlan, outcome, type RunResult, type RunSpec, type Split } from './harness.ts';

const SPLITS: readonly Split[] = ['whole', 'bytes', [1, 7, 64, 3]];

/** Every way of running an input: engines, arrival of the bytes, chunk sizes, threads. */
function runs(newline: '\n' | '\r\n'): RunSpec[] {
  const reference = SPLITS.map((split) => ({ engine: 'reference', split, newline }) as const);
  const alone = SPLITS.map((split) => ({ engine: 'fast', split, newline }) as const);
  const threads = [1, 2].map(
    (count) => ({ engine: 'fast', threads: count, chunkBytes: 16 * count, split: [5, 11], newline }) as const,
  );
  return [...reference, ...alone, ...threads];
}

const title = ({ engine, threads, chunkBytes, split }: RunSpec) =>
  `${engine} ${Array.isArray(split) ? 'random' : split}${threads ? ` ${threads} threads, ${chunkBytes} B` : ''}`;

describe.each(CASES)(
  '$name',
  ({
    plan: spec,
    body: written,
    latin: bytes,
    newline = '\n',
    expect: expected,
    rejected,
    redacted: cells,
    counts,
  }) => {
    const plan = makePlan(spec);
    const encoding = bytes ? 'latin1' : 'utf8';
    const body = Buffer.from(written, encoding);
    const latin = (text: string) => Buffer.from(text, encoding).toString('latin1');
    it.each(runs(newline).map((run) => [title(run), run] as const))('%s', async (_, run) => {
      const result = await outcome(plan, body, run);
      if (typeof expected === 'string') {
        const { output, rejected: left, rows, redacted } = result as RunResult;
        expect(output).toBe(latin(expected));
        expect(left).toBe(latin(rejected ?? ''));
        if (cells !== undefined) expect(redacted).toEqual(cells);
        if (counts !== undefined) {
          expect(rows).toEqual({ in: counts[0], out: counts[1], suppressed: counts[2], rejected: counts[3] });
        }
      } else {
        const { error } = result as { error: string };
        expect(error).toContain(`gamyeong: ${expected.code}:`);
        expect(error).toContain(`(in.csv:${expected.row}${expected.column ? `:${expected.column}` : ''}`);
      }
    });

    it('words errors alike in both engines', async () => {
      const [one, two] = await Promise.all([
        outcome(plan, body, { engine: 'reference', newline }),
        outcome(plan, body, { engine: 'fast', threads: 2, chunkBytes: 16, newline }),
      ]);
      expect(two).toEqual(one);
    });
  },
);

describe.each(LONG)('$name', ({ plan: spec, body }) => {
  it('gives the same bytes from both engines, 1, 2 and 4 threads, several chunk sizes', async () => {
    const plan = makePlan(spec);
    const oracle = (await outcome(plan, body, { engine: 'reference' })) as RunResult;
    expect(oracle.rows.out).toBeGreaterThan(0);
    for (const threads of [1, 2, 4]) {
      for (const chunkBytes of [1000, 10_000, 1 << 20]) {
        const result = await outcome(plan, body, { engine: 'fast', threads, chunkBytes });
        expect(result).toEqual(oracle);
      }
    }
  });
});
