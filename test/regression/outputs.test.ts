import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/run.ts';
import { FileOutput } from '../../src/io/output.ts';
import { findKey } from '../../src/keys/open.ts';
import { JobFiles } from '../engine/job-files.ts';

let files: JobFiles;
beforeEach(() => {
  files = new JobFiles();
});
afterEach(() => files.remove());

const names = () => readdirSync(files.directory).sort();

describe('files that are written', () => {
  /** With --overwrite, rejected rows once took the place of the output: raw data under its name, exit 0. */
  it.each([
    { rejects: 'out.csv' },
    { record: 'out.csv' },
    { rejects: 'same', record: 'same' },
    { rejects: 'out.csv.run.json' },
    { rejects: 'link/out.csv' },
    { rejects: './x/../out.csv' },
  ])('have a name each: %o', async (same) => {
    mkdirSync(files.path('x'));
    symlinkSync(files.directory, files.path('link'));
    const before = names();
    const paths = Object.fromEntries(
      Object.entries(same).map(([key, name]) => [key, `${files.directory}/${name}`]),
    );
    const running = run(files.options({ overwrite: true, ...paths }));
    await expect(running).rejects.toMatchObject({ code: 'E_OUTPUT_TWICE', exitCode: 2 });
    expect(names()).toEqual(before);
  });

  it('do not replace a record that is there, unless told to', async () => {
    for (const more of [{}, { record: files.path('mine') }, { record: files.path('mine'), output: '-' }]) {
      const record = files.write(more.record === undefined ? 'out.csv.run.json' : 'mine', 'mine');
      const running = run(files.options(more));
      await expect(running).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS', place: { file: record } });
      expect(readFileSync(record, 'utf8')).toBe('mine');
    }
    expect(names()).not.toContain('out.csv');
    await run(files.options({ overwrite: true }));
    expect(readFileSync(files.path('out.csv.run.json'), 'utf8')).toMatch(/^\{/);
  });
});

it('is told before any work that a file cannot be written because its directory is missing', async () => {
  const before = names();
  for (const key of ['output', 'rejects', 'record']) {
    const running = run(files.options({ [key]: files.path('no/file') }));
    await expect(running).rejects.toMatchObject({ code: 'E_DIRECTORY_MISSING', exitCode: 6 });
    expect(names()).toEqual(before);
  }
});

/** The output was visible already: its rejected rows were removed with the private directory. */
it('keeps rejected rows that cannot be put in their place, for --resume', async () => {
  const [path, rejects, record] = ['out.csv', 'rejected.csv', 'record'].map((name) => files.path(name));
  const options = { path: path!, rejects, record: record!, overwrite: false, note: () => {} };
  const output = await FileOutput.create(options);
  await output.append(Buffer.from('a\n1\n'), Buffer.from('a\nx\n'));
  const committed = output.commit(() => files.write('rejected.csv', 'mine'));
  await expect(committed).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS', place: { file: rejects } });
  await output.abandon(false);
  expect(readFileSync(rejects!, 'utf8')).toBe('mine');
  rmSync(rejects!);
  expect(await FileOutput.resume(options, async () => {})).toEqual({ finished: true });
  expect(readFileSync(rejects!, 'utf8')).toBe('a\nx\n');
  expect(names()).not.toContain('out.csv.partial');
});

it('does not print a key that stands where the name of its file belongs', () => {
  const key = '0123456789abcdef'.repeat(4);
  let message = '';
  try {
    findKey(key);
  } catch (error) {
    message = String(error);
  }
  expect(message).toContain('a key stands where the name of its file belongs');
  expect(message).not.toContain(key.slice(0, 16));
});

it('refuses a header that the encoding of the output lacks, and leaves nothing behind', async () => {
  files.write('in.csv', 'id,name,amount,é🙂\na,홍길동,1,x\n');
  const rules = readFileSync(files.path('rules.yaml'), 'utf8');
  files.write('rules.yaml', `${rules.replace('note:', '"é🙂":')}output: { encoding: cp949 }\n`);
  await expect(run(files.options())).rejects.toMatchObject({
    code: 'E_UNMAPPABLE',
    exitCode: 3,
    place: { file: files.path('in.csv'), row: 1, column: 'é🙂' },
  });
  expect(names()).toEqual(['in.csv', 'my.key', 'rules.yaml']);
});
