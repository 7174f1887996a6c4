import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptiedRows, normalize } from '../../src/kernel/normalize.ts';
import { columnReader, writeColumn } from '../../src/kernel/text-column.ts';
import { complete } from '../../src/kernel/treated.ts';
import { NORMALIZE_STEPS, type NormalizeStep, normalizer } from '../../src/techniques/normalize.ts';
import { anyCells, cellsOf, freshArena, kernels, SIMPLE } from './columns.ts';

const rowsWhere = (cells: readonly string[], test: (cell: string, row: number) => boolean) =>
  [...cells.keys()].filter((row) => test(cells[row]!, row));

function check(cells: readonly string[], steps: readonly NormalizeStep[]): void {
  const arena = freshArena();
  const column = writeColumn(arena, cells);
  const oracle = normalizer(steps);
  const expected = cells.map(oracle);
  const treated = normalize(arena, column, steps);
  expect([...treated.fallback]).toEqual(
    steps.length === 0 ? [] : rowsWhere(cells, (cell) => !SIMPLE.test(cell)),
  );
  const read = columnReader(kernels, column);
  const result = complete(
    arena,
    treated,
    Array.from(treated.fallback, (row) => oracle(read(row))),
  );
  expect(cellsOf(result)).toEqual(expected);
  expect(emptiedRows(kernels, column, result)).toEqual(
    rowsWhere(cells, (cell, row) => cell !== '' && expected[row] === ''),
  );
}

describe('normalize kernel', () => {
  it.each(NORMALIZE_STEPS)('%s of any cells equals the definition', (step) => {
    fc.assert(fc.property(anyCells, (cells) => check(cells, [step])));
  });

  it('any steps in any order equal the definition', () => {
    const steps = fc.array(fc.constantFrom(...NORMALIZE_STEPS), { maxLength: 5 });
    fc.assert(fc.property(anyCells, steps, check), { numRuns: 300 });
  });

  it('keeps simple cells out of the fallback', () => {
    const arena = freshArena();
    const column = writeColumn(arena, ['  서울  Kim漢 12 ', '', ' '.repeat(40)]);
    const { column: result, fallback } = normalize(arena, column, [
      'trim',
      'collapse-space',
      'nfkc',
      'upper',
    ]);
    expect(fallback).toHaveLength(0);
    expect(cellsOf(result)).toEqual(['서울 KIM漢 12', '', '']);
  });
});
