// Writes rules/schema-v1.json from the schema in src/rules.
import { writeFileSync } from 'node:fs';
import { build } from './build.mjs';

await build();
const { jsonSchema } = await import('../build/rules/json-schema.js');
writeFileSync(
  new URL('../rules/schema-v1.json', import.meta.url),
  `${JSON.stringify(jsonSchema(), null, 2)}\n`,
);
