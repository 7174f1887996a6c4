import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarserApply } from '../../src/risk/advice-rules.ts';
import { assess } from '../../src/risk/assess.ts';
import { coarser } from '../../src/risk/coarsen.ts';
import { parseHierarchy } from '../../src/risk/hierarchy.ts';
import { DEFAULTS, RFC_4180 } from '../../src/risk/options.ts';
import { frequencies } from './naive.ts';
import { csvFile } from './shared.ts';

describe('what to change', () => {
  it('counts the rows beyond each threshold and names them', async () => {
    const rows = ['x,1', 'y,1', 'x,1', 'y,2', 'z,3', 'x,2'];
    const list = `${csvFile('')}.rows`;
    const record = await assess(
      {
        ...DEFAULTS,
        dialect: RFC_4180,
        file: csvFile(['a,s', ...rows].join('\n')),
        quasiIdentifiers: ['a'],
        sensitive: ['s'],
      },
      { thresholds: { k: 3, l: 2, alpha: 0.6 } },
      list,
    );
    // classes: x 1,1,2 (alpha 2/3) · y 1,2 · z 3
    expect(record.advice!.violations).toEqual([
      { measure: 'k', rows: 3 },
      { measure: 'l', rows: 1 },
      { measure: 'alpha', rows: 4 },
    ]);
    expect(readFileSync(list, 'utf8')).toBe('row\n2\n3\n4\n5\n6\n7\n');
  });

  it('looks ahead as if the change had been made', async () => {
    const table = fc.array(fc.record({ a: fc.integer({ min: 0, max: 12 }), b: fc.constantFrom('p', 'q') }), {
      minLength: 2,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(table, async (numbers) => {
        const rows = numbers.map(({ a, b }) => ({ a: String(a), b }));
        const record = await assess(
          {
            ...DEFAULTS,
            dialect: RFC_4180,
            file: csvFile(['a,b', ...rows.map(({ a, b }) => `${a},${b}`)].join('\n')),
            quasiIdentifiers: ['a', 'b'],
            sensitive: [],
          },
          { thresholds: { k: 100 } },
        );
        const find = (column: string, change: string) =>
          record.advice!.alternatives.find((one) => one.column === column && one.change === change)?.outlook;
        expect(find('a', 'drop')!.k).toBe(Math.min(...frequencies(rows, ['b'])));
        expect(find('b', 'drop')!.k).toBe(Math.min(...frequencies(rows, ['a'])));
        const step = coarser([...new Set(rows.map((row) => row.a))]);
        if (step !== undefined) {
          const mapped = rows.map((row) => ({ ...row, a: step.map(row.a) }));
          expect(find('a', 'coarser')!.k).toBe(Math.min(...frequencies(mapped, ['a', 'b'])));
        }
        for (const { outlook } of record.advice!.alternatives) {
          expect(outlook.k).toBeGreaterThanOrEqual(record.k);
          expect(outlook.rowsBelowK).toBeLessThanOrEqual(record.advice!.now.rowsBelowK);
        }
      }),
      { numRuns: 15 },
    );
  });
});

describe('one level coarser', () => {
  const hierarchy = parseHierarchy('a;low;*\nb;low;*\nc;high;*\n', 'h.csv');
  it.each<[string[], Record<string, unknown>, string[]]>([
    [['2024-01-31', '2024-02-01'], { 'date-truncate': { to: 'month' } }, ['2024-01', '2024-02']],
    [['2024-03', '2024-04', ''], { 'date-truncate': { to: 'quarter' } }, ['2024-Q1', '2024-Q2', '']],
    [['2024-Q2', '2024-Q3'], { 'date-truncate': { to: 'half' } }, ['2024-H1', '2024-H2']],
    [['2024-H2', '2025-H1'], { 'date-truncate': { to: 'year' } }, ['2024', '2025']],
    [
      ['경기도 수원시 영통구', '서울특별시 종로구', '*'],
      { generalize: { address: 'sido' } },
      ['경기도', '서울특별시', '*'],
    ],
    [
      ['전라남도 해남군 해남읍', '서울특별시 종로구 청운동'],
      { generalize: { address: 'sigungu' } },
      ['전라남도 해남군', '서울특별시 종로구'],
    ],
    [
      ['[0,10)', '[10,20)', '[20,30)'],
      { generalize: { ranges: { width: 20 } } },
      ['[0,20)', '[0,20)', '[20,40)'],
    ],
    [['30-39', '40-49'], { generalize: { 'age-band': { width: 20 } } }, ['20-39', '40-59']],
    [
      ['30대', '50대', '80세 이상'],
      { generalize: { 'age-band': { width: 20 } } },
      ['20-39', '40-59', '80세 이상'],
    ],
    [['1', '2', '17'], { generalize: { ranges: { width: 5 } } }, ['0', '0', '15']],
    [['1000000', '3000000'], { round: { 'multiple-of': 5000000, mode: 'down' } }, ['0', '0']],
  ])('%s', (values, apply, mapped) => {
    const step = coarser(values)!;
    expect(step.apply).toEqual(apply);
    expect(values.map((value) => step.map(value))).toEqual(mapped);
  });

  it('by a hierarchy', () => {
    const step = coarser(['a', 'b', 'c'], { table: hierarchy, file: 'h.csv' })!;
    expect(step.apply).toEqual({ generalize: { table: { file: 'h.csv', level: 1 } } });
    expect(['a', 'c', 'low', '*'].map((value) => step.map(value))).toEqual(['low', 'high', '*', '*']);
  });

  it('finds nothing where nothing shows', () => {
    expect(coarser(['red', 'green'])).toBeUndefined();
    expect(coarser(['서울특별시', '경기도'])).toBeUndefined();
    expect(coarser(['7'])).toBeUndefined();
  });
});

it('rules to paste start from what the rules do', () => {
  const step = coarser(['30대', '40대'])!;
  const written = { 'age-band': { 'reference-date': '2025-12-31', width: 10, labels: 'ko' } };
  expect(coarserApply([{ technique: 'generalize', written }], step)).toEqual({
    generalize: { 'age-band': { 'reference-date': '2025-12-31', width: 20 } },
  });
  const month = coarser(['2024-01-31', '2024-02-01'])!;
  expect(coarserApply([{ technique: 'keep', written: {} }], month)).toEqual({
    'date-truncate': { to: 'month' },
  });
  expect(coarserApply([{ technique: 'date-shift', written: { days: 3 } }], month)).toEqual([
    { 'date-shift': { days: 3 } },
    { 'date-truncate': { to: 'month' } },
  ]);
});
