import { defineTechnique } from './technique.ts';

/** The cell stays as it is, byte for byte, quoting included. */
export const keep = defineTechnique<Record<string, never>>({
  name: 'keep',
  doc: { en: 'Leave the column as it is.', ko: '열을 그대로 둔다.' },
  properties: { deterministic: true, reversible: true, keyed: false, keepsLength: true, leaks: ['value'] },
  bare: true,
  onEmpty: 'keep',
  params: (z) => z.strictObject({}),
  compile: () => ({ cell: (value) => value }),
  examples: [{ params: {}, cells: [['홍길동', '홍길동']] }],
});

/** The column is absent from the output (guideline: 삭제). */
export const drop = defineTechnique<Record<string, never>>({
  name: 'drop',
  doc: { en: 'Leave the column out.', ko: '열을 삭제한다.' },
  properties: { deterministic: true, reversible: false, keyed: false, keepsLength: false, leaks: [] },
  bare: true,
  onEmpty: 'keep',
  params: (z) => z.strictObject({}),
  compile: () => ({ cell: () => '' }),
  examples: [],
});
