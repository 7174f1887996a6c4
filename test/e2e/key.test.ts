import { type SpawnSyncOptionsWithStringEncoding, spawn, spawnSync } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { gamyeong, type Ran } from './command.ts';
import { ending, ROOT, rulesFor, Workplace } from './process.ts';

const COMMAND = join(ROOT, 'bin', 'gamyeong');
const PASSPHRASE = '까치 correct horse battery';
const COMMANDS = ['new', 'show', 'list', 'seal', 'split', 'combine', 'rotate', 'destroy', 'rekey-map'];

const places: Workplace[] = [];
let place: Workplace;
beforeEach(() => {
  place = new Workplace();
  places.push(place);
});
afterAll(() => {
  for (const one of places) one.remove();
});

const key = (...args: string[]): Ran => gamyeong(['key', ...args], { cwd: place.path });

/** Runs a key command that must work. @returns what it prints */
function done(...args: string[]): string {
  const { status, stdout, stderr } = key(...args);
  expect([args, status === 0 ? '' : stderr]).toEqual([args, '']);
  return stdout.trimEnd();
}

function passphraseFile(...lines: string[]): string {
  const name = place.write('passphrases', `${lines.join('\n')}\n`);
  spawnSync('chmod', ['600', place.file(name)]);
  return name;
}

/** Runs the command with a file open as descriptor 3. */
function withDescriptor(file: string, ...args: string[]) {
  const fd = openSync(place.file(file), 'r');
  const options: SpawnSyncOptionsWithStringEncoding = {
    cwd: place.path,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', fd],
  };
  const ran = spawnSync(process.execPath, [COMMAND, ...args], options);
  closeSync(fd);
  return ran;
}

function pseudonymize(keyFile: string, out: string, ...more: string[]): Ran {
  place.write('rules.yaml', rulesFor(['id', 'v'], { id: 'keyed-hash' }));
  place.write('in.csv', 'id,v\n가나다,1\nb,2\n');
  const files = ['--rules', 'rules.yaml', '--in', 'in.csv', '--out', out, '--key', keyFile];
  return gamyeong(['run', ...files, '--quiet', ...more], { cwd: place.path });
}

describe('help', () => {
  it.each(COMMANDS)('of key %s shows an example in both languages', (command) => {
    const [en, ko] = ['en', 'ko'].map((lang) => key(command, '--help', '--lang', lang).stdout);
    expect(en).toMatch(new RegExp(`Example:\\n {2}gamyeong key ${command} `));
    expect(ko).toMatch(new RegExp(`예:\\n {2}gamyeong key ${command} `));
  });

  it('of key explains the kinds of key files', () => {
    for (const word of ['vault', 'pkcs11', 'shares', 'keys.json']) {
      expect(key('--help').stdout).toContain(word);
      expect(key('--help', '--lang', 'ko').stdout).toContain(word);
    }
  });
});

describe('a sealed key', () => {
  it('gives the same output as the plain one, its passphrase from a file or a descriptor', () => {
    const id = done('new', 'my.key');
    expect(pseudonymize('my.key', 'plain.csv').status).toBe(0);
    const file = passphraseFile(PASSPHRASE);
    expect(done('seal', 'my.key', '--passphrase-file', file)).toBe(id);
    expect(place.read('my.key').toString()).toContain('gamyeong/sealed-key/v1');
    expect(pseudonymize('my.key', 'sealed.csv', '--passphrase-file', file).status).toBe(0);
    expect(place.read('sealed.csv')).toEqual(place.read('plain.csv'));
    expect(withDescriptor(file, 'key', 'show', 'my.key', '--passphrase-fd', '3').stdout).toBe(`${id}\n`);
  });

  it('asks where there is no passphrase, and there is no terminal', () => {
    done('new', 'my.key', '--sealed', '--passphrase-file', passphraseFile(PASSPHRASE));
    const { status, stderr } = spawnSync(
      'setsid',
      ['-w', process.execPath, COMMAND, 'key', 'show', 'my.key'],
      {
        cwd: place.path,
        encoding: 'utf8',
      },
    );
    expect(stderr).toMatch(/^gamyeong: E_PASSPHRASE_NEEDED: .*--passphrase-file/);
    expect(status).toBe(5);
  });

  it('does not open with another passphrase, and does not tell either', () => {
    done('new', 'my.key', '--sealed', '--passphrase-file', passphraseFile(PASSPHRASE));
    const { status, stderr } = key('show', 'my.key', '--passphrase-file', passphraseFile('wrong guess'));
    expect(stderr).toMatch(/^gamyeong: E_PASSPHRASE_WRONG: /);
    expect(stderr).not.toContain('wrong guess');
    expect(status).toBe(5);
  });

  it('is not made with a short passphrase, and then there is no file', () => {
    const { status, stderr } = key(
      'new',
      'my.key',
      '--sealed',
      '--passphrase-file',
      passphraseFile('1234567'),
    );
    expect(stderr).toMatch(/^gamyeong: E_PASSPHRASE_SHORT: /);
    expect(status).toBe(5);
    expect(place.has('my.key')).toBe(false);
  });
});

