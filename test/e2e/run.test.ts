import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BAD_INPUTS, CANARIES, RULES } from './bad-input.ts';
import { gamyeong, type Ran } from './command.ts';

const ENGINES = ['fast', 'reference'] as const;
const GOOD = 'id,name,amount\n880101,홍길동,14\n880102,"김,철수",15\n';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-e2e-'));
  write('rules.yaml', RULES);
  write('my.key', `${'0f'.repeat(32)}\n`, 0o600);
});
afterEach(() => rmSync(directory, { recursive: true }));

const path = (name: string) => join(directory, name);
const read = (name: string) => readFileSync(path(name), 'utf8');

function write(name: string, content: string | Uint8Array, mode = 0o644): void {
  writeFileSync(path(name), content);
  chmodSync(path(name), mode);
}

/** `run` over the files of the test, from inside its directory. */
function run(more: readonly string[] = [], input?: string | Uint8Array): Ran {
  const args = ['--rules', 'rules.yaml', '--in', 'in.csv', '--out', 'out.csv', '--key', 'my.key'];
  for (let at = 0; at < more.length; at++) {
    const known = args.indexOf(more[at]!);
    if (known < 0) args.push(more[at]!);
    else args[known + 1] = more[++at]!;
  }
  return gamyeong(['run', ...args], { cwd: directory, ...(input !== undefined && { input }) });
}

/** One line on stderr with the code, nothing on stdout, no output, nothing left behind. */
function expectRefused(ran: Ran, code: string, status: number): void {
  expect(ran.stderr).toMatch(new RegExp(`^gamyeong: ${code}: [^\\n]+\\n$`));
  expect(ran.status).toBe(status);
  expect(ran.stdout).toBe('');
  expect(readdirSync(directory).filter((name) => name.startsWith('out.csv'))).toEqual([]);
}

describe.each(ENGINES)('bad input, %s engine', (engine) => {
  it.each(BAD_INPUTS)('$name', ({ input, code, where }) => {
    write('in.csv', input);
    const ran = run(['--engine', engine]);
    expectRefused(ran, code, 3);
    expect(ran.stderr).toContain(`(in.csv${where})`);
    for (const canary of CANARIES) expect(ran.stderr).not.toContain(canary);
  });

  it('a cell of 100 MB', () => {
    const file = openSync(path('in.csv'), 'w');
    writeSync(file, 'id,name,amount\n1,"');
    for (let i = 0; i < 100; i++) writeSync(file, Buffer.alloc(1_000_000, 'Canary7 '));
    writeSync(file, '",3\n');
    closeSync(file);
    const ran = run(['--engine', engine]);
    expectRefused(ran, 'E_RECORD_TOO_LONG', 3);
    expect(ran.stderr).toContain('(in.csv:2)');
    expect(ran.stderr).not.toContain('Canary7');
  });

  it('has a limit for records that rules can set', () => {
    write('in.csv', `id,name,amount\n1,${'x'.repeat(2000)},3\n`);
    write('rules.yaml', `${RULES}input: { max-record-bytes: 1500 }\n`);
    expectRefused(run(['--engine', engine]), 'E_RECORD_TOO_LONG', 3);
    write('rules.yaml', `${RULES}input: { max-record-bytes: 2500 }\n`);
    expect(run(['--engine', engine]).status).toBe(0);
  });
});

