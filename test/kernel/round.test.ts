import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { round } from '../../src/kernel/round.ts';
import { columnReader, writeColumn } from '../../src/kernel/text-column.ts';
import { complete } from '../../src/kernel/treated.ts';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { compileExample } from '../techniques/compile.ts';
import { cellsOf, freshArena, kernels } from './columns.ts';

const digits = (length: fc.Arbitrary<number>) =>
  length.chain((n) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: n, maxLength: n }));

const integer = fc
  .tuple(fc.constantFrom('', '-', '+'), digits(fc.oneof(fc.integer({ min: 1, max: 17 }), fc.constant(15))))
  .map(([sign, text]) => sign + text);

/** Numbers in all the ways that cells hold them, and what is no number. */
const anyNumber = fc.oneof(
  { weight: 8, arbitrary: integer },
  {
    weight: 2,
    arbitrary: fc.tuple(integer, digits(fc.integer({ min: 1, max: 4 }))).map((parts) => parts.join('.')),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '-',
      '+',
      '--1',
      '1-',
      '1e5',
      ' 5',
      '5 ',
      '1,000',
      '.5',
      '5.',
      '５',
      '/',
      ':',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

const multiple = fc.oneof(
  fc.constantFrom(1, 2, 3, 5, 10, 1000, 1_000_000, Number.MAX_SAFE_INTEGER),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);

describe('round kernel', () => {
  it.each(['nearest', 'down', 'up'] as const)('%s equals the technique', (mode) => {
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 12 }), multiple, (cells, size) => {
        const technique = compileExample(techniqueNamed('round'), { 'multiple-of': size, mode });
        const cell = (value: string) => {
          const result = technique(value);
          return typeof result === 'string' ? result : 'invalid';
        };
        const arena = freshArena();
        const column = writeColumn(arena, cells);
        const treated = round(arena, column, { multiple: size, mode });
        expect([...treated.fallback]).toEqual(
          [...cells.keys()].filter((row) => !/^([+-]?[0-9]{1,15})?$/.test(cells[row]!)),
        );
        const read = columnReader(kernels, column);
        const result = complete(
          arena,
          treated,
          Array.from(treated.fallback, (row) => cell(read(row))),
        );
        expect(cellsOf(result)).toEqual(cells.map((value) => (value === '' ? '' : cell(value))));
      }),
      { numRuns: 300 },
    );
  });

  it('takes halves away from zero up to the largest numbers', () => {
    const arena = freshArena();
    const cells = ['5', '-5', '4', '-4', '-0', '+007', '999999999999999', '-999999999999999'];
    const column = writeColumn(arena, cells);
    expect(cellsOf(round(arena, column, { multiple: 10, mode: 'nearest' }).column)).toEqual([
      ...['10', '-10', '0', '0', '0', '10', '1000000000000000', '-1000000000000000'],
    ]);
    const largest = String(Number.MAX_SAFE_INTEGER);
    expect(cellsOf(round(arena, column, { multiple: Number.MAX_SAFE_INTEGER, mode: 'up' }).column)).toEqual([
      ...[largest, '0', largest, '0', '0', largest, largest, '0'],
    ]);
  });

  it('keeps within the bytes allocated when every result is as long as can be', () => {
    const arena = freshArena();
    const column = writeColumn(arena, ['x', ...Array.from({ length: 300 }, () => '-999999999999999')]);
    const { column: result, fallback } = round(arena, column, {
      multiple: Number.MAX_SAFE_INTEGER,
      mode: 'down',
    });
    expect([...fallback]).toEqual([0]);
    expect(new Set(cellsOf(result))).toEqual(new Set(['', '-9007199254740991']));
  });
});
