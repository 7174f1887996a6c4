import type { ClassHistogram } from './classes.ts';
import { lnGammaRatio, reciprocalSum, squaredReciprocalSum } from './gamma.ts';

/** Maximum-likelihood parameters of Pitman's sampling formula. */
export interface PitmanFit {
  readonly theta: number;
  readonly alpha: number;
}

/** Sums over a sample: the two likelihood equations and their derivatives at (θ, α). */
interface Slope {
  readonly byTheta: number;
  readonly byAlpha: number;
  readonly thetaTheta: number;
  readonly thetaAlpha: number;
  readonly alphaAlpha: number;
}

const MOST_STEPS = 500;

/**
 * Fits Pitman's model to class sizes (Hoshino 2001, "Applying Pitman's sampling formula to microdata
 * disclosure risk assessment"): Newton's method on
 * Σ_{i=1}^{u−1} 1/(θ+iα) = Σ_{i=1}^{n−1} 1/(θ+i) and Σ_{i=1}^{u−1} i/(θ+iα) = Σ_s S_s Σ_{j=1}^{s−1} 1/(j−α).
 * @returns undefined when it does not converge, e.g. when all or no records are unique
 */
export function fitPitman(histogram: ClassHistogram): PitmanFit | undefined {
  const singles = classesOf(histogram, 1);
  const { classes: u, rows: n } = histogram;
  if (u < 2 || u === n) return undefined;
  const moments = hoshinoStart(singles, classesOf(histogram, 2), u, n);
  return newton(histogram, moments) ?? newton(histogram, bracketedStart(histogram));
}

/** Share of the population that is unique in it: N^(α−1) · Γ(θ+1)/Γ(θ+α). */
export function pitmanUniqueness({ theta, alpha }: PitmanFit, population: number): number {
  return Math.exp((alpha - 1) * Math.log(population) + lnGammaRatio(theta + alpha, 1 - alpha));
}

const classesOf = ({ sizes }: ClassHistogram, size: number) =>
  sizes.find(({ f }) => f === size)?.classes ?? 0;

/** Moment estimate to start from; S_2 = 0 is taken as 1. */
function hoshinoStart(s1: number, s2: number, u: number, n: number): PitmanFit {
  const c = (s1 * (s1 - 1)) / Math.max(1, s2);
  const theta = (n * u * c - s1 * (n - 1) * (2 * u + c)) / (2 * s1 * u + s1 * c - n * c);
  return { theta, alpha: (theta * (s1 - n) + (n - 1) * s1) / (n * u) };
}

/**
 * Bisection of the second equation over 0 < α < 1, with θ from the first equation at each α. Slower and
 * surer than the moment estimate, which often lies outside the domain.
 */
function bracketedStart(histogram: ClassHistogram): PitmanFit | undefined {
  let low = 1e-6;
  let high = 1 - 1e-9;
  const at = (alpha: number) => ({ theta: thetaFor(alpha, histogram), alpha });
  if (slopeAt(at(low), histogram).byAlpha <= 0) return undefined;
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(at(middle), histogram).byAlpha > 0) low = middle;
    else high = middle;
  }
  return at((low + high) / 2);
}

/** θ that solves the first equation for a given α: its left side less its right side falls with θ. */
function thetaFor(alpha: number, histogram: ClassHistogram): number {
  let low = -20;
  let high = 40;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (slopeAt({ theta: Math.exp(middle), alpha }, histogram).byTheta > 0) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function newton(histogram: ClassHistogram, start: PitmanFit | undefined): PitmanFit | undefined {
  if (start === undefined || !inDomain(start, histogram.classes)) return undefined;
  let fit = start;
  let slope = slopeAt(fit, histogram);
  for (let step = 0; step < MOST_STEPS; step++) {
    const determinant = slope.thetaTheta * slope.alphaAlpha - slope.thetaAlpha ** 2;
    const theta = (slope.alphaAlpha * slope.byTheta - slope.thetaAlpha * slope.byAlpha) / determinant;
    const alpha = (slope.thetaTheta * slope.byAlpha - slope.thetaAlpha * slope.byTheta) / determinant;
    let share = 1;
    let next = { theta: fit.theta - theta, alpha: fit.alpha - alpha };
    while (!inDomain(next, histogram.classes) && share > 1e-9) {
      share /= 2;
      next = { theta: fit.theta - share * theta, alpha: fit.alpha - share * alpha };
    }
    if (!inDomain(next, histogram.classes)) return undefined;
    const still =
      Math.abs(next.theta - fit.theta) <= 1e-13 * Math.abs(next.theta) &&
      Math.abs(next.alpha - fit.alpha) <= 1e-13;
    fit = next;
    if (still) return fit;
    slope = slopeAt(fit, histogram);
    if (isRoot(slope, fit, histogram)) return fit;
  }
  return undefined;
}

/** Both equations hold to the precision of their sums. */
function isRoot(slope: Slope, { theta, alpha }: PitmanFit, { classes, rows }: ClassHistogram): boolean {
  const size = reciprocalSum(theta + 1, rows - 1);
  return (
    Math.abs(slope.byTheta) <= 1e-15 * size && Math.abs(slope.byAlpha) <= (1e-15 * classes) / Math.abs(alpha)
  );
}

const inDomain = ({ theta, alpha }: PitmanFit, classes: number): boolean =>
  Math.abs(alpha) < 1 && alpha !== 0 && theta + alpha > 0 && theta + (classes - 1) * alpha > 0 && theta > -1;

function slopeAt({ theta, alpha }: PitmanFit, { sizes, classes: u, rows: n }: ClassHistogram): Slope {
  // Σ 1/(θ+iα): for α < 0 the terms are summed from the far end, so that the arguments stay positive.
  const x = alpha > 0 ? theta / alpha + 1 : theta / -alpha - (u - 1);
  const sum = reciprocalSum(x, u - 1) / Math.abs(alpha);
  const squares = squaredReciprocalSum(x, u - 1) / alpha ** 2;
  let inClasses = 0;
  let inClassesSquared = 0;
  for (const { f, classes } of sizes) {
    if (f < 2) continue;
    inClasses += classes * reciprocalSum(1 - alpha, f - 1);
    inClassesSquared += classes * squaredReciprocalSum(1 - alpha, f - 1);
  }
  return {
    byTheta: sum - reciprocalSum(theta + 1, n - 1),
    byAlpha: (u - 1 - theta * sum) / alpha - inClasses,
    thetaTheta: squaredReciprocalSum(theta + 1, n - 1) - squares,
    thetaAlpha: -(sum - theta * squares) / alpha,
    alphaAlpha: -(u - 1 - 2 * theta * sum + theta ** 2 * squares) / alpha ** 2 - inClassesSquared,
  };
}
