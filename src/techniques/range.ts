import {
  compareDecimals,
  type Decimal,
  type DecimalParam,
  decimal,
  decimalParam,
  floorDivide,
  formatDecimal,
  NOT_A_NUMBER,
  parseDecimal,
  positiveParam,
  unitsAt,
} from './decimal.ts';
import { Invalid, issue, type Zod } from './technique.ts';

/** Labels of the open ends; without one, values beyond the end are refused. */
interface OpenEnds {
  readonly below?: string | undefined;
  readonly above?: string | undefined;
}

/** Intervals of one width: … [origin, origin + width) …; `min` ≤ value < `max`. */
export interface RangesParams extends OpenEnds {
  readonly width: DecimalParam;
  readonly origin: DecimalParam;
  readonly min?: DecimalParam | undefined;
  readonly max?: DecimalParam | undefined;
  readonly label: string;
}

/** Intervals between ascending bounds: [bounds[0], bounds[1]) …, with a label each. */
export interface BinsParams extends OpenEnds {
  readonly bounds: readonly DecimalParam[];
  readonly labels?: readonly string[] | undefined;
}

const OUTSIDE = new Invalid({
  en: 'the number lies outside the ranges of the rules',
  ko: '규칙에 정한 구간을 벗어난 수입니다',
});

const DEFAULT_LABEL = '[{from},{to})';
const PLACEHOLDER = /\{(from|to|last)\}/g;

const ONE = { units: 1n, scale: 0 };

/** A label: {from} = lower bound, {to} = upper bound, which is not in the interval, {last} = {to} − 1. */
function labelled(template: string, from: Decimal, to: Decimal): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    if (name === 'from') return formatDecimal(from);
    return formatDecimal(name === 'to' ? to : minusOne(to));
  });
}

function minusOne(value: Decimal): Decimal {
  return { units: value.units - unitsAt(ONE, value.scale), scale: value.scale };
}

export function rangesSchema(z: Zod) {
  const label = z
    .string()
    .default(DEFAULT_LABEL)
    .refine(
      (template) => /\{(?:from|to|last)\}/.test(template) && !/[{}]/.test(template.replace(PLACEHOLDER, '')),
      issue({
        en: 'a label with {from}, {to} or {last} is expected, such as "{from}-{last}"',
        ko: '"{from}~{last}"처럼 {from}, {to}, {last}를 쓴 표기여야 합니다',
      }),
    );
  return z
    .strictObject({
      width: positiveParam(z),
      origin: decimalParam(z).default(0),
      min: decimalParam(z).optional(),
      max: decimalParam(z).optional(),
      label,
      below: z.string().min(1).optional(),
      above: z.string().min(1).optional(),
    })
    .refine(
      ({ min, max, below, above }) =>
        (below === undefined || min !== undefined) && (above === undefined || max !== undefined),
      issue({ en: 'below needs min, and above needs max', ko: 'below에는 min, above에는 max가 필요합니다' }),
    )
    .refine(
      ({ min, max }) =>
        min === undefined || max === undefined || compareDecimals(decimal(min), decimal(max)) < 0,
      issue({ en: 'min must be less than max', ko: 'min은 max보다 작아야 합니다' }, ['min']),
    );
}

/** Puts a number into its interval, lower ≤ x < upper. */
export function ranges(params: RangesParams): (text: string) => string | Invalid {
  const width = decimal(params.width);
  const origin = decimal(params.origin);
  const min = params.min === undefined ? undefined : decimal(params.min);
  const max = params.max === undefined ? undefined : decimal(params.max);
  return (text) => {
    const value = parseDecimal(text);
    if (value === undefined) return NOT_A_NUMBER;
    if (min !== undefined && compareDecimals(value, min) < 0) return params.below ?? OUTSIDE;
    if (max !== undefined && compareDecimals(value, max) >= 0) return params.above ?? OUTSIDE;
    const scale = Math.max(value.scale, width.scale, origin.scale);
    const step = unitsAt(width, scale);
    const start = unitsAt(origin, scale);
    const from = start + floorDivide(unitsAt(value, scale) - start, step) * step;
    return labelled(params.label, { units: from, scale }, { units: from + step, scale });
  };
}

export function binsSchema(z: Zod) {
  return z
    .strictObject({
      bounds: z.array(decimalParam(z)).min(1),
      labels: z.array(z.string().min(1)).optional(),
      below: z.string().min(1).optional(),
      above: z.string().min(1).optional(),
    })
    .refine(
      ({ bounds }) =>
        bounds.every((bound, i) => i === 0 || compareDecimals(decimal(bounds[i - 1]!), decimal(bound)) < 0),
      issue({ en: 'bounds must ascend', ko: '경계값은 오름차순이어야 합니다' }, ['bounds']),
    )
    .refine(
      ({ bounds, labels }) => labels === undefined || labels.length === bounds.length - 1,
      issue({ en: 'one label fewer than bounds is expected', ko: '표기는 경계값보다 하나 적어야 합니다' }, [
        'labels',
      ]),
    );
}

/** Puts a number into its bin, lower ≤ x < upper. */
export function bins({ bounds, labels, below, above }: BinsParams): (text: string) => string | Invalid {
  const edges = bounds.map(decimal);
  const names = labels ?? edges.slice(1).map((to, i) => labelled(DEFAULT_LABEL, edges[i]!, to));
  return (text) => {
    const value = parseDecimal(text);
    if (value === undefined) return NOT_A_NUMBER;
    const next = edges.findIndex((edge) => compareDecimals(value, edge) < 0);
    if (next === 0) return below ?? OUTSIDE;
    if (next < 0) return above ?? OUTSIDE;
    return names[next - 1]!;
  };
}
