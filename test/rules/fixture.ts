import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GamyeongError } from '../../src/errors.ts';
import { compilePlan } from '../../src/rules/compile.ts';
import { parseRules } from '../../src/rules/parse.ts';
import type { Plan } from '../../src/rules/plan.ts';
import type { Rules } from '../../src/rules/rules.ts';
import { readTable } from '../../src/rules/tables.ts';

export const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url));

/**
 * A rules file with what it must give. Its comments say so: `# expect: CODE line:character` for every mistake
 * (`CODE table:line` inside a table, the place left out where there is none), `# header: a,b` for the header to
 * compile with (the columns of the rules when absent).
 */
export interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** In the order of the file. */
  readonly expected: readonly string[];
  readonly header: readonly string[] | undefined;
}

export function fixtures(kind: 'good' | 'bad'): readonly Fixture[] {
  return readdirSync(FIXTURES)
    .filter((name) => name.startsWith(`${kind}-`))
    .map(fixture);
}

export function fixture(name: string): Fixture {
  const file = join(FIXTURES, name);
  const text = readFileSync(file, 'utf8');
  return {
    name,
    file,
    text,
    expected: [...text.matchAll(/^# expect: (.*)$/gm)].map((match) => match[1]!),
    header: /^# header: (.*)$/m.exec(text)?.[1]?.split(','),
  };
}

/** Parses and compiles as a job would. */
export function compiled({ text, file, header }: Fixture): { readonly rules: Rules; readonly plan: Plan } {
  const rules = parseRules(text, file);
  const names = header ?? rules.columns.map((column) => column.name);
  return { rules, plan: compilePlan(rules, names, { rulesFile: file, readTable }) };
}

/** All errors of the product that the work throws. */
export function mistakesOf(work: () => unknown): readonly GamyeongError[] {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof GamyeongError)) throw error;
    return [error, ...error.also];
  }
}

/** An error as the fixtures write it. */
export function summary({ code, place }: GamyeongError): string {
  if (place.line === undefined) return code;
  if (place.character === undefined) return `${code} ${place.file}:${place.line}`;
  return `${code} ${place.line}:${place.character}`;
}
