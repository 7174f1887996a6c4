import { z } from 'zod';
import { ROW_TECHNIQUES, TECHNIQUES } from '../techniques/index.ts';
import type { RowTechnique, Technique } from '../techniques/technique.ts';
import { applySchema, rowsSchema, rulesSchema } from './schema.ts';
import { commonParams, standsAlone } from './steps.ts';

type Json = Record<string, unknown>;

/** draft-07: what editors understand best. */
const OPTIONS = { target: 'draft-7', io: 'input', unrepresentable: 'any' } as const;

/** The JSON Schema of rules files, for editors: rules/schema-v1.json. Checks across keys are not in it. */
export function jsonSchema(): Json {
  const schema = z.toJSONSchema(rulesSchema, {
    ...OPTIONS,
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === applySchema) Object.assign(jsonSchema, apply());
      if (zodSchema === rowsSchema) Object.assign(jsonSchema, { items: { $ref: '#/definitions/row' } });
    },
  });
  return {
    ...schema,
    title: 'gamyeong rules, version 1',
    definitions: { ...definitions(), step: step(), row: oneOfThem(ROW_TECHNIQUES, 'row-') },
  };
}

/** Schema of the parameters of each technique, under its name. */
function definitions(): Json {
  const columns = TECHNIQUES.map((technique) => {
    const id = `technique-${technique.name}`;
    const { [id]: schema, ...parts } = own(technique, id);
    return { [id]: standsAlone(technique.name) ? schema : withCommon(schema as Json), ...parts };
  });
  const rows = ROW_TECHNIQUES.map((technique) => own(technique, `row-${technique.name}`));
  return Object.assign({}, ...columns, ...rows);
}

/** Schema of a technique's own parameters under `id`, and those that it refers to under names that start with it. */
function own(technique: Technique | RowTechnique, id: string): Json {
  const { $schema: _, ...generated } = z.toJSONSchema(technique.params(z), OPTIONS);
  const text = JSON.stringify(generated).replaceAll(GENERATED_NAME, `${id}-part`);
  const { definitions: parts, ...schema } = JSON.parse(text) as Json;
  return { [id]: describe(technique, schema), ...(parts as Json | undefined) };
}

/** How zod names the parts of recursive schemas: numbered in each schema anew. */
const GENERATED_NAME = '__schema';

function describe({ doc }: Technique | RowTechnique, schema: Json): Json {
  return { description: `${doc.en} · ${doc.ko}`, ...schema };
}

/** Adds `on-empty` and `on-invalid` to an object schema, or to every branch of a union of them. */
function withCommon(schema: Json): Json {
  const { properties } = z.toJSONSchema(commonParams, OPTIONS);
  const branches = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (branches !== undefined) return { ...schema, anyOf: branches.map(withCommon) };
  return { ...schema, properties: { ...(schema.properties as Json), ...properties } };
}

/** A bare name, or one technique with its parameters. */
function step(): Json {
  const bare = TECHNIQUES.filter((technique) => technique.bare).map(({ name, doc }) => ({
    const: name,
    description: `${doc.en} · ${doc.ko}`,
  }));
  return { anyOf: [...bare, oneOfThem(TECHNIQUES, 'technique-')] };
}

function oneOfThem(techniques: readonly { readonly name: string }[], prefix: string): Json {
  return {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    additionalProperties: false,
    properties: Object.fromEntries(
      techniques.map(({ name }) => [name, { $ref: `#/definitions/${prefix}${name}` }]),
    ),
  };
}

function apply(): Json {
  const one = { $ref: '#/definitions/step' };
  return { anyOf: [one, { type: 'array', minItems: 1, items: one }] };
}
