import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { gamyeong } from './command.ts';

const directory = mkdtempSync(join(tmpdir(), 'gamyeong-cli-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']]])('of the program: %j', (args) => {
    const { status, stdout, stderr } = gamyeong(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['run', 'check', 'key', 'sample'])
      expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  });

  it.each(['run', 'check', 'key', 'sample'])('of %s, with an example, in both languages', (command) => {
    const english = gamyeong([command, '--help']);
    const korean = gamyeong([command, '--help', '--lang', 'ko']);
    expect([english.status, korean.status]).toEqual([0, 0]);
    expect(english.stdout).toContain(`Example:\n  gamyeong ${command}`);
    expect(english.stdout).not.toMatch(/\p{Script=Hangul}/u);
    expect(korean.stdout).toMatch(/^사용법: /);
    expect(korean.stdout).toContain(`예:\n  gamyeong ${command}`);
  });

  it('speaks the language of the locale', () => {
    expect(gamyeong(['--help'], { env: { LANG: 'ko_KR.UTF-8' } }).stdout).toMatch(/^사용법: /);
  });

  it.each([
    [['help'], ['--help']],
    [
      ['help', 'run'],
      ['run', '--help'],
    ],
    [
      ['help', 'key', 'new'],
      ['key', 'new', '--help'],
    ],
    [
      ['help', 'run', '--lang', 'ko'],
      ['run', '--help', '--lang', 'ko'],
    ],
  ])('%j is %j', (words, same) => {
    expect(gamyeong(words)).toEqual(gamyeong(same));
    expect(gamyeong(words).status).toBe(0);
  });

  it('is Korean through and through', () => {
    const help = gamyeong(['sample', '--help', '--lang', 'ko']).stdout;
    expect(help).toContain('(선택: ');
    expect(help).not.toMatch(/choices|default/);
  });

  it('tells the version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect(gamyeong(['--version']).stdout).toBe(`${version}\n`);
  });
});

/** A pipe whose reader has gone before the command, which takes longer to load, prints anything. */
it.each([
  '',
  '--help',
  'run --help',
  'check --rules rules/resident-register.yaml',
  'sample resident-register --rows 10 --out -',
  'form keys',
])('ends quietly with 0 when nobody reads what it prints: %s', (words) => {
  const script = `{ "$0" bin/gamyeong ${words}; echo "ended $?" >&2; } | exec 0<&-`;
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath], { cwd: root, encoding: 'utf8' });
  expect(stderr).toBe('ended 0\n');
});

it('says so when what it prints cannot be written', () => {
  const script = '"$0" bin/gamyeong --help >/dev/full; echo "ended $?" >&2';
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LANG: 'C' },
  });
  expect(stderr).toMatch(/^gamyeong: E_DISK_FULL: [^\n]+\nended 6\n$/);
});

describe('mistakes on the command line end with 2, one line and the nearest right word', () => {
  it.each([
    [['rnu'], "unknown command 'rnu' (did you mean 'run'?)"],
    [['run', '--rulez', 'x'], "unknown option '--rulez' (did you mean '--rules'?)"],
    [['run', '--in', 'a', '--out', 'b'], "option '--rules <file>' is missing"],
    [['run', '--rules'], "option '--rules <file>' needs a value"],
    [['run', '--rules', 'a', '--in', 'b', '--out', 'c', 'd'], 'too many arguments'],
    [['run', '--rules', 'a', '--in', 'b', '--out', 'c', '--threads', '0'], 'a whole number from 1 to 256'],
    [['run', '--rules', 'a', '--in', 'b', '--out', 'c', '--threads', '257'], 'a whole number from 1 to 256'],
    [['run', '--rules', 'a', '--in', 'b', '--out', 'c', '--chunk-size', '4X'], 'a size such as'],
    [
      ['run', '--rules', 'a', '--in', 'b', '--out', 'c', '--engine', 'quick'],
      'choose one of fast, reference',
    ],
    [['--lang', 'fr', 'run'], "the value of '--lang <language>' does not fit: choose one of en, ko"],
    [['key', 'gnu'], "unknown command 'gnu'"],
    [['--lang', 'en', 'run', '--in', 'a', '--out', 'b'], "option '--rules <file>' is missing"],
    [['key', 'new'], "'file' is missing"],
  ])('%j', (args, sentence) => {
    const { status, stdout, stderr } = gamyeong(args);
    expect(stderr).toMatch(/^gamyeong: E_USAGE: [^\n]+\n$/);
    expect(stderr).toContain(sentence);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });

  it('in Korean', () => {
    expect(gamyeong(['run', '--rulez', '--lang', 'ko']).stderr).toBe(
      "gamyeong: E_USAGE: 알 수 없는 옵션 '--rulez'(혹시 '--rules'입니까?). 'gamyeong 명령 --help'를 보십시오.\n",
    );
    expect(gamyeong(['sample', 'tax', '--out', '-', '--rows', '1', '--lang', 'ko']).stderr).toMatch(
      /^gamyeong: E_USAGE: 'shape'의 값이 맞지 않습니다: resident-register, .* 중에서 고르십시오\./,
    );
    expect(gamyeong(['sample', 'local-tax', '--rows', 'x', '--lang', 'ko']).stderr).toContain(
      "'--rows <n>'의 값이 맞지 않습니다: 0 이상의 정수여야 합니다. 'gamyeong 명령 --help'",
    );
  });
});

it('makes a key and shows its id', () => {
  const file = join(directory, 'my.key');
  const made = gamyeong(['key', 'new', file]);
  expect(made).toMatchObject({ status: 0, stderr: '' });
  expect(made.stdout).toMatch(/^[0-9a-f]{16}\n$/);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(gamyeong(['key', 'show', file])).toEqual({ ...made });
  expect(gamyeong(['key', 'new', file])).toMatchObject({
    status: 5,
    stderr: expect.stringContaining('E_KEY_EXISTS'),
  });
});

it('prints all mistakes of a rules file, a line each', () => {
  const rules = new URL('../rules/fixtures/bad-unknown-keys.yaml', import.meta.url).pathname;
  const { status, stderr } = gamyeong(['check', '--rules', rules]);
  expect(status).toBe(2);
  const lines = stderr.trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toMatch(/^gamyeong: E_\w+: /);
});
