import type { Text } from '../messages/language.ts';
import type { Measurement } from './record.ts';

/** Limits by measure, named as in the rules file. Lower bounds: k, l, l-entropy; all others are upper ones. */
export const MEASURES = [
  'k',
  'l',
  'l-entropy',
  't',
  't-ordered',
  't-hierarchical',
  'alpha',
  'beta',
  'delta',
  'prosecutor-max',
  'prosecutor-average',
  'records-at-risk',
  'sample-uniqueness',
  'journalist-max',
  'marketer',
  'population-uniqueness',
] as const;

export type Measure = (typeof MEASURES)[number];
export type Thresholds = { readonly [M in Measure]?: number | undefined };

export const LOWER_BOUNDS: ReadonlySet<Measure> = new Set<Measure>(['k', 'l', 'l-entropy']);

/** One threshold held against a figure. */
export interface GateCheck {
  readonly measure: Measure;
  readonly value: number | null;
  readonly threshold: number;
  readonly pass: boolean;
  /** Sensitive column with the worst value. */
  readonly column?: string;
  /** Why there is no value; a check without one does not pass. */
  readonly reason?: Text;
}

export interface Gate {
  /** Every threshold holds, and there is at least one. */
  readonly pass: boolean;
  readonly checks: readonly GateCheck[];
}

interface Found {
  readonly value: number | null;
  readonly column?: string;
  readonly reason?: Text;
}

const NO_SENSITIVE: Text = { en: 'no sensitive column is named', ko: '민감속성 열이 지정되지 않았습니다' };
const UNDEFINED: Text = {
  en: 'infinite or undefined; see the notes',
  ko: '무한대이거나 정의되지 않음(비고 참조)',
};
const NO_POPULATION: Text = {
  en: 'needs a population table or a sampling fraction',
  ko: '모집단 표 또는 표본추출률이 필요합니다',
};

/** Holds a measurement against thresholds. Whatever cannot be computed does not pass. */
export function decide(measurement: Measurement, thresholds: Thresholds): Gate {
  const checks = MEASURES.filter((measure) => thresholds[measure] !== undefined).map((measure): GateCheck => {
    const threshold = thresholds[measure]!;
    const found = figureOf(measurement, measure);
    const pass =
      found.value !== null &&
      (LOWER_BOUNDS.has(measure) ? found.value >= threshold : found.value <= threshold);
    return { measure, ...found, threshold, pass };
  });
  return { pass: checks.length > 0 && checks.every((check) => check.pass), checks };
}

function figureOf(risk: Measurement, measure: Measure): Found {
  switch (measure) {
    case 'k':
      return { value: risk.k };
    case 'l':
      return worst(risk, 'lDistinct', Math.min);
    case 'l-entropy':
      return worst(risk, 'lEntropy', Math.min);
    case 't':
      return worst(risk, 'tEqual', Math.max);
    case 't-ordered':
      return worst(risk, 'tOrdered', Math.max);
    case 't-hierarchical':
      return worst(risk, 'tHierarchical', Math.max);
    case 'alpha':
      return worst(risk, 'alpha', Math.max);
    case 'beta':
      return worst(risk, 'betaBasic', Math.max);
    case 'delta':
      return worst(risk, 'delta', Math.max);
    case 'prosecutor-max':
      return { value: risk.highestRisk };
    case 'prosecutor-average':
      return { value: risk.averageRisk };
    case 'records-at-risk':
      return { value: risk.recordsAtRisk.share };
    case 'sample-uniqueness':
      return { value: risk.sampleUniqueness };
    case 'journalist-max':
      return ofPopulation(risk, risk.journalist?.highestRisk);
    case 'marketer':
      return ofPopulation(risk, risk.marketer?.successRate);
    case 'population-uniqueness':
      return ofPopulation(risk, worstUniqueness(risk));
  }
}

type SensitiveFigure =
  | 'lDistinct'
  | 'lEntropy'
  | 'tEqual'
  | 'tOrdered'
  | 'tHierarchical'
  | 'alpha'
  | 'betaBasic'
  | 'delta';

/** The worst value of any sensitive column; one that is undefined is the worst of all. */
function worst(risk: Measurement, figure: SensitiveFigure, pick: (a: number, b: number) => number): Found {
  const columns = Object.entries(risk.perSensitive);
  if (columns.length === 0) return { value: null, reason: NO_SENSITIVE };
  const absent = columns.find(([, figures]) => figures[figure] === null);
  if (absent !== undefined) return { value: null, column: absent[0], reason: UNDEFINED };
  const value = columns.map(([, figures]) => figures[figure]!).reduce((a, b) => pick(a, b));
  return { value, column: columns.find(([, figures]) => figures[figure] === value)![0] };
}

function ofPopulation(risk: Measurement, value: number | null | undefined): Found {
  if (risk.population === null || value === undefined) return { value: null, reason: NO_POPULATION };
  return value === null ? { value, reason: UNDEFINED } : { value };
}

/** Dankar's estimate at the fractions asked for; null when any of them has none. */
function worstUniqueness(risk: Measurement): number | null {
  const estimates = risk.populationUniqueness.map(({ dankar }) => dankar);
  return estimates.includes(null) ? null : Math.max(...(estimates as number[]));
}
