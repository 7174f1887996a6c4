import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Draws, Weighted } from '../../src/samples/draws.ts';

const four = (draws: Draws) => [draws.uint32(), draws.uint32(), draws.uint32(), draws.uint32()];

describe('Draws', () => {
  it('gives the same for the same seed, purpose and index, whatever was drawn before', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.string(), fc.maxSafeNat(), fc.maxSafeNat(), (seed, purpose, i, j) => {
        const one = new Draws(seed, purpose);
        const expected = four(one.at(i));
        four(one.at(j));
        expect(four(one.at(i))).toEqual(expected);
        expect(four(new Draws(seed, purpose).at(i))).toEqual(expected);
      }),
    );
  });

  it('gives other numbers for another index, purpose or seed', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), fc.maxSafeNat(), (seed, i, j) => {
        fc.pre(i !== j);
        const draws = new Draws(seed, 'a');
        expect(four(draws.at(i))).not.toEqual(four(draws.at(j)));
        expect(four(new Draws(i, 'a').at(seed))).not.toEqual(four(new Draws(j, 'a').at(seed)));
        expect(four(draws.at(i))).not.toEqual(four(new Draws(seed, 'b').at(i)));
      }),
    );
  });

  it('is even over consecutive indexes', () => {
    const draws = new Draws(1, 'even');
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 20_000; i++) counts[draws.at(i).below(10)]!++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    // 27.9 is exceeded by chance once in a thousand; the seed is fixed, so the outcome is too.
    expect(chiSquare).toBeLessThan(27.9);
  });

  it('has the median asked for', () => {
    const draws = new Draws(1, 'income');
    const values = Array.from({ length: 4001 }, (_, i) => draws.at(i).logNormal(100, 0.6)).sort(
      (a, b) => a - b,
    );
    expect(values[2000]).toBeGreaterThan(95);
    expect(values[2000]).toBeLessThan(105);
  });
});

describe('Weighted', () => {
  it('draws items in proportion and never one of weight 0', () => {
    const weighted = new Weighted([
      ['none', 0],
      ['one', 1],
      ['three', 3],
    ]);
    const draws = new Draws(1, 'weighted');
    const drawn = Array.from({ length: 8000 }, (_, i) => weighted.draw(draws.at(i)));
    expect(drawn).not.toContain('none');
    const share = drawn.filter((item) => item === 'three').length / drawn.length;
    expect(Math.abs(share - 0.75)).toBeLessThan(0.03);
  });
});
