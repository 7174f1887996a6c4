import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIXTURES, fixture } from '../rules/fixture.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FULL = join(FIXTURES, 'good-full.yaml');

function check(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/gamyeong', 'check', ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  });
  return { status, stdout, stderr, lines: stderr.split('\n').filter(Boolean) };
}

let directory: string;
const input = (text: string) => {
  const file = join(directory, 'in.csv');
  writeFileSync(file, text);
  return file;
};
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-check-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(['resident-register', 'local-tax', 'welfare-payments', 'civil-complaints', 'security-events'])(
  'the shipped rules for %s',
  (shape) => {
    test('have no mistakes for their sample', () => {
      const { status, stderr, stdout } = check(
        '--rules',
        `rules/${shape}.yaml`,
        '--in',
        `samples/${shape}.csv`,
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout).toContain('Mistakes: 0.');
    });
  },
);

describe('mistakes', () => {
  test('each have a line of their own, and the exit code is 2', () => {
    const { expected } = fixture('bad-unknown-keys.yaml');
    const { status, stdout, lines } = check('--rules', join(FIXTURES, 'bad-unknown-keys.yaml'));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(lines).toHaveLength(expected.length);
    for (const [index, line] of lines.entries()) {
      const [code, place] = expected[index]!.split(' ');
      expect(line).toMatch(new RegExp(`^gamyeong: ${code}: .*bad-unknown-keys.yaml:${place}\\)`));
    }
  });
  test('are also given as JSON', () => {
    const { status, stdout, lines } = check('--json', '--rules', join(FIXTURES, 'bad-version.yaml'));
    const { ok, mistakes } = JSON.parse(stdout);
    expect(status).toBe(2);
    expect(lines).toHaveLength(1);
    expect(ok).toBe(false);
    expect(mistakes).toMatchObject([{ code: 'E_RULES_VERSION', line: 2, character: 10 }]);
  });
  test('of the header are found against an input', () => {
    const { status, lines } = check(
      '--rules',
      join(FIXTURES, 'good-minimal.yaml'),
      '--in',
      input('a,memo\n1,2\n'),
    );
    expect(status).toBe(2);
    expect(lines).toEqual([expect.stringContaining("E_RULES_COLUMN_WITHOUT_RULE: column 'memo'")]);
  });
  test('a file without a header is refused, and none of its cells told', () => {
    const { status, stdout, stderr } = check(
      '--rules',
      'rules/resident-register.yaml',
      '--in',
      input('홍길동,19800101,종로구\n'),
    );
    expect(status).toBe(3);
    expect(stderr).toContain('E_HEADER_FOREIGN');
    expect(stdout + stderr).not.toMatch(/홍길동|19800101|종로구/);
  });
  test('a missing rules file is the environment', () => {
    const { status, lines } = check('--rules', join(directory, 'absent.yaml'));
    expect(status).toBe(6);
    expect(lines).toEqual([expect.stringMatching(/^gamyeong: E_FILE_MISSING: /)]);
  });
});

describe('the explanation', () => {
  test('is JSON on demand', () => {
    const { status, stdout } = check('--json', '--rules', FULL);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, version: 1, rules: { name: 'resident-register' } });
  });
  test('comes in Korean', () => {
    const { stdout } = check('--lang', 'ko', '--rules', FULL);
    expect(stdout).toContain('준식별자');
    expect(stdout).toMatch(/오류 0건/);
  });
});
