import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fromSystem } from '../errors.ts';
import { check } from '../rules/issues.ts';
import { raise } from '../rules/mistakes.ts';
import { RulesSource } from '../rules/source.ts';
import type { Field, FormValues } from './form.ts';
import { FORMS } from './forms.ts';

export const NO_ANSWERS: FormValues = { fields: {}, tables: {} };

const plain = z.union([z.string(), z.number()]).transform(String);

/** What may stand for a field: one of its choices, a list where several may be chosen, else a text. */
function answerSchema({ choices, several }: Field): z.ZodType<string | string[]> {
  const one = choices === undefined ? plain : z.enum(Object.keys(choices));
  return several ? z.array(one) : one;
}

function optional(fields: readonly Field[]) {
  const stated = fields.filter(({ sign }) => !sign);
  return z.strictObject(
    Object.fromEntries(stated.map((field) => [field.key, answerSchema(field).optional()])),
  );
}

const parts = FORMS.flatMap((form) => form.parts);
const FIELDS = parts.flatMap((part) => (part.kind === 'fields' ? part.fields : []));
const TABLES = parts.flatMap((part) => (part.kind === 'table' ? [part] : []));

/** Not on a form, yet it decides which forms are needed: the recipient's pledge of an earlier use stands. */
const PLEDGE_ON_FILE: Field = {
  key: 'pledge-on-file',
  label: '기존 확약서 유효',
  fill: 'human',
  choices: { yes: '예', no: '아니오' },
};

/** A file of answers: any field of any form by its key, and rows of tables below `tables`. */
const answersSchema = z.strictObject({
  ...optional([...FIELDS, PLEDGE_ON_FILE]).shape,
  tables: z
    .strictObject(
      Object.fromEntries(TABLES.map(({ key, columns }) => [key, z.array(optional(columns)).optional()])),
    )
    .optional(),
});

/**
 * Reads what persons have stated, once for all forms of a case.
 * @throws GamyeongError E_FILE_…, E_RULES_… with the place of every mistake
 */
export async function readAnswers(file: string): Promise<FormValues> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw fromSystem(error, file);
  });
  const source = new RulesSource(text, file);
  const checked = check(answersSchema, source.data, [], source);
  if ('mistakes' in checked) {
    raise(checked.mistakes);
    return NO_ANSWERS;
  }
  const { tables = {}, ...fields } = checked.data;
  return { fields: stated(fields), tables: stated(tables) } as FormValues;
}

function stated<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((one): one is [string, T] => one[1] !== undefined));
}
