import { unitAt } from './draw-number.ts';
import { defineRowTechnique, issue } from './technique.ts';

interface SampleParams {
  readonly share: number;
  readonly by?: readonly string[] | undefined;
}

/**
 * Keeps a record when the first 53 bits of its draw, over 2^53, are less than `share`. The draw belongs to no
 * column: the name put first is ''. With `by`, records with the same cells in those columns are kept or left out
 * together, in every file with that key and domain; records whose cells there are all empty are such a group.
 */
export const sample = defineRowTechnique<SampleParams>({
  name: 'sample',
  doc: {
    en: 'Keep a keyed random share of the records, or of the subjects named by columns.',
    ko: '키로 정한 무작위 비율의 레코드만(by를 쓰면 그 열이 같은 레코드를 함께) 남긴다.',
  },
  properties: { deterministic: false, reversible: false, keyed: true, keepsLength: true, leaks: ['value'] },
  params: (z) =>
    z.strictObject({
      share: z
        .number()
        .max(1)
        .refine((share) => share > 0, issue({ en: 'must be greater than 0', ko: '0보다 커야 합니다' })),
      by: z.array(z.string().min(1)).min(1).optional(),
    }),
  columns: ({ by = [] }) => by,
  compile: ({ share, by }) => ({
    keeps: (_, draw) => unitAt(draw!, 0) < share,
    draw: { purpose: 'sample', column: '', over: by ?? 'record' },
  }),
  examples: [],
});
