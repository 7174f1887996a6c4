import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAudit } from '../../src/audit/entries.ts';
import { readSigner } from '../../src/audit/signer.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { type JobResult, runJob } from '../../src/job/job.ts';
import type { StepName } from '../../src/job/result.ts';
import { createKeyFile } from '../../src/keys/key-file.ts';
import { makeDemoPki } from '../../src/release/demo-pki.ts';
import { openBundle } from '../../src/release/open.ts';
import { addReview } from '../../src/review/add.ts';

const RULES = (k: number) => `
version: 1
name: members
purpose: { kind: research, text: 성별과 등급의 관계 연구 }
domain: test
columns:
  id: { role: direct, apply: keyed-hash }
  sex: { role: quasi, apply: keep }
  grade: { role: sensitive, apply: { generalize: { table: { file: grades.csv, level: 1 } } } }
risk: { thresholds: { k: ${k} } }
release: { period: { from: 2026-01-01, to: 2099-12-31 }, tier: low }
`;
const ROWS = Array.from({ length: 40 }, (_, i) => `m${i},${i % 2 ? '남' : '여'},${'ABCD'[i % 4]}`);
const JOB = `
version: 1
name: test
audit: audit.log
key: keys/k
threads: 1
release: { to: pki/center-ec.pem, sign: pki/steward.pem, sign-key: pki/steward.key, trust: pki/ca.pem, out: bundles }
data-sets:
  - { name: members, input: members.csv, rules: rules.yaml, out: out }
`;

let base: string;
let directory: string;
const at = (name: string) => join(directory, name);
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'gamyeong-job-'));
  mkdirSync(join(base, 'template/keys'), { recursive: true });
  directory = join(base, 'template');
  await makeDemoPki(at('pki'), 30);
  await createKeyFile(at('keys/k'));
  writeFileSync(at('members.csv'), ['id,sex,grade', ...ROWS, ''].join('\n'));
  writeFileSync(at('grades.csv'), 'A,상\nB,상\nC,하\nD,하\n');
  writeFileSync(at('rules.yaml'), RULES(5));
  writeFileSync(at('job.yaml'), JOB);
  startFrom('template');
  await job();
  await review();
  await job();
  cpSync(directory, join(base, 'released'), { recursive: true });
});
beforeEach(() => startFrom('template'));
afterAll(() => rmSync(base, { recursive: true }));

function startFrom(state: 'template' | 'released'): void {
  directory = mkdtempSync(join(base, 'case-'));
  cpSync(join(base, state), directory, { recursive: true });
}

const job = (options: { dryRun?: boolean; signal?: AbortSignal } = {}) =>
  runJob({ job: at('job.yaml'), ...options });
const states = ({ tasks }: JobResult, index = 0) => {
  const { run, risk, release } = tasks[index]!.steps;
  return [run.state, risk.state, release.state];
};
const reason = ({ tasks }: JobResult, step: StepName) => tasks[0]!.steps[step].reason?.en;
const codes = ({ tasks }: JobResult, index = 0) => tasks[index]!.errors.map(({ code }) => code);
const review = async (verdict: 'adequate' | 'inadequate' = 'adequate') => {
  const signer = await readSigner({ certificate: at('pki/reviewer-1.pem'), key: at('pki/reviewer-1.key') });
  await addReview(
    at('out/members.csv.risk.json'),
    { verdict, checks: {}, conditions: [], opinion: '' },
    signer,
  );
};
const edit = (name: string, from: string | RegExp, to: string) =>
  writeFileSync(at(name), readFileSync(at(name), 'utf8').replace(from, to));

/** Every file below the directory with its digest, without locks. */
function snapshot(): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => !name.includes('.lock') && statSync(at(name)).isFile());
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(at(name)))
        .digest('hex'),
    ]),
  );
}