const terminal = spawnSync('script', ['--version']).status === 0;
if (!terminal) console.warn('\n*** NOT TESTED: asking on a terminal, for want of script (util-linux) ***\n');

describe.skipIf(!terminal)('on a terminal', () => {
  /** Answers each question once it stands on the terminal. */
  async function talk(
    args: readonly string[],
    answers: readonly (readonly [question: string, line: string])[],
  ) {
    const words = [process.execPath, COMMAND, ...args].map((word) => `'${word}'`).join(' ');
    const child = spawn('script', ['-qfec', words, '/dev/null'], { cwd: place.path });
    let shown = '';
    let answered = 0;
    let read = 0;
    child.stdout.on('data', (data) => {
      shown += data;
      const [question, line] = answers[answered] ?? [];
      if (question === undefined || !shown.slice(read).includes(question)) return;
      answered += 1;
      read = shown.length;
      child.stdin.write(`${line}\r`);
    });
    const { status } = await ending(child);
    return { shown, status };
  }

  it('a passphrase is asked for twice when it is new, once to open, and is never shown', async () => {
    const made = await talk(
      ['key', 'new', 'my.key', '--sealed'],
      [
        ['New passphrase for my.key: ', PASSPHRASE],
        ['Once more: ', PASSPHRASE],
      ],
    );
    expect(made.status).toBe(0);
    const id = /^[0-9a-f]{16}\r?$/m.exec(made.shown)![0].trim();
    const opened = await talk(['key', 'show', 'my.key'], [['Passphrase of my.key: ', PASSPHRASE]]);
    expect(opened.shown).toContain(id);
    expect(made.shown + opened.shown).not.toContain('horse');
    expect(done('show', 'my.key', '--passphrase-file', passphraseFile(PASSPHRASE))).toBe(id);
  });

  it('two that differ make no key', async () => {
    const { shown, status } = await talk(
      ['key', 'new', 'my.key', '--sealed'],
      [
        ['New passphrase for my.key: ', PASSPHRASE],
        ['Once more: ', 'something else'],
      ],
    );
    expect(shown).toContain('E_PASSPHRASE_DIFFERS');
    expect(status).toBe(5);
    expect(place.has('my.key')).toBe(false);
  });

  it('Ctrl-C ends the command', async () => {
    const { shown, status } = await talk(
      ['key', 'new', 'my.key', '--sealed'],
      [['New passphrase', '\u0003']],
    );
    expect(shown).toContain('E_INTERRUPTED');
    expect(status).toBe(130);
    expect(place.has('my.key')).toBe(false);
  });
});

