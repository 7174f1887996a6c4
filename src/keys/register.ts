import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { GamyeongError } from '../errors.ts';
import { exists, syncDirectoryOf, writeWhole } from '../io/durable.ts';
import { withLock } from '../io/lock.ts';
import { readPrivate } from './private-file.ts';

const hex16 = z.string().regex(/^[0-9a-f]{16}$/);
const time = z.iso.datetime();

const entrySchema = z.strictObject({
  id: hex16,
  /** Files beside the register that hold the key: its own and sealed copies. */
  files: z.array(z.string().refine((name) => name !== '' && basename(name) === name)),
  created: time,
  /** Days on which the key may be used: from ≤ day < to. */
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).optional(),
  /** Retired: replaced by the next version, kept to read and link what was made with it. */
  state: z.enum(['active', 'retired', 'destroyed']),
  /** Number of keys in its line of rotations, from 1. */
  version: z.int().min(1),
  /** Id of the key that it replaced. */
  previous: hex16.optional(),
  /** Sets of shares that were made of it: with them it lives on whatever happens to its files. */
  shares: z
    .array(z.strictObject({ set: hex16, threshold: z.int(), count: z.int(), created: time }))
    .optional(),
  retired: time.optional(),
  /** From then on it may not be used, and is destroyed by the next `key destroy --due`. */
  destroyDue: time.optional(),
  destroyed: time.optional(),
});

const registerSchema = z.strictObject({ version: z.literal(1), keys: z.array(entrySchema) });

/** One key of a register. Holds no key bytes. */
export type KeyEntry = Readonly<z.output<typeof entrySchema>>;
export type Period = NonNullable<KeyEntry['period']>;

/** Name of the register in a directory of keys. */
export const REGISTER = 'keys.json';

/** The register beside a key file. */
export function registerBeside(keyFile: string): string {
  return join(dirname(keyFile), REGISTER);
}

/**
 * Reads a register.
 * @returns its entries; none where there is no register
 * @throws GamyeongError E_KEY_REGISTER when it is damaged, E_KEY_READABLE
 */
export async function readRegister(register: string): Promise<readonly KeyEntry[]> {
  if (!(await exists(register))) return [];
  try {
    return registerSchema.parse(JSON.parse(readPrivate(register).bytes.toString('utf8'))).keys;
  } catch (error) {
    if (error instanceof GamyeongError) throw error;
    throw new GamyeongError('E_KEY_REGISTER', {}, { file: register });
  }
}

/**
 * Does something to the keys of a register and writes it down, while no other process does. The register appears
 * whole or not at all.
 * @param work gets the entries; returns all of them as they are now, and a result
 */
export async function changeRegister<T>(
  register: string,
  work: (entries: readonly KeyEntry[]) => Promise<{ entries: readonly KeyEntry[]; result: T }>,
): Promise<T> {
  return withLock(register, async () => {
    const { entries, result } = await work(await readRegister(register));
    await writeWhole(register, `${JSON.stringify({ version: 1, keys: entries }, null, 2)}\n`);
    await syncDirectoryOf(register);
    return result;
  });
}
