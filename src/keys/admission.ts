import { GamyeongError } from '../errors.ts';
import { KEY_NOTES } from '../messages/keys.ts';
import type { Text } from '../messages/language.ts';
import type { KeyEntry } from './register.ts';

/** Tells the user something that is no error. */
export type Note = (note: Text, values?: Readonly<Record<string, string | number>>) => void;

/**
 * Decides whether a key may be used on data now. A retired one may, and so may one whose destruction is scheduled
 * but not due: both with a word of warning.
 * @throws GamyeongError E_KEY_DESTROYED, E_KEY_DUE, E_KEY_PERIOD
 */
export function admit(entry: KeyEntry, file: string, now: Date, note: Note): void {
  const { id, state, period, destroyDue } = entry;
  refuseDestroyed(entry, file, now);
  if (destroyDue !== undefined) note(KEY_NOTES.scheduled, { id, due: destroyDue });
  if (period !== undefined) {
    const day = localDay(now);
    if (day < period.from || day >= period.to) {
      throw new GamyeongError('E_KEY_PERIOD', { id, from: period.from, to: period.to }, { file });
    }
  }
  if (state === 'retired') note(KEY_NOTES.retired, { id });
}

/** @throws GamyeongError E_KEY_DESTROYED; E_KEY_DUE for a key that should be */
export function refuseDestroyed(entry: KeyEntry, file: string, now: Date): void {
  const { id, state, destroyDue } = entry;
  if (state === 'destroyed') throw new GamyeongError('E_KEY_DESTROYED', { id }, { file });
  if (isDue(entry, now)) throw new GamyeongError('E_KEY_DUE', { id, due: destroyDue! }, { file });
}

export function isDue({ state, destroyDue }: KeyEntry, now: Date): boolean {
  return state !== 'destroyed' && destroyDue !== undefined && Date.parse(destroyDue) <= now.getTime();
}

/** The day where this machine stands, as YYYY-MM-DD. */
function localDay(now: Date): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
