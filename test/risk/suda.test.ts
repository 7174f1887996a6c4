import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { missingTest, unpackClasses } from '../../src/risk/classes.ts';
import { withSurvey } from '../../src/risk/measure.ts';
import { DEFAULTS, RFC_4180 } from '../../src/risk/options.ts';
import { subsets } from '../../src/risk/subsets.ts';
import { disOfScores, type SudaOptions, sudaRisk, sudaWeight } from '../../src/risk/suda.ts';
import { csvFile, data, haveData, measure } from './shared.ts';

/** Score of every row, in file order. */
function scores(file: string, quasi: readonly string[], suda: SudaOptions): Promise<number[]> {
  const options = { ...DEFAULTS, dialect: RFC_4180, file, quasiIdentifiers: quasi, sensitive: [] };
  return withSurvey(options, async ({ sql, quasi: columns, key }) => {
    await unpackClasses(sql, columns, key);
    const { scoreOf } = await sudaRisk(sql, columns, await missingTest(sql, columns), suda);
    const rows = (await sql.rows(
      `SELECT id FROM rows JOIN tuples USING (${key.words.join()}) ORDER BY rows.rowid`,
    )) as [number][];
    return rows.map(([id]) => scoreOf.get(id) ?? 0);
  });
}

/** By the definition: every minimal set of columns on which a row is alone. */
function naive(rows: readonly (readonly string[])[], { size, scoring }: SudaOptions): number[] {
  const columns = rows[0]!.length;
  const present = (cell: string) => cell !== '' && cell !== '*';
  const alone = (row: readonly string[], set: readonly number[]) =>
    set.every((i) => present(row[i]!)) &&
    rows.filter((other) => set.every((i) => other[i] === row[i])).length === 1;
  return rows.map((row) =>
    subsets([...row.keys()], size)
      .filter(
        (set) =>
          alone(row, set) &&
          !set.some(
            (i) =>
              set.length > 1 &&
              alone(
                row,
                set.filter((j) => j !== i),
              ),
          ),
      )
      .reduce((sum, set) => sum + sudaWeight(scoring, columns, set.length), 0),
  );
}

describe('special uniques', () => {
  it.skipIf(!haveData)('the book example', async () => {
    const quasi = ['age', 'gender', 'income', 'education'];
    const options = { size: 4, scoring: 'elliot', fraction: 0.01 } as const;
    expect(await scores(data('sdcmicro/suda_book_example.csv'), quasi, options)).toEqual([
      0, 0, 0, 0, 4, 2, 6, 8,
    ]);
    const { suda } = await measure(data('sdcmicro/suda_book_example.csv'), quasi, [], { suda: options });
    expect(suda).toMatchObject({ uniques: 4, pairs: 2, records: 4 });
    expect(suda!.dis).toBeCloseTo((4 * 0.01) / (4 * 0.01 + 2 * 2 * 0.99), 12);
  });

  it('against the definition on random tables', async () => {
    const cell = fc.constantFrom('a', 'b', 'c', '', '*');
    const row = fc.tuple(cell, cell, cell, cell);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 12 }),
        fc.constantFrom<'elliot' | 'ihsn'>('elliot', 'ihsn'),
        fc.integer({ min: 1, max: 4 }),
        async (rows, scoring, size) => {
          const options = { size, scoring, fraction: 0.01 };
          const file = csvFile(['p,q,r,s', ...rows.map((cells) => cells.join())].join('\n'));
          const found = await scores(file, ['p', 'q', 'r', 's'], options);
          for (const [i, score] of naive(rows, options).entries()) expect(found[i]).toBeCloseTo(score, 9);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('DIS of a record is that of the file when all scores are alike', () => {
    const dis = disOfScores([3, 0, 3], 5, { uniques: 2, dis: 0.04 });
    expect(dis[0]).toBeCloseTo(0.04, 12);
    expect(dis[1]).toBe(0);
    const [low, , high] = disOfScores([1, 0, 3], 5, { uniques: 2, dis: 0.04 });
    expect(low).toBeLessThan(0.04);
    expect(high).toBeGreaterThan(0.04);
  });
});
