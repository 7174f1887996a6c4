/**
 * Reproducible random draws: xoshiro128** (Blackman and Vigna 2018), started afresh for every index so that
 * what is drawn for one index depends on seed, purpose and index alone. The four state words are MurmurHash3
 * finalizers (bijections of the index) under keys made from seed and purpose. Not for cryptography.
 */
export class Draws {
  private readonly keys: Int32Array;
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;

  /** @param seed a safe integer ≥ 0. @param purpose keeps different uses of one seed apart. */
  constructor(seed: number, purpose: string) {
    let hash = scramble((seed | 0) ^ scramble(Math.floor(seed / 2 ** 32) + 1));
    for (const character of purpose) hash = scramble(hash ^ character.charCodeAt(0));
    this.keys = Int32Array.from({ length: 4 }, (_, i) => scramble(hash + Math.imul(i + 1, 0x9e3779b9)));
    this.at(0);
  }

  /** Starts the draws of one index, a safe integer ≥ 0. */
  at(index: number): this {
    const low = index | 0;
    const high = Math.floor(index / 2 ** 32);
    this.s0 = scramble(low ^ this.keys[0]!);
    this.s1 = scramble((low + this.keys[1]!) ^ high);
    this.s2 = scramble(low ^ this.keys[2]!) ^ 0x6a09e667;
    this.s3 = scramble(low + this.keys[3]!) | 1;
    return this;
  }

  /** An integer of 0 … 2³²−1. */
  uint32(): number {
    const result = Math.imul(rotate(Math.imul(this.s1, 5), 7), 9);
    const shifted = this.s1 << 9;
    this.s2 ^= this.s0;
    this.s3 ^= this.s1;
    this.s1 ^= this.s2;
    this.s0 ^= this.s3;
    this.s2 ^= shifted;
    this.s3 = rotate(this.s3, 11);
    return result >>> 0;
  }

  /** A number of [0, 1) with 32 random bits. */
  unit(): number {
    return this.uint32() / 2 ** 32;
  }

  /** An integer of 0 … n−1, n ≤ 2²⁰ (the bias is below n/2³²). */
  below(n: number): number {
    return Math.floor(this.unit() * n);
  }

  /** An integer of low … high, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }

  /** n decimal digits. */
  digits(n: number): string {
    let text = '';
    for (let i = 0; i < n; i++) text += this.below(10);
    return text;
  }

  /**
   * A log-normal value with the given median and sigma of its logarithm (Box and Muller 1958). To be rounded: the
   * last bits of `Math.log`, `Math.exp` and `Math.cos` are not fixed by ECMAScript.
   */
  logNormal(median: number, sigma: number): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * this.unit()));
  }
}

/** Draws from weighted items; weights need not sum to anything. */
export class Weighted<T> {
  private readonly items: readonly T[];
  private readonly ends: Float64Array;
  private readonly total: number;

  constructor(pairs: Iterable<readonly [T, number]>) {
    const list = [...pairs];
    let sum = 0;
    this.items = list.map(([item]) => item);
    this.ends = Float64Array.from(list, ([, weight]) => {
      sum += weight;
      return sum;
    });
    this.total = sum;
  }

  draw(draws: Draws): T {
    const at = draws.unit() * this.total;
    let low = 0;
    let high = this.ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ends[middle]! > at) high = middle;
      else low = middle + 1;
    }
    return this.items[low]!;
  }
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** The 32-bit finalizer of MurmurHash3. */
function scramble(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
