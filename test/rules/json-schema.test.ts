import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { jsonSchema } from '../../src/rules/json-schema.ts';
import { ROW_TECHNIQUES, TECHNIQUES } from '../../src/techniques/index.ts';
import { fixture, fixtures } from './fixture.ts';

const schema = jsonSchema();

test("rules/schema-v1.json is what 'npm run schema' writes", () => {
  const file = new URL('../../rules/schema-v1.json', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

test('describes every technique in both languages', () => {
  const definitions = schema.definitions as Record<string, { description?: string }>;
  for (const { name, doc } of TECHNIQUES)
    expect(definitions[`technique-${name}`]!.description).toBe(`${doc.en} · ${doc.ko}`);
  for (const { name, doc } of ROW_TECHNIQUES)
    expect(definitions[`row-${name}`]!.description).toBe(`${doc.en} · ${doc.ko}`);
});

describe('judges as the parser does', () => {
  const accepts = (name: string) => z.fromJSONSchema(schema).safeParse(parse(fixture(name).text)).success;
  test.each(fixtures('good').map(({ name }) => name))('accepts %s', (name) => {
    expect(accepts(name)).toBe(true);
  });
  test.each([
    'bad-columns.yaml',
    'bad-missing-keys.yaml',
    'bad-no-columns.yaml',
    'bad-techniques.yaml',
    'bad-types.yaml',
    'bad-unknown-keys.yaml',
    'bad-values.yaml',
    'bad-version.yaml',
  ])('refuses %s', (name) => {
    expect(accepts(name)).toBe(false);
  });
});
