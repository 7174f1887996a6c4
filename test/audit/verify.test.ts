import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readAudit } from '../../src/audit/entries.ts';
import { appendAudit } from '../../src/audit/log.ts';
import { verifyAudit } from '../../src/audit/verify.ts';
import { canonicalJson } from '../../src/rules/canonical.ts';

const ENTRIES = 6;
let directory: string;
let original: string[];
let log: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-verify-'));
  const path = join(directory, 'original.log');
  for (let i = 0; i < ENTRIES; i++) {
    await appendAudit(path, {
      command: 'run',
      ids: { rules: `r${i}` },
      result: { outcome: 'done', exit: 0 },
    });
  }
  original = readFileSync(path, 'utf8').split('\n').slice(0, -1);
});
beforeEach(() => {
  log = join(directory, 'audit.log');
});
afterAll(() => rmSync(directory, { recursive: true }));

const put = (lines: readonly string[]) => writeFileSync(log, lines.map((line) => `${line}\n`).join(''));
const faults = async () => (await verifyAudit(log)).faults.map(({ line, reason }) => [line, reason.en]);
const CHANGED = 'the line was changed after the next one was written';

test('a log as it was written has no faults', async () => {
  put(original);
  const found = await verifyAudit(log);
  expect(found).toMatchObject({
    lines: ENTRIES,
    faults: [],
    unfinished: [],
    clockBack: [],
    last: { seq: ENTRIES },
  });
  expect(await readAudit(log)).toHaveLength(ENTRIES);
});

test('an empty file is no log in order: its entries were removed', async () => {
  put([]);
  expect(await verifyAudit(log)).toMatchObject({
    lines: 0,
    faults: [{ line: 0, reason: { en: expect.stringMatching(/^the log is empty/) } }],
    last: { seq: 0 },
  });
});

test('lines longer than a read, and a file that is all one line, are taken as they are', async () => {
  put([...original, 'x'.repeat(200_000), ...original]);
  expect((await faults())[0]).toEqual([ENTRIES + 1, 'the line is no audit entry']);
  writeFileSync(log, 'x'.repeat(3_000_000));
  expect(await faults()).toEqual([[1, 'the last line was cut off']]);
});

test('a chain is followed over the ends of reads', async () => {
  const long = join(directory, 'long.log');
  const details = { text: '가'.repeat(30_000) };
  for (let i = 0; i < 5; i++) {
    await appendAudit(long, { command: 'run', details, result: { outcome: 'done', exit: 0 } });
  }
  expect(await verifyAudit(long)).toMatchObject({ lines: 5, faults: [] });
});

describe('names the line', () => {
  test('whose content was changed in proper form', async () => {
    put(original.with(2, original[2]!.replace('"r2"', '"rX"')));
    expect(await faults()).toEqual([[3, CHANGED]]);
    await expect(readAudit(log)).rejects.toMatchObject({ code: 'E_AUDIT_FAULT', place: { line: 3 } });
  });

  test('that is no entry', async () => {
    put(original.with(2, 'nothing'));
    expect(await faults()).toEqual([[3, 'the line is no audit entry']]);
  });

  test('whose white space or key order was changed', async () => {
    put(original.with(2, original[2]!.replace(',', ', ')));
    expect(await faults()).toEqual([[3, 'the line is no audit entry']]);
  });

  test('that holds more than an entry does', async () => {
    put(original.with(2, canonicalJson({ ...JSON.parse(original[2]!), value: '홍길동' })));
    expect(await faults()).toEqual([[3, 'the line is no audit entry']]);
  });

  test('before which lines were removed', async () => {
    put(original.toSpliced(1, 2));
    expect(await faults()).toEqual([[2, '{count} line(s) before this one were removed']]);
  });

  test('at which the first line is missing', async () => {
    put(original.slice(1));
    expect(await faults()).toEqual([[1, '{count} line(s) before this one were removed']]);
  });

  test('that was inserted', async () => {
    put(original.toSpliced(3, 0, original[1]!));
    expect((await faults()).map(([line]) => line)).toEqual([4]);
  });

  test('that was moved', async () => {
    const moved = original.toSpliced(1, 1).toSpliced(3, 0, original[1]!);
    put(moved);
    expect((await faults()).map(([line]) => line)).toEqual([2, 4]);
  });

  test('that was cut off', async () => {
    put(original);
    writeFileSync(log, readFileSync(log).subarray(0, -5));
    expect(await faults()).toEqual([[ENTRIES, 'the last line was cut off']]);
  });

  test('that starts a log in the middle', async () => {
    put([canonicalJson({ ...JSON.parse(original[0]!), previous: 'f'.repeat(64) })]);
    expect(await faults()).toEqual([[1, 'the log does not begin here']]);
  });
});

test('any changed byte before the last line is found', async () => {
  put(original);
  const bytes = readFileSync(log);
  const last = bytes.length - original.at(-1)!.length - 1;
  await fc.assert(
    fc.asyncProperty(fc.nat(last - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const changed = Buffer.from(bytes);
      changed[at]! ^= change;
      writeFileSync(log, changed);
      expect((await verifyAudit(log)).faults.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test('any removed, doubled or swapped line before the last is found', async () => {
  const line = fc.nat(ENTRIES - 2);
  await fc.assert(
    fc.asyncProperty(line, line, fc.constantFrom('remove', 'double', 'swap'), async (a, b, how) => {
      if (how === 'remove') put(original.toSpliced(a, 1));
      else if (how === 'double') put(original.toSpliced(b, 0, original[a]!));
      else put(original.with(a, original[b]!).with(b, original[a]!));
      expect((await verifyAudit(log)).faults.length > 0).toBe(!(how === 'swap' && a === b));
    }),
    { numRuns: 100 },
  );
});

describe('against a checkpoint', () => {
  const seal = async () => {
    put(original);
    return (await verifyAudit(log)).last;
  };

  test('a cut-off end is found', async () => {
    const sealed = await seal();
    put(original.slice(0, -2));
    expect((await verifyAudit(log, sealed)).faults).toMatchObject([
      { line: 0, values: { seq: ENTRIES - 2, sealed: ENTRIES } },
    ]);
  });

  test('a changed last line is found', async () => {
    const sealed = await seal();
    put(original.with(-1, original.at(-1)!.replace('"r5"', '"rX"')));
    expect((await verifyAudit(log)).faults).toEqual([]);
    expect((await verifyAudit(log, sealed)).faults).toMatchObject([{ line: ENTRIES }]);
  });

  test('entries that came later do no harm', async () => {
    const sealed = await seal();
    await appendAudit(log, { command: 'run', result: { outcome: 'done', exit: 0 } });
    expect((await verifyAudit(log, sealed)).faults).toEqual([]);
  });
});

test('commands without an end, and a clock that went back, are told', async () => {
  put([]);
  await appendAudit(log, { command: 'release', result: { outcome: 'started' } });
  const { seq } = await appendAudit(log, { command: 'run', result: { outcome: 'started' } });
  await appendAudit(log, { command: 'run', result: { outcome: 'done', exit: 0, started: seq } });
  const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
  const early = canonicalJson({ ...JSON.parse(lines[2]!), time: '2020-01-01T00:00:00.000Z' });
  put(lines.with(2, early));
  expect(await verifyAudit(log)).toMatchObject({ faults: [], unfinished: [1], clockBack: [3] });
});
