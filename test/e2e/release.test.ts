import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { surveyFile } from '../../src/release/file-survey.ts';
import { RFC_4180 } from '../../src/risk/options.ts';
import { ROOT, Workplace } from './process.ts';

/** Stands in a column that is kept, in every record: it may be in the data and nowhere in the clear. */
const CANARY = 'CANARY-881207';
const RULES = `version: 1
name: complaints
domain: complaints-2026
purpose: { kind: statistics, text: 민원 유형별 처리 기간 통계 작성 }
columns:
  phone: { type: phone, role: direct, apply: keyed-hash }
  district: { role: quasi, apply: keep }
  kind: { role: sensitive, apply: keep }
  note: { role: other, apply: keep }
risk: { thresholds: { k: 5, l: 2 } }
release:
  period: { from: 2026-01-01, to: 2099-12-31 }
  tier: low
`;

function csv(note = CANARY): string {
  const records = Array.from({ length: 40 }, (_, row) => {
    const district = ['종로구', '중구'][row % 2];
    const kind = ['도로', '세금', '복지'][row % 3];
    return `010-0505-${1000 + row},${district},${kind},${note}\n`;
  });
  return `phone,district,kind,note\n${records.join('')}`;
}

const RELEASE = [
  ...['release', '--in', 'out.csv', '--rules', 'rules', '--to', 'pki/center-ec.pem', '--trust', 'pki/ca.pem'],
  ...['--sign', 'pki/steward.pem', '--sign-key', 'pki/steward.key', '--out', 'a.bundle'],
];
const RECEIVER = ['--key', 'pki/center-ec.key', '--cert', 'pki/center-ec.pem', '--trust', 'pki/ca.pem'];
const OPEN = ['open', 'a.bundle', ...RECEIVER];

let place: Workplace;
beforeAll(async () => {
  place = new Workplace();
  place.write('rules', RULES);
  place.write('in.csv', csv());
  const run = ['run', '--rules', 'rules', '--in', 'in.csv', '--out', 'out.csv', '--key', 'key', '--quiet'];
  const steps = [
    ['pki', 'demo', 'pki'],
    run,
    ['risk', '--in', 'out.csv', '--rules', 'rules', '--quiet'],
    [
      ...['review', 'add', '--risk', 'out.csv.risk.json', '--verdict', 'adequate'],
      ...['--cert', 'pki/reviewer-1.pem', '--key', 'pki/reviewer-1.key'],
    ],
  ];
  for (const step of steps) {
    const { status, stderr } = await place.run(step);
    expect({ step, status, stderr }).toMatchObject({ status: 0 });
  }
});
afterAll(() => place.remove());

describe('from the input to the center', () => {
  test('a file is released, checked on the way, and opened', async () => {
    const released = await place.run([...RELEASE, '--json', '--audit', 'log']);
    expect(released).toMatchObject({ status: 0, stderr: '' });
    const { manifest } = JSON.parse(released.stdout.toString());
    expect(manifest).toMatchObject({ tier: 'low', rows: { in: 40, out: 40 }, keyId: expect.any(String) });

    const checked = await place.run(['open', 'a.bundle', '--trust', 'pki/ca.pem', '--check']);
    expect(checked).toMatchObject({ status: 0, stderr: '' });
    expect(checked.stdout.toString()).toContain('Demo Steward');

    const opened = await place.run([
      ...OPEN,
      '--out',
      'received',
      '--from',
      'pki/steward.pem',
      '--audit',
      'log',
      '--json',
    ]);
    expect(opened).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(opened.stdout.toString())).toMatchObject({ verified: true, decrypted: true, manifest });
    expect(place.read('received/data/out.csv')).toEqual(place.read('out.csv'));
    expect(place.read('received/records/risk.json')).toEqual(place.read('out.csv.risk.json'));
  });

  test('the log says so, and nothing else gives the data or a key away', async () => {
    const lines = place
      .read('log')
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ command, result }) => `${command} ${result.outcome}`)).toEqual([
      ...['release started', 'release done', 'open started', 'open done'],
    ]);
    expect(lines[1]).toMatchObject({
      who: { certificate: expect.stringContaining('Demo Steward') },
      digests: { output: place.sha256('out.csv') },
      details: { columns: ['phone', 'district', 'kind', 'note'], rows: 40, to: '2099-12-31' },
    });
    const holders = ['in.csv', 'out.csv', 'received/data/out.csv'];
    const keys = ['steward', 'center-ec', 'reviewer-1'].map((name) => `pki/${name}.key`);
    const secrets = keys.map((name) => place.read(name).toString().split('\n')[2]!).filter(Boolean);
    expect(secrets.length).toBe(3);
    for (const name of place.filesBut(...holders, ...keys)) {
      const bytes = place.read(name);
      expect(bytes.includes(CANARY), name).toBe(false);
      for (const secret of secrets) expect(bytes.includes(secret), name).toBe(false);
    }
    expect((await place.run(['audit', 'verify', 'log'])).status).toBe(0);
  });

  test('a refusal exits with 4 and has a line for every reason, also as JSON', async () => {
    const other = new Workplace();
    try {
      other.write('rules', RULES.replace('2099-12-31', '2026-01-02'));
      other.write('out.csv', csv('010-0505-7777'));
      mkdirSync(other.file('pki'));
      for (const name of ['ca.pem', 'center-ec.pem', 'steward.pem', 'steward.key']) {
        copyFileSync(place.file(`pki/${name}`), other.file(`pki/${name}`));
      }
      const { status, stdout, stderr } = await other.run([...RELEASE, '--json', '--quiet', '--audit', 'log']);
      expect(status).toBe(4);
      const codes = stderr
        .trim()
        .split('\n')
        .map((line) => line.split(': ')[1]);
      expect(codes).toEqual([
        'E_RELEASE_REFUSED',
        ...['E_RELEASE_RECORD', 'E_RELEASE_RECORD', 'E_RELEASE_IDENTIFIER', 'E_RELEASE_IDENTIFIER'],
        'E_RELEASE_PERIOD',
      ]);
      const { released, reasons } = JSON.parse(stdout.toString());
      expect(released).toBe(false);
      expect(reasons.map(({ code }: { code: string }) => code)).toEqual(codes.slice(1));
      expect(stdout.toString() + stderr).not.toContain('010-');
      expect(other.has('a.bundle')).toBe(false);
      expect(readFileSync(other.file('log'), 'utf8')).toContain('"outcome":"refused"');
    } finally {
      other.remove();
    }
  });

  test.each([
    [['open', 'a.bundle', '--trust', 'pki/ca.pem'], 'E_USAGE'],
    [['open', 'a.bundle', '--trust', 'pki/ca.pem', '--out', 'x'], 'E_USAGE'],
    [['open', 'a.bundle', '--trust', 'pki/ca.pem', '--check', '--key', 'pki/center.key'], 'E_USAGE'],
    [[...OPEN, '--out', 'x', '--check'], 'E_USAGE'],
    [['pki', 'demo', 'pki'], 'E_PKI_NOT_EMPTY'],
  ])('wrong use is told: %j', async (args, code) => {
    const { status, stderr } = await place.run(args);
    expect({ status, code: stderr.split(': ')[1] }).toEqual({ status: 2, code });
  });
});

