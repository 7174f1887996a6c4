import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gamyeong-readme-'));
  cpSync(join(root, 'rules'), join(folder, 'rules'), { recursive: true });
  cpSync(join(root, 'samples'), join(folder, 'samples'), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('has a library example that runs as it stands', () => {
  const code = /```js\n(.*?)```/s.exec(readme)![1]!;
  writeFileSync(join(folder, 'example.mjs'), code);
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'gamyeong'), 'dir');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^1000 [0-9a-f]{64}\n$/);
});

/** The shell blocks that call gamyeong, without what concerns npm. */
const blocks = [...readme.matchAll(/```sh\n(.*?)```/gs)]
  .map(([, block]) => block!.replace(/^npm .*$/gm, '').trim())
  .filter((block) => block.includes('gamyeong'));

it('shows commands', () => expect(blocks.length).toBeGreaterThanOrEqual(3));

/** What `npm start` makes before it runs the job, in the commands of bin/start.mjs. */
const START = `mkdir -p -m 700 out/keys
gamyeong pki demo out/pki
gamyeong key new out/keys/demo.key`;

function runInFolder(script: string) {
  const PATH = `${join(folder, 'bin')}:${process.env.PATH}`;
  const env = { ...process.env, PATH, LANG: 'C' };
  return spawnSync('sh', ['-e', '-c', script], { cwd: folder, encoding: 'utf8', env });
}

it('shows the whole way from files to a verified release, in both languages', () => {
  const steps = ['job', 'review add', 'job', 'open', 'audit verify'];
  const way = new RegExp(steps.map((step) => `^gamyeong ${step} .*`).join('[^]*'), 'm');
  expect(blocks.filter((block) => way.test(block))).toHaveLength(2);
});

it.each(blocks)('has commands that run as they stand, after npm start too: %s', (block) => {
  mkdirSync(join(folder, 'bin'));
  symlinkSync(join(root, 'bin/gamyeong'), join(folder, 'bin/gamyeong'));
  expect(runInFolder(START).status).toBe(0);
  const { status, stderr } = runInFolder(block);
  expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  expect(stderr).not.toContain('beside');
});
