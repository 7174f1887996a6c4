import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { run } from '../../src/engine/run.ts';
import { JobFiles, people, RULES } from './job-files.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const engines = ['reference', 'fast'] as const;

let files: JobFiles;
beforeEach(() => {
  files = new JobFiles();
});
afterEach(() => files.remove());

const read = (name: string) => readFileSync(files.path(name), 'utf8');
const names = () => readdirSync(files.directory).sort();

describe.each(engines)('run, %s engine', (engine) => {
  it('writes the output and its record, private, and nothing else', async () => {
    const record = await run(files.options({ engine }));
    expect(names()).toEqual(['in.csv', 'my.key', 'out.csv', 'out.csv.run.json', 'rules.yaml']);
    for (const name of ['out.csv', 'out.csv.run.json']) {
      expect(statSync(files.path(name)).mode & 0o777).toBe(0o600);
      expect(statSync(files.path(name)).nlink).toBe(1);
    }
    expect(JSON.parse(read('out.csv.run.json'))).toEqual(record);
    const lines = read('out.csv').split('\n');
    expect(lines).toHaveLength(1 + 86 + 1);
    expect(lines[0]).toBe('id,name,amount,note');
    expect(lines[1]).toMatch(/^[0-9a-f]{64},홍\*+,0,"note, 0"$/);
  });

  it('records what it did, without values, keys or paths', async () => {
    const record = await run(files.options({ engine, threads: 1, chunkBytes: 1 << 16 }));
    const [input, output] = [readFileSync(files.path('in.csv')), readFileSync(files.path('out.csv'))];
    expect(record).toMatchObject({
      version: 1,
      rules: { name: 'people', sha256: sha256(Buffer.from(RULES)) },
      input: { name: 'in.csv', bytes: input.length, sha256: sha256(input) },
      output: { name: 'out.csv', bytes: output.length, sha256: sha256(output) },
      rows: { in: 100, out: 86, suppressed: 0, rejected: 14 },
      domain: 'test',
      engine,
      threads: 1,
      chunkBytes: 1 << 16,
      resumedAt: 0,
    });
    expect(record.columns.map(({ name, action }) => [name, action])).toEqual([
      ['id', 'change'],
      ['name', 'change'],
      ['amount', 'change'],
      ['note', 'keep'],
    ]);
    const text = read('out.csv.run.json');
    for (const secret of [files.directory, '42'.repeat(32), '홍길동', 'n/a', 'note, 1']) {
      expect(text).not.toContain(secret);
    }
  });

  it('writes rejected rows only when asked, below the header of the input', async () => {
    await run(files.options({ engine, rejects: files.path('bad.csv') }));
    const rejected = read('bad.csv').split('\n');
    expect(rejected[0]).toBe('id,name,amount,note');
    expect(rejected[1]).toBe('p3,홍길동3,n/a,"note, 3"');
    expect(rejected).toHaveLength(1 + 14 + 1);
    expect(statSync(files.path('bad.csv')).mode & 0o777).toBe(0o600);
  });

  it('treats a file with nothing but a header', async () => {
    files.write('in.csv', 'id,name,amount,note\r\n');
    const record = await run(files.options({ engine }));
    expect(record.rows).toEqual({ in: 0, out: 0, suppressed: 0, rejected: 0 });
    expect(read('out.csv')).toBe('id,name,amount,note\r\n');
  });

  it('keeps the quoting of the header and takes the line end from it', async () => {
    files.write('in.csv', '\ufeff"id",name,"amount",note\r\n1,가나,5,x\n');
    await run(files.options({ engine }));
    expect(read('out.csv')).toMatch(/^"id",name,"amount",note\r\n[0-9a-f]{64},가\*,10,x\r\n$/);
  });

  it('leaves nothing behind after an error in the data', async () => {
    files.write('in.csv', `${people(50)}a,b\n`);
    const failing = run(files.options({ engine, rejects: files.path('bad.csv') }));
    await expect(failing).rejects.toMatchObject({ code: 'E_ROW_SHORT', place: { row: 52 } });
    expect(names()).toEqual(['in.csv', 'my.key', 'rules.yaml']);
  });
});

