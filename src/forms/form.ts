/** The ten forms of the guideline (별권 제5장), in its order. */
export type FormId =
  | 'application'
  | 'use-plan'
  | 'risk-review'
  | 'plan'
  | 'result'
  | 'unstructured'
  | 'adequacy'
  | 'pledge-reviewer'
  | 'pledge-safeguard'
  | 'ledger';

/** A form as data. Its words are those of the guideline, which is Korean. */
export interface Form {
  readonly id: FormId;
  /** ➊ … ➓ */
  readonly mark: string;
  readonly title: string;
  /** Who writes it. */
  readonly writer: string;
  readonly parts: readonly Part[];
}

export type Part = FieldsPart | TablePart | FixedPart;

/** Names and values, one below the other. */
export interface FieldsPart {
  readonly kind: 'fields';
  readonly title?: string;
  readonly fields: readonly Field[];
}

/** Rows of the same fields. */
export interface TablePart {
  readonly kind: 'table';
  readonly title?: string;
  /** Key of the rows among the values. */
  readonly key: string;
  readonly columns: readonly Field[];
  /** Empty rows below those that are filled, for a person. */
  readonly blankRows: number;
}

/** Printed words that the one who signs agrees to. */
export interface FixedPart {
  readonly kind: 'fixed';
  readonly title?: string;
  readonly paragraphs: readonly string[];
}

export interface Field {
  readonly key: string;
  readonly label: string;
  /** `auto`: filled from the records. `human`: a person states or confirms it. */
  readonly fill: 'auto' | 'human';
  /** What may be chosen, one of them or (`several`) any number: value and its label. */
  readonly choices?: Readonly<Record<string, string>>;
  readonly several?: true;
  /** A place to sign instead of a value. */
  readonly sign?: true;
  /** Needs several lines. */
  readonly tall?: true;
}

/** Values of a form: texts by field key (several choices as a list), rows by table key. */
export interface FormValues {
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, FieldValue>>[]>>;
}

export type FieldValue = string | readonly string[];

type Options = Omit<Field, 'key' | 'label' | 'fill'>;

export const auto = (key: string, label: string, options: Options = {}): Field => ({
  key,
  label,
  fill: 'auto',
  ...options,
});

export const human = (key: string, label: string, options: Options = {}): Field => ({
  key,
  label,
  fill: 'human',
  ...options,
});

export const fields = (title: string, ...list: Field[]): FieldsPart => ({
  kind: 'fields',
  ...(title !== '' && { title }),
  fields: list,
});

export const table = (title: string, key: string, blankRows: number, ...columns: Field[]): TablePart => ({
  kind: 'table',
  ...(title !== '' && { title }),
  key,
  columns,
  blankRows,
});
