import type { Text } from '../messages/language.ts';
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
  /** 처리목적 및 내용: the purpose as stated, else what was done. */
  readonly content: Text;
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

/** What a command does to data (가명정보) or keys (추가정보), and in words where it states no purpose. */
interface Deed {
  readonly kind: InfoKind;
  readonly action: LedgerAction;
  readonly content: Text;
}

const deed = (kind: InfoKind, action: LedgerAction, en: string, ko: string): Deed => ({
  kind,
  action,
  content: { en, ko },
});

/** Commands that are a matter of the ledger. */
const DEEDS: Readonly<Record<string, Deed>> = {
  run: deed('data', 'create', 'pseudonymization', '가명처리'),
  risk: deed('data', 'use', 'measuring of the re-identification risk', '재식별 위험 측정'),
  release: deed('data', 'provide', 'release', '반출'),
  open: deed('data', 'use', 'opening of a bundle', '번들 검증 및 개봉'),
  'key new': deed('additional', 'create', 'new key', '키 생성'),
  'key rotate': deed('additional', 'create', 'new version of a key', '키 교체(새 버전 생성)'),
  'key rekey-map': deed('additional', 'use', 'map from old tokens to new ones', '이전·새 토큰 대응표 작성'),
  'key seal': deed('additional', 'keep', 'key sealed with a passphrase', '키 봉인'),
  'key split': deed('additional', 'keep', 'key split into shares', '키 분할 보관'),
  'key combine': deed('additional', 'create', 'key put together from shares', '분할한 키 복원'),
  'key destroy': deed('additional', 'destroy', 'key destroyed', '키 파기'),
};

/** The ledger that a log amounts to: what was done, not what was tried. */
export function ledgerOf(entries: readonly AuditEntry[]): Ledger {
  const done = entries.filter(({ result }) => result.outcome === 'done');
  const processing = done.flatMap((entry) => {
    const known = DEEDS[entry.command] ?? recorded(entry);
    return known === undefined ? [] : [processingRow(entry, known)];
  });
  return { processing, access: done.flatMap(accessRow) };
}

/** What a person wrote down with `audit record`. */
function recorded({ command, ids, details }: AuditEntry): Deed | undefined {
  if (command !== 'audit record' || ids.action === 'grant' || ids.action === 'revoke') return undefined;
  return {
    kind: ids.kind as InfoKind,
    action: ids.action as LedgerAction,
    content: sameInBoth(text(details.text)),
  };
}

function processingRow(entry: AuditEntry, { kind, action, content }: Deed): ProcessingRow {
  const { details } = entry;
  return {
    seq: entry.seq,
    time: entry.time,
    controlNo: controlNumber(entry, kind),
    kind,
    action,
    content: details.purpose === undefined ? content : sameInBoth(text(details.purpose)),
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

/** Words of a person, in whatever language. */
const sameInBoth = (words: string): Text => ({ en: words, ko: words });

function text(value: string | number | readonly string[] | undefined): string {
  return value === undefined ? '' : String(value);
}

function list(value: string | number | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [String(value)];
}