describe('the life of a key', () => {
  it('from making to destruction is written into the register and the audit log', () => {
    const audit = ['--audit', 'audit.log'];
    const one = done('new', 'my.key', '--period', '2020-01-01..2099-01-01', ...audit);
    const two = done('rotate', 'my.key', '--period', '2021-01-01..2099-01-01', ...audit);
    done('destroy', 'my.key', '--after', '30d', ...audit);
    done('destroy', 'my.key', '--cancel', ...audit);
    done('destroy', 'my.key', '--after', '0d', ...audit);
    expect(done('destroy', '--due', ...audit)).toContain(one);
    expect(done('destroy', '--due', ...audit)).toBe('no destruction is due');
    expect(place.has('my.key')).toBe(false);
    const listed = JSON.parse(done('list', '--json'));
    expect(listed).toMatchObject([
      { id: one, state: 'destroyed', version: 1 },
      { id: two, state: 'active', version: 2, previous: one, files: ['my.v2.key'] },
    ]);
    const table = done('list', '--lang', 'ko').split('\n');
    expect(table).toHaveLength(3);
    expect(table[1]).toMatch(new RegExp(`^${one} +1 +파기 `));
    const entries = place
      .read('audit.log')
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const ended = entries.filter(({ result }) => result.outcome === 'done');
    expect(ended.map(({ command, ids }) => [command, ids.key])).toEqual([
      ['key new', one],
      ['key rotate', two],
      ['key destroy schedule', one],
      ['key destroy cancel', one],
      ['key destroy schedule', one],
      ['key destroy', one],
      ['key destroy due', undefined],
      ['key destroy due', undefined],
    ]);
  });

  it('decides whether run takes it', () => {
    done('new', 'late.key', '--period', '2020-01-01..2021-01-01');
    done('new', 'my.key');
    const late = pseudonymize('late.key', 'out.csv');
    expect(late.stderr).toMatch(/^gamyeong: E_KEY_PERIOD: .*2020-01-01/);
    expect([late.status, place.has('out.csv')]).toEqual([5, false]);
    done('rotate', 'my.key');
    const retired = pseudonymize('my.key', 'retired.csv');
    expect(retired.stderr).toMatch(/^gamyeong: warning: key [0-9a-f]{16} is retired/);
    expect(retired.status).toBe(0);
    done('destroy', 'my.key', '--after', '0d');
    const due = pseudonymize('my.key', 'out.csv');
    expect(due.stderr).toMatch(/^gamyeong: E_KEY_DUE: /);
    expect([due.status, place.has('out.csv')]).toEqual([5, false]);
  });

  it('stands in the run record by id and version', () => {
    done('new', 'my.key');
    const id = done('rotate', 'my.key');
    expect(pseudonymize('my.v2.key', 'out.csv').status).toBe(0);
    expect(JSON.parse(place.read('out.csv.run.json').toString())).toMatchObject({ keyId: id, keyVersion: 2 });
  });

  it('continues in shares', () => {
    const id = done('new', 'my.key');
    const file = passphraseFile(PASSPHRASE);
    const split = ['split', 'my.key', '--shares', '3', '--threshold', '2', '--out', 'shares'];
    const shares = done(...split, '--passphrase-file', file).split('\n');
    expect(shares).toEqual([1, 2, 3].map((i) => join('shares', `my.key.${i}-of-3.share`)));
    const combine = ['combine', shares[2]!, shares[0]!, '--out', 'back.key', '--passphrase-file', file];
    expect(done(...combine)).toBe(id);
    expect(place.read('back.key')).toEqual(place.read('my.key'));
    expect(statSync(place.file('back.key')).mode & 0o777).toBe(0o600);
    const few = key('combine', shares[1]!, '--out', 'x.key', '--passphrase-file', file);
    expect(few.stderr).toMatch(/^gamyeong: E_SHARES_FEW: /);
  });

  it('is warned about where data lies beside it', () => {
    place.write('data.csv', 'a\n1\n');
    expect(key('new', 'my.key').stderr).toContain('warning: there are CSV files beside the key');
    expect(key('new', 'tmp/my.key').stderr).not.toContain('CSV');
  });
});

describe('rekey-map', () => {
  it('maps the tokens of run under the old key to those under the new one', () => {
    done('new', 'my.key');
    done('rotate', 'my.key');
    for (const [keyFile, out] of [
      ['my.key', 'old.csv'],
      ['my.v2.key', 'new.csv'],
    ] as const) {
      expect(pseudonymize(keyFile, out).status).toBe(0);
    }
    const keys = ['--old', 'my.key', '--new', 'my.v2.key', '--domain', 'e2e'];
    done('rekey-map', ...keys, '--in', 'in.csv', '--column', 'id', '--out', 'tokens.map');
    done('rekey-map', '--open', 'tokens.map', '--new', 'my.v2.key', '--out', 'tokens.csv');
    const tokens = (name: string) =>
      place
        .read(name)
        .toString()
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]);
    const pairs = tokens('old.csv').map((token, i) => `${token},${tokens('new.csv')[i]}`);
    expect(place.read('tokens.csv').toString()).toBe(`old,new\n${pairs.join('\n')}\n`);
  });
});

