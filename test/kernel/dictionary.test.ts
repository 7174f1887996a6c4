import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Arena } from '../../src/kernel/arena.ts';
import { Dictionary, dictionaryBytes } from '../../src/kernel/dictionary.ts';
import { Kernels } from '../../src/kernel/module.ts';
import { columnReader, writeColumn } from '../../src/kernel/text-column.ts';
import type { DecidingPrefix } from '../../src/techniques/technique.ts';

const ENTRIES = 256;

/** What decides about a cell, by its definition: words, a suffixed word, whether more follow. */
function deciding(cell: string, { words, suffix }: DecidingPrefix): string {
  const list = cell.split(' ').filter((word) => word !== '');
  const count = words + (suffix !== undefined && list[words]?.endsWith(suffix) ? 1 : 0);
  return list.length > count ? `${list.slice(0, count).join(' ')} …` : list.join(' ');
}

function setUp() {
  const kernels = new Kernels();
  const permanent = new Arena(kernels, kernels.heapBase);
  const dictionary = new Dictionary(kernels, permanent.allocate(dictionaryBytes(ENTRIES)), ENTRIES);
  const arena = new Arena(kernels, permanent.allocate(0));
  const lookUp = (cells: readonly string[], prefix?: DecidingPrefix) => {
    arena.reset();
    const { codes, firsts, fresh, missed } = dictionary.lookUp(arena, writeColumn(arena, cells), prefix);
    const { i32 } = kernels;
    return {
      at: codes,
      codes: [...i32.slice(codes >> 2, (codes >> 2) + cells.length)],
      firsts: [...i32.slice(firsts >> 2, (firsts >> 2) + fresh)],
      missed,
    };
  };
  return { kernels, dictionary, arena, lookUp };
}

const word = fc.string({ unit: fc.constantFrom('a', '가', '구', 'x', '영'), minLength: 1, maxLength: 12 });
const text = fc
  .array(fc.oneof(word, fc.constantFrom('', '경기도', '수원시', '영통구')), { maxLength: 8 })
  .map((words) => words.join(' '));

describe('lookUp', () => {
  it('gives equal codes to equal cells, over several batches', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 60 }), { minLength: 1, maxLength: 4 }), (batches) => {
        const { lookUp } = setUp();
        const known = new Map<string, number>();
        for (const cells of batches) {
          const { codes, firsts, missed } = lookUp(cells);
          expect(missed).toBe(0);
          const fresh: number[] = [];
          cells.forEach((cell, row) => {
            if (!known.has(cell)) {
              known.set(cell, known.size);
              fresh.push(row);
            }
          });
          expect(codes).toEqual(cells.map((cell) => known.get(cell)));
          expect(firsts).toEqual(fresh);
        }
      }),
    );
  });

  it('gives equal codes only to cells that share what decides', () => {
    const prefix = fc.record({ words: fc.integer({ min: 1, max: 3 }) }, { requiredKeys: ['words'] });
    const suffixed = prefix.map(({ words }) => ({ words, suffix: '구' }));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), fc.oneof(prefix, suffixed), (cells, by) => {
        const { codes } = setUp().lookUp(cells, by);
        const seen = new Map<number, string>();
        cells.forEach((cell, row) => {
          const code = codes[row]!;
          if (!seen.has(code)) seen.set(code, deciding(cell, by));
          expect(deciding(cell, by)).toBe(seen.get(code));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('does not tell apart what shares a prefix, so that few values are treated', () => {
    const { lookUp } = setUp();
    const streets = Array.from({ length: 50 }, (_, i) => `경기도 수원시 영통구 광교로 ${i}`);
    expect(new Set(lookUp(streets, { words: 2, suffix: '구' }).codes).size).toBe(1);
    const cities = Array.from({ length: 50 }, (_, i) => `경기도 광주시 ${'가'.repeat(i + 1)}로 1`);
    expect(new Set(lookUp(cities, { words: 2, suffix: '구' }).codes).size).toBe(1);
  });

  it('finds all of a full dictionary again, and misses only what is not in it', () => {
    const { lookUp, dictionary } = setUp();
    const cells = Array.from({ length: ENTRIES }, (_, i) => `value ${i}`);
    expect(lookUp(cells).missed).toBe(0);
    expect(lookUp([...cells].reverse()).codes).toEqual(cells.map((_, i) => ENTRIES - 1 - i));
    const { codes, missed } = lookUp(['value 3', 'another']);
    expect([codes, missed]).toEqual([[3, -1], 1]);
    dictionary.clear();
    expect(lookUp(['another', 'value 3']).codes).toEqual([0, 1]);
  });
});

describe('learn and emit', () => {
  it('give back the results of the codes', () => {
    const { kernels, dictionary, arena, lookUp } = setUp();
    for (const cells of [
      ['b', 'a', 'b'],
      ['c', 'a', '가나다'],
    ]) {
      const { at, firsts } = lookUp(cells);
      const results = writeColumn(
        arena,
        firsts.map((row) => `<${cells[row]}>`),
      );
      expect(dictionary.learn(results)).toBe(true);
      const read = columnReader(kernels, dictionary.emit(arena, at, cells.length));
      expect(cells.map((_, row) => read(row))).toEqual(cells.map((cell) => `<${cell}>`));
    }
  });

  it('say so when results do not fit', () => {
    const { dictionary, arena, lookUp } = setUp();
    const { firsts } = lookUp(['a']);
    expect(firsts).toEqual([0]);
    expect(dictionary.learn(writeColumn(arena, ['x'.repeat(ENTRIES * 100)]))).toBe(false);
  });
});
