import { chownSync, existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/keys/derive.ts';
import { findKey, openKeySource } from '../../src/keys/open.ts';
import { passphrases } from '../../src/keys/passphrase.ts';
import { seal } from '../../src/keys/sealed-file.ts';
import { sharesOf } from '../../src/keys/shares.ts';
import { answering, KEY, KEY_HEX, KeyPlace, never, PASSPHRASE } from './place.ts';

const CHEAP = { N: 1 << 14, r: 8, p: 1 };
const place = new KeyPlace();
const id = keyId(KEY);
const refused = (code: string) => expect.objectContaining({ code, exitCode: 5 });

async function load(path: string, ask = never) {
  return findKey(path, ask).load();
}

/** Node itself as the client of a vault. */
const printing = (text: string) => [process.execPath, '-e', `process.stdout.write(${JSON.stringify(text)})`];

function reference(data: object, mode?: number): string {
  return place.write('reference.yaml', JSON.stringify(data), mode);
}

async function shareFiles(key = KEY, passphrase = PASSPHRASE): Promise<string[]> {
  const contents = sharesOf(key, 2, 3);
  return Promise.all(
    contents.map(async (content, i) => place.write(`${i}.share`, await seal(content, passphrase, CHEAP))),
  );
}

describe('what a file holds decides how the key is kept', () => {
  it('64 hex digits', async () => {
    const path = place.write('plain.key', `${KEY_HEX}\n`);
    expect(findKey(path, never)).toMatchObject({ form: 'plain', statedId: id, files: [path] });
    expect(await load(path)).toEqual({ bytes: KEY, id });
  });

  it('a sealed key', async () => {
    const path = place.write('sealed.key', await seal({ keyId: id, secret: KEY }, PASSPHRASE, CHEAP));
    const ask = answering(PASSPHRASE);
    expect(findKey(path, ask)).toMatchObject({ form: 'sealed', statedId: id });
    expect(await load(path, ask)).toEqual({ bytes: KEY, id });
    expect(ask.asked).toEqual([{ purpose: 'open', file: path }]);
  });

  it('a command, in YAML', async () => {
    const [program, ...args] = printing(`${KEY_HEX}\n`);
    const list = [program, ...args].map((word) => `  - ${JSON.stringify(word)}\n`).join('');
    const path = place.write(
      'command.yaml',
      `# our vault\nsource: command\ncommand:\n${list}key-id: ${id}\n`,
    );
    expect(findKey(path, never).form).toBe('command');
    expect(await load(path)).toEqual({ bytes: KEY, id });
  });

  it('shares, named relative to the reference, of which only as many need to be there', async () => {
    await shareFiles();
    const path = reference({
      source: 'shares',
      threshold: 2,
      shares: ['0.share', 'safe/1.share', '2.share'],
    });
    const ask = answering(PASSPHRASE);
    expect(await load(path, ask)).toEqual({ bytes: KEY, id });
    expect(ask.asked.map(({ file }) => file)).toEqual([place.file('0.share'), place.file('2.share')]);
    expect(findKey(path, ask).files).toEqual([
      path,
      ...['0', 'safe/1', '2'].map((n) => place.file(`${n}.share`)),
    ]);
  });
});

describe('every kind of key file', () => {
  const contents = async () => ({
    plain: `${KEY_HEX}\n`,
    sealed: await seal({ keyId: id, secret: KEY }, PASSPHRASE, CHEAP),
    reference: JSON.stringify({ source: 'command', command: printing(KEY_HEX) }),
  });

  it.each(['plain', 'sealed', 'reference'] as const)(
    'is refused when others can read it: %s',
    async (kind) => {
      for (const mode of [0o640, 0o604, 0o620, 0o602]) {
        const path = place.write('open.key', (await contents())[kind], mode);
        expect(() => openKeySource(path)).toThrow(refused('E_KEY_READABLE'));
      }
    },
  );

  it.each(['', 'hello', `${KEY_HEX}0\n`, '{"a":1}', '[1]', 'a: [', '\0'])('refuses %j', (text) => {
    const path = place.write('other.key', text);
    expect(() => openKeySource(path)).toThrow(refused('E_KEY_FORMAT'));
  });

  it('refuses a share in the place of a key', async () => {
    const [share] = await shareFiles();
    expect(() => openKeySource(share!)).toThrow(refused('E_KEY_IS_SHARE'));
  });

  it('names a missing file and a directory', () => {
    expect(() => openKeySource(place.file('none'))).toThrow(
      expect.objectContaining({ code: 'E_FILE_MISSING' }),
    );
    expect(() => openKeySource(place.path)).toThrow(expect.objectContaining({ code: 'E_FILE_IS_DIRECTORY' }));
  });
});

describe('a reference', () => {
  it.each([
    ['an unknown source', { source: 'cloud' }, 'source'],
    ['no command', { source: 'command' }, 'command'],
    ['an empty command', { source: 'command', command: [] }, 'command'],
    ['a command for a shell', { source: 'command', command: 'vault get' }, 'command'],
    ['an endless timeout', { source: 'command', command: ['x'], timeout: 1e9 }, 'timeout'],
    ['an unknown member', { source: 'command', command: ['x'], shell: true }, 'shell'],
    ['a module without a path', { source: 'pkcs11', module: 'p11.so', token: 't', key: 'k' }, 'module'],
    ['a PIN in the file', { source: 'pkcs11', module: '/p.so', token: 't', key: 'k', pin: '1234' }, 'pin'],
    ['one share', { source: 'shares', threshold: 2, shares: ['a'] }, 'shares'],
    ['a threshold of one', { source: 'shares', threshold: 1, shares: ['a', 'b'] }, 'threshold'],
    ['an id that is none', { source: 'command', command: ['x'], 'key-id': 'x' }, 'key-id'],
  ])('with %s is refused, and the member named', (_, data, field) => {
    const path = reference(data);
    expect(() => findKey(path)).toThrow(
      expect.objectContaining({ code: 'E_KEY_REFERENCE', exitCode: 5, values: { field } }),
    );
  });

  it.runIf(process.getuid?.() === 0)('of another user is refused, for it names programs that are run', () => {
    const path = reference({ source: 'command', command: printing(KEY_HEX) });
    chownSync(path, 12345, 12345);
    const effective = process.geteuid!;
    expect(() => findKey(path)).toThrow(refused('E_KEY_OWNER'));
    process.geteuid = () => 12345;
    try {
      expect(findKey(path).form).toBe('command');
    } finally {
      process.geteuid = effective;
    }
  });

  it('that names another key than it leads to is refused', async () => {
    const path = reference({ source: 'command', command: printing(KEY_HEX), 'key-id': '0123456789abcdef' });
    await expect(load(path)).rejects.toMatchObject({
      code: 'E_KEY_OTHER',
      values: { expected: '0123456789abcdef', found: id },
    });
  });
});

describe('a command', () => {
  const failing = async (command: string[], timeout = 30) => {
    const error = await load(reference({ source: 'command', command, timeout })).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'E_KEY_COMMAND', exitCode: 5 });
    expect(error.stack + error.line()).not.toContain(KEY_HEX.slice(0, 8));
    return error.values.reason;
  };

  it('that fails is refused, with what it printed kept back', async () => {
    const script = `console.log('${KEY_HEX}'); console.error('${KEY_HEX}'); process.exit(3)`;
    expect(await failing([process.execPath, '-e', script])).toBe('exit 3');
  });

  it('that does not exist is refused', async () => {
    expect(await failing(['/nonexistent/client'])).toBe('ENOENT');
  });

  it.each(['', KEY_HEX.slice(1), `${KEY_HEX}${KEY_HEX}`, `key: ${KEY_HEX}`, `\n${KEY_HEX}`])(
    'that prints something else is refused: %j',
    async (text) => {
      expect(await failing(printing(text))).toBe('64 hex digits');
    },
  );

  it('that prints without end is stopped', async () => {
    expect(await failing([process.execPath, '-e', "for (;;) process.stdout.write('00000000')"])).toBe(
      'SIGKILL',
    );
  });

  it('that takes too long is stopped, and whatever it started does not keep us', async () => {
    const script = `require('child_process').spawn('sleep', ['20'], { stdio: 'inherit' })`;
    expect(await failing([process.execPath, '-e', script], 0.5)).toBe('SIGKILL');
  });

  it('is given its arguments as they are: no shell stands between', async () => {
    const witness = place.file('witness');
    expect(await failing([process.execPath, '-e', '', `; touch ${witness}`, `$(touch ${witness})`])).toBe(
      '64 hex digits',
    );
    expect(existsSync(witness)).toBe(false);
  });
});

