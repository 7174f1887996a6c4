import type { AuditEntry } from './entry.ts';

/** 정보구분 and 처리구분 of the ledger (form ➓). */
export type InfoKind = 'data' | 'additional';
export type LedgerAction = 'create' | 'use' | 'provide' | 'keep' | 'destroy';
export type AccessAction = 'grant' | 'revoke';

/** One line of the 처리대장. */
export interface ProcessingRow {
  readonly seq: number;
  /** UTC. */
  readonly time: string;
  /** 관리번호: `D-` and digits of the data's digest, or `K-` and the key's id. */
  readonly controlNo: string;
  readonly kind: InfoKind;
  readonly action: LedgerAction;
  readonly purpose: string;
  readonly items: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly recipients: readonly string[];
  readonly officer: string;
}

/** One line of the 접근권한 관리대장. */
export interface AccessRow {
  readonly seq: number;
  readonly time: string;
  readonly controlNo: string;
  /** What the rights are to. */
  readonly kind: InfoKind;
  readonly action: AccessAction;
  readonly handler: string;
  readonly reason: string;
  readonly officer: string;
}

export interface Ledger {
  readonly processing: readonly ProcessingRow[];
  readonly access: readonly AccessRow[];
}

/** What commands do to data (가명정보) and to keys (추가정보). Others are no matter of the ledger. */
const COMMANDS: Readonly<Record<string, readonly [InfoKind, LedgerAction]>> = {
  run: ['data', 'create'],
  risk: ['data', 'use'],
  release: ['data', 'provide'],
  open: ['data', 'use'],
  'key new': ['additional', 'create'],
  'key rotate': ['additional', 'create'],
  'key rekey-map': ['additional', 'use'],
  'key seal': ['additional', 'keep'],
  'key split': ['additional', 'keep'],
  'key combine': ['additional', 'create'],
  'key destroy': ['additional', 'destroy'],
};

/** The ledger that a log amounts to: what was done, not what was tried. */
export function ledgerOf(entries: readonly AuditEntry[]): Ledger {
  const done = entries.filter(({ result }) => result.outcome === 'done');
  const processing = done.flatMap((entry) => {
    const [kind, action] = COMMANDS[entry.command] ?? recorded(entry) ?? [];
    return kind === undefined || action === undefined ? [] : [processingRow(entry, kind, action)];
  });
  return { processing, access: done.flatMap(accessRow) };
}

/** What a person wrote down with `audit record`. */
function recorded({ command, ids }: AuditEntry): readonly [InfoKind, LedgerAction] | undefined {
  if (command !== 'audit record' || ids.action === 'grant' || ids.action === 'revoke') return undefined;
  return [ids.kind as InfoKind, ids.action as LedgerAction];
}

function processingRow(entry: AuditEntry, kind: InfoKind, action: LedgerAction): ProcessingRow {
  const { details } = entry;
  return {
    seq: entry.seq,
    time: entry.time,
    controlNo: controlNumber(entry, kind),
    kind,
    action,
    purpose: text(details.purpose) || text(details.text),
    items: list(details.columns),
    from: text(details.from),
    to: text(details.to),
    recipients: list(details.recipients),
    officer: entry.who.certificate ?? entry.who.user,
  };
}

function accessRow(entry: AuditEntry): AccessRow[] {
  const { command, ids, details, seq, time, who } = entry;
  if (command !== 'audit record' || (ids.action !== 'grant' && ids.action !== 'revoke')) return [];
  return [
    {
      seq,
      time,
      controlNo: controlNumber(entry, ids.kind as InfoKind),
      kind: ids.kind as InfoKind,
      action: ids.action,
      handler: text(details.handler),
      reason: text(details.text),
      officer: who.certificate ?? who.user,
    },
  ];
}

/** Digits of the output's digest that tell data sets apart. */
const CONTROL_DIGITS = 12;

/** 관리번호 of a file by its digest. */
export function dataControlNumber(sha256: string): string {
  return `D-${sha256.slice(0, CONTROL_DIGITS)}`;
}

function controlNumber({ ids, digests }: AuditEntry, kind: InfoKind): string {
  if (kind === 'additional') return ids.key === undefined ? '' : `K-${ids.key}`;
  return digests.output === undefined ? '' : dataControlNumber(digests.output);
}

function text(value: string | number | readonly string[] | undefined): string {
  return value === undefined ? '' : String(value);
}

function list(value: string | number | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}