describe('from nothing to a bundle', () => {
  test('a release waits for its review; then it is made, and opens', async () => {
    const first = await job();
    expect(states(first)).toEqual(['done', 'done', 'refused']);
    expect(codes(first)).toEqual(['E_RELEASE_REVIEW']);
    expect(first).toMatchObject({ exit: 4, tasks: [{ rows: 40, k: 20 }] });
    expect(existsSync(at('bundles/members.bundle'))).toBe(false);
    await review();
    const second = await job();
    expect(states(second)).toEqual(['current', 'current', 'done']);
    expect(second).toMatchObject({ exit: 0, tasks: [{ errors: [] }] });
    await openBundle({
      bundle: at('bundles/members.bundle'),
      trust: at('pki/ca.pem'),
      recipient: { certificate: at('pki/center-ec.pem'), key: { key: at('pki/center-ec.key') } },
      out: at('opened'),
    });
    expect(readFileSync(at('opened/data/members.csv'))).toEqual(readFileSync(at('out/members.csv')));
  });

  test('every step is in the log, without paths and cells', async () => {
    await job();
    await review();
    await job();
    expect((await verifyAudit(at('audit.log'))).faults).toEqual([]);
    const entries = await readAudit(at('audit.log'));
    const ended = entries.filter(({ result }) => result.outcome !== 'started');
    expect(ended.map(({ command, result }) => [command, result.outcome])).toEqual([
      ['run', 'done'],
      ['risk', 'done'],
      ['release', 'refused'],
      ['release', 'done'],
    ]);
    expect(ended[0]!.digests.output).toBe(ended[3]!.digests.output);
    const text = readFileSync(at('audit.log'), 'utf8');
    expect(text).not.toContain(directory);
    expect(text).not.toMatch(/\bm1\d\b/);
  });
});

describe('a second job', () => {
  beforeEach(() => startFrom('released'));

  test('does nothing when nothing has changed', async () => {
    const before = snapshot();
    const again = await job();
    expect(states(again)).toEqual(['current', 'current', 'current']);
    expect(again.tasks[0]).toMatchObject({ rows: 40, k: 20, exit: 0 });
    expect(snapshot()).toEqual(before);
  });

  test.each<[string, () => void | Promise<void>, StepName, string, string[]]>([
    [
      'input',
      () => appendFileSync(at('members.csv'), 'm99,남,A\n'),
      'run',
      'the input has changed',
      ['done', 'done', 'refused'],
    ],
    [
      'rules',
      () => edit('rules.yaml', 'k: 5', 'k: 6'),
      'run',
      'the rules have changed',
      ['done', 'done', 'refused'],
    ],
    [
      'a table of the rules',
      () => edit('grades.csv', 'D,하', 'D,중'),
      'run',
      'a table of the rules or the header has changed',
      ['done', 'done', 'refused'],
    ],
    [
      'the key',
      async () => {
        await createKeyFile(at('keys/k2'));
        edit('job.yaml', 'keys/k', 'keys/k2');
      },
      'run',
      'the key is another one',
      ['done', 'done', 'refused'],
    ],
    [
      'the output itself',
      () => appendFileSync(at('out/members.csv'), 'x,남,상\n'),
      'run',
      'the output is not the one recorded',
      ['done', 'current', 'done'],
    ],
    [
      'the output, removed',
      () => rmSync(at('out/members.csv')),
      'run',
      'there is no output yet',
      ['done', 'current', 'done'],
    ],
    [
      'the way it is measured',
      () => edit('job.yaml', 'out: out', 'out: out, risk: { population-fraction: 0.1 }'),
      'risk',
      'it was measured in another way',
      ['current', 'done', 'refused'],
    ],
    [
      'the risk record',
      () => edit('out/members.csv.risk.json', '"k": 20', '"k": 21'),
      'risk',
      'the output is not the one recorded',
      ['current', 'done', 'current'],
    ],
    [
      'the recipient',
      () => edit('job.yaml', 'center-ec.pem', 'center.pem'),
      'release',
      'signer or recipients have changed',
      ['current', 'current', 'done'],
    ],
    [
      'a review',
      () => review('inadequate'),
      'release',
      'the bundle holds other records',
      ['current', 'current', 'refused'],
    ],
    [
      'the bundle, removed',
      () => rmSync(at('bundles/members.bundle')),
      'release',
      'there is no bundle yet',
      ['current', 'current', 'done'],
    ],
  ])('does again what follows from a change of %s', async (_, change, step, why, expected) => {
    await change();
    const before = snapshot();
    const dry = await job({ dryRun: true });
    expect(snapshot()).toEqual(before);
    expect(reason(dry, step)).toBe(why);
    expect(dry.tasks[0]!.steps[step].state).toBe('due');
    const done = await job();
    expect(reason(done, step)).toBe(step === 'release' && expected[2] === 'refused' ? undefined : why);
    expect(states(done)).toEqual(expected);
  });
});

