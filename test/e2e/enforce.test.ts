import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, Workplace } from './process.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

describe('a register of 20,000 people', () => {
  const enforce = (limit: number) => `
  enforce:
    recode:
      - { column: address, apply: { generalize: { address: sido } } }
      - { column: education, apply: redact }
    suppress: cells
    suppression-limit: ${limit}
`;

  async function pseudonymize(limit: number) {
    cpSync(join(ROOT, 'rules'), place.file('rules'), { recursive: true });
    const rules = readFileSync(place.file('rules/resident-register.yaml'), 'utf8');
    const policy = rules.slice(0, rules.indexOf('\nrisk:'));
    place.write(
      'rules/resident-register.yaml',
      `${policy}
risk:
  quasi-identifiers: [birth, sex, address, education]
  sensitive: [disease]
  thresholds: { k: 5, l: 2, prosecutor-max: 0.2, records-at-risk: 0 }${enforce(limit)}`,
    );
    await place.run(['sample', 'resident-register', '--rows', '20000', '--seed', '7', '--out', 'in.csv']);
    const files = ['--rules', 'rules/resident-register.yaml', '--in', 'in.csv', '--out', 'out.csv'];
    return place.run(['run', ...files, '--key', 'key']);
  }

  it('is recoded and suppressed in one run, and the risk gate lets it pass', async () => {
    const ran = await pseudonymize(0.05);
    expect(ran.status).toBe(0);
    expect(ran.stderr).toMatch(
      /to hold the risk policy: 1 recodings, [1-9]\d* cells emptied in [1-9]\d* rows/,
    );
    const { rows, enforcement } = JSON.parse(place.read('out.csv.run.json').toString());
    expect(enforcement).toMatchObject({ classSize: 5, distinctValues: 2, recoded: [{ column: 'address' }] });
    expect(rows.in - rows.out).toBe(enforcement.suppressedRecords);
    expect(enforcement.recordsWithSuppressedCells + enforcement.suppressedRecords).toBeLessThanOrEqual(1000);
    const risk = ['risk', '--in', 'out.csv', '--rules', 'rules/resident-register.yaml', '--no-report'];
    expect(await place.run(risk)).toMatchObject({ status: 0, stderr: '' });
    expect(place.filesBut().filter((name) => /partial|risk-/.test(name))).toEqual([]);
  });

  it('is refused where suppression would touch more than it may', async () => {
    const { status, stderr } = await pseudonymize(0);
    expect(status).toBe(4);
    expect(stderr).toMatch(/^gamyeong: E_RISK_ENFORCE_LIMIT: after 2 recoding[^\n]+\n$/);
    expect(place.filesBut().filter((name) => name.startsWith('out.csv') || name.startsWith('tmp/'))).toEqual(
      [],
    );
  });
});

describe('killed at any moment, a job that enforces its policy', () => {
  const RULES = {
    version: 1,
    name: 'e2e',
    domain: 'e2e',
    columns: {
      secret: { role: 'direct', apply: 'drop' },
      city: { role: 'quasi', apply: 'keep' },
      age: { role: 'quasi', apply: 'keep' },
    },
    risk: {
      thresholds: { k: 5 },
      enforce: {
        recode: [{ column: 'age', apply: { round: { 'multiple-of': 50 } } }],
        suppress: 'cells',
        'suppression-limit': 0.1,
      },
    },
  };
  const CANARY = 'CANARY-881207';
  const run = (more: readonly string[], env?: Record<string, string>) =>
    place.run(
      [
        'run',
        '--rules',
        'rules',
        '--in',
        'in.csv',
        '--out',
        'out.csv',
        '--quiet',
        '--engine',
        'reference',
        ...more,
      ],
      env && { env, preload: 'end-at-call.mjs' },
    );
  const clean = () => place.delete('out.csv', 'out.csv.run.json', 'out.csv.partial', 'tmp/calls');

  it('leaves nothing or all, and ends in the same bytes when it is resumed', async () => {
    place.write('rules', RULES);
    const rows = Array.from(
      { length: 300 },
      (_, i) => `${CANARY},${'가나다라'[i % 4]}${i % 50 === 0},${i % 150}\n`,
    );
    place.write('in.csv', `secret,city,age\n${rows.join('')}`);
    expect(await run([], { COUNT_TO: 'tmp/calls' })).toMatchObject({ status: 0, stderr: '' });
    const calls = Number(place.read('tmp/calls'));
    const digest = place.sha256('out.csv');
    const { enforcement } = JSON.parse(place.read('out.csv.run.json').toString());
    expect(enforcement.recoded).toHaveLength(1);
    expect(enforcement.recordsWithSuppressedCells).toBeGreaterThan(0);
    let reworked = 0;
    for (let at = 16; at <= calls; at += 7) {
      clean();
      expect(await run([], { END_AT: String(at) })).toMatchObject({ signal: 'SIGKILL' });
      if (place.has('out.csv')) expect(place.sha256('out.csv')).toBe(digest);
      if (place.has('out.csv.partial/reworked')) reworked++;
      for (const name of place.filesBut('in.csv')) expect(place.read(name).includes(CANARY)).toBe(false);
      if (place.has('out.csv.partial')) {
        const finished = place.has('out.csv') && !place.has('out.csv.partial/reworked');
        const { status, stderr } = await run(['--resume']);
        expect({ at, status, stderr }).toMatchObject({ status: finished ? 2 : 0 });
      }
      expect(place.sha256('out.csv')).toBe(digest);
      expect(place.has('out.csv.partial')).toBe(false);
    }
    expect(reworked).toBeGreaterThan(0);
  });
});