describe('a mistake on the command line', () => {
  it.each([
    ['key destroy my.key', '--after, --cancel'],
    ['key destroy my.key --cancel --due', '--after, --cancel'],
    ['key destroy --cancel', 'key file'],
    ['key destroy my.key --after 30', '30d'],
    ['key new my.key --period 2026-01-01', '2026-01-01..'],
    ['key new my.key --period 2026-02-30..2027-01-01', '2026-01-01..'],
    ['key new my.key --period 2027-01-01..2026-01-01', '2026-01-01..'],
    ['key new my.key --sealed --passphrase-fd 3 --passphrase-file p', 'exclude'],
    ['key split my.key --shares 3 --threshold 4 --out s', '--threshold'],
    ['key split my.key --shares 300 --threshold 4 --out s', '--threshold'],
    ['key rekey-map --new my.key --out m', '--domain'],
    ['key rekey-map --new k --old k --domain d --in i --column c --out m --bits 100', '--bits'],
    ['key rekey-map --new k --old k --domain d --in i --column c --out m --delimiter ab', '--delimiter'],
  ])('%s is refused with exit code 2', (line, word) => {
    const { status, stderr } = gamyeong(line.split(' '), { cwd: place.path });
    expect(stderr).toMatch(/^gamyeong: E_USAGE: [^\n]*\n$/);
    expect(stderr).toContain(word);
    expect(status).toBe(2);
    expect(place.filesBut()).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('the bytes of a key', () => {
  it.each(['plain', 'sealed', 'command'])('stand nowhere but in the key file: %s', async (form) => {
    done('new', 'my.key');
    const hex = place.read('my.key').toString().trim();
    const flags = form === 'sealed' ? ['--passphrase-file', passphraseFile(PASSPHRASE)] : [];
    if (form === 'sealed') done('seal', 'my.key', ...flags);
    if (form === 'command') {
      place.write('ref.yaml', { source: 'command', command: ['cat', place.file('my.key')] });
      spawnSync('chmod', ['600', place.file('ref.yaml')]);
    }
    place.write('rules.yaml', rulesFor(['id'], { id: 'keyed-hash' }));
    const files = ['--in', '-', '--out', 'out.csv', '--key', form === 'command' ? 'ref.yaml' : 'my.key'];
    const words = ['run', '--rules', 'rules.yaml', ...files, ...flags];
    const child = spawn(process.execPath, [COMMAND, ...words, '--chunk-size', '1K'], { cwd: place.path });
    const ended = ending(child);
    child.stdin.write(`id\n${'abc\n'.repeat(100_000)}`);
    await until(() => statSync(place.file('out.csv.partial/data'), { throwIfNoEntry: false })?.size);
    const seen = processFiles(child.pid!);
    const partial = scan(place, 'my.key', 'passphrases');
    child.stdin.end('abc\n');
    const { status, stdout, stderr } = await ended;
    expect(stderr.split('\n').filter((line) => line.startsWith('gamyeong:'))).toEqual([]);
    expect(status).toBe(0);
    const everything = [
      ...seen,
      ...partial,
      ...scan(place, 'my.key', 'passphrases'),
      stdout,
      Buffer.from(stderr),
    ];
    expect(everything.length).toBeGreaterThan(6);
    const bytes = Buffer.from(hex, 'hex');
    const secrets = [hex, hex.toUpperCase(), bytes, bytes.toString('base64').slice(0, 42), PASSPHRASE];
    for (const content of everything) {
      for (const secret of secrets) expect(content.includes(secret)).toBe(false);
    }
  });

  it('do not stand in what a failing command says', () => {
    done('new', 'my.key');
    const hex = place.read('my.key').toString().trim();
    const outputs = [
      key('new', 'my.key'),
      key('combine', 'my.key', '--out', 'x'),
      key('rekey-map', '--open', 'my.key', '--new', 'my.key', '--out', 'x'),
      key('show', 'my.key', '--passphrase-fd', '99', '--json'),
      pseudonymize('my.key', 'my.key', '--overwrite'),
      gamyeong(['check', '--rules', 'my.key'], { cwd: place.path }),
    ];
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(hex.slice(0, 12));
    expect(place.read('my.key').toString().trim()).toBe(hex);
  });
});

/** Command line and environment of a process and of its children. */
function processFiles(pid: number): Buffer[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === pid);
  return [String(pid), ...children].flatMap((one) =>
    ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${one}/${file}`)),
  );
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    return -1;
  }
}

function scan(workplace: Workplace, ...but: string[]): Buffer[] {
  return workplace.filesBut(...but).map((name) => workplace.read(name));
}

async function until(reached: () => unknown): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 10));
}
