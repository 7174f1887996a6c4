/** Above this argument the asymptotic series below are exact to the last bits of a double. */
const LARGE = 16;

/** Stirling's series of ln Γ: Σ B_2k / (2k(2k−1) x^(2k−1)) (Abramowitz, Stegun 6.1.41). */
function stirling(x: number): number {
  const y = 1 / (x * x);
  return (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x;
}

/**
 * ln Γ(x + d) − ln Γ(x) for x > 0, x + d > 0, without the cancellation of two large logarithms.
 */
export function lnGammaRatio(x: number, d: number): number {
  let shifted = 0;
  let from = x;
  while (Math.min(from, from + d) < LARGE) {
    shifted -= Math.log((from + d) / from);
    from++;
  }
  return (
    shifted +
    (from - 0.5) * Math.log1p(d / from) +
    d * Math.log(from + d) -
    d +
    (stirling(from + d) - stirling(from))
  );
}

/** Σ_{i=0}^{n−1} 1/(x+i) = ψ(x+n) − ψ(x), for x > 0 (Abramowitz, Stegun 6.3.18). */
export function reciprocalSum(x: number, n: number): number {
  let sum = 0;
  let from = x;
  let left = n;
  for (; left > 0 && (from < LARGE || left < LARGE); left--, from++) sum += 1 / from;
  if (left <= 0) return sum;
  const rest = (at: number) => {
    const y = 1 / (at * at);
    return -0.5 / at - y * (1 / 12 - y * (1 / 120 - y * (1 / 252 - y * (1 / 240 - y / 132))));
  };
  return sum + Math.log1p(left / from) + (rest(from + left) - rest(from));
}

/** Σ_{i=0}^{n−1} 1/(x+i)² = ψ′(x) − ψ′(x+n), for x > 0 (Abramowitz, Stegun 6.4.12). */
export function squaredReciprocalSum(x: number, n: number): number {
  let sum = 0;
  let from = x;
  let left = n;
  for (; left > 0 && (from < LARGE || left < LARGE); left--, from++) sum += 1 / (from * from);
  if (left <= 0) return sum;
  const rest = (at: number) => {
    const y = 1 / (at * at);
    return 0.5 * y + (y / at) * (1 / 6 - y * (1 / 30 - y * (1 / 42 - y * (1 / 30 - (y * 5) / 66))));
  };
  return sum + left / (from * (from + left)) + (rest(from) - rest(from + left));
}
