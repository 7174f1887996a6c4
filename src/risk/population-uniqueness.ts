import type { Text } from '../messages/language.ts';
import type { ClassHistogram } from './classes.ts';
import { fitPitman, type PitmanFit, pitmanUniqueness } from './pitman.ts';

/** Share of the population that is unique in it, estimated from the sample alone. */
export interface PopulationUniqueness {
  /** π = n/N. */
  readonly fraction: number;
  readonly zayatz: number | null;
  readonly pitman: number | null;
  readonly dankar: number | null;
  readonly pitmanTheta: number | null;
  readonly pitmanAlpha: number | null;
}

export const NOT_CONVERGED: Text = {
  en: "Pitman's likelihood equations have no solution that Newton's method finds for these class sizes",
  ko: '이 동질집합 크기 분포에서는 피트먼 우도방정식의 해를 뉴턴법으로 찾지 못했습니다',
};

/** Up to this fraction Pitman's model is the better one, above it Zayatz's (Dankar et al. 2012). */
const DANKAR_LIMIT = 0.1;

/** @param fractions sampling fractions π in (0, 1] */
export function populationUniqueness(
  histogram: ClassHistogram,
  fractions: readonly number[],
): PopulationUniqueness[] {
  const fit = fitPitman(histogram);
  return fractions.map((fraction) => estimate(histogram, fit, fraction));
}

function estimate(
  histogram: ClassHistogram,
  fit: PitmanFit | undefined,
  fraction: number,
): PopulationUniqueness {
  const population = histogram.rows / fraction;
  const zayatz = zayatzUniqueness(histogram, fraction);
  const pitman = fit === undefined ? null : pitmanUniqueness(fit, population);
  const singles = histogram.sizes.find(({ f }) => f === 1)?.classes ?? 0;
  return {
    fraction,
    zayatz,
    pitman,
    dankar: singles === 0 ? 0 : fraction <= DANKAR_LIMIT ? pitman : zayatz,
    pitmanTheta: fit?.theta ?? null,
    pitmanAlpha: fit?.alpha ?? null,
  };
}

/**
 * (S_1/π) · S_1·h(1) / Σ S_i·h(i) / N, where h(i) is the chance that a sample of n from N holds exactly one of
 * i given people (Zayatz 1991), N rounded down to whole people there. h(i) = i · n/N · Π_{j=1}^{i−1} (N−n−j+1)/(N−j).
 */
export function zayatzUniqueness({ sizes, rows: n }: ClassHistogram, fraction: number): number {
  const population = n / fraction;
  const people = Math.floor(population * (1 + Number.EPSILON));
  let lnOthers = 0;
  let reached = 1;
  let all = 0;
  let single = 0;
  for (const { f, classes } of sizes) {
    for (; reached < f && lnOthers > -800; reached++)
      lnOthers += Math.log(Math.max(0, people - n - reached + 1) / (people - reached));
    const expected = classes * f * Math.exp(lnOthers);
    if (f === 1) single = classes;
    all += expected;
  }
  return single === 0 ? 0 : ((single / fraction) * (single / all)) / population;
}
