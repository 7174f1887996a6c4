/**
 * Functions whose results ECMAScript leaves to the implementation (`Math.log`, `Math.cos`), made here of the
 * four operations, which IEEE 754 fixes to the last bit: noise must be the same on every machine.
 */

const HALF_PI = Math.PI / 2;

/**
 * Natural logarithm of x, 2^-1022 ≤ x ≤ 1, to a few units in the last place: x = m / 2^k with m in [√½, √2), and
 * ln m = 2 artanh(s) = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1) / (m + 1), |s| < 0.172.
 */
export function naturalLog(x: number): number {
  let mantissa = x;
  let halvings = 0;
  while (mantissa < Math.SQRT1_2) {
    mantissa *= 2;
    halvings++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  let series = 0;
  for (let odd = 23; odd >= 1; odd -= 2) series = series * s * s + 1 / odd;
  return 2 * s * series - halvings * Math.LN2;
}

/** Cosine of `turn` whole turns, 0 ≤ turn < 1, to within 1e-15: the Taylor series in the first quadrant. */
export function cosineOfTurn(turn: number): number {
  const quadrant = Math.floor(4 * turn);
  const angle = (4 * turn - quadrant) * HALF_PI;
  switch (quadrant) {
    case 0:
      return taylor(angle, 0);
    case 1:
      return -taylor(angle, 1);
    case 2:
      return -taylor(angle, 0);
    default:
      return taylor(angle, 1);
  }
}

/** Cosine (`first` 0) or sine (`first` 1) of an angle in [0, π/2): sum of (−1)^i angle^n / n!, n = first + 2i. */
function taylor(angle: number, first: 0 | 1): number {
  let sum = 1;
  for (let n = 22 + first; n > first; n -= 2) sum = 1 - (sum * angle * angle) / (n * (n - 1));
  return first === 0 ? sum : sum * angle;
}
