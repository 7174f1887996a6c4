import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { ledgerOf } from '../../src/audit/ledger.ts';
import { dutiesOf } from '../../src/audit/retention.ts';

const DATA = 'd'.repeat(64);
let seq = 0;
const entry = (
  command: string,
  more: Partial<AuditEntry> = {},
  time = '2026-03-02T01:00:00.000Z',
): AuditEntry => ({
  version: 1,
  seq: ++seq,
  time,
  previous: '0'.repeat(64),
  tool: 'gamyeong 0',
  who: { user: 'kim' },
  command,
  ids: {},
  digests: {},
  details: {},
  result: { outcome: 'done', exit: 0 },
  ...more,
});
const data = { digests: { output: DATA } };

/** The guideline's sample: 추가정보 생성 → 가명정보 생성 → 이용 → 제공 → 파기. */
const life = [
  entry('key new', { ids: { key: 'abcd' } }),
  entry('run', { ...data, details: { purpose: '연구', columns: ['a', 'b'] } }),
  entry('risk', data),
  entry('release', { ...data, details: { recipients: ['지원센터'], from: '2026-04-01', to: '2026-12-31' } }),
];

test('commands become the lines of the ledger', () => {
  expect(ledgerOf(life).processing.map(({ kind, action, controlNo }) => [kind, action, controlNo])).toEqual([
    ['additional', 'create', 'K-abcd'],
    ['data', 'create', 'D-dddddddddddd'],
    ['data', 'use', 'D-dddddddddddd'],
    ['data', 'provide', 'D-dddddddddddd'],
  ]);
  expect(ledgerOf(life).processing.map(({ content }) => content.ko)).toEqual([
    '키 생성',
    '연구',
    '재식별 위험 측정',
    '반출',
  ]);
  expect(ledgerOf(life).processing[1]).toMatchObject({
    content: { ko: '연구' },
    items: ['a', 'b'],
    officer: 'kim',
  });
  expect(ledgerOf(life).processing[3]).toMatchObject({
    recipients: ['지원센터'],
    from: '2026-04-01',
    to: '2026-12-31',
  });
});

test('what was tried, and what is no matter of the ledger, is left out', () => {
  const entries = [
    entry('run', { ...data, result: { outcome: 'failed', exit: 3 } }),
    entry('release', { ...data, result: { outcome: 'started' } }),
    entry('audit recover'),
    entry('check'),
  ];
  expect(ledgerOf(entries)).toEqual({ processing: [], access: [] });
});

test('access rights have a table of their own', () => {
  const ids = { kind: 'additional', key: 'abcd' };
  const entries = [
    entry('audit record', {
      ids: { ...ids, action: 'grant' },
      details: { handler: '김담당', text: '생성·조회' },
    }),
    entry('audit record', { ids: { ...ids, action: 'destroy' }, details: { text: '키 파기' } }),
    entry('audit record', {
      ids: { ...ids, action: 'revoke' },
      details: { handler: '김담당', text: '파기로 회수' },
    }),
  ];
  const { processing, access } = ledgerOf(entries);
  expect(processing.map(({ action, content }) => [action, content.ko])).toEqual([['destroy', '키 파기']]);
  expect(access.map(({ action, handler }) => [action, handler])).toEqual([
    ['grant', '김담당'],
    ['revoke', '김담당'],
  ]);
});

describe('duties', () => {
  const days = (entries: AuditEntry[], today: string) =>
    dutiesOf(ledgerOf(entries), today).map(({ controlNo, day, state }) => [controlNo, day, state]);

  test('data is due when its period has ended, not on its last day', () => {
    expect(days(life, '2026-12-31')).toEqual([['D-dddddddddddd', '2026-12-31', 'later']]);
    expect(days(life, '2027-01-01')).toEqual([['D-dddddddddddd', '2026-12-31', 'due']]);
  });

  test('destroyed data leaves its record for three years', () => {
    const destroyed = entry(
      'audit record',
      { ...data, ids: { action: 'destroy', kind: 'data' }, details: { text: '종료' } },
      '2028-02-29T01:00:00.000Z',
    );
    expect(days([...life, destroyed], '2031-03-01')).toEqual([['D-dddddddddddd', '2031-03-01', 'later']]);
    expect(days([...life, destroyed], '2031-03-02')).toEqual([['D-dddddddddddd', '2031-03-01', 'ended']]);
  });

  test('a key has its own period, and access records their three years', () => {
    const entries = [
      entry('key new', { ids: { key: 'abcd' }, details: { from: '2026-01-01', to: '2026-06-30' } }),
      entry('audit record', {
        ids: { action: 'grant', kind: 'additional', key: 'abcd' },
        details: { handler: 'x', text: 'y' },
      }),
    ];
    expect(days(entries, '2026-07-01')).toEqual([
      ['K-abcd', '2026-06-30', 'due'],
      ['K-abcd', '2029-03-02', 'later'],
    ]);
  });
});
