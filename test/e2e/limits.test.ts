import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ENGINES, type Ended, type EngineName, ROOT, rulesFor, Workplace } from './process.ts';

const LINUX = process.platform === 'linux';
const MB = 1e6;

let place: Workplace;
beforeAll(() => {
  place = new Workplace();
});
afterEach(() => place.delete(...place.filesBut('in.csv'), 'out.csv.partial'));
afterAll(() => place.remove());

const COLUMNS = ['id', 'name', 'amount', 'note'];
const RULES = rulesFor(COLUMNS, {
  id: 'keyed-hash',
  name: { mask: { keep: { first: 1 } } },
  amount: { round: { 'multiple-of': 10 } },
});
const HEADER = `${COLUMNS.join(',')}\n`;

function records(bytes: number): string {
  const parts: string[] = [];
  for (let row = 0, length = 0; length < bytes; row++) {
    parts.push(`M${row},홍길동${row % 1000},${row},"쪽지, ${row % 7}"\n`);
    length += parts.at(-1)!.length + 14;
  }
  return parts.join('');
}

function run(...more: string[]): Promise<Ended> {
  return place.run([...job(), ...more]);
}

function job(out = 'out.csv'): string[] {
  return ['run', '--rules', 'rules', '--in', 'in.csv', '--out', out, '--key', 'key', '--quiet'];
}

/**
 * Runs and measures, with a small heap for JavaScript, so that garbage that could be thrown away does not count.
 * @returns the highest resident memory in bytes
 */
async function peakOf(...more: string[]): Promise<{ ended: Ended; peak: number }> {
  const env = { PEAK_TO: 'tmp/peak', NODE_OPTIONS: '--max-semi-space-size=1 --max-old-space-size=80' };
  const ended = await place.run([...job(), ...more], { preload: 'peak-memory.mjs', env });
  return { ended, peak: Number(place.read('tmp/peak')) * 1024 };
}

function expectLine({ status, stderr }: Ended, exit: number, line: RegExp): void {
  expect({ status, stderr }).toEqual({ status: exit, stderr: expect.stringMatching(line) });
  expect(stderr.match(/\n/g)).toHaveLength(1);
}

