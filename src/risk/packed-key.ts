import type { CodedColumn } from './coded-table.ts';

/** Quasi-identifiers packed into as few integers as hold them without collision (mixed radix). */
export interface PackedKey {
  /** Columns that hold the key in every table made with `select … as`: k0, k1, … */
  readonly words: readonly string[];
  /** Expressions over coded CSV columns that compute the words. */
  pack(code: (column: CodedColumn) => string): string[];
  /** Expression over the words that gives back the code of a column. */
  unpack(column: CodedColumn): string;
}

/** Words are exact in a double too. */
const WORD_LIMIT = 2 ** 53;

export function packKey(columns: readonly CodedColumn[]): PackedKey {
  const groups: { columns: CodedColumn[]; product: number }[] = [];
  for (const column of columns) {
    const last = groups.at(-1);
    if (last !== undefined && last.product * column.cardinality < WORD_LIMIT) {
      last.columns.push(column);
      last.product *= column.cardinality;
    } else groups.push({ columns: [column], product: column.cardinality });
  }
  return {
    words: groups.map((_, i) => `k${i}`),
    pack: (code) =>
      groups.map((group) =>
        group.columns
          .map((column) => ({ value: `${code(column)}::BIGINT`, radix: column.cardinality }))
          .reduce((high, next) => ({ value: `(${high.value} * ${next.radix} + ${next.value})`, radix: 1 }))
          .value.trim(),
      ),
    unpack(wanted) {
      const at = groups.findIndex((group) => group.columns.includes(wanted));
      const group = groups[at]!;
      const below = group.columns.slice(group.columns.indexOf(wanted) + 1);
      const stride = below.reduce((product, column) => product * column.cardinality, 1);
      return `((k${at} // ${stride}) % ${wanted.cardinality})`;
    },
  };
}