describe('a dry run', () => {
  test('says what would be done and writes nothing', async () => {
    const before = snapshot();
    const result = await job({ dryRun: true });
    expect(states(result)).toEqual(['due', 'due', 'due']);
    expect(result.exit).toBe(0);
    expect(snapshot()).toEqual(before);
  });

  test('finds what would fail at once', async () => {
    edit('rules.yaml', 'apply: keep }', 'apply: kep }');
    expect(await job({ dryRun: true })).toMatchObject({
      exit: 2,
      tasks: [{ steps: { run: { state: 'failed' } } }],
    });
  });
});

describe('several data sets', () => {
  const also = (line: string) => appendFileSync(at('job.yaml'), `  - ${line}\n`);

  test('one that is refused or fails does not keep the others', async () => {
    writeFileSync(at('strict.yaml'), RULES(30));
    writeFileSync(at('ragged.csv'), 'id,sex,grade\nm1,남\n');
    also('{ name: strict, input: members.csv, rules: strict.yaml, out: strict, release: false }');
    also('{ name: ragged, input: ragged.csv, rules: rules.yaml, out: out, release: false }');
    also('{ name: fine, input: members.csv, rules: rules.yaml, out: fine, release: false }');
    const result = await job();
    expect(result.tasks.map(({ exit }) => exit)).toEqual([4, 4, 3, 0]);
    expect(result.exit).toBe(3);
    expect(codes(result, 1)).toEqual(['E_JOB_GATE']);
    expect(states(result, 1)).toEqual(['done', 'refused', 'none']);
    expect(codes(result, 2)).toEqual(['E_ROW_SHORT']);
    expect(states(result, 2)).toEqual(['failed', 'skipped', 'none']);
    expect(states(result, 3)).toEqual(['done', 'done', 'none']);
  });

  test('an interruption ends the job', async () => {
    also('{ name: next, input: members.csv, rules: rules.yaml, out: next, release: false }');
    const result = await job({ signal: AbortSignal.abort() });
    expect(result.exit).toBe(130);
    expect(result.tasks).toHaveLength(1);
    expect(existsSync(at('out/members.csv'))).toBe(false);
  });
});

test('a file that is not ours is never replaced', async () => {
  mkdirSync(at('out'));
  writeFileSync(at('out/members.csv'), 'mine');
  const result = await job();
  expect(codes(result)).toEqual(['E_JOB_OUTPUT_EXISTS']);
  expect(result.tasks[0]!.errors[0]!.line()).not.toContain('--overwrite');
  expect(readFileSync(at('out/members.csv'), 'utf8')).toBe('mine');
  rmSync(at('out'), { recursive: true });
  await job();
  await review();
  mkdirSync(at('bundles'), { recursive: true });
  writeFileSync(at('bundles/members.bundle'), 'mine');
  expect(codes(await job())).toEqual(['E_JOB_OUTPUT_EXISTS']);
  expect(readFileSync(at('bundles/members.bundle'), 'utf8')).toBe('mine');
});

test('work whose start cannot be logged is not started', async () => {
  writeFileSync(at('audit.log'), 'torn');
  expect(codes(await job())).toEqual(['E_AUDIT_TORN']);
  expect(existsSync(at('out/members.csv'))).toBe(false);
});
