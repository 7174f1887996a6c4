import { defineTechnique } from './technique.ts';

/** Every non-empty cell becomes the same given text. */
export const replace = defineTechnique<{ with: string }>({
  name: 'replace',
  doc: { en: 'Put the same text in place of every value.', ko: '모든 값을 정해진 문구로 바꾼다.' },
  properties: { deterministic: true, reversible: false, keyed: false, keepsLength: false, leaks: [] },
  bare: false,
  onEmpty: 'keep',
  params: (z) => z.strictObject({ with: z.string() }),
  compile: (params) => ({ cell: () => params.with }),
  examples: [
    {
      params: { with: '***' },
      cells: [
        ['홍길동', '***'],
        ['a', '***'],
      ],
    },
  ],
});

/** Every cell becomes empty; the column stays (guideline: 삭제 within a kept column). */
export const redact = defineTechnique<Record<string, never>>({
  name: 'redact',
  doc: { en: 'Empty every cell; the column stays.', ko: '열은 두고 값만 비운다.' },
  properties: { deterministic: true, reversible: false, keyed: false, keepsLength: false, leaks: [] },
  bare: true,
  onEmpty: 'keep',
  params: (z) => z.strictObject({}),
  compile: () => ({ cell: () => '' }),
  examples: [{ params: {}, cells: [['홍길동', '']] }],
});