describe('a cell of 100 MB', () => {
  const cell = 100 * MB;
  function writeInput(rules: object): void {
    place.write('rules', rules);
    const file = openSync(place.file('in.csv'), 'w');
    writeSync(file, `${HEADER}M1,김하나,1,a\nM2,이두리,2,"`);
    const block = Buffer.from('가나, 다\n'.repeat(MB / 10));
    for (let written = 0; written < cell; written += block.length) writeSync(file, block);
    writeSync(file, '"\nM3,박세찬,3,c\n');
    closeSync(file);
  }

  describe.each(ENGINES)('%s engine', (engine) => {
    test('is refused: the row is named, and the memory stays bounded', async () => {
      writeInput(RULES);
      const { ended, peak } = await peakOf('--engine', engine);
      expectLine(ended, 3, /^gamyeong: E_RECORD_TOO_LONG: .* 16777216 bytes \(in\.csv:3\)/);
      expect(place.filesBut('in.csv', 'rules', 'tmp/peak')).toEqual([]);
      if (LINUX) expect(peak).toBeLessThan(400 * MB);
    });
    test('passes unchanged where the rules allow it', async () => {
      writeInput({ ...RULES, input: { 'max-record-bytes': 2 ** 27 } });
      expect(await run('--engine', engine, '--threads', '1')).toMatchObject({ status: 0, stderr: '' });
      const [input, output] = [place.read('in.csv'), place.read('out.csv')];
      const from = (bytes: Buffer) => bytes.subarray(bytes.indexOf('"'), bytes.lastIndexOf('"') + 1);
      expect(from(output).equals(from(input))).toBe(true);
      expect(output.subarray(output.lastIndexOf('"')).toString()).toMatch(/^"\n[0-9a-f]{64},박\*\*,0,c\n$/);
    });
  });
});

test('10,000 columns, treated in ten ways, are the same from both engines', async () => {
  const ways: readonly unknown[] = [
    'keep',
    'drop',
    'keyed-hash',
    { mask: { keep: { first: 1 } } },
    { round: { 'multiple-of': 10 } },
    'redact',
    { replace: { with: 'x,"y"' } },
    { 'top-bottom-code': { top: 5, 'top-label': '6+' } },
    { noise: { distribution: 'laplace', scale: 2 } },
    { generalize: { bins: { bounds: [0, 5, 10], labels: ['a', 'b'] } } },
  ];
  const names = Array.from({ length: 10_000 }, (_, index) => `열${index}`);
  const apply = Object.fromEntries(names.map((name, index) => [name, ways[index % ways.length]]));
  place.write('rules', { ...rulesFor(names, apply), 'record-key': ['열0'] });
  const lines = Array.from({ length: 15 }, (_, row) => names.map((_, index) => (row + index) % 10).join(','));
  place.write('in.csv', `${names.join(',')}\n${lines.join('\n')}\n`);
  const digests = [];
  for (const engine of ENGINES) {
    expect(await run('--engine', engine, '--chunk-size', '64K', '--overwrite')).toMatchObject({
      status: 0,
      stderr: '',
    });
    digests.push(place.sha256('out.csv'));
  }
  expect(digests[1]).toBe(digests[0]);
  const header = place.read('out.csv').toString().split('\n')[0];
  expect(header).toBe(names.filter((_, index) => index % ways.length !== 1).join(','));
});

test.skipIf(!LINUX).each(ENGINES)('memory does not grow with the input, %s engine', async (engine) => {
  const sizes = engine === 'fast' ? [20, 100] : [5, 20];
  const peaks = [];
  place.write('rules', RULES);
  for (const megabytes of sizes) {
    const part = Buffer.from(records(MB));
    const file = openSync(place.file('in.csv'), 'w');
    writeSync(file, HEADER);
    for (let written = 0; written < megabytes * MB; written += part.length) writeSync(file, part);
    closeSync(file);
    const { ended, peak } = await peakOf('--engine', engine, '--threads', '2', '--overwrite');
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    peaks.push(peak);
  }
  expect(peaks[1]! / peaks[0]!).toBeLessThan(1.15);
});

describe('a full disk', () => {
  const DISK_FULL =
    /^gamyeong: E_DISK_FULL: no space left to write \((?:disk\/out\.csv|-)\)\. Free some space/m;

  /** A file system of one megabyte, where we may make one. */
  function mountDisk(): boolean {
    mkdirSync(place.file('disk'), { recursive: true });
    const args = ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', place.file('disk')];
    return LINUX && spawnSync('mount', args, { stdio: 'ignore' }).status === 0;
  }

  test.each(ENGINES)(
    'ends with 6; with space again, --resume ends in the same bytes: %s engine',
    async (engine) => {
      if (!mountDisk()) {
        console.warn('NOT TESTED: the full disk needs root on Linux, to mount a tmpfs of one megabyte');
        return;
      }
      try {
        place.write('rules', RULES);
        place.write('in.csv', HEADER + records(1.2 * MB));
        expect(await run('--engine', engine)).toMatchObject({ status: 0 });
        const sizes = ['--chunk-size', '32K', '--checkpoint-size', '64K', '--engine', engine];
        expectLine(await place.run([...job('disk/out.csv'), ...sizes]), 6, DISK_FULL);
        expect(place.has('disk/out.csv')).toBe(false);
        expect(place.has('disk/out.csv.partial/checkpoint.json')).toBe(true);
        const again = await place.run([...job('disk/out.csv'), ...sizes, '--resume']);
        expect(again).toMatchObject({ status: 6, stderr: expect.stringMatching(DISK_FULL) });
        execFileSync('mount', ['-o', 'remount,size=64m', place.file('disk')]);
        expect(await place.run([...job('disk/out.csv'), ...sizes, '--resume', '--json'])).toMatchObject({
          status: 0,
        });
        expect(place.sha256('disk/out.csv')).toBe(place.sha256('out.csv'));
        expect(JSON.parse(place.read('disk/out.csv.run.json').toString()).resumedAt).toBeGreaterThan(0);
      } finally {
        execFileSync('umount', [place.file('disk')]);
      }
    },
  );

  test.skipIf(!LINUX)('behind the standard output ends with 6', () => {
    place.write('rules', RULES);
    place.write('in.csv', HEADER + records(MB));
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [`${ROOT}/bin/gamyeong`, ...job('-')], {
      cwd: place.path,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect({ status, stderr }).toEqual({ status: 6, stderr: expect.stringMatching(DISK_FULL) });
  });
});

describe('a worker thread that dies', () => {
  test.each([
    { when: 'chunk', die: 'exit' },
    { when: 'chunk', die: 'throw' },
    { when: 'chunk', die: 'memory' },
    { when: 'load', die: 'exit' },
    { when: 'load', die: 'throw' },
  ])('fails the job with one line and no output: $die, at $when', async ({ when, die }) => {
    place.write('rules', RULES);
    place.write('in.csv', HEADER + records(MB));
    const options = {
      preload: 'dying-worker.mjs',
      env: { WHEN: when, DIE: die, GAMYEONG_DEBUG: '1', NODE_OPTIONS: '--max-old-space-size=100' },
    };
    const ended = await place.run([...job(), '--chunk-size', '32K', '--threads', '2'], options);
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(/^gamyeong: E_WORKER_DIED: /m);
    expect(ended.stderr).not.toContain('CANARY');
    expect(place.filesBut('in.csv', 'rules')).toEqual([]);
  });
});

test.each(ENGINES)('streams in any pieces give what files give: %s engine', async (engine: EngineName) => {
  place.write('rules', RULES);
  const input = Buffer.from(HEADER + records(0.3 * MB));
  place.write('in.csv', input);
  expect(await run('--engine', engine)).toMatchObject({ status: 0 });
  const pieces = [];
  for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 9973) {
    pieces.push(input.subarray(at, at + size));
  }
  const args = ['run', '--rules', 'rules', '--in', '-', '--out', '-', '--key', 'key', '--quiet'];
  const ended = await place.run([...args, '--engine', engine, '--chunk-size', '10K'], { stdin: pieces });
  expect(ended).toMatchObject({ status: 0, stderr: '' });
  expect(ended.stdout.equals(place.read('out.csv'))).toBe(true);
});

test('an unknown fault is reported without its message, which may quote the data, even when debugging', async () => {
  place.write('rules', rulesFor(COLUMNS, {}));
  place.write('in.csv', `${HEADER}CANARY-881207,a,1,b\n`);
  const ended = await place.run(job(), { preload: 'quoting-fault.mjs', env: { GAMYEONG_DEBUG: '1' } });
  expect(ended.status).toBe(1);
  expect(ended.stderr).toMatch(
    /^gamyeong: E_INTERNAL: an internal error \(Error\)\. [^\n]*\n( {4}at [^\n]*\n)+$/,
  );
  expect(ended.stderr).not.toContain('CANARY');
  expect(readFileSync(place.file('in.csv'), 'utf8')).toContain('CANARY');
  expect(place.filesBut('in.csv', 'rules')).toEqual([]);
});