describe.each([
  ['resident-register', ['email', 'passport', 'phone', 'rrn']],
  ['local-tax', ['passport', 'phone', 'rrn']],
  ['welfare-payments', ['account', 'passport', 'rrn']],
  ['civil-complaints', ['passport', 'phone']],
  ['security-events', []],
])('the shipped sample %s', (shape, identifiers) => {
  const finds = async (file: string) => {
    const survey = await surveyFile(file, RFC_4180, { partBytes: 1 << 28 });
    return [...new Set(survey.finds.map(({ identifier }) => identifier))].sort();
  };
  test('has identifiers before its rules are run, and none after', async () => {
    const [input, rules] = [`${ROOT}samples/${shape}.csv`, `${ROOT}rules/${shape}.yaml`];
    expect(await finds(input)).toEqual(identifiers);
    const run = ['run', '--rules', rules, '--in', input, '--out', `${shape}.csv`, '--key', 'key', '--quiet'];
    expect(await place.run(run)).toMatchObject({ status: 0 });
    expect(await finds(place.file(`${shape}.csv`))).toEqual([]);
  });
});

describe('kill -9 before a change of the file system', () => {
  const CRASH = 'end-at-call.mjs';
  /** All of them with CRASHES=all; spread evenly otherwise. */
  const MOST = process.env.CRASHES === 'all' ? Number.POSITIVE_INFINITY : 12;

  /** Runs a command once for each of some of its changes and kills it there. */
  async function crash(args: readonly string[], product: string, holds: () => Promise<void>) {
    place.delete(product);
    const whole = await place.run(args, { env: { COUNT_TO: 'tmp/calls' }, preload: CRASH });
    expect(whole).toMatchObject({ status: 0 });
    const calls = Number(place.read('tmp/calls'));
    expect(calls).toBeGreaterThan(10);
    await holds();
    const stride = Math.max(1, calls / MOST);
    const outcomes = new Set<boolean>();
    for (let at = 1; at <= calls; at += stride) {
      place.delete(product);
      const { signal } = await place.run(args, { env: { END_AT: String(Math.floor(at)) }, preload: CRASH });
      expect(signal).toBe('SIGKILL');
      outcomes.add(place.has(product));
      if (place.has(product)) await holds();
    }
    place.delete(product);
    expect(await place.run(args)).toMatchObject({ status: 0 });
    await holds();
    expect(place.has(`${product}.partial`)).toBe(false);
    return outcomes;
  }

  test('release leaves no half bundle, and the next one cleans up', async () => {
    const outcomes = await crash([...RELEASE, '--quiet'], 'a.bundle', async () => {
      expect(await place.run([...OPEN, '--check'])).toMatchObject({ status: 0 });
    });
    expect(outcomes.has(false)).toBe(true);
  });

  test('open leaves no half directory, and the next one cleans up', async () => {
    const outcomes = await crash([...OPEN, '--out', 'again', '--quiet'], 'again', async () => {
      expect(place.read('again/data/out.csv')).toEqual(place.read('out.csv'));
      for (const name of ['manifest.json', 'manifest.p7s', 'report.html', 'records/run.json']) {
        expect(place.has(`again/${name}`), name).toBe(true);
      }
    });
    expect(outcomes.has(false)).toBe(true);
  });
});
