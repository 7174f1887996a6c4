import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sampleCommand } from '../../src/cli/sample.ts';
import { writeNewFile } from '../../src/samples/write.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-sample-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const at = (name: string) => join(directory, name);
const sample = (...words: string[]) =>
  sampleCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .parseAsync(words, { from: 'user' });

describe('writeNewFile', () => {
  it('writes a file that only its owner can read, and leaves nothing else', async () => {
    await writeNewFile(at('a.csv'), ['가', '나'], false);
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('가나');
    expect(statSync(at('a.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['a.csv']);
  });

  it('gives way to a file unless told to replace it', async () => {
    writeFileSync(at('a.csv'), 'old');
    await expect(writeNewFile(at('a.csv'), ['new'], false)).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
    });
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('old');
    await writeNewFile(at('a.csv'), ['new'], true);
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('new');
    expect(readdirSync(directory)).toEqual(['a.csv']);
  });

  it('gives way to a file that appears while it writes', async () => {
    const pieces = function* () {
      yield 'new';
      writeFileSync(at('a.csv'), 'old');
    };
    await expect(writeNewFile(at('a.csv'), pieces(), false)).rejects.toMatchObject({
      code: 'E_OUTPUT_EXISTS',
    });
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('old');
    expect(readdirSync(directory)).toEqual(['a.csv']);
  });

  it('leaves nothing when the data ends in an error', async () => {
    const pieces = function* () {
      yield 'some';
      throw new Error('broken');
    };
    await expect(writeNewFile(at('a.csv'), pieces(), true)).rejects.toThrow('broken');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says when the directory does not exist', async () => {
    await expect(writeNewFile(at('no/a.csv'), ['x'], false)).rejects.toMatchObject({
      code: 'E_DIRECTORY_MISSING',
    });
  });
});

describe('gamyeong sample', () => {
  it('writes the rows asked for', async () => {
    await sample('local-tax', '--rows', '12', '--seed', '9', '--out', at('tax.csv'));
    expect(readFileSync(at('tax.csv'), 'utf8').trimEnd().split('\n')).toHaveLength(13);
  });

  it('writes a header alone for no rows', async () => {
    await sample('local-tax', '--rows', '0', '--out', at('tax.csv'));
    expect(readFileSync(at('tax.csv'), 'utf8')).toMatch(/^bill_no,[a-z_,]+\n$/);
  });

  it.each([
    ['an unknown shape', ['residents', '--out', 'F']],
    ['no shape', ['--out', 'F']],
    ['no output', ['local-tax']],
    ['a fraction of a row', ['local-tax', '--rows', '1.5', '--out', 'F']],
    ['a negative seed', ['local-tax', '--seed', '-1', '--out', 'F']],
    ['a number too large to be exact', ['local-tax', '--rows', '9007199254740993', '--out', 'F']],
    ['a summary mixed with data', ['local-tax', '--json', '--out', '-']],
  ])('refuses %s', async (_, words) => {
    await expect(sample(...words.map((word) => (word === 'F' ? at('f.csv') : word)))).rejects.toThrow();
    expect(existsSync(at('f.csv'))).toBe(false);
  });

  const program = fileURLToPath(new URL('../../bin/gamyeong', import.meta.url));
  const inProcess = (...words: string[]) => spawn(process.execPath, [program, 'sample', ...words]);

  it('leaves nothing when interrupted', async () => {
    const child = inProcess('local-tax', '--rows', '1000000000', '--out', at('tax.csv'));
    const ended = once(child, 'exit');
    while (readdirSync(directory).length === 0 && child.exitCode === null) await setTimeout(10);
    child.kill('SIGINT');
    const [code] = await ended;
    expect(code).toBe(130);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('ends quietly when its reader goes away', async () => {
    const child = inProcess('local-tax', '--rows', '1000000000', '--out', '-');
    const ended = once(child, 'exit');
    let complaints = '';
    child.stderr.on('data', (data) => {
      complaints += data;
    });
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await ended).toEqual([0, null]);
    expect(complaints).toBe('');
  });
});
