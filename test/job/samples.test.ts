import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SHAPES = ['resident-register', 'local-tax', 'welfare-payments', 'civil-complaints', 'security-events'];
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-samples-'));
  for (const part of ['samples', 'rules'])
    cpSync(join(ROOT, part), join(directory, part), { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true }));

function gamyeong(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'bin/gamyeong'), ...args], {
    cwd: directory,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr };
}
const job = (...args: string[]) => {
  const { status, stdout } = gamyeong('job', 'samples/job.yaml', '--json', '--quiet', ...args);
  return { status, ...(JSON.parse(stdout) as Result) };
};
interface Result {
  tasks: {
    name: string;
    exit: number;
    steps: Record<'run' | 'risk' | 'release', { state: string }>;
    errors: { code: string }[];
  }[];
}

/** What README and `npm start` show: the five samples, one refused, the corrected one released and opened. */
test('the job of the samples', () => {
  mkdirSync(join(directory, 'out/keys'), { recursive: true, mode: 0o700 });
  gamyeong('pki', 'demo', 'out/pki');
  gamyeong('key', 'new', 'out/keys/demo.key');
  const first = job();
  const byName = (result: Result, name: string) => result.tasks.find((task) => task.name === name)!;
  expect(first.status).toBe(4);
  expect(byName(first, 'resident-register').errors.map(({ code }) => code)).toContain('E_RELEASE_THRESHOLD');
  expect(byName(first, 'resident-register (corrected)').errors.map(({ code }) => code)).toEqual([
    'E_RELEASE_REVIEW',
  ]);
  for (const shape of SHAPES.slice(1)) expect(byName(first, shape)).toMatchObject({ exit: 0, errors: [] });

  const signer = [
    '--cert',
    'out/pki/reviewer-1.pem',
    '--key',
    'out/pki/reviewer-1.key',
    '--audit',
    'out/audit.log',
  ];
  const risk = ['--risk', 'out/data/resident-register.csv.risk.json'];
  expect(gamyeong('review', 'add', ...risk, '--verdict', '적정', ...signer).status).toBe(0);
  expect(gamyeong('review', 'list', ...risk, '--trust', 'out/pki/ca.pem', '--tier', 'low').stdout).toContain(
    'adequate',
  );

  const second = job();
  expect(second.status).toBe(4);
  expect(byName(second, 'resident-register (corrected)').steps).toMatchObject({
    run: { state: 'current' },
    risk: { state: 'current' },
    release: { state: 'done' },
  });
  const receiver = [
    '--key',
    'out/pki/center.key',
    '--cert',
    'out/pki/center.pem',
    '--trust',
    'out/pki/ca.pem',
  ];
  const opened = gamyeong(
    'open',
    'out/released/resident-register.bundle',
    ...receiver,
    '--out',
    'out/opened',
  );
  expect(opened.status).toBe(0);
  expect(readFileSync(join(directory, 'out/opened/data/resident-register.csv'))).toEqual(
    readFileSync(join(directory, 'out/data/resident-register.csv')),
  );
  expect(existsSync(join(directory, 'out/refused/resident-register.bundle'))).toBe(false);
  expect(gamyeong('audit', 'verify', 'out/audit.log').status).toBe(0);
});

test('its outputs, records and log hold no identifier of the samples', () => {
  const held = readdirSync(join(directory, 'out'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:csv|json|html|log)$/.test(name))
    .map((name) => readFileSync(join(directory, 'out', name), 'utf8'))
    .join('\n');
  const text = readFileSync(join(ROOT, 'samples/resident-register.csv'), 'utf8');
  const identifiers = text
    .split('\n')
    .slice(1, -1)
    .flatMap((line) => line.split(',').slice(0, 2));
  expect(identifiers).toHaveLength(2000);
  expect(held.length).toBeGreaterThan(100_000);
  expect(identifiers.filter((identifier) => held.includes(identifier))).toEqual([]);
});

test('a dry run says what it would do, for people', () => {
  rmSync(join(directory, 'out/data/local-tax.csv'));
  const { status, stdout } = gamyeong('job', 'samples/job.yaml', '--dry-run', '--quiet', '--lang', 'ko');
  expect(status).toBe(0);
  expect(stdout).toMatch(/local-tax +예정 +예정 +없음/);
  expect(stdout).toContain('local-tax: 가명처리: 아직 출력이 없습니다');
  expect(existsSync(join(directory, 'out/data/local-tax.csv'))).toBe(false);
});
