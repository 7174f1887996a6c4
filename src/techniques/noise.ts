import {
  compareDecimals,
  type DecimalParam,
  decimal,
  decimalParam,
  formatDecimal,
  NOT_A_NUMBER,
  nearestDivide,
  parseDecimal,
  positiveParam,
  unitsAt,
} from './decimal.ts';
import { unitAt } from './draw-number.ts';
import { cosineOfTurn, naturalLog } from './reproducible-math.ts';
import { defineTechnique, issue } from './technique.ts';

interface NoiseParams {
  readonly distribution: 'laplace' | 'gaussian' | 'uniform';
  readonly scale: DecimalParam;
  readonly min?: DecimalParam | undefined;
  readonly max?: DecimalParam | undefined;
  readonly decimals?: number | undefined;
}

const LARGEST_SCALE = 1e12;
const SMALLEST_SCALE = 1e-12;

/**
 * Noise of scale 1 from the draw. u = the first 53 bits of bytes 0–7 and v = those of bytes 8–15, over 2^53;
 * 1 − u is in (0, 1].
 * - laplace: −ln(1 − u), negative when the first bit of byte 16 is set (inverse distribution function)
 * - gaussian: √(−2 ln(1 − u)) cos(2πv) (Box & Muller 1958)
 * - uniform: 2u − 1
 */
const UNIT_NOISE: Record<NoiseParams['distribution'], (draw: Uint8Array) => number> = {
  laplace: (draw) => {
    const magnitude = -naturalLog(1 - unitAt(draw, 0));
    return draw[16]! < 128 ? magnitude : -magnitude;
  },
  gaussian: (draw) => Math.sqrt(-2 * naturalLog(1 - unitAt(draw, 0))) * cosineOfTurn(unitAt(draw, 8)),
  uniform: (draw) => 2 * unitAt(draw, 0) - 1,
};

/**
 * Adds keyed noise. `scale` is Laplace's b, the standard deviation, or the half-width. Value and noise
 * are rounded to `decimals` decimals, by default those of the cell, so an integer stays one; but never to so many
 * that the scale has more than 10^15 steps, since finer digits would be those of the value itself. The sum is then
 * brought into [`min`, `max`]; a bound is written as it is given.
 */
export const noise = defineTechnique<NoiseParams>({
  name: 'noise',
  doc: {
    en: 'Add random noise to a number, the same for the same record: Laplace, Gaussian or uniform.',
    ko: '수에 잡음을 더한다(라플라스·정규·균등 분포). 같은 레코드에는 언제나 같은 잡음을 쓴다.',
  },
  properties: {
    deterministic: false,
    reversible: true,
    keyed: true,
    keepsLength: false,
    leaks: ['interval', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z
      .strictObject({
        distribution: z.enum(['laplace', 'gaussian', 'uniform']),
        scale: positiveParam(z).refine(
          (scale) => Number(scale) <= LARGEST_SCALE && Number(scale) >= SMALLEST_SCALE,
          issue({
            en: 'must be between 0.000000000001 and 1000000000000',
            ko: '0.000000000001에서 1000000000000 사이여야 합니다',
          }),
        ),
        min: decimalParam(z).optional(),
        max: decimalParam(z).optional(),
        decimals: z.number().int().min(0).max(15).optional(),
      })
      .refine(
        ({ min, max }) =>
          min === undefined || max === undefined || compareDecimals(decimal(min), decimal(max)) <= 0,
        issue({ en: 'min must not be greater than max', ko: 'min이 max보다 클 수 없습니다' }, ['min']),
      ),
  compile: (params, { column }) => {
    const size = Number(params.scale);
    const finest = finestDecimals(size);
    const min = params.min === undefined ? undefined : decimal(params.min);
    const max = params.max === undefined ? undefined : decimal(params.max);
    const unitNoise = UNIT_NOISE[params.distribution];
    return {
      cell: (text, draw) => {
        const value = parseDecimal(text);
        if (value === undefined) return NOT_A_NUMBER;
        const decimals = Math.min(params.decimals ?? value.scale, finest);
        const added = BigInt(Math.round(unitNoise(draw!) * size * Number(`1e${decimals}`)));
        const scale = Math.max(value.scale, decimals);
        const sum = {
          units: nearestDivide(unitsAt(value, scale), 10n ** BigInt(scale - decimals)) + added,
          scale: decimals,
        };
        if (min !== undefined && compareDecimals(sum, min) < 0) return formatDecimal(min);
        if (max !== undefined && compareDecimals(sum, max) > 0) return formatDecimal(max);
        return formatDecimal(sum);
      },
      draw: { purpose: 'noise', column, over: 'record' },
    };
  },
  examples: [
    {
      params: { distribution: 'laplace', scale: 100000, min: 0 },
      cells: [
        ['3000000', '3147782'],
        ['45', '273333'],
        ['-12.5', '0'],
        ['3,000,000', null],
      ],
    },
    {
      params: { distribution: 'gaussian', scale: 2 },
      cells: [
        ['3000000', '3000003'],
        ['-12.5', '-16.5'],
        ['0', '-1'],
        ['45', '45'],
      ],
    },
    {
      params: { distribution: 'uniform', scale: '5.0', max: 3000000 },
      cells: [
        ['3000000', '3000000'],
        ['-12.5', '-7.9'],
        ['45', '49'],
      ],
    },
  ],
});

/** Most decimals d with scale × 10^d ≤ 10^15. */
function finestDecimals(scale: number): number {
  let decimals = 0;
  while (scale * Number(`1e${decimals + 1}`) <= 1e15) decimals++;
  return decimals;
}
