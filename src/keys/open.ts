import { GamyeongError } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { admit, type Note } from './admission.ts';
import { keyId } from './derive.ts';
import { parsePlainKey } from './key-file.ts';
import { type AskPassphrase, passphrases } from './passphrase.ts';
import { readPrivate } from './private-file.ts';
import { parseReference, type Reference } from './reference.ts';
import { REGISTER, readRegister, registerBeside } from './register.ts';
import { parseSealed, unseal } from './sealed-file.ts';
import type { KeySource, MasterKey } from './source.ts';

/** How a key is kept. */
export type KeyForm = 'plain' | 'sealed' | Reference['source'];

/** A key that was found but not yet taken out of what it is kept in. */
export interface FoundKey extends KeySource {
  readonly form: KeyForm;
  /** Its id, where that can be told without a passphrase; a sealed file is taken at its word. */
  readonly statedId: string | undefined;
}

export interface KeyOptions {
  /** Gives passphrases and PINs; asks on the terminal by default. */
  readonly passphrase?: AskPassphrase | undefined;
  /** Is told when a key is retired or about to be destroyed. */
  readonly note?: Note | undefined;
}

/**
 * A key to be used on data. What the file holds decides how it is kept: 64 hex digits, a sealed key, or a
 * reference to a token, a command or shares. Where a register stands beside it, the key must be in it and is used
 * only when it may be.
 * @throws GamyeongError what `findKey` throws; `load` also E_KEY_REGISTER, E_KEY_REGISTER_NOT_IN, E_KEY_DESTROYED,
 * E_KEY_DUE, E_KEY_PERIOD
 */
export function openKeySource(path: string, options: KeyOptions = {}): KeySource {
  const found = findKey(path, options.passphrase);
  const register = registerBeside(path);
  return {
    files: [...found.files, register],
    load: async () => {
      const key = await found.load();
      if (!(await exists(register))) return key;
      const entry = (await readRegister(register)).find(({ id }) => id === key.id);
      if (entry === undefined) {
        throw new GamyeongError('E_KEY_REGISTER_NOT_IN', { id: key.id, register: REGISTER }, { file: path });
      }
      admit(entry, path, new Date(), options.note ?? (() => undefined));
      return { ...key, version: entry.version };
    },
  };
}

/**
 * A key whatever its state: for work on the key itself.
 * @throws GamyeongError E_KEY_READABLE, E_KEY_OWNER, E_KEY_FORMAT, E_KEY_SEALED, E_KEY_SEALED_COST,
 * E_KEY_IS_SHARE, E_KEY_REFERENCE, E_FILE_MISSING and others of the system; `load` also what its form brings,
 * and E_KEY_OTHER when the key is not the one it was said to be
 */
export function findKey(path: string, ask: AskPassphrase = passphrases()): FoundKey {
  const file = readPrivate(path);
  const plain = parsePlainKey(file.bytes);
  if (plain !== undefined) return found(path, 'plain', keyId(plain), async () => plain);
  const sealed = parseSealed(file.bytes.toString('utf8'), path);
  if (sealed !== undefined) {
    if (sealed.share !== undefined) throw new GamyeongError('E_KEY_IS_SHARE', {}, { file: path });
    return found(path, 'sealed', sealed.keyId, () => unseal(sealed, path, ask));
  }
  const reference = parseReference(file, path);
  if (reference === undefined) throw new GamyeongError('E_KEY_FORMAT', {}, { file: path });
  const load = () => follow(reference, path, ask);
  const shares = reference.source === 'shares' ? reference.shares : [];
  return found(path, reference.source, reference['key-id'], load, shares);
}

/** Takes the key from where a reference leads; only that way is loaded. */
async function follow(reference: Reference, path: string, ask: AskPassphrase): Promise<Uint8Array> {
  switch (reference.source) {
    case 'pkcs11': {
      const { keyFromToken } = await import('./pkcs11.ts');
      return keyFromToken(reference, path, ask);
    }
    case 'command': {
      const { keyFromCommand } = await import('./command.ts');
      return keyFromCommand(reference, path);
    }
    case 'shares': {
      const { keyFromShares, present } = await import('./shares.ts');
      return keyFromShares(present(reference.shares, reference.threshold), ask);
    }
  }
}

function found(
  path: string,
  form: KeyForm,
  statedId: string | undefined,
  load: () => Promise<Uint8Array>,
  others: readonly string[] = [],
): FoundKey {
  const checked = async (): Promise<MasterKey> => {
    const bytes = await load();
    const id = keyId(bytes);
    if (statedId !== undefined && id !== statedId) {
      throw new GamyeongError('E_KEY_OTHER', { expected: statedId, found: id }, { file: path });
    }
    return { bytes, id };
  };
  return { form, statedId, files: [path, ...others], load: checked };
}
