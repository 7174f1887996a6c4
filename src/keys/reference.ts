import { dirname, isAbsolute, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { GamyeongError } from '../errors.ts';
import type { PrivateFile } from './private-file.ts';

const name = z.string().min(1);
/** Id that the key must have. */
const id = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .optional();

const referenceSchema = z.discriminatedUnion('source', [
  z.strictObject({
    source: z.literal('pkcs11'),
    /** Absolute path of the vendor's library. */
    module: z.string().refine(isAbsolute),
    /** Labels on the token. */
    token: name,
    key: name,
    'key-id': id,
  }),
  z.strictObject({
    source: z.literal('command'),
    /** Program and arguments; no shell stands between. */
    command: z.array(z.string()).min(1),
    /** Seconds. */
    timeout: z.number().positive().max(600).default(30),
    'key-id': id,
  }),
  z.strictObject({
    source: z.literal('shares'),
    threshold: z.int().min(2).max(255),
    /** Sealed share files, relative to the reference. */
    shares: z.array(name).min(2).max(255),
    'key-id': id,
  }),
]);

/** A small file that says where a key is kept: on a token, behind a command, in shares. */
export type Reference = z.output<typeof referenceSchema>;
export type TokenReference = Extract<Reference, { source: 'pkcs11' }>;
export type CommandReference = Extract<Reference, { source: 'command' }>;

/**
 * Reads a reference, YAML or JSON; paths of shares become relative to where `path` is.
 * @returns undefined when the file is no reference at all
 * @throws GamyeongError E_KEY_REFERENCE for a mistake in it, E_KEY_OWNER when somebody else has written it:
 * a reference names programs and libraries that are run
 */
export function parseReference({ bytes, trusted }: PrivateFile, path: string): Reference | undefined {
  const data = parseYaml(bytes.toString('utf8'));
  if (typeof data !== 'object' || data === null || !('source' in data)) return undefined;
  if (!trusted) throw new GamyeongError('E_KEY_OWNER', {}, { file: path });
  const parsed = referenceSchema.safeParse(data);
  if (!parsed.success) {
    const { path: at, code, ...issue } = parsed.error.issues[0]!;
    const unknown = code === 'unrecognized_keys' ? (issue as { keys: string[] }).keys.slice(0, 1) : [];
    throw new GamyeongError('E_KEY_REFERENCE', { field: [...at, ...unknown].join('.') }, { file: path });
  }
  const reference = parsed.data;
  if (reference.source !== 'shares') return reference;
  return { ...reference, shares: reference.shares.map((share) => resolve(dirname(path), share)) };
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'silent', maxAliasCount: 0, stringKeys: true });
  } catch {
    return undefined;
  }
}