describe('shares', () => {
  const combined = async (names: string[], threshold = 2) =>
    load(reference({ source: 'shares', threshold, shares: names }), answering(PASSPHRASE));

  it('below the threshold are refused before a passphrase is asked for', async () => {
    await shareFiles();
    const path = reference({ source: 'shares', threshold: 2, shares: ['0.share', 'safe/1.share'] });
    await expect(load(path)).rejects.toMatchObject({ code: 'E_SHARES_FEW', values: { needed: 2, given: 1 } });
  });

  it('of two sets, or one twice, are refused', async () => {
    await shareFiles();
    const [other] = sharesOf(KEY, 2, 3);
    place.write('other.share', await seal(other!, PASSPHRASE, CHEAP));
    await expect(combined(['0.share', 'other.share'])).rejects.toEqual(refused('E_SHARES_MIXED'));
    await expect(combined(['0.share', '0.share'])).rejects.toEqual(refused('E_SHARE_TWICE'));
    place.write('no.share', `${KEY_HEX}\n`);
    await expect(combined(['0.share', 'no.share'])).rejects.toEqual(refused('E_SHARE_FORMAT'));
  });

  it('that do not give the key they say they are of are refused', async () => {
    const [one, two] = sharesOf(KEY, 2, 3);
    const wrong = { ...two!, secret: two!.secret.map((byte) => byte ^ 1) };
    place.write('a.share', await seal(one!, PASSPHRASE, CHEAP));
    place.write('b.share', await seal(wrong, PASSPHRASE, CHEAP));
    await expect(combined(['a.share', 'b.share'])).rejects.toEqual(refused('E_KEY_OTHER'));
  });
});

describe('passphrases', () => {
  const request = { purpose: 'open', file: 'k' } as const;

  it('are the lines of a file in order, and a single line serves all', async () => {
    const many = passphrases({ passphraseFile: place.write('many', '첫 번째\r\nsecond one\n') });
    expect([await many(request), await many(request)]).toEqual(['첫 번째', 'second one']);
    await expect(many(request)).rejects.toEqual(refused('E_PASSPHRASE_LINE'));
    const one = passphrases({ passphraseFile: place.write('one', ' with spaces \n') });
    expect([await one(request), await one(request)]).toEqual([' with spaces ', ' with spaces ']);
  });

  it('are refused where others can read them, or there are none', async () => {
    const readable = passphrases({ passphraseFile: place.write('readable', 'secret words\n', 0o644) });
    await expect(readable(request)).rejects.toEqual(refused('E_KEY_READABLE'));
    const empty = passphrases({ passphraseFile: place.write('empty', '\n') });
    await expect(empty(request)).rejects.toEqual(refused('E_PASSPHRASE_LINE'));
    await expect(passphrases({ passphraseFd: 987 })(request)).rejects.toMatchObject({
      code: 'E_FILE_MISSING',
    });
  });
});
