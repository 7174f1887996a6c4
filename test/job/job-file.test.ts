import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { filesLike } from '../../src/job/inputs.ts';
import { readJob } from '../../src/job/job-file.ts';
import { worst } from '../../src/job/result.ts';
import { tasksOf } from '../../src/job/task.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-job-file-'));
  for (const name of ['a-1.csv', 'a-2.csv', 'b.csv', '.a-3.csv', 'a+1.csv'])
    writeFileSync(join(directory, name), '');
  mkdirSync(join(directory, 'a-9.csv'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const read = async (yaml: string) => {
  const file = join(directory, 'job.yaml');
  writeFileSync(file, yaml);
  return readJob(file);
};
const tasks = async (yaml: string) => tasksOf(await read(yaml));
const job = (dataSets: string, more = '') => `version: 1\nname: test\n${more}data-sets:\n${dataSets}`;
const set = (input: string, out = 'out', more = '') =>
  `  - { name: s, input: ${input}, rules: r.yaml, out: ${out}${more} }\n`;
const RELEASE = 'release: { to: c.pem, sign: s.pem, sign-key: s.key, trust: ca.pem, out: bundles }\n';

describe('mistakes', () => {
  test.each<[string, string, object]>([
    ['an unknown key', job(set('b.csv'), 'threds: 2\n'), { code: 'E_RULES_UNKNOWN_KEY', place: { line: 3 } }],
    ['no data set', job('  []\n'), { code: 'E_RULES_VALUE' }],
    ['another version', job(set('b.csv')).replace('1', '2'), { code: 'E_RULES_VALUE', place: { line: 1 } }],
    [
      'an unknown risk setting',
      job(set('b.csv', 'o', ', risk: { origin: true }')),
      { code: 'E_RULES_UNKNOWN_KEY' },
    ],
    ['no YAML', 'version: [', { code: 'E_RULES_YAML' }],
    [
      'a release that lacks what neither job nor data set gives',
      job(
        set('b.csv', 'o', ', release: { to: x.pem }'),
        'release: { sign: s.pem, sign-key: s.key, out: b }\n',
      ),
      { code: 'E_RULES_MISSING_KEY', values: { key: 'trust' } },
    ],
  ])('%s is told with its place', async (_, yaml, error) => {
    await expect(read(yaml)).rejects.toMatchObject(error);
  });

  test('an input that no file matches', async () => {
    await expect(tasks(job(set('c*.csv')))).rejects.toMatchObject({
      code: 'E_JOB_NO_INPUT',
      place: { line: 4 },
    });
  });

  test('two inputs that would write the same output', async () => {
    const twice = job(set('b.csv') + set('b.csv'));
    await expect(tasks(twice)).rejects.toMatchObject({ code: 'E_JOB_SAME_OUTPUT', place: { line: 5 } });
    const bundles = job(set('b.csv', 'o1') + set('b.csv', 'o2'), RELEASE);
    await expect(tasks(bundles)).rejects.toMatchObject({ code: 'E_JOB_SAME_OUTPUT' });
  });
});

describe('tasks', () => {
  test('one for each file; paths are relative to the job file', async () => {
    const found = await tasks(job(set('a-*.csv', 'out', ', key: k'), `key: other\n${RELEASE}`));
    expect(found).toHaveLength(2);
    expect(found[0]).toEqual({
      name: 's (a-1.csv)',
      input: join(directory, 'a-1.csv'),
      rules: join(directory, 'r.yaml'),
      key: join(directory, 'k'),
      output: join(directory, 'out/a-1.csv'),
      risk: { original: false, population: undefined, populationFraction: undefined },
      release: {
        to: [join(directory, 'c.pem')],
        sign: join(directory, 's.pem'),
        signKey: join(directory, 's.key'),
        passphraseFile: undefined,
        trust: join(directory, 'ca.pem'),
        bundle: join(directory, 'bundles/a-1.bundle'),
      },
    });
  });

  test('a data set changes the release of the job, or has none', async () => {
    const own =
      set('b.csv', 'o', ', release: { to: [x.pem, y.pem] }') + set('a-1.csv', 'o', ', release: false');
    const [first, second] = await tasks(job(own, RELEASE));
    expect(first!.release!.to).toEqual([join(directory, 'x.pem'), join(directory, 'y.pem')]);
    expect(first!.release!.sign).toBe(join(directory, 's.pem'));
    expect(second!.release).toBeUndefined();
  });

  test('absolute paths stay', async () => {
    const [task] = await tasks(job(set('b.csv'), 'key: /keys/k\n'));
    expect(task!.key).toBe('/keys/k');
  });

  test('a file that several patterns match is treated once', async () => {
    expect(await tasks(job(set('[a-1.csv, "a-?.csv"]')))).toHaveLength(2);
  });
});

test.each([
  ['a-?.csv', ['a-1.csv', 'a-2.csv']],
  ['*.csv', ['a+1.csv', 'a-1.csv', 'a-2.csv', 'b.csv']],
  ['.*', ['.a-3.csv']],
  ['a+*', ['a+1.csv']],
  ['x*', []],
  ['missing.csv', ['missing.csv']],
])('%s stands for %j', async (pattern, names) => {
  const found = await filesLike(join(directory, pattern));
  expect(found.map((path) => path.slice(directory.length + 1))).toEqual(names);
});

test('the worst exit code is the gravest, not the highest', () => {
  expect(worst([])).toBe(0);
  expect(worst([0, 4, 0])).toBe(4);
  expect(worst([4, 3])).toBe(3);
  expect(worst([4, 1, 6])).toBe(1);
  expect(worst([5, 130, 1])).toBe(130);
});
