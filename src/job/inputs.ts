import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fromSystem } from '../errors.ts';

/**
 * Files that a pattern stands for, by name. In the last part of the path `*` stands for any characters and `?`
 * for one; a leading dot must be written. A path without these is returned as it is, also when nothing is there.
 * @throws GamyeongError E_FILE_… when the directory cannot be read
 */
export async function filesLike(pattern: string): Promise<readonly string[]> {
  const name = basename(pattern);
  if (!/[*?]/.test(name)) return [pattern];
  const directory = dirname(pattern);
  const entries = await readdir(directory, { withFileTypes: true }).catch((error) => {
    throw fromSystem(error, directory);
  });
  const fits = matcher(name);
  return entries
    .filter((entry) => !entry.isDirectory() && fits(entry.name))
    .map((entry) => join(directory, entry.name))
    .sort();
}

function matcher(pattern: string): (name: string) => boolean {
  const literal = (text: string) => text.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&');
  const source = literal(pattern.normalize('NFC')).replaceAll('*', '.*').replaceAll('?', '.');
  const whole = new RegExp(`^${source}$`, 'su');
  const hidden = pattern.startsWith('.');
  return (name) => (hidden || !name.startsWith('.')) && whole.test(name.normalize('NFC'));
}
