import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { describe as figures, progressOn } from '../../src/io/progress.ts';

/** Collects what is written, as a terminal or as a file would. */
function stream(isTTY: boolean) {
  const written: string[] = [];
  const write = (text: string) => written.push(text) > 0;
  return { written, stream: { isTTY, write } as unknown as NodeJS.WriteStream };
}

const MB = 1_000_000;

beforeEach(() => vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => vi.useRealTimers());

describe('progress', () => {
  it('draws a bar over itself on a terminal, five times a second at most', () => {
    const { written, stream: terminal } = stream(true);
    const progress = progressOn(terminal);
    for (let step = 0; step < 50; step++) {
      progress.update({ bytes: step * MB, total: 50 * MB, rows: step });
      vi.advanceTimersByTime(20);
    }
    progress.done();
    expect(written).toHaveLength(5 + 1);
    expect(written[4]).toBe('\r\x1b[K███████████████████░░░░░ 80% 40 MB, 50 MB/s, 40 rows, 0:00 left');
    expect(written.at(-1)).toBe('\r\x1b[K');
  });

  it('writes a line every ten seconds elsewhere, none for a short job', () => {
    const { written, stream: log } = stream(false);
    const progress = progressOn(log);
    for (let second = 0; second <= 35; second++) {
      progress.update({ bytes: second * MB, total: undefined, rows: second });
      vi.advanceTimersByTime(1000);
    }
    progress.done();
    expect(written).toEqual([
      '10 MB, 1 MB/s, 10 rows\n',
      '20 MB, 1 MB/s, 20 rows\n',
      '30 MB, 1 MB/s, 30 rows\n',
    ]);
  });

  it('says nothing when told so', () => {
    const progress = progressOn(undefined);
    vi.advanceTimersByTime(60_000);
    expect(() => progress.update({ bytes: 1, total: 2, rows: 3 })).not.toThrow();
    progress.done();
  });

  it('reckons the time that is left', () => {
    expect(figures({ bytes: 10 * MB, total: 100 * MB, rows: 7 }, 10)).toBe(
      '10 MB, 1 MB/s, 7 rows, 1:30 left',
    );
    expect(figures({ bytes: MB, total: 7201 * MB, rows: 7 }, 1)).toBe('1 MB, 1 MB/s, 7 rows, 2:00:00 left');
    expect(figures({ bytes: 0, total: MB, rows: 0 }, 0)).toBe('0 MB, 0 MB/s, 0 rows');
  });
});
