import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readHeaderOf } from '../../src/io/header.ts';
import { makePlan, runEngine } from '../conformance/harness.ts';
import { RFC_4180, readRecords } from '../io/read-records.ts';

const vectors = new URL('../vectors/csv-spectrum/', import.meta.url);
const names = readdirSync(new URL('csvs/', vectors)).map((file) => file.replace('.csv', ''));

describe('csv-spectrum', () => {
  it('is there', () => expect(names).toHaveLength(11));

  it.each(names)('%s means what its JSON says', (name) => {
    const { records, error } = readRecords(readFileSync(new URL(`csvs/${name}.csv`, vectors)));
    expect(error).toBeUndefined();
    const [header, ...rows] = records.map(({ cells }) => cells.map(({ text }) => text));
    const objects = rows.map((row) => Object.fromEntries(header!.map((key, index) => [key, row[index]])));
    expect(objects).toEqual(JSON.parse(readFileSync(new URL(`json/${name}.json`, vectors), 'utf8')));
  });

  it.each(names)('%s passes both engines unchanged', async (name) => {
    const url = new URL(`csvs/${name}.csv`, vectors);
    const file = readFileSync(url);
    const header = await readHeaderOf(url.pathname, RFC_4180);
    const body = file.subarray(header.bytes).toString('latin1');
    const expected = body === '' || body.endsWith('\n') ? body : body + header.newline;
    for (const engine of ['reference', 'fast'] as const) {
      const run = { engine, newline: header.newline };
      const { output } = await runEngine(
        makePlan({ header: header.names }),
        file.subarray(header.bytes),
        run,
      );
      expect(output).toBe(expected);
    }
  });
});