describe.each(ENGINES)('unusual but valid input, %s engine', (engine) => {
  it.each([
    ['header only', 'id,name,amount\n', 0],
    ['header only, no line end', 'id,name,amount', 0],
    ['no line end at the end', GOOD.trimEnd(), 2],
    ['CRLF mixed with LF', GOOD.replace('\n', '\r\n'), 2],
    ['byte order mark at the start', `\ufeff${GOOD}`, 2],
  ])('%s', (_, input, rows) => {
    write('in.csv', input);
    const ran = run(['--engine', engine, '--json']);
    expect(ran.stderr).toBe('');
    expect(ran.status).toBe(0);
    expect(JSON.parse(ran.stdout).rows).toEqual({ in: rows, out: rows, suppressed: 0, rejected: 0 });
    expect(read('out.csv')).toMatch(/^id,name,amount\r?\n/);
  });

  it('10,000 columns', () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`);
    const rules = names.map(
      (name, index) => `  ${name}: { role: other, apply: ${index % 2 ? 'keep' : 'drop'} }\n`,
    );
    write('rules.yaml', `version: 1\nname: wide\ndomain: d\ncolumns:\n${rules.join('')}`);
    write('in.csv', `${names.join(',')}\n${names.join(',')}\n`);
    expect(run(['--engine', engine]).status).toBe(0);
    const kept = names.filter((_, index) => index % 2);
    expect(read('out.csv')).toBe(`${kept.join(',')}\n${kept.join(',')}\n`);
  });
});

describe('files that cannot be used', () => {
  beforeEach(() => write('in.csv', GOOD));

  it('a missing input', () => expectRefused(run(['--in', 'none.csv']), 'E_FILE_MISSING', 6));

  it('a directory as input', () => {
    mkdirSync(path('folder'));
    expectRefused(run(['--in', 'folder']), 'E_FILE_IS_DIRECTORY', 6);
  });

  it('the input as output', () => {
    expectRefused(run(['--out', 'in.csv', '--overwrite']), 'E_OUTPUT_IS_INPUT', 2);
    expect(read('in.csv')).toBe(GOOD);
  });

  it('an output that exists', () => {
    write('mine.csv', 'mine');
    expectRefused(run(['--out', 'mine.csv']), 'E_OUTPUT_EXISTS', 2);
    expect(read('mine.csv')).toBe('mine');
    expect(run(['--out', 'mine.csv', '--overwrite']).status).toBe(0);
    expect(read('mine.csv')).toContain('id,name,amount');
  });

  it('a key that is missing, malformed or open to others', () => {
    expectRefused(run(['--key', 'none.key']), 'E_FILE_MISSING', 6);
    write('short.key', '0f0f\n', 0o600);
    expectRefused(run(['--key', 'short.key']), 'E_KEY_FORMAT', 5);
    chmodSync(path('my.key'), 0o640);
    expectRefused(run(), 'E_KEY_READABLE', 5);
  });

  it.each([
    ['no YAML', 'columns: [', 'E_RULES_YAML'],
    ['of another version', RULES.replace('version: 1', 'version: 2'), 'E_RULES_VERSION'],
    ['with an unknown technique', RULES.replace('redact', 'redacted'), 'E_RULES_UNKNOWN_TECHNIQUE'],
    ['with a parameter of the wrong type', RULES.replace('multiple-of: 10', 'multiple-of: [10]'), 'E_RULES_'],
    [
      'with a table that lacks a value',
      RULES.replace('apply: redact', 'apply: { generalize: { table: { file: table.csv, level: 1 } } }'),
      'E_HIERARCHY_EMPTY_CELL',
    ],
    [
      'with what is no regular expression',
      RULES.replace('apply: redact', "apply: { mask: { group: { pattern: '([' } } }"),
      'E_RULES_',
    ],
  ])('rules %s', (_, rules, code) => {
    write('table.csv', '홍길동;가\nCanary7;\n');
    write('rules.yaml', rules);
    const ran = run();
    expectRefused(ran, `${code}\\w*`, 2);
    expect(ran.stderr).not.toContain('Canary7');
  });

  it('no rules at all', () => expectRefused(run(['--rules', 'none.yaml']), 'E_FILE_MISSING', 6));
});

it('a regular expression that would explode elsewhere ends in time', () => {
  const explosive = "apply: { mask: { group: { pattern: '^((a+)+)$' }, on-invalid: redact } }";
  write(
    'rules.yaml',
    RULES.replace('apply: redact', () => explosive),
  );
  write('in.csv', `id,name,amount\n1,${'a'.repeat(5000)}!,3\n`);
  expect(run().status).toBe(0);
  expect(read('out.csv').split('\n')[1]).toMatch(/^[0-9a-f]{64},,0$/);
});

describe('streams', () => {
  it('from standard input to standard output', () => {
    write('in.csv', GOOD);
    expect(run().status).toBe(0);
    const ran = run(['--in', '-', '--out', '-', '--quiet'], GOOD);
    expect(ran).toEqual({ status: 0, stdout: read('out.csv'), stderr: '' });
    expect(readdirSync(directory).filter((name) => name.startsWith('-'))).toEqual([]);
  });

  it('with a record when asked', () => {
    expect(run(['--in', '-', '--out', '-', '--record', 'r.json'], GOOD).status).toBe(0);
    const record = JSON.parse(read('r.json'));
    expect(record.input.name).toBe('-');
    expect(record.input.sha256).toBe(createHash('sha256').update(GOOD).digest('hex'));
  });

  it('refuses what needs a file', () => {
    for (const option of ['--resume', '--json']) {
      expectRefused(run(['--out', '-', option], ''), 'E_USAGE', 2);
    }
    expectRefused(run(['--out', '-', '--rejects', 'bad.csv'], ''), 'E_USAGE', 2);
  });
});

describe('what it says', () => {
  beforeEach(() => write('in.csv', GOOD));

  it('a short summary, or nothing', () => {
    expect(run().stderr).toMatch(
      /^2 rows in, 2 out, 0 suppressed, 0 rejected\n[^\n]+MB\/s\noutput out\.csv, [^\n]+\n$/,
    );
    expect(run(['--overwrite', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('the run record as JSON', () => {
    const { stdout, status } = run(['--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(read('out.csv.run.json')));
  });

  it('Korean where asked', () => {
    expect(run(['--lang', 'ko', '--in', 'none.csv']).stderr).toBe(
      'gamyeong: E_FILE_MISSING: 파일이 없습니다 (none.csv). 경로를 확인하십시오.\n',
    );
  });

  it('private files', () => {
    expect(run(['--rejects', 'bad.csv']).stderr).toContain('rejected rows in bad.csv: originals');
    for (const name of ['out.csv', 'out.csv.run.json', 'bad.csv']) {
      expect(statSync(path(name)).mode & 0o777).toBe(0o600);
    }
    expect(existsSync(path('out.csv.partial'))).toBe(false);
  });
});
