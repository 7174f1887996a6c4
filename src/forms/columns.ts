import { techniqueText } from './plan-text.ts';

/** A column as rules or a run record describe it. */
export interface ColumnPlan {
  readonly name: string;
  readonly role: string;
  readonly type?: string;
  readonly methods: readonly string[];
  readonly keyed: boolean;
  readonly leftOut: boolean;
}

interface Described {
  readonly name: string;
  readonly role: string;
  readonly type?: string;
  /** Of a run record, where `keep` and `drop` are no steps. */
  readonly action?: string;
  readonly steps: ReadonlyArray<{ readonly technique: string; readonly params: unknown }>;
}

/** Columns of rules or of a run record, in their order, with what is done to each in words. */
export function columnPlans(columns: readonly Described[]): readonly ColumnPlan[] {
  return columns.map(({ name, role, type, action, steps }) => {
    const techniques = steps.length > 0 ? steps : [{ technique: action ?? 'keep', params: {} }];
    const uses = (...names: string[]) => techniques.some(({ technique }) => names.includes(technique));
    return {
      name,
      role,
      ...(type !== undefined && { type }),
      methods: techniques.map(({ technique, params }) => techniqueText(technique, params)),
      keyed: uses('keyed-hash'),
      leftOut: uses('drop', 'redact'),
    };
  });
}

const TEXT_TYPES = new Set(['text']);
const NUMBER_TYPES = new Set(['number']);

/** 유형 of form ➍. */
export function itemType({ type, role, keyed }: ColumnPlan): string {
  if (TEXT_TYPES.has(type ?? '')) return '텍스트';
  if (keyed || role === 'direct') return 'KEY';
  return NUMBER_TYPES.has(type ?? '') ? '수치형' : '범주형';
}

/** 자료형 of form ➎. */
export function dataKind(column: ColumnPlan): string {
  const type = itemType(column);
  if (type === 'KEY') return '결합키(식별자)';
  return type === '텍스트' ? '기타' : type;
}

/** Free text that stays in the output. */
export function isUnstructured({ type, leftOut }: ColumnPlan): boolean {
  return TEXT_TYPES.has(type ?? '') && !leftOut;
}

/** Made up for each kind of column, so that no form ever quotes the data. */
const EXAMPLES: Readonly<Record<string, string>> = {
  rrn: '000000-0000000',
  name: '홍길동',
  date: '2000-01-01',
  'address-kr': '○○시 ○○구 ○○로 1',
  number: '1,000',
  phone: '010-0000-0000',
  email: 'user@example.com',
  ip: '192.0.2.1',
  text: '(자유 서술)',
  category: '(범주)',
};

export function exampleOf(column: ColumnPlan): string {
  if (column.type !== undefined) return EXAMPLES[column.type] ?? '(값)';
  return itemType(column) === 'KEY' ? 'ID-0001' : '(값)';
}
