import { describe, expect, it } from 'vitest';
import { csvFile, data, haveData, measure } from './shared.ts';

describe('against the original', () => {
  it('interval disclosure and linkage, by hand', async () => {
    // x′ = 1 2 3 4, sd 1.2910; x differs by 0, .05, .5, 0 in a; b is exact
    const original = csvFile('a,b,c\n1,1,u\n2.05,2,v\n3.5,3,u\n4,4,w\n');
    const released = csvFile('a,b,c\n1,1,u\n2,2,u\n3,3,u\n4,4,w\n');
    const risk = await measure(released, ['c'], [], { original });
    expect(risk.intervalDisclosure).toEqual({ k: 0.05, share: 0.75 });
    expect(risk.linkageRisk).toEqual({ share: 1, tested: 4 });
    const wide = await measure(released, ['c'], [], { original, interval: 0.5 });
    expect(wide.intervalDisclosure!.share).toBe(1);
  });

  it('one of equally near originals counts its share', async () => {
    const original = csvFile('a\n1\n1\n5\n');
    const risk = await measure(csvFile('a\n1\n1\n5\n'), ['a'], [], { original });
    expect(risk.linkageRisk!.share).toBeCloseTo((0.5 + 0.5 + 1) / 3, 12);
  });

  it('utility, by hand', async () => {
    const original = csvFile('age,s\n21,a\n22,b\n31,a\n38,a\n55,b\n');
    const released = csvFile('age,s\n20-29,a\n20-29,b\n30-39,a\n30-39,a\n');
    const hierarchy = csvFile(
      ['20-29', '30-39', '40-49', '50-59']
        .flatMap((band) => Array.from({ length: 10 }, (_, i) => `${Number(band.slice(0, 2)) + i};${band};*`))
        .join('\n'),
    );
    const risk = await measure(released, ['age'], ['s'], {
      original,
      hierarchies: new Map([['age', hierarchy]]),
    });
    expect(risk.utility).toMatchObject({
      rowsIn: 5,
      suppressed: 1,
      discernibility: 2 * 4 + 1 * 5,
      averageClassSize: 4 / (2 * 2),
      granularity: 10 / 40,
      precision: 1 / 2,
      nonUniformEntropy: null,
      classificationMetric: { s: (1 + 1) / 5 },
    });
    expect(risk.utility!.changes!.columns.age!.distinct).toEqual({ before: 5, after: 2 });
    expect(risk.utility!.changes!.columns.s!.earthMoversDistance).toBeCloseTo(0.75 - 0.6, 12);
    expect(risk.intervalDisclosure).toBeNull();
    expect(risk.notes.map((note) => note.figure)).toContain('linkageRisk');
  });

  it('entropy lost by generalization, in bits', async () => {
    const original = csvFile('a\n1\n2\n3\n3\n');
    const risk = await measure(csvFile('a\nlow\nlow\nhigh\nhigh\n'), ['a'], [], { original });
    // 1 and 2 have share ¼ and become share ½: one bit each
    expect(risk.utility!.nonUniformEntropy).toBeCloseTo(2, 12);
  });

  it('how numbers move', async () => {
    const original = csvFile('a,b\n0,1\n10,2\n20,3\n30,4\n');
    const released = csvFile('a,b\n10,1\n20,2\n30,3\n40,4\n');
    const changes = (await measure(released, ['b'], [], { original })).utility!.changes!;
    expect(changes.columns.a).toMatchObject({
      mean: { before: 15, after: 25 },
      quantiles: { before: [0, 7.5, 15, 22.5, 30], after: [10, 17.5, 25, 32.5, 40] },
    });
    expect(changes.columns.a!.earthMoversDistance).toBeCloseTo(10 / 30, 12);
    expect(changes.correlationChange!.largest).toBeCloseTo(0, 12);
  });

  it.skipIf(!haveData)('public-use files', async () => {
    const risk = await measure(data('sdcmicro/Tarragona_cols5-7_alt10pct.csv'), ['SALES'], [], {
      original: data('sdcmicro/Tarragona.csv'),
    });
    expect(risk.linkageRisk!.tested).toBe(834);
    expect(risk.intervalDisclosure!.share).toBeGreaterThan(0.5);
  });
});

it('outliers by column', async () => {
  const numbers = [...Array.from({ length: 20 }, (_, i) => i % 5), 1000];
  const words = numbers.map((_, i) => (i < 2 ? 'rare' : i < 5 ? '' : 'common'));
  const file = csvFile(['n,w', ...numbers.map((number, i) => `${number},${words[i]}`)].join('\n'));
  const risk = await measure(file, ['n'], [], { rareBelow: 5 });
  expect(risk.outliers).toEqual({
    n: { kind: 'numeric', threeSigma: 1, iqr: 1 },
    w: { kind: 'categorical', frequency: 5, rareValues: 1, rareRows: 2 },
  });
});
