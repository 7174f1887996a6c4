import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { deriveKeys } from '../../src/engine/keyring.ts';
import { RecordProcessor } from '../../src/engine/record-processor.ts';
import { compilePlan } from '../../src/rules/compile.ts';
import { readRules } from '../../src/rules/parse.ts';
import { readTable } from '../../src/rules/tables.ts';
import { SHAPES } from '../../src/samples/shapes.ts';
import { ROW_TECHNIQUES, TECHNIQUES } from '../../src/techniques/index.ts';
import { EXAMPLE_KEY } from '../../src/techniques/technique.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

async function load(name: string) {
  const rulesFile = pathOf(`rules/${name}.yaml`);
  const rules = await readRules(rulesFile);
  const [header, ...records] = parse(readFileSync(pathOf(`samples/${name}.csv`))) as string[][];
  const plan = compilePlan(rules, header!, { rulesFile, readTable });
  return { rules, plan, header: header!, records };
}

/** The cells of the records that stay. */
async function process(name: string): Promise<string[][]> {
  const { plan, records } = await load(name);
  const processor = new RecordProcessor(plan, deriveKeys(plan, EXAMPLE_KEY), `${name}.csv`);
  return records
    .map((record, i) =>
      processor.process(
        record.map((text) => ({ text, quoted: false })),
        i + 2,
      ),
    )
    .filter((outcome) => typeof outcome !== 'string')
    .map((cells) => cells.map(({ text }) => text));
}

describe.each(SHAPES)('rules/$name.yaml', ({ name }) => {
  it('names the JSON Schema for editors and explains itself in both languages', () => {
    const text = readFileSync(pathOf(`rules/${name}.yaml`), 'utf8');
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/schema-v1\.json\n/);
    expect(text).toMatch(/# .*[가-힣]/);
    expect(text).toMatch(/# [A-Z][a-z ]+/);
  });

  it('treats every record of its sample', async () => {
    const kept = await process(name);
    expect(kept.length).toBeGreaterThan(400);
  });

  it('states purpose, quasi-identifiers, sensitive attributes and limits', async () => {
    const { rules } = await load(name);
    expect(rules.purpose).toBeDefined();
    expect(rules.risk.quasiIdentifiers.length).toBeGreaterThan(0);
    expect(rules.risk.sensitive.length).toBeGreaterThan(0);
    expect(rules.risk.thresholds).toMatchObject({ k: expect.any(Number), l: expect.any(Number) });
  });

  it('keeps no direct identifier, anywhere in the output', async () => {
    const { plan, records } = await load(name);
    const output = (await process(name)).flat().join('\n');
    const direct = plan.columns.flatMap((column, i) => (column.role === 'direct' ? [i] : []));
    expect(direct.length).toBeGreaterThan(3);
    const identifiers = new Set(direct.flatMap((i) => records.map((record) => record[i]!)).filter(Boolean));
    expect([...identifiers].filter((identifier) => output.includes(identifier))).toEqual([]);
  });
});

describe('the shipped rules together', () => {
  it('show most techniques', async () => {
    const plans = await Promise.all(SHAPES.map(async ({ name }) => (await load(name)).plan));
    const used = new Set(
      plans.flatMap(({ columns, rows }) => [
        ...columns.flatMap(({ action, steps }) => [action, ...steps.map(({ technique }) => technique)]),
        ...rows.map(({ technique }) => technique),
      ]),
    );
    const shown = [...TECHNIQUES, ...ROW_TECHNIQUES].filter(({ name }) => used.has(name));
    expect(shown.length).toBeGreaterThanOrEqual(15);
  });

  it('give a person the same token in the two files that share a domain, and in no other', async () => {
    const tokens = async (name: string) => {
      const { plan } = await load(name);
      const kept = plan.columns.filter(({ action }) => action !== 'drop');
      const at = kept.findIndex(({ name: column }) => column === 'member_id');
      return new Set((await process(name)).map((cells) => cells[at]!));
    };
    const [register, welfare, tax] = await Promise.all(
      ['resident-register', 'welfare-payments', 'local-tax'].map(tokens),
    );
    const common = (one: Set<string>, other: Set<string>) =>
      [...one].filter((token) => other.has(token)).length;
    expect(common(register!, welfare!)).toBe(welfare!.size);
    expect(common(register!, tax!)).toBe(0);
  });
});
