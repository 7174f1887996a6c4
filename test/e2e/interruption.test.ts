import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, ending, rulesFor, Workplace } from './process.ts';

/** How often the process is killed in all. */
const KILLS = Number(process.env.GAMYEONG_KILLS ?? 50);
const SEED = process.env.GAMYEONG_SEED ?? '20261121';
const MEGABYTES = 40;
/** Stands in a column that is dropped, of every record. */
const CANARY = 'CANARY-881207';
const COLUMNS = ['secret', 'id', 'name', 'born', 'amount', 'note'];

let place: Workplace;
/** Of an uninterrupted run: how long it took, and what came out. */
let seconds: number;
let digests: readonly string[];

beforeAll(async () => {
  place = new Workplace();
  const rules = rulesFor(COLUMNS, {
    secret: 'drop',
    id: 'keyed-hash',
    name: { mask: { keep: { first: 1 } } },
    born: { 'date-truncate': { to: 'year', 'on-invalid': 'reject-row' } },
    amount: { round: { 'multiple-of': 1000 } },
  });
  place.write('rules', rules);
  place.write('in.csv', manyRecords());
  const started = performance.now();
  expect((await ending(start())).status).toBe(0);
  seconds = (performance.now() - started) / 1000;
  digests = results();
  clear();
});
afterAll(() => place.remove());

function manyRecords(): Buffer {
  const parts = [Buffer.from(`${COLUMNS.join(',')}\n`)];
  let bytes = 0;
  for (let row = 0; bytes < MEGABYTES * 1e6; row += 1000) {
    const records = Array.from({ length: 1000 }, (_, index) => {
      const born = index % 400 === 7 ? '미상' : `19${10 + (row % 90)}-0${1 + (index % 9)}-11`;
      return `${CANARY},M${row + index},홍길동${row},${born},${row * 31 + index},"쪽지, ${index}"\n`;
    });
    const part = Buffer.from(records.join(''));
    bytes += part.length;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function start(...more: string[]) {
  const files = ['--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--key', 'key'];
  const sizes = ['--chunk-size', '256K', '--checkpoint-size', '2M', '--threads', '2'];
  return place.start(['run', ...files, '--rejects', 'rejects.csv', ...sizes, '--quiet', ...more]);
}

/** Runs on until a signal given after so many seconds, or to the end. */
async function runUntil(signal: NodeJS.Signals, after: number, ...more: string[]): Promise<Ended> {
  const child = start(...more);
  const ended = ending(child);
  await Promise.race([ended, sleep(after * 1000)]);
  child.kill(signal);
  return ended;
}

/** Starts, and gives a signal as soon as there is a checkpoint. */
async function interruptAtCheckpoint(signal: NodeJS.Signals): Promise<Ended> {
  const child = start();
  const ended = ending(child);
  while (!place.has('out.csv.partial/checkpoint.json') && child.exitCode === null) await sleep(2);
  child.kill(signal);
  return ended;
}

function results(): string[] {
  return ['out.csv', 'rejects.csv'].map((name) => place.sha256(name));
}

function clear(): void {
  place.delete('out.csv', 'out.csv.run.json', 'rejects.csv', 'out.csv.partial');
}

/** What must hold whenever somebody looks; the rejected records are raw, but private. */
function expectAllOrNothing(): void {
  if (place.has('out.csv')) {
    expect(place.sha256('out.csv')).toBe(digests[0]);
    expect(resumedRecord().output.sha256).toBe(digests[0]);
  }
  for (const name of place.filesBut('in.csv', 'rules', 'rejects.csv', 'out.csv.partial/rejected')) {
    expect(place.read(name).includes(CANARY)).toBe(false);
  }
}

function expectFinished(): void {
  expect(results()).toEqual(digests);
  expect(place.filesBut('in.csv', 'rules')).toEqual(['out.csv', 'out.csv.run.json', 'rejects.csv']);
}

function resumedRecord() {
  return JSON.parse(place.read('out.csv.run.json').toString());
}

/** Numbers from 0 up to 1, the same for the same seed. */
function* draws(): Generator<number, never> {
  for (let n = 0; ; n++) {
    yield createHash('sha256').update(`${SEED}/${n}`).digest().readUInt32BE() / 2 ** 32;
  }
}

test(
  `${KILLS} times kill -9 at random: nothing or all, and --resume ends in the same bytes`,
  async () => {
    const random = draws();
    const draw = () => random.next().value;
    let kills = 0;
    let continued = 0;
    while (kills < KILLS) {
      clear();
      for (let options: string[] = []; ; options = ['--resume']) {
        const last = options.length > 0 && (draw() < 0.25 || kills === KILLS);
        const ended = await runUntil('SIGKILL', last ? 600 : draw() * seconds * 1.1, ...options);
        expectAllOrNothing();
        if (ended.signal === null) {
          expect({ status: ended.status, stderr: ended.stderr }).toMatchObject({ status: 0 });
          if (resumedRecord().resumedAt > 0) continued++;
          break;
        }
        kills++;
        if (place.has('out.csv') && !place.has('out.csv.partial')) break;
      }
      expectFinished();
    }
    expect(continued).toBeGreaterThan(0);
  },
  60_000 + KILLS * 4000,
);

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s: exit 130, and --resume continues to the same bytes',
  async (signal) => {
    clear();
    const { status, stderr } = await interruptAtCheckpoint(signal);
    expect({ status, stderr }).toEqual({
      status: 130,
      stderr: expect.stringMatching(/^gamyeong: E_INTERRUPTED: [^\n]*\n$/),
    });
    expect(place.has('out.csv')).toBe(false);
    expectAllOrNothing();
    expect(await ending(start('--resume'))).toMatchObject({ status: 0 });
    expect(resumedRecord().resumedAt).toBeGreaterThan(0);
    expectFinished();
  },
);
