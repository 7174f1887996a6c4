import type { Text } from '../messages/language.ts';
import { type AuditEntry, lineHash, NO_LINE, parseLine } from './entry.ts';
import { linesOf } from './lines.ts';

/** What is wrong with a line of the log. */
export interface LogFault {
  /** 1-based; 0 when it is about the log as a whole. */
  readonly line: number;
  readonly reason: Text;
  readonly values: Readonly<Record<string, number>>;
}

export interface Verification {
  readonly lines: number;
  readonly faults: readonly LogFault[];
  /** Entry and hash of the last line. */
  readonly last: { readonly seq: number; readonly hash: string };
  /** Entries of commands that started and of which no end is known. */
  readonly unfinished: readonly number[];
  /** Lines whose time is before that of the line above: the clock was set. */
  readonly clockBack: readonly number[];
}

/** A line that a checkpoint vouches for. */
export interface Seal {
  readonly seq: number;
  readonly hash: string;
}

const FAULTS = {
  empty: {
    en: 'the log is empty: it begins with its first entry, so whatever it held was removed',
    ko: '로그가 비어 있습니다. 로그는 첫 기록과 함께 만들어지므로 있던 기록이 지워진 것입니다',
  },
  torn: { en: 'the last line was cut off', ko: '마지막 줄이 잘려 있습니다' },
  noEntry: { en: 'the line is no audit entry', ko: '감사 기록이 아닌 줄입니다' },
  changed: {
    en: 'the line was changed after the next one was written',
    ko: '다음 줄을 쓴 뒤에 바뀐 줄입니다',
  },
  begins: { en: 'the log does not begin here', ko: '로그의 처음이 아닙니다' },
  missing: {
    en: '{count} line(s) before this one were removed',
    ko: '이 줄 앞에서 {count}줄이 없어졌습니다',
  },
  moved: {
    en: 'the line was inserted or moved: it holds entry {seq}, entry {expected} is expected',
    ko: '끼워 넣었거나 옮긴 줄입니다. {expected}번 기록이 있어야 할 곳에 {seq}번 기록이 있습니다',
  },
  truncated: {
    en: 'the log ends with entry {seq}, but its checkpoint has seen entry {sealed}',
    ko: '로그는 {seq}번 기록에서 끝나지만 체크포인트에는 {sealed}번 기록까지 있었습니다',
  },
  sealBroken: {
    en: 'the line is not the one that the checkpoint has seen',
    ko: '체크포인트를 만들 때의 줄과 다릅니다',
  },
} as const satisfies Record<string, Text>;

/**
 * Checks the chain of a log from its first line to its last. A changed last line, or lines cut off behind, show
 * only against a checkpoint that was made later than they were written.
 * @throws GamyeongError of the system
 */
export async function verifyAudit(log: string, seal?: Seal): Promise<Verification> {
  const chain = new Chain(seal);
  for await (const { number, bytes, whole } of linesOf(log)) {
    if (whole) chain.add(number, bytes);
    else chain.fault(number, FAULTS.torn);
  }
  return chain.end();
}

class Chain {
  readonly #seal: Seal | undefined;
  readonly #faults: LogFault[] = [];
  readonly #started = new Set<number>();
  readonly #clockBack: number[] = [];
  #lines = 0;
  #expected = 1;
  #time = '';
  #last: Seal = { seq: 0, hash: NO_LINE };
  /** Hash that the next line must carry; undefined behind a line that was reported already. */
  #previous: string | undefined = NO_LINE;

  constructor(seal: Seal | undefined) {
    this.#seal = seal;
  }

  fault(line: number, reason: Text, values: LogFault['values'] = {}): void {
    this.#faults.push({ line, reason, values });
  }

  add(line: number, bytes: Uint8Array): void {
    this.#lines = line;
    const entry = parseLine(bytes);
    if (entry === undefined) {
      this.fault(line, FAULTS.noEntry);
      this.#expected += 1;
      this.#previous = undefined;
      return;
    }
    if (entry.seq < this.#expected) {
      this.fault(line, FAULTS.moved, { seq: entry.seq, expected: this.#expected });
      return;
    }
    if (entry.seq > this.#expected) this.fault(line, FAULTS.missing, { count: entry.seq - this.#expected });
    else this.#follow(line, entry);
    this.#accept(line, entry, lineHash(bytes));
  }

  #follow(line: number, entry: AuditEntry): void {
    if (this.#previous === undefined || entry.previous === this.#previous) return;
    if (entry.seq === 1) this.fault(line, FAULTS.begins);
    else this.fault(line - 1, FAULTS.changed);
  }

  #accept(line: number, entry: AuditEntry, hash: string): void {
    if (entry.seq === this.#seal?.seq && hash !== this.#seal.hash) this.fault(line, FAULTS.sealBroken);
    if (entry.time < this.#time) this.#clockBack.push(line);
    if (entry.result.outcome === 'started') this.#started.add(entry.seq);
    if (entry.result.started !== undefined) this.#started.delete(entry.result.started);
    this.#time = entry.time;
    this.#expected = entry.seq + 1;
    this.#previous = hash;
    this.#last = { seq: entry.seq, hash };
  }

  end(): Verification {
    const sealed = this.#seal?.seq ?? 0;
    if (this.#last.seq < sealed) this.fault(0, FAULTS.truncated, { seq: this.#last.seq, sealed });
    else if (this.#lines === 0 && this.#faults.length === 0) this.fault(0, FAULTS.empty);
    return {
      lines: this.#lines,
      faults: this.#faults,
      last: this.#last,
      unfinished: [...this.#started],
      clockBack: this.#clockBack,
    };
  }
}
