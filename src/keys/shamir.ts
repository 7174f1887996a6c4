import { randomBytes } from 'node:crypto';

/** The value at `index` of one random polynomial for each byte of a secret. */
export interface Share {
  /** 1 to 255. */
  readonly index: number;
  readonly bytes: Uint8Array;
}

/**
 * Splits a secret so that any `threshold` shares give it and fewer say nothing about it (A. Shamir, How to share
 * a secret, 1979): each byte is the value at 0 of a random polynomial of degree `threshold` − 1 over GF(2⁸).
 * @param threshold 2 to `count`
 * @param count at most 255
 */
export function splitSecret(secret: Uint8Array, threshold: number, count: number): Share[] {
  if (!(threshold >= 2 && threshold <= count && count <= 255)) throw new RangeError('threshold or count');
  const coefficients = [secret, ...Array.from({ length: threshold - 1 }, () => randomBytes(secret.length))];
  return Array.from({ length: count }, (_, i) => {
    const index = i + 1;
    return { index, bytes: secret.map((_, at) => valueAt(index, coefficients, at)) };
  });
}

/** The secret of at least `threshold` shares of one set; of fewer, or of others, nothing that means anything. */
export function combineShares(shares: readonly Share[]): Uint8Array {
  const weights = shares.map(({ index }) =>
    shares.reduce(
      (weight, { index: other }) =>
        other === index ? weight : multiply(weight, divide(other, other ^ index)),
      1,
    ),
  );
  return shares[0]!.bytes.map((_, at) =>
    shares.reduce((sum, { bytes }, i) => sum ^ multiply(bytes[at]!, weights[i]!), 0),
  );
}

/** Horner's rule, from the highest coefficient. */
function valueAt(x: number, coefficients: readonly Uint8Array[], at: number): number {
  return coefficients.reduceRight((sum, coefficient) => multiply(sum, x) ^ coefficient[at]!, 0);
}

/**
 * Product in GF(2⁸) modulo x⁸ + x⁴ + x³ + x + 1 (FIPS 197 section 4.2), in the same steps whatever the factors:
 * no table and no branch depends on them.
 */
export function multiply(a: number, b: number): number {
  let product = 0;
  for (let bit = 0; bit < 8; bit++) {
    product ^= a & -((b >> bit) & 1);
    a = ((a << 1) ^ (0x11b & -(a >> 7))) & 0xff;
  }
  return product;
}

/** a ÷ b: b⁻¹ is b²⁵⁴. */
function divide(a: number, b: number): number {
  let inverse = 1;
  for (let i = 0; i < 254; i++) inverse = multiply(inverse, b);
  return multiply(a, inverse);
}
