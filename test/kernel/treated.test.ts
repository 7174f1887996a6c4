import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeColumn } from '../../src/kernel/text-column.ts';
import { complete } from '../../src/kernel/treated.ts';
import { cellsOf, freshArena, kernels } from './columns.ts';

const cell = fc.string({ unit: fc.constantFrom('a', '홍', '🙂'), maxLength: 30 });

describe('complete', () => {
  it('replaces the listed rows and keeps the others', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, fc.option(cell)), { maxLength: 30 }), (rows) => {
        const arena = freshArena();
        const column = writeColumn(
          arena,
          rows.map(([before]) => before),
        );
        const fallback = Int32Array.from([...rows.keys()].filter((row) => rows[row]![1] !== null));
        const fallbackAt = arena.allocate(rows.length * 4);
        kernels.i32.set(fallback, fallbackAt >> 2);
        const replacements = Array.from(fallback, (row) => rows[row]![1]!);
        expect(cellsOf(complete(arena, { column, fallback, fallbackAt }, replacements))).toEqual(
          rows.map(([before, after]) => after ?? before),
        );
      }),
      { numRuns: 300 },
    );
  });
});
