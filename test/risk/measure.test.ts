import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencies, groupBy, mean, type Row, sensitive, tuple, wildcardFrequencies } from './naive.ts';
import { csvFile, measure } from './shared.ts';

const close = (found: number | null, expected: number | null) => {
  if (expected === null || !Number.isFinite(expected)) expect(found).toBeNull();
  else {
    expect(found).not.toBeNull();
    expect(Math.abs(found! - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  }
};

const quasi = ['a', 'b', 'c'];
const cell = fc.constantFrom('', '*', 'x', 'y', 'z "q", é', '가\n나');
const number = fc.constantFrom('1', '2', '10', '-3', '0.5');
const table = fc.array(fc.record({ a: cell, b: cell, c: cell, s: number }), { minLength: 1, maxLength: 30 });

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = (rows: readonly Row[], newline = '\n') =>
  [['a', 'b', 'c', 's'], ...rows.map((row) => [row.a!, row.b!, row.c!, row.s!])]
    .map((cells) => `${cells.map(quoted).join()}${newline}`)
    .join('');

describe('against the plain definitions', () => {
  it('classes and sensitive measures of random tables', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, newline) => {
        const paths = new Map(
          ['1', '2', '10', '-3', '0.5'].map((v) => [v, [v, v.startsWith('1') ? 'ones' : 'other', '*']]),
        );
        const hierarchy = csvFile([...paths.values()].map((path) => path.join(';')).join('\n'));
        const risk = await measure(csvFile(csv(rows, newline)), quasi, ['s'], {
          hierarchies: new Map([['s', hierarchy]]),
        });
        const f = frequencies(rows, quasi);
        const classes = groupBy(rows, (row) => tuple(row, quasi)).map((group) => group.map((row) => row.s));
        const all = [...new Set(rows.map((row) => row.s))].sort((x, y) => Number(x) - Number(y));
        const expected = sensitive(
          classes,
          rows.map((row) => row.s),
          all,
          paths,
        );
        const sizes = classes.map((group) => group.length).sort((x, y) => x - y);
        expect(risk.file.rows).toBe(rows.length);
        expect(risk.k).toBe(Math.min(...f));
        close(risk.averageRisk, mean(f.map((size) => 1 / size)));
        close(risk.averageClassRisk, mean(sizes.map((size) => 1 / size)));
        close(risk.recordsAtRisk.share, mean(f.map((size) => (1 / size > 0.2 ? 1 : 0))));
        close(risk.sampleUniqueness, mean(f.map((size) => (size === 1 ? 1 : 0))));
        expect(risk.classes).toMatchObject({ count: sizes.length, min: sizes[0], max: sizes.at(-1) });
        close(risk.classes.median, (sizes[(sizes.length - 1) >> 1]! + sizes[sizes.length >> 1]!) / 2);
        const { c2, ...measures } = expected;
        for (const [name, value] of Object.entries(measures))
          close(risk.perSensitive.s![name as keyof typeof measures], value);
        close(risk.perSensitive.s!.cRecursive['2']!, c2);
      }),
      { numRuns: 25 },
    );
  });

  it('missing values that match any value', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom(0, 0.5, 1), async (rows, alpha) => {
        const risk = await measure(csvFile(csv(rows)), quasi, [], { missing: { kind: 'wildcard', alpha } });
        const f = wildcardFrequencies(rows, quasi, alpha);
        close(risk.k, Math.min(...f));
        close(risk.averageRisk, mean(f.map((size) => 1 / size)));
        close(risk.recordsAtRisk.share, mean(f.map((size) => (1 / size > 0.2 ? 1 : 0))));
      }),
      { numRuns: 20 },
    );
  });

  it('leaves out rows that are suppressed as a whole, and counts them', async () => {
    const rows = [
      { a: '*', b: '', c: '*', s: '1' },
      { a: '*', b: '*', c: '*', s: '2' },
      { a: 'x', b: '*', c: '*', s: '1' },
      { a: 'x', b: '*', c: '*', s: '2' },
    ];
    const risk = await measure(csvFile(csv(rows)), quasi, ['s'], { excludeSuppressed: true });
    expect(risk).toMatchObject({ k: 2, suppressedRows: 2, averageRisk: 0.5 });
    expect(await measure(csvFile(csv(rows)), quasi, ['s'])).toMatchObject({ k: 1, suppressedRows: 0 });
  });
});

it('does not depend on the order of rows and columns', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    a: `${i % 7}`,
    b: `${i % 5}`,
    c: '',
    s: `${i % 11}`,
  }));
  const one = await measure(csvFile(csv(rows)), quasi, ['s']);
  const two = await measure(csvFile(csv(rows.toReversed())), ['c', 'b', 'a'], ['s']);
  expect(two.perSensitive).toEqual(one.perSensitive);
  expect(two.classes).toEqual(one.classes);
});

it('takes p from another file, and says which figures become infinite', async () => {
  const file = csvFile('a,s\nx,1\nx,2\ny,1\ny,3\n');
  const reference = csvFile('a,s\nx,1\nx,1\nx,2\nx,9\n');
  const risk = await measure(file, ['a'], ['s'], { reference });
  // p = 1:.5 2:.25 3:0 9:.25; class y: q = 1:.5 3:.5
  close(risk.perSensitive.s!.tEqual, 0.5);
  expect(risk.perSensitive.s).toMatchObject({ betaBasic: null, delta: null });
  expect(risk.notes.map((note) => note.figure)).toContain('perSensitive.s.betaBasic');
  // cumulative differences of y in the order 1, 2, 3, 9: 0, -.25, .25, 0
  close(risk.perSensitive.s!.tOrdered, 0.5 / 3);
});

it('packs keys of any width', async () => {
  const names = Array.from({ length: 12 }, (_, i) => `q${i}`);
  const rows = Array.from({ length: 60 }, (_, i) => names.map((_, j) => `${(i * (j + 3)) % 40}`));
  const text = [names, ...rows, ...rows.slice(0, 20)].map((cells) => cells.join()).join('\n');
  const sizes = groupBy([...rows, ...rows.slice(0, 20)], (row) => row.join()).map((group) => group.length);
  const risk = await measure(csvFile(text), names, []);
  expect(risk.classes).toMatchObject({ count: sizes.length, max: Math.max(...sizes) });
});

it('finds values that only the end of a long file holds', async () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => `${i % 50},${i % 3}`);
  const common = csvFile(['a,s', ...rows].join('\n'));
  expect((await measure(common, ['a'], ['s'])).classes).toMatchObject({ count: 50, min: 6000 });
  const late = csvFile(['a,s', ...rows, 'late,9'].join('\n'));
  const risk = await measure(late, ['a'], ['s']);
  expect(risk).toMatchObject({ k: 1, file: { rows: 300_001 } });
  expect(risk.perSensitive.s!.tOrdered).toBeGreaterThan(0.6);
});
