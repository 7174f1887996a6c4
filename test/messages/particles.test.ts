import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const sources = fileURLToPath(new URL('../../src/', import.meta.url));
const DOUBLED = /이\(가\)|을\(를\)|은\(는\)|와\(과\)|과\(와\)|\(으\)로/;

it('has no Korean sentence that leaves the choice of a particle to the reader', () => {
  const texts = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(texts.length).toBeGreaterThan(100);
  expect(texts.filter((name) => DOUBLED.test(readFileSync(join(sources, name), 'utf8')))).toEqual([]);
});
