import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunOptions } from '../../src/engine/job.ts';
import { run } from '../../src/engine/run.ts';
import { NOTES } from '../../src/messages/notes.ts';
import { JobFiles, people, RULES } from './job-files.ts';

const SMALL = { chunkBytes: 2000, checkpointBytes: 1, threads: 1 } as const;
const DONE = ['in.csv', 'my.key', 'out.csv', 'out.csv.run.json', 'rules.yaml'];

let files: JobFiles;
let notes: unknown[];
beforeEach(() => {
  files = new JobFiles(people(1000));
  notes = [];
});
afterEach(() => files.remove());

const read = (name: string) => readFileSync(files.path(name));
const names = () => readdirSync(files.directory).sort();
const onNote: RunOptions['onNote'] = (note) => notes.push(note);

/** What an uninterrupted run of the same job writes. */
async function whole(more: Partial<RunOptions> = {}): Promise<Buffer> {
  await run(files.options({ output: files.path('whole.csv'), ...more }));
  const bytes = read('whole.csv');
  for (const name of ['whole.csv', 'whole.csv.run.json']) files.write(name, '');
  return bytes;
}

/** Runs until `pieces` pieces were treated, then interrupts. */
async function interrupted(pieces: number, more: Partial<RunOptions> = {}): Promise<void> {
  const controller = new AbortController();
  let seen = 0;
  const running = run(
    files.options({
      ...SMALL,
      ...more,
      signal: controller.signal,
      onProgress: () => {
        if (++seen === pieces) controller.abort();
      },
    }),
  );
  await expect(running).rejects.toMatchObject({ code: 'E_INTERRUPTED', exitCode: 130 });
  expect(existsSync(files.path('out.csv'))).toBe(false);
}

const resume = (more: Partial<RunOptions> = {}) =>
  run(files.options({ ...SMALL, ...more, resume: true, onNote }));

describe.each(['reference', 'fast'] as const)('an interrupted run, %s engine', (engine) => {
  it.each([1, 2, 5, 11])('continues after piece %i to the same bytes', async (pieces) => {
    const expected = await whole({ engine });
    await interrupted(pieces, { engine });
    expect(names()).toContain('out.csv.partial');
    const record = await resume({ engine });
    expect(notes).toEqual([NOTES.continuing]);
    expect(record.resumedAt).toBeGreaterThan(0);
    expect(record.rows).toEqual({ in: 1000, out: 857, suppressed: 0, rejected: 143 });
    expect(read('out.csv').equals(expected)).toBe(true);
    expect(names().filter((name) => !name.startsWith('whole'))).toEqual(DONE);
  });

  it('continues again and again, with other chunks and threads', async () => {
    const expected = await whole({ engine });
    await interrupted(2, { engine });
    await interrupted(1, { engine, resume: true, chunkBytes: 3000 });
    await interrupted(2, { engine, resume: true, chunkBytes: 500, threads: 2 });
    await resume({ engine, chunkBytes: 1 << 20 });
    expect(read('out.csv').equals(expected)).toBe(true);
  });

  it('continues the rejected rows too', async () => {
    const rejects = files.path('bad.csv');
    await run(files.options({ output: files.path('whole.csv'), rejects: files.path('whole-bad.csv') }));
    await interrupted(3, { engine, rejects });
    expect(existsSync(rejects)).toBe(false);
    await resume({ engine, rejects });
    expect(read('bad.csv').equals(read('whole-bad.csv'))).toBe(true);
    expect(read('out.csv').equals(read('whole.csv'))).toBe(true);
  });
});

it('continues with the other engine: the bytes are the same', async () => {
  const expected = await whole();
  await interrupted(3, { engine: 'reference' });
  await resume({ engine: 'fast' });
  expect(read('out.csv').equals(expected)).toBe(true);
});

it('cuts off what was written after the checkpoint', async () => {
  const expected = await whole();
  await interrupted(3);
  appendFileSync(files.path('out.csv.partial/data'), 'half a rec');
  await resume();
  expect(read('out.csv').equals(expected)).toBe(true);
});

