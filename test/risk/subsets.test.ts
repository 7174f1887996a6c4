import { expect, it } from 'vitest';
import { subsets } from '../../src/risk/subsets.ts';
import { csvFile, measure } from './shared.ts';

it('distinction and separation of the published five rows', async () => {
  const file = csvFile('age,sex,state\n20,F,CA\n30,F,CA\n40,F,TX\n20,M,NY\n40,M,CA\n');
  const risk = await measure(file, ['age', 'sex', 'state'], [], { subsetSize: 3 });
  const found = Object.fromEntries(
    risk.subsets.map((one) => [one.columns.join('+'), [one.distinction, one.separation]]),
  );
  const expected = {
    age: [0.6, 0.8],
    sex: [0.4, 0.6],
    state: [0.6, 0.7],
    'sex+state': [0.8, 0.9],
    'age+sex': [1, 1],
    'age+state': [1, 1],
    'age+sex+state': [1, 1],
  };
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, [distinction, separation]] of Object.entries(expected)) {
    expect(found[name]![0]).toBeCloseTo(distinction!, 12);
    expect(found[name]![1]).toBeCloseTo(separation!, 12);
  }
});

it('a single record has no pair to separate', async () => {
  const risk = await measure(csvFile('a\nx\n'), ['a'], []);
  expect(risk.subsets).toMatchObject([{ distinction: 1, separation: null, k: 1 }]);
});

it('lists subsets by size, in order', () => {
  expect(subsets(['a', 'b', 'c'], 2)).toEqual([['a'], ['b'], ['c'], ['a', 'b'], ['a', 'c'], ['b', 'c']]);
  expect(subsets([1, 2, 3, 4], 9)).toHaveLength(15);
});
