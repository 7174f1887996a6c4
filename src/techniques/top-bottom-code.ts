import {
  compareDecimals,
  type DecimalParam,
  decimal,
  decimalParam,
  formatDecimal,
  NOT_A_NUMBER,
  parseDecimal,
} from './decimal.ts';
import { defineTechnique, issue } from './technique.ts';

interface TopBottomParams {
  readonly top?: DecimalParam | undefined;
  readonly 'top-label'?: string | undefined;
  readonly bottom?: DecimalParam | undefined;
  readonly 'bottom-label'?: string | undefined;
}

/**
 * Merges the thin ends of a distribution: values ≥ `top` and values ≤ `bottom`, the bounds themselves included,
 * become a label each. What lies between stays as it is written.
 */
export const topBottomCode = defineTechnique<TopBottomParams>({
  name: 'top-bottom-code',
  doc: {
    en: 'Merge the ends: values from `top` up and from `bottom` down become one label each (≥80, ≤20).',
    ko: '상하단코딩: `top` 이상과 `bottom` 이하의 값을 각각 하나의 표기(≥80, ≤20)로 묶는다.',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: false,
    keepsLength: false,
    leaks: ['value', 'order', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z
      .strictObject({
        top: decimalParam(z).optional(),
        'top-label': z.string().min(1).optional(),
        bottom: decimalParam(z).optional(),
        'bottom-label': z.string().min(1).optional(),
      })
      .refine(
        ({ top, bottom }) => top !== undefined || bottom !== undefined,
        issue({ en: 'top or bottom is expected', ko: 'top이나 bottom이 있어야 합니다' }),
      )
      .refine(
        ({ top, bottom }) =>
          top === undefined || bottom === undefined || compareDecimals(decimal(bottom), decimal(top)) < 0,
        issue({ en: 'bottom must be less than top', ko: 'bottom은 top보다 작아야 합니다' }, ['bottom']),
      )
      .refine(
        (params) =>
          (params['top-label'] === undefined || params.top !== undefined) &&
          (params['bottom-label'] === undefined || params.bottom !== undefined),
        issue({ en: 'a label needs its bound', ko: '표기를 정하려면 그 경계값도 있어야 합니다' }),
      ),
  compile: (params) => {
    const top = params.top === undefined ? undefined : decimal(params.top);
    const bottom = params.bottom === undefined ? undefined : decimal(params.bottom);
    const topLabel = params['top-label'] ?? (top && `≥${formatDecimal(top)}`);
    const bottomLabel = params['bottom-label'] ?? (bottom && `≤${formatDecimal(bottom)}`);
    return {
      cell: (text) => {
        const value = parseDecimal(text);
        if (value === undefined) return NOT_A_NUMBER;
        if (top !== undefined && compareDecimals(value, top) >= 0) return topLabel!;
        if (bottom !== undefined && compareDecimals(value, bottom) <= 0) return bottomLabel!;
        return text;
      },
    };
  },
  examples: [
    {
      params: { top: 80, 'top-label': '80세 이상', bottom: 19, 'bottom-label': '20세 미만' },
      cells: [
        ['86', '80세 이상'],
        ['80', '80세 이상'],
        ['79.99', '79.99'],
        ['38', '38'],
        ['19', '20세 미만'],
        ['-1', '20세 미만'],
        ['38세', null],
      ],
    },
    {
      params: { top: '99999999999999999999' },
      cells: [
        ['99999999999999999998', '99999999999999999998'],
        ['100000000000000000000', '≥99999999999999999999'],
      ],
    },
  ],
});
