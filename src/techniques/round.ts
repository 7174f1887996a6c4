import {
  type DecimalParam,
  decimal,
  floorDivide,
  formatDecimal,
  NOT_A_NUMBER,
  nearestDivide,
  parseDecimal,
  positiveParam,
  unitsAt,
} from './decimal.ts';
import { uint128 } from './draw-number.ts';
import { type CompiledTechnique, defineTechnique } from './technique.ts';

type Mode = 'nearest' | 'down' | 'up' | 'random';

/** How many multiples a value becomes; value and multiple are integers at one scale. */
const MULTIPLES: Record<Exclude<Mode, 'random'>, (value: bigint, multiple: bigint) => bigint> = {
  nearest: nearestDivide,
  down: floorDivide,
  up: (value, multiple) => -floorDivide(-value, multiple),
};

/** The multiple below, or the one above with probability (distance from the one below) / multiple. */
function randomMultiples(value: bigint, multiple: bigint, draw: Uint8Array): bigint {
  const below = floorDivide(value, multiple);
  const distance = value - below * multiple;
  return uint128(draw) * multiple < distance << 128n ? below + 1n : below;
}

/**
 * Rounds to a multiple, exactly, for numbers of any length. `nearest` takes halves away from zero; `down` takes
 * the lower multiple and `up` the higher one, also for negative numbers; `random` takes one of the two
 * neighbours with odds that leave the expected value unchanged.
 */
export const round = defineTechnique<{ 'multiple-of': DecimalParam; mode: Mode }>({
  name: 'round',
  doc: {
    en: 'Round a number to a multiple: nearest (halves away from zero), down, up, or random (unbiased, keyed).',
    ko: '수를 배수로 라운딩한다: 반올림(nearest), 내림(down), 올림(up), 랜덤(random: 키를 쓰며 평균을 보존).',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: false,
    keepsLength: false,
    leaks: ['order', 'interval', 'distribution'],
  },
  bare: false,
  onEmpty: 'keep',
  params: (z) =>
    z.strictObject({
      'multiple-of': positiveParam(z),
      mode: z.enum(['nearest', 'down', 'up', 'random']).default('nearest'),
    }),
  compile: ({ 'multiple-of': param, mode }, { column }): CompiledTechnique => {
    const multiple = decimal(param);
    const rounded = (text: string, multiples: (value: bigint, multiple: bigint) => bigint) => {
      const value = parseDecimal(text);
      if (value === undefined) return NOT_A_NUMBER;
      const scale = Math.max(value.scale, multiple.scale);
      const step = unitsAt(multiple, scale);
      return formatDecimal({ units: multiples(unitsAt(value, scale), step) * step, scale });
    };
    if (mode === 'random')
      return {
        cell: (text, draw) => rounded(text, (value, step) => randomMultiples(value, step, draw!)),
        draw: { purpose: 'round', column, over: 'record' },
      };
    const size = Number(param);
    return {
      cell: (text) => rounded(text, MULTIPLES[mode]),
      ...(Number.isSafeInteger(size) && { kernel: { kind: 'round', multiple: size, mode } }),
    };
  },
  examples: [
    {
      params: { 'multiple-of': 10000, mode: 'down' },
      cells: [
        ['984450', '980000'],
        ['-1', '-10000'],
        ['-10000', '-10000'],
        ['9999', '0'],
        ['123456789012345678901234567890', '123456789012345678901234560000'],
        ['984,450', null],
        ['1e5', null],
        [' 5', null],
        ['NaN', null],
      ],
    },
    {
      params: { 'multiple-of': 10 },
      cells: [
        ['33', '30'],
        ['35', '40'],
        ['-35', '-40'],
        ['-4', '0'],
        ['34.9', '30'],
        ['+007', '10'],
      ],
    },
    {
      params: { 'multiple-of': 10, mode: 'up' },
      cells: [
        ['33', '40'],
        ['-33', '-30'],
        ['30', '30'],
      ],
    },
    {
      params: { 'multiple-of': 100000, mode: 'random' },
      cells: [
        ['979118', '1000000'],
        ['-50000', '-100000'],
        ['300000', '300000'],
      ],
    },
    {
      params: { 'multiple-of': 0.25 },
      cells: [
        ['1.3', '1.25'],
        ['1.375', '1.5'],
        ['2.0', '2'],
      ],
    },
  ],
});
