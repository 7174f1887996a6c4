import { say, type Text } from '../messages/language.ts';

/** How far a job has come. */
export interface Advance {
  /** Bytes of the input treated by this run. */
  readonly bytes: number;
  /** Bytes to treat in all; undefined for a stream. */
  readonly total: number | undefined;
  readonly rows: number;
}

const TEXT = {
  rate: { en: '{mb} MB, {rate} MB/s, {rows} rows', ko: '{mb} MB, {rate} MB/s, {rows}행' },
  left: { en: ', {time} left', ko: ', {time} 남음' },
} as const satisfies Record<string, Text>;

const BAR_WIDTH = 24;
const TERMINAL_MS = 200;
const LOG_MS = 10_000;

/**
 * Shows how a job advances: on a terminal a bar that is drawn over itself, elsewhere a line every ten seconds.
 * @param stream where to; undefined for nowhere
 * @returns what to call after every piece, and `done` to clear the bar
 */
export function progressOn(stream: NodeJS.WriteStream | undefined) {
  const start = performance.now();
  const terminal = stream?.isTTY === true;
  let shown = terminal ? start - TERMINAL_MS : start;
  return {
    update(advance: Advance): void {
      const now = performance.now();
      if (stream === undefined || now - shown < (terminal ? TERMINAL_MS : LOG_MS)) return;
      shown = now;
      const line = describe(advance, (now - start) / 1000);
      stream.write(terminal ? `\r\x1b[K${bar(advance)}${line}` : `${line}\n`);
    },
    done(): void {
      if (terminal) stream.write('\r\x1b[K');
    },
  };
}

/** One line of figures. @param seconds since the start */
export function describe({ bytes, total, rows }: Advance, seconds: number): string {
  const rate = bytes / Math.max(seconds, 0.001);
  const figures = { mb: Math.round(bytes / 1e6), rate: Math.round(rate / 1e6), rows };
  const left = total === undefined || bytes === 0 ? undefined : (total - bytes) / rate;
  return say(TEXT.rate, figures) + (left === undefined ? '' : say(TEXT.left, { time: clock(left) }));
}

function bar({ bytes, total }: Advance): string {
  if (total === undefined || total === 0) return '';
  const share = Math.min(1, bytes / total);
  const full = Math.round(share * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${Math.floor(share * 100)}% `;
}

/** Minutes and seconds, with hours where there are any. */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const tail = `${String(m).padStart(h > 0 ? 2 : 1, '0')}:${String(s).padStart(2, '0')}`;
  return h > 0 ? `${h}:${tail}` : tail;
}
