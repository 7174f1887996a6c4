/** Class size in the sample that makes a class of k in the population likely; see `derivedK`. */
export interface KMapEstimate {
  /** k wanted in the population. */
  readonly k: number;
  /** Accepted chance of error. */
  readonly significance: number;
  readonly poisson: number;
  readonly zeroTruncated: number;
}

/**
 * k-map without a population table: the sample size of a class of k people is taken as Poisson with
 * λ = k·fraction; c is the first count with CDF ≥ 1 − significance; the class size to ask of the sample is
 * min(k, c+2), or min(k, c+1) with the Poisson truncated at zero (El Emam, Dankar 2008; ARX).
 */
export function estimateKMap(k: number, fraction: number, significance: number): KMapEstimate {
  const lambda = k * fraction;
  const wanted = 1 - significance;
  return {
    k,
    significance,
    poisson: Math.min(k, firstCount(lambda, 0, wanted) + 2),
    zeroTruncated: Math.min(k, firstCount(lambda, 1, wanted) + 1),
  };
}

/** First count c ≥ `from` with P(from ≤ X ≤ c) / P(X ≥ from) ≥ `wanted`, X Poisson; from is 0 or 1. */
function firstCount(lambda: number, from: 0 | 1, wanted: number): number {
  let lnTerm = -lambda + from * Math.log(lambda);
  const whole = from === 0 ? 1 : -Math.expm1(-lambda);
  let sum = Math.exp(lnTerm) / whole;
  let count = from;
  while (sum < wanted) {
    count++;
    lnTerm += Math.log(lambda / count);
    const term = Math.exp(lnTerm) / whole;
    if (count > lambda && sum + term === sum) break;
    sum += term;
  }
  return count;
}