describe('resume refuses, and leaves what is there', () => {
  const refused = async (more: Partial<RunOptions>, code: string, sentence?: RegExp) => {
    const data = read('out.csv.partial/data');
    const error = await resume(more).catch((thrown) => thrown);
    expect(error.code).toBe(code);
    if (sentence !== undefined) expect(error.sentence()).toMatch(sentence);
    expect(read('out.csv.partial/data').equals(data)).toBe(true);
    expect(readdirSync(files.path('out.csv.partial')).sort()).toEqual(['checkpoint.json', 'data']);
  };

  it('a changed input', async () => {
    await interrupted(3);
    const input = read('in.csv');
    files.write('in.csv', input.toString().replace('p5,', 'q5,'));
    await refused({}, 'E_RESUME_INPUT');
    truncateSync(files.path('in.csv'), 2000);
    await refused({}, 'E_RESUME_INPUT');
    writeFileSync(files.path('in.csv'), input);
    await resume();
  });

  it('changed rules', async () => {
    await interrupted(3);
    files.write('rules.yaml', RULES.replace('first: 1', 'first: 2'));
    await refused({}, 'E_RESUME_MISMATCH', /rules/);
  });

  it('another key', async () => {
    await interrupted(3);
    files.write('my.key', `${'43'.repeat(32)}\n`);
    await refused({}, 'E_RESUME_MISMATCH', /key/);
  });

  it('other wishes for rejected rows', async () => {
    await interrupted(3);
    await refused({ rejects: files.path('bad.csv') }, 'E_RESUME_MISMATCH', /--rejects/);
  });

  it('a damaged partial output', async () => {
    await interrupted(3);
    const data = read('out.csv.partial/data');
    data[100] = data[100]! ^ 1;
    writeFileSync(files.path('out.csv.partial/data'), data);
    await refused({}, 'E_RESUME_MISMATCH', /damaged/);
  });

  it('another version', async () => {
    await interrupted(3);
    const path = files.path('out.csv.partial/checkpoint.json');
    const checkpoint = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...checkpoint, job: { ...checkpoint.job, tool: '0.0.0' } }));
    await refused({}, 'E_RESUME_MISMATCH', /version/);
  });
});

it('starts from the beginning when there is nothing to continue, and says so', async () => {
  const expected = await whole();
  await resume();
  expect(notes).toEqual([NOTES.noCheckpoint]);
  expect(read('out.csv').equals(expected)).toBe(true);
});

it('discards what was left behind unless told to continue, and says so', async () => {
  const expected = await whole();
  await interrupted(3);
  await run(files.options({ onNote }));
  expect(notes).toEqual([NOTES.discarded]);
  expect(read('out.csv').equals(expected)).toBe(true);
  expect(names()).not.toContain('out.csv.partial');
});

it('never removes files of others from the partial directory', async () => {
  mkdirSync(files.path('out.csv.partial'));
  files.write('out.csv.partial/mine', 'x');
  await run(files.options());
  expect(read('out.csv.partial/mine').toString()).toBe('x');
});

it('sees that a run had finished when it was killed', async () => {
  const expected = await whole();
  const record = await run(files.options());
  mkdirSync(files.path('out.csv.partial'));
  linkSync(files.path('out.csv'), files.path('out.csv.partial/data'));
  expect(await resume()).toEqual(record);
  expect(notes).toEqual([NOTES.finished]);
  expect(read('out.csv').equals(expected)).toBe(true);
  expect(statSync(files.path('out.csv')).nlink).toBe(1);
  expect(names()).not.toContain('out.csv.partial');
});

describe('the lock', () => {
  it('keeps a second run out while the first lives', async () => {
    let second: Promise<unknown> | undefined;
    await run(
      files.options({
        ...SMALL,
        onProgress: () => {
          second ??= run(files.options({ resume: true })).catch((error) => error);
        },
      }),
    );
    expect(await second).toMatchObject({ code: 'E_OUTPUT_BUSY', exitCode: 2, values: { pid: process.pid } });
    expect(names()).toEqual(DONE);
  });

  it('of a dead process does not count, nor does one whose id lives on in another', async () => {
    for (const holder of ['999999999 1\n', `${process.pid} 1\n`, '']) {
      mkdirSync(files.path('out.csv.partial'));
      files.write('out.csv.partial/lock', holder);
      await run(files.options({ overwrite: true, onNote }));
      expect(names()).toEqual(DONE);
    }
    expect(notes).toEqual([NOTES.discarded, NOTES.discarded, NOTES.discarded]);
  });
});

it('overwrites only at the end', async () => {
  const expected = await whole();
  files.write('out.csv', 'old');
  const controller = new AbortController();
  const running = run(
    files.options({
      ...SMALL,
      overwrite: true,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    }),
  );
  await expect(running).rejects.toMatchObject({ code: 'E_INTERRUPTED' });
  expect(read('out.csv').toString()).toBe('old');
  await expect(resume()).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' });
  await resume({ overwrite: true });
  expect(read('out.csv').equals(expected)).toBe(true);
});
