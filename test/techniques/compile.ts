import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { deriveKey } from '../../src/keys/derive.ts';
import { draw } from '../../src/techniques/draw.ts';
import { EXAMPLE_KEY, type Invalid, type Technique } from '../../src/techniques/technique.ts';

/** The key that examples use for a purpose. */
export const exampleKey = (purpose: Parameters<typeof deriveKey>[1]): Uint8Array =>
  deriveKey(EXAMPLE_KEY, purpose, 'example');

/** Tables that examples name stand beside the tests. */
const readTable = (path: string): string =>
  readFileSync(new URL(`./tables/${path}`, import.meta.url), 'utf8');

/**
 * A technique as it runs in a file of one column, `value`, in the domain `example`: parameters as a steward
 * writes them to a function from cell to result.
 */
export function compileExample(technique: Technique, params: unknown): (value: string) => string | Invalid {
  const parsed = technique.params(z).parse(params);
  const compiled = technique.compile(technique.load?.(parsed, readTable) ?? parsed, {
    column: 'value',
    header: ['value'],
    key: exampleKey,
  });
  const request = compiled.draw;
  if (request === undefined) return (value) => compiled.cell(value);
  const over = request.over === 'record' ? ['value'] : request.over;
  if (over.some((name) => name !== 'value'))
    throw new Error(`an example of ${technique.name} draws over a column that is not there`);
  const key = exampleKey(request.purpose);
  return (value) =>
    compiled.cell(
      value,
      draw(
        key,
        request.column,
        over.map(() => value),
      ),
    );
}

/** What the schema of a technique says about parameters: `path: sentence`, empty when they are right. */
export function mistakes(technique: Technique, params: unknown): string[] {
  const issues = technique.params(z).safeParse(params).error?.issues ?? [];
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}