describe('run refuses', () => {
  const untouched = async (running: Promise<unknown>, code: string, exitCode: number) => {
    const before = names();
    await expect(running).rejects.toMatchObject({ code, exitCode });
    expect(names()).toEqual(before);
  };

  it('an existing output, until told to replace it', async () => {
    files.write('out.csv', 'mine');
    await untouched(run(files.options()), 'E_OUTPUT_EXISTS', 2);
    expect(read('out.csv')).toBe('mine');
    await run(files.options({ overwrite: true }));
    expect(read('out.csv')).toContain('id,name');
    expect(names()).toEqual(['in.csv', 'my.key', 'out.csv', 'out.csv.run.json', 'rules.yaml']);
  });

  it('an existing file of rejected rows', async () => {
    files.write('bad.csv', 'mine');
    await untouched(run(files.options({ rejects: files.path('bad.csv') })), 'E_OUTPUT_EXISTS', 2);
  });

  it('to replace what it reads, by whatever name', async () => {
    linkSync(files.path('in.csv'), files.path('same.csv'));
    symlinkSync(files.path('in.csv'), files.path('link.csv'));
    for (const name of ['in.csv', 'same.csv', 'link.csv', 'rules.yaml', 'my.key']) {
      const before = read(name);
      await untouched(
        run(files.options({ output: files.path(name), overwrite: true })),
        'E_OUTPUT_IS_INPUT',
        2,
      );
      const rejects = run(files.options({ rejects: files.path(name), overwrite: true }));
      await untouched(rejects, 'E_OUTPUT_IS_INPUT', 2);
      expect(read(name)).toBe(before);
    }
  });

  it('a directory as output', async () => {
    mkdirSync(files.path('folder'));
    const options = files.options({ output: files.path('folder'), overwrite: true });
    await untouched(run(options), 'E_FILE_IS_DIRECTORY', 6);
  });

  it('an output in a directory that is not there', async () => {
    await untouched(run(files.options({ output: files.path('none/out.csv') })), 'E_DIRECTORY_MISSING', 6);
  });

  it('an output below what is a file', async () => {
    const { input } = files.options();
    await untouched(run(files.options({ output: `${input}/out.csv` })), 'E_NOT_A_DIRECTORY', 6);
  });

  it('to run without the key that the rules need', async () => {
    await untouched(run(files.options({ key: undefined })), 'E_KEY_NEEDED', 5);
  });

  it('the fast engine where it does not read the dialect', async () => {
    files.write('rules.yaml', `${RULES}input: { comment: "#" }\n`);
    await untouched(run(files.options({ engine: 'fast' })), 'E_USAGE', 2);
    expect((await run(files.options())).engine).toBe('reference');
  });
});

it('needs no key when the rules need none', async () => {
  files.write('rules.yaml', RULES.replace('apply: keyed-hash', 'apply: drop'));
  expect((await run(files.options({ key: undefined }))).keyId).toBeNull();
});

it('puts a byte order mark where asked', async () => {
  files.write('rules.yaml', `${RULES}output: { encoding: utf-8-bom, newline: crlf }\n`);
  await run(files.options());
  expect(read('out.csv').startsWith('\ufeffid,name,amount,note\r\n')).toBe(true);
});

it('tells its progress', async () => {
  const seen: number[] = [];
  const size = statSync(files.path('in.csv')).size;
  await run(
    files.options({
      engine: 'reference',
      chunkBytes: 500,
      onProgress: ({ bytes, total }) => {
        expect(total).toBe(size);
        seen.push(bytes);
      },
    }),
  );
  expect(seen.at(-1)).toBe(size);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
});
