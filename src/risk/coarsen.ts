import type { Text } from '../messages/language.ts';
import type { Hierarchy } from './hierarchy.ts';
import { MISSING } from './value-order.ts';

/** A released column one level coarser. */
export interface Coarsening {
  readonly to: Text;
  /** Technique of the rules file that gives it from the input's values. */
  readonly apply: Readonly<Record<string, unknown>>;
  /** Parameters of the same technique that do not go with it. */
  readonly without?: readonly string[];
  map(value: string): string;
}

type Recognizer = (values: readonly string[]) => Coarsening | undefined;

/**
 * The next coarser form of a column, told from its values or from its hierarchy; undefined when neither
 * shows one. Missing values stay.
 */
export function coarser(
  values: readonly string[],
  hierarchy?: { readonly table: Hierarchy; readonly file: string },
): Coarsening | undefined {
  const present = values.filter((value) => !MISSING.includes(value));
  if (present.length < 2) return undefined;
  const found =
    hierarchy === undefined
      ? RECOGNIZERS.map((recognize) => recognize(present)).find((one) => one !== undefined)
      : oneLevelUp(present, hierarchy.table, hierarchy.file);
  return found && { ...found, map: (value) => (MISSING.includes(value) ? value : found.map(value)) };
}

function oneLevelUp(values: readonly string[], table: Hierarchy, file: string): Coarsening | undefined {
  const levelOf = new Map<string, number>();
  const up = new Map<string, string>();
  for (const path of table.paths.values())
    for (let level = path.length - 2; level >= 0; level--) {
      levelOf.set(path[level]!, level);
      up.set(path[level]!, path[level + 1]!);
    }
  const levels = values.map((value) => levelOf.get(value)).filter((level) => level !== undefined);
  if (levels.length === 0) return undefined;
  const level = Math.max(...levels) + 1;
  return {
    to: { en: `level ${level} of its hierarchy`, ko: `계층표 ${level}단계` },
    apply: { generalize: { table: { file, level } } },
    map: (value) => up.get(value) ?? value,
  };
}

const DATE_STEPS: readonly {
  readonly form: RegExp;
  readonly level: string;
  readonly name: Text;
  readonly map: (value: string) => string;
}[] = [
  {
    form: /^\d{4}-\d{2}-\d{2}$/,
    level: 'month',
    name: { en: 'month', ko: '월' },
    map: (value) => value.slice(0, 7),
  },
  {
    form: /^\d{4}-\d{2}$/,
    level: 'quarter',
    name: { en: 'quarter', ko: '분기' },
    map: (value) => `${value.slice(0, 4)}-Q${Math.ceil(Number(value.slice(5)) / 3)}`,
  },
  {
    form: /^\d{4}-Q[1-4]$/,
    level: 'half',
    name: { en: 'half-year', ko: '반기' },
    map: (value) => `${value.slice(0, 4)}-H${Math.ceil(Number(value.slice(6)) / 2)}`,
  },
  {
    form: /^\d{4}-(H[12]|W\d{2})$/,
    level: 'year',
    name: { en: 'year', ko: '연도' },
    map: (value) => value.slice(0, 4),
  },
];

const date: Recognizer = (values) => {
  const step = DATE_STEPS.find(({ form }) => values.every((value) => form.test(value)));
  return step && { to: step.name, apply: { 'date-truncate': { to: step.level } }, map: step.map };
};

/** 서울특별시 종로구 청운동 → 서울특별시 종로구 → 서울특별시 */
const address: Recognizer = (values) => {
  if (!values.every((value) => /^\S+(시|도)( \S+)*$/.test(value))) return undefined;
  if (!values.some((value) => value.includes(' '))) return undefined;
  if (values.some((value) => /(읍|면|동|가|리)$/.test(value)))
    return {
      to: { en: 'city, county or district', ko: '시군구' },
      apply: { generalize: { address: 'sigungu' } },
      map: (value) => value.replace(/ \S+(읍|면|동|가|리)$/, ''),
    };
  return {
    to: { en: 'province or metropolitan city', ko: '시도' },
    apply: { generalize: { address: 'sido' } },
    map: (value) => value.split(' ')[0]!,
  };
};

/** [20,30) or 20-29, all of one width: twice as wide. */
const bands: Recognizer = (values) => {
  const open = values.map((value) => /^\[(-?\d+),(-?\d+)\)$/.exec(value));
  const closed = values.map((value) => /^(\d+)-(\d+)$/.exec(value));
  const isOpen = open.every((match) => match !== null);
  if (!isOpen && !closed.every((match) => match !== null)) return undefined;
  const widths = new Set(
    (isOpen ? open : closed).map((match) => Number(match![2]) - Number(match![1]) + (isOpen ? 0 : 1)),
  );
  const [width] = widths;
  if (widths.size !== 1 || width === undefined || width < 1) return undefined;
  const wide = 2 * width;
  return {
    to: { en: `bands of ${wide}`, ko: `${wide} 단위 구간` },
    apply: { generalize: isOpen ? { ranges: { width: wide } } : { 'age-band': { width: wide } } },
    map: (value) => {
      const low = Math.floor(Number(/-?\d+/.exec(value)![0]) / wide) * wide;
      return isOpen ? `[${low},${low + wide})` : `${low}-${low + wide - 1}`;
    },
  };
};

/** 30대, 40대, … 80세 이상: twenty years. */
const koreanDecades: Recognizer = (values) => {
  const decade = /^(\d+)대$/;
  if (!values.some((value) => decade.test(value))) return undefined;
  if (!values.every((value) => decade.test(value) || /^\d+(대|세) (이상|이하|미만)$/.test(value)))
    return undefined;
  return {
    to: { en: 'bands of 20 years', ko: '20세 단위 구간' },
    apply: { generalize: { 'age-band': { width: 20 } } },
    without: ['labels'],
    map: (value) => {
      const [, age] = decade.exec(value) ?? [];
      const low = Math.floor(Number(age) / 20) * 20;
      return age === undefined ? value : `${low}-${low + 19}`;
    },
  };
};

/** Whole numbers: the next of 5, 10, 50, 100, … above the step in which they come. */
const numbers: Recognizer = (values) => {
  if (!values.every((value) => /^-?\d{1,15}$/.test(value))) return undefined;
  const step = values.map(Number).reduce(greatestCommonDivisor);
  let width = 5;
  while (width <= step) width *= String(width).startsWith('5') ? 2 : 5;
  return {
    to: { en: `steps of ${width}`, ko: `${width} 단위` },
    apply:
      step > 1 ? { round: { 'multiple-of': width, mode: 'down' } } : { generalize: { ranges: { width } } },
    map: (value) => String(Math.floor(Number(value) / width) * width),
  };
};

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

const RECOGNIZERS: readonly Recognizer[] = [date, address, bands, koreanDecades, numbers];
