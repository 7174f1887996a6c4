import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { audited } from '../../src/audit/audited.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { appendAudit, recoverAudit } from '../../src/audit/log.ts';
import { GamyeongError } from '../../src/errors.ts';
import { canonicalJson } from '../../src/rules/canonical.ts';

let directory: string;
let log: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-audit-'));
  log = join(directory, 'audit.log');
});
afterEach(() => rmSync(directory, { recursive: true }));

const event = { command: 'run', result: { outcome: 'done', exit: 0 } } as const;
const lines = () => readFileSync(log, 'utf8').split('\n').slice(0, -1);
const entries = () => lines().map((line) => JSON.parse(line) as AuditEntry);
const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');

function expectChain() {
  lines().forEach((line, index, all) => {
    const entry = JSON.parse(line) as AuditEntry;
    expect(entry.seq).toBe(index + 1);
    expect(entry.previous).toBe(index === 0 ? '0'.repeat(64) : sha256(all[index - 1]!));
    expect(canonicalJson(entry)).toBe(line);
  });
}

test('without a log nothing is written and nothing fails', async () => {
  expect(await appendAudit(undefined, event)).toBeUndefined();
});

test('each line carries the hash of the one before; the file is for its owner alone', async () => {
  const digests = { output: sha256('x') };
  await appendAudit(log, { ...event, ids: { key: '0123456789abcdef' }, digests, certificate: 'CN=담당자' });
  await appendAudit(log, event);
  await appendAudit(log, event);
  expectChain();
  expect(entries()).toHaveLength(3);
  expect(entries()[0]).toMatchObject({
    digests,
    who: { certificate: 'CN=담당자' },
    ids: { key: '0123456789abcdef' },
  });
  expect(statSync(log).mode & 0o777).toBe(0o600);
});

test('an absolute path is refused as a fault of the caller', async () => {
  await expect(appendAudit(log, { ...event, ids: { output: '/home/data/out.csv' } })).rejects.toThrow(
    TypeError,
  );
  await expect(appendAudit(log, { ...event, details: { columns: ['a', '/b'] } })).rejects.toThrow(TypeError);
});

test('many calls at once in one process keep the chain', async () => {
  await Promise.all(Array.from({ length: 20 }, () => appendAudit(log, event)));
  expect(entries()).toHaveLength(20);
  expectChain();
});

test('several processes at once keep the chain, one of them killed on the way', async () => {
  const module = new URL('../../build/audit/log.js', import.meta.url).href;
  const program = (n: number) =>
    `const { appendAudit } = await import(${JSON.stringify(module)});
     for (let i = 0; i < ${n}; i++) await appendAudit(${JSON.stringify(log)}, ${JSON.stringify(event)});`;
  const start = (n: number) => spawn(process.execPath, ['--input-type=module', '-e', program(n)]);
  const ended = (child: ReturnType<typeof start>) => new Promise((resolve) => child.once('exit', resolve));
  const victim = start(1e6);
  const others = [start(15), start(15), start(15)];
  const codes = Promise.all(others.map(ended));
  while (!(entriesSoFar() >= 10)) await new Promise((resolve) => setTimeout(resolve, 5));
  const killed = ended(victim);
  victim.kill('SIGKILL');
  await killed;
  expect(await codes).toEqual([0, 0, 0]);
  expectChain();
  expect(entries().length).toBeGreaterThanOrEqual(45);
});

function entriesSoFar(): number {
  try {
    return lines().length;
  } catch {
    return 0;
  }
}

test('a lock that a dead process left behind does not block', async () => {
  await appendAudit(log, event);
  writeFileSync(join(`${log}.lock`, '7'), `${(await import('node:os')).hostname()} 999999999 1\n`);
  await appendAudit(log, event);
  expect(entries()).toHaveLength(2);
});

describe('a last line that was cut off', () => {
  const torn = '{"command":"run","det';
  beforeEach(async () => {
    await appendAudit(log, event);
    appendFileSync(log, torn);
  });

  test('stops every append', async () => {
    await expect(appendAudit(log, event)).rejects.toMatchObject({ code: 'E_AUDIT_TORN', exitCode: 6 });
    expect(readFileSync(log, 'utf8').endsWith(torn)).toBe(true);
  });

  test('is replaced by an entry that tells its length and hash', async () => {
    await recoverAudit(log);
    expectChain();
    expect(entries()[1]).toMatchObject({
      command: 'audit recover',
      digests: { torn: sha256(torn) },
      details: { bytes: torn.length },
    });
    await appendAudit(log, event);
    expect(entries()).toHaveLength(3);
    await expect(recoverAudit(log)).rejects.toMatchObject({ code: 'E_AUDIT_NOT_TORN' });
  });

  test('may be longer than the entry that replaces it', async () => {
    appendFileSync(log, 'x'.repeat(5000));
    await recoverAudit(log);
    expectChain();
  });

  test('may be the first line', async () => {
    writeFileSync(log, torn);
    await expect(appendAudit(log, event)).rejects.toMatchObject({ code: 'E_AUDIT_TORN' });
    await recoverAudit(log);
    expectChain();
  });
});

test('a file that is no log is left alone', async () => {
  writeFileSync(log, 'name,phone\n홍길동,010\n');
  await expect(appendAudit(log, event)).rejects.toMatchObject({ code: 'E_AUDIT_NOT_LOG' });
  expect(readFileSync(log, 'utf8')).toBe('name,phone\n홍길동,010\n');
});

describe('audited', () => {
  test('writes the start, and the end with all that was noted', async () => {
    const result = await audited(log, 'release', async (note) => {
      note({ ids: { rules: 'a' } });
      note({ ids: { key: 'b' }, certificate: 'CN=x' });
      expect(entries()).toHaveLength(1);
      return 42;
    });
    expect(result).toBe(42);
    const [start, end] = entries();
    expect(start).toMatchObject({ command: 'release', result: { outcome: 'started' } });
    expect(end).toMatchObject({
      ids: { rules: 'a', key: 'b' },
      who: { certificate: 'CN=x' },
      result: { outcome: 'done', exit: 0, started: 1 },
    });
  });

  test.each([
    [new GamyeongError('E_RISK_EMPTY'), { outcome: 'refused', exit: 4, code: 'E_RISK_EMPTY', started: 1 }],
    [
      new GamyeongError('E_INTERRUPTED'),
      { outcome: 'interrupted', exit: 130, code: 'E_INTERRUPTED', started: 1 },
    ],
    [new Error('홍길동'), { outcome: 'failed', exit: 1, started: 1 }],
  ])('writes how it failed, without messages of unknown errors: %o', async (error, result) => {
    await expect(audited(log, 'run', () => Promise.reject(error))).rejects.toBe(error);
    expect(entries()[1]!.result).toEqual(result);
    expect(readFileSync(log, 'utf8')).not.toContain('홍길동');
  });

  test('work whose start cannot be written down is not started', async () => {
    writeFileSync(log, 'torn');
    let started = false;
    const work = audited(log, 'run', async () => {
      started = true;
    });
    await expect(work).rejects.toMatchObject({ code: 'E_AUDIT_TORN' });
    expect(started).toBe(false);
  });
});
