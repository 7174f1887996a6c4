import { beforeAll, describe, expect, test } from 'vitest';
import { type Ended, rulesFor, Workplace } from './process.ts';

/** Stands in a column that is dropped, of every record. */
const CANARY = 'CANARY-881207';
const ROWS = 400;
const COLUMNS = ['secret', 'name', 'amount'];
const RULES = rulesFor(COLUMNS, {
  secret: 'drop',
  name: { mask: { keep: { first: 1 } } },
  amount: { round: { 'multiple-of': 10, 'on-invalid': 'reject-row' } },
});
const RESULTS = ['out.csv', 'out.csv.run.json', 'rejects.csv'];
const CRASH = 'end-at-call.mjs';
const BACKGROUND_CALLS = 12;

class Job extends Workplace {
  constructor() {
    super();
    const records = Array.from(
      { length: ROWS },
      (_, row) => `${CANARY},홍길동${row},${row % 5 === 0 ? 'x' : row}\n`,
    );
    this.write('rules', RULES);
    this.write('in.csv', `${COLUMNS.join(',')}\n${records.join('')}`);
  }

  /** Six pieces, and a checkpoint after every second. */
  pseudonymize(more: readonly string[], env?: Record<string, string>): Promise<Ended> {
    const files = ['--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--rejects', 'rejects.csv'];
    const sizes = ['--engine', 'reference', '--chunk-size', '2K', '--checkpoint-size', '4K', '--quiet'];
    return this.run(['run', ...files, ...sizes, ...more], env && { env, preload: CRASH });
  }

  digests(): string[] {
    return ['out.csv', 'rejects.csv'].map((name) => this.sha256(name));
  }

  /** What must hold whenever somebody looks. */
  expectAllOrNothing(digests: readonly string[]): void {
    if (this.has('out.csv')) {
      expect(this.sha256('out.csv')).toBe(digests[0]);
      expect(JSON.parse(this.read('out.csv.run.json').toString()).output.sha256).toBe(digests[0]);
    }
    if (this.has('rejects.csv')) expect(this.sha256('rejects.csv')).toBe(digests[1]);
    for (const name of this.filesBut('in.csv', 'rules', 'rejects.csv', 'out.csv.partial/rejected')) {
      expect(this.read(name).includes(CANARY)).toBe(false);
    }
  }
}

describe('kill -9 before any change of the file system', () => {
  let digests: string[];
  let calls: number;
  beforeAll(async () => {
    const job = new Job();
    expect(await job.pseudonymize([], { COUNT_TO: 'tmp/calls' })).toMatchObject({ status: 0, stderr: '' });
    digests = job.digests();
    calls = Number(job.read('tmp/calls'));
    job.remove();
  });

  /** Crashes at one call, resumes, crashes again at a later one of the resumed run, and ends it. */
  async function crashTwice(at: number): Promise<{ resumed: boolean }> {
    const job = new Job();
    try {
      const first = await job.pseudonymize([], { END_AT: String(at) });
      if (first.signal === null) {
        // Checkpoints are written in the background: a run may make a few calls less than the one counted.
        expect({ at, ...first }).toMatchObject({ status: 0, stderr: '' });
        expect(at).toBeGreaterThan(calls - BACKGROUND_CALLS);
      } else {
        expect(first).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      }
      job.expectAllOrNothing(digests);
      const resumed = job.has('out.csv.partial/checkpoint.json');
      if (at % 2 === 0) {
        await job.pseudonymize(['--resume'], { END_AT: String(1 + ((at * 7) % 20)) });
        job.expectAllOrNothing(digests);
      }
      if (!job.has('out.csv') || job.has('out.csv.partial')) {
        const finished = job.has('out.csv') && !job.has('out.csv.partial/data');
        const { status, stderr } = await job.pseudonymize(['--resume']);
        expect({ at, status, stderr }).toMatchObject(
          finished ? { status: 2, stderr: expect.stringContaining('E_OUTPUT_EXISTS') } : { status: 0 },
        );
      }
      expect(job.digests()).toEqual(digests);
      expect(job.filesBut('in.csv', 'rules')).toEqual(RESULTS);
      expect(job.has('out.csv.partial')).toBe(false);
      return { resumed };
    } finally {
      job.remove();
    }
  }

  test('leaves nothing or all, and is made good by --resume', async () => {
    expect(calls).toBeGreaterThan(30);
    let next = 1;
    let resumed = 0;
    const lane = async () => {
      while (next <= calls) resumed += Number((await crashTwice(next++)).resumed);
    };
    await Promise.all([lane(), lane()]);
    expect(resumed).toBeGreaterThan(5);
  });
});
