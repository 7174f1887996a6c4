import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/audit/checkpoint.ts';
import { appendAudit } from '../../src/audit/log.ts';
import { readSigner } from '../../src/audit/signer.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { makePeople, type People } from '../review/people.ts';

let directory: string;
let people: People;
let steward: ReturnType<People['person']>;
let log: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-checkpoint-'));
  people = makePeople(join(directory, 'pki'));
  steward = people.person('steward');
  log = join(directory, 'audit.log');
  for (const command of ['key new', 'run', 'release']) {
    await appendAudit(log, { command, result: { outcome: 'done', exit: 0 } });
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

const signed = async (name: string) => {
  const out = join(directory, name);
  await writeCheckpoint(log, await readSigner(steward), out);
  return out;
};

test('says the last line, and is signed in a way that openssl verifies', async () => {
  const out = await signed('a.checkpoint');
  const { last } = await verifyAudit(log);
  const read = await readCheckpoint(out, people.trust);
  expect(read).toMatchObject({ version: 1, log: 'audit.log', ...last });
  expect(read.signer).toContain('steward');
  const options = [
    '-binary',
    '-inform',
    'DER',
    '-in',
    `${out}.p7s`,
    '-content',
    out,
    '-CAfile',
    people.trust,
  ];
  const content = execFileSync('openssl', ['cms', '-verify', ...options, '-purpose', 'any'], {
    stdio: 'pipe',
  });
  expect(content.toString()).toBe(readFileSync(out, 'utf8'));
});

test('is refused when it was changed, or signed by someone unknown', async () => {
  const out = await signed('b.checkpoint');
  const stranger = makePeople(join(directory, 'strangers'));
  await expect(readCheckpoint(out, stranger.trust)).rejects.toMatchObject({ code: 'E_CERT_UNTRUSTED' });
  writeFileSync(out, readFileSync(out, 'utf8').replace('"seq":3', '"seq":2'));
  await expect(readCheckpoint(out, people.trust)).rejects.toMatchObject({ code: 'E_SIGNATURE_WRONG' });
});

test('is not made over another checkpoint, nor of a log that is not in order', async () => {
  await signed('c.checkpoint');
  await expect(signed('c.checkpoint')).rejects.toMatchObject({ code: 'E_OUTPUT_EXISTS' });
  appendFileSync(log, 'torn');
  await expect(signed('d.checkpoint')).rejects.toMatchObject({ code: 'E_AUDIT_FAULT', place: { line: 4 } });
});
