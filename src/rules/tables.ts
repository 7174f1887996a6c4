import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';

/** The text of UTF-8 bytes without byte order mark. @throws what `fault` makes for bytes that are none. */
export function utf8(bytes: Uint8Array, fault: () => GamyeongError): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fault();
  }
}

/**
 * Reads a table that rules name, as UTF-8.
 * @throws GamyeongError E_FILE_… or E_RULES_TABLE_ENCODING.
 */
export function readTable(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw fromSystem(error, path);
  }
  return utf8(bytes, () => new GamyeongError('E_RULES_TABLE_ENCODING', {}, { file: path }));
}

/**
 * Path of a table, from the directory of the rules file. Rules travel: to another office, into a bundle. So a
 * table lies below the directory of its rules, and rules from elsewhere cannot make a job read (and, by
 * generalizing with it, publish) any other file of the machine.
 * @throws GamyeongError E_RULES_TABLE_PATH for an absolute path, a backslash, or a path with `..`.
 */
export function tablePath(rulesFile: string, path: string): string {
  const relative = !path.startsWith('/') && !/^[a-z]:/i.test(path);
  if (path === '' || !relative || /[\\\0]/.test(path) || path.split('/').includes('..'))
    throw new GamyeongError('E_RULES_TABLE_PATH');
  return join(dirname(rulesFile), path);
}
