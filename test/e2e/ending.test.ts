import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RULES } from './bad-input.ts';

/** How the command ends when it is not left to finish. */
const program = fileURLToPath(new URL('../../bin/gamyeong', import.meta.url));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-ending-'));
  writeFileSync(join(directory, 'rules.yaml'), RULES);
  writeFileSync(join(directory, 'my.key'), `${'0f'.repeat(32)}\n`, { mode: 0o600 });
});
afterEach(() => rmSync(directory, { recursive: true }));

const path = (name: string) => join(directory, name);
const ARGS = ['run', '--rules', 'rules.yaml', '--key', 'my.key', '--quiet'];

function start(args: readonly string[]) {
  const child = spawn(process.execPath, [program, ...ARGS, ...args], { cwd: directory, env: { LANG: 'C' } });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  return { child, ended: once(child, 'close'), stderr: () => stderr };
}

it.each(['SIGINT', 'SIGTERM'] as const)('%s ends with 130, one line, and no output', async (signal) => {
  const { child, ended, stderr } = start(['--in', '-', '--out', 'out.csv']);
  child.stdin.write(`id,name,amount\n${'1,Canary7,3\n'.repeat(10_000)}`); // and no end
  while (!existsSync(path('out.csv.partial/data')) && child.exitCode === null) await sleep(20);
  child.kill(signal);
  expect((await ended)[0]).toBe(130);
  expect(stderr()).toMatch(/^gamyeong: E_INTERRUPTED: [^\n]+\n$/);
  expect(existsSync(path('out.csv'))).toBe(false);
});

it.each(['fast', 'reference'])('a reader that goes away is no error, %s engine', async (engine) => {
  const { child, ended, stderr } = start([
    '--in',
    '-',
    '--out',
    '-',
    '--engine',
    engine,
    '--chunk-size',
    '64K',
  ]);
  child.stdin.write('id,name,amount\n');
  child.stdin.end('1,x,3\n'.repeat(500_000));
  await once(child.stdout, 'data');
  child.stdout.destroy();
  expect((await ended)[0]).toBe(0);
  expect(stderr()).toBe('');
});

it.skipIf(process.platform === 'win32')('a full disk ends with 6 and says so', () => {
  writeFileSync(path('in.csv'), `id,name,amount\n${'1,x,3\n'.repeat(5000)}`);
  const command = `ulimit -f 100; exec "$0" "$@"`; // blocks of 512 or 1024 bytes: the output is larger
  const args = [process.execPath, program, ...ARGS, '--in', 'in.csv', '--out', 'out.csv'];
  const { status, stderr } = spawnSync('sh', ['-c', command, ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { LANG: 'C' },
  });
  expect(stderr).toMatch(/^gamyeong: E_DISK_FULL: [^\n]+\(out\.csv\)[^\n]+\n$/);
  expect(status).toBe(6);
  expect(readdirSync(directory).sort()).toEqual(['in.csv', 'my.key', 'rules.yaml']);
});
