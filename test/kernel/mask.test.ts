import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskKeep } from '../../src/kernel/mask.ts';
import { columnReader, writeColumn } from '../../src/kernel/text-column.ts';
import { complete } from '../../src/kernel/treated.ts';
import { keepEnds } from '../../src/techniques/mask-keep.ts';
import { anyCells, cellsOf, freshArena, kernels, SIMPLE } from './columns.ts';

const request = fc.record({
  first: fc.oneof(fc.nat(4), fc.constantFrom(20, Number.MAX_SAFE_INTEGER)),
  last: fc.oneof(fc.nat(4), fc.constantFrom(20, Number.MAX_SAFE_INTEGER)),
  char: fc.constantFrom('*', '○', '🔒', '👨‍👩‍👧'),
  length: fc.constantFrom('same' as const, 'fixed' as const),
  fixedLength: fc.integer({ min: 1, max: 20 }),
});

describe('mask kernel', () => {
  it('equals the definition for any cells and parameters', () => {
    fc.assert(
      fc.property(anyCells, request, (cells, params) => {
        const { first, last, char, length, fixedLength } = params;
        const cell = keepEnds(first, last, (count) => char.repeat(length === 'fixed' ? fixedLength : count));
        const arena = freshArena();
        const column = writeColumn(arena, cells);
        const treated = maskKeep(arena, column, params);
        expect([...treated.fallback]).toEqual([...cells.keys()].filter((row) => !SIMPLE.test(cells[row]!)));
        const read = columnReader(kernels, column);
        const result = complete(
          arena,
          treated,
          Array.from(treated.fallback, (row) => cell(read(row))),
        );
        expect(cellsOf(result)).toEqual(cells.map((value) => (value === '' ? '' : cell(value))));
      }),
      { numRuns: 500 },
    );
  });

  it('masks at least one character of simple cells itself', () => {
    const arena = freshArena();
    const column = writeColumn(arena, ['남궁길동', '홍길동', '이산', '김', '', 'Kim', '漢字 이름']);
    const params = { first: 1, last: 1, char: '○', length: 'same', fixedLength: 3 } as const;
    const { column: result, fallback } = maskKeep(arena, column, params);
    expect(fallback).toHaveLength(0);
    expect(cellsOf(result)).toEqual(['남○○동', '홍○동', '이○', '○', '', 'K○m', '漢○○○름']);
  });
});
