import type { AccessRow, InfoKind, LedgerAction, ProcessingRow } from '../audit/ledger.ts';
import type { Duty } from '../audit/retention.ts';
import type { Evidence } from './evidence.ts';
import type { FieldValue } from './form.ts';

type Rows = Record<string, FieldValue>[];

const KINDS: Readonly<Record<InfoKind, string>> = { data: '가명정보', additional: '추가정보' };
const ACTIONS: Readonly<Record<LedgerAction, string>> = {
  create: '생성',
  use: '이용',
  provide: '제공',
  keep: '보관',
  destroy: '파기',
};
const STATES: Readonly<Record<Duty['state'], string>> = {
  later: '기한 전',
  due: '기한 지남',
  ended: '보존 기간 끝남',
};

/** The tables of form ➓. */
export function ledgerTables({ ledger, duties }: Pick<Evidence, 'ledger' | 'duties'>): Record<string, Rows> {
  return {
    processing: (ledger?.processing ?? []).map(processingRow),
    access: (ledger?.access ?? []).map(accessRow),
    retention: duties.map(({ controlNo, what, day, state }) => ({
      'control-no': controlNo,
      'retention-what': what.ko,
      'retention-due': day,
      'retention-state': STATES[state],
    })),
  };
}

function processingRow(row: ProcessingRow, index: number): Record<string, FieldValue> {
  return {
    seq: String(index + 1),
    'processed-on': row.time.slice(0, 10),
    'control-no': row.controlNo,
    'info-kind': KINDS[row.kind],
    action: ACTIONS[row.action],
    'detail-purpose': row.content.ko,
    'detail-items': row.items,
    'detail-period': row.from === '' && row.to === '' ? '' : `${row.from} ~ ${row.to}`,
    'detail-recipient': row.recipients,
    officer: row.officer,
  };
}

function accessRow(row: AccessRow, index: number): Record<string, FieldValue> {
  return {
    seq: String(index + 1),
    'control-no': row.controlNo,
    'handler-name': row.handler,
    reason: row.reason,
    scope: row.action === 'grant' ? '' : '말소',
    'effective-on': row.time.slice(0, 10),
    officer: row.officer,
  };
}
