import { basename, join } from 'node:path';
import { Command } from 'commander';
import { EXIT } from '../errors.ts';
import type { Period } from '../keys/register.ts';
import { KEY_NOTES, KEY_TEXT as TEXT } from '../messages/keys.ts';
import { say } from '../messages/language.ts';
import {
  days,
  type KeyFlags,
  passphrasesOf,
  period,
  print,
  refuseUsage,
  tell,
  warnBesideData,
  withKeyOptions,
} from './key-options.ts';

/** `gamyeong key rotate FILE [--period FROM..TO]` */
export function rotateCommand(): Command {
  const command = new Command('rotate')
    .description(say(TEXT.rotate))
    .argument('<file>', say(TEXT.file))
    .option('--period <from..to>', say(TEXT.period), period);
  return withKeyOptions(command, 'rotate keys/my.key --period 2027-01-01..2028-01-01').action(rotate);
}

async function rotate(file: string, flags: KeyFlags & { readonly period?: Period }): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { rotateKey } = await import('../keys/lifecycle.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key rotate', async (note) => {
    const { old, next, file: nextFile } = await rotateKey(file, { period: flags.period, ask });
    const ids = { key: next.id, previous: old.id, file: basename(nextFile) };
    note({ ids, details: { version: next.version, ...next.period } });
    await warnBesideData(nextFile);
    tell(TEXT.rotated, { version: next.version, file: nextFile, old: old.id });
    print(flags.json, next, next.id);
  });
}

interface DestroyFlags extends KeyFlags {
  readonly after?: number;
  readonly cancel?: true;
  readonly due?: true;
}

/** `gamyeong key destroy FILE --after 30d`, `key destroy FILE --cancel`, `key destroy [DIRECTORY] --due` */
export function destroyCommand(): Command {
  const command = new Command('destroy')
    .description(say(TEXT.destroy))
    .argument('[file]', say(TEXT.destroyFile))
    .option('--after <days>', say(TEXT.after), days)
    .option('--cancel', say(TEXT.cancel))
    .option('--due', say(TEXT.due));
  const examples = ['destroy keys/my.key --after 30d', 'destroy keys/my.key --cancel', 'destroy keys/ --due'];
  return withKeyOptions(command, ...examples).action(destroy);
}

async function destroy(file: string | undefined, flags: DestroyFlags): Promise<void> {
  const { after, cancel, due } = flags;
  if ([after, cancel, due].filter((one) => one !== undefined).length !== 1) refuseUsage(TEXT.oneOfDestroy);
  if (due) return destroyAllDue(file ?? '.', flags);
  if (file === undefined) refuseUsage(TEXT.fileForDestroy);
  return after === undefined ? cancelDestruction(file, flags) : schedule(file, after, flags);
}

async function schedule(file: string, after: number, flags: KeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { scheduleDestruction } = await import('../keys/lifecycle.ts');
  await audited(flags.audit, 'key destroy schedule', async (note) => {
    const entry = await scheduleDestruction(file, after);
    const { id, shares = [] } = entry;
    const due = entry.destroyDue!;
    note({ ids: { key: id, file: basename(file) }, details: { due } });
    for (const { threshold, count } of shares) tell(KEY_NOTES.sharesLive, { id, threshold, count });
    print(flags.json, entry, say(TEXT.scheduledAt, { id, due }));
  });
}

async function cancelDestruction(file: string, flags: KeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const lifecycle = await import('../keys/lifecycle.ts');
  await audited(flags.audit, 'key destroy cancel', async (note) => {
    const entry = await lifecycle.cancelDestruction(file);
    note({ ids: { key: entry.id, file: basename(file) } });
    print(flags.json, entry, say(TEXT.cancelled, { id: entry.id }));
  });
}

async function destroyAllDue(directory: string, flags: KeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { appendAudit } = await import('../audit/log.ts');
  const { destroyDue } = await import('../keys/lifecycle.ts');
  const { REGISTER } = await import('../keys/register.ts');
  await audited(flags.audit, 'key destroy due', async (note) => {
    const { destroyed, failures } = await destroyDue(join(directory, REGISTER));
    note({ details: { keys: destroyed.map(({ entry }) => entry.id) } });
    for (const { entry, missing } of destroyed) {
      const { id, files, shares = [] } = entry;
      await appendAudit(flags.audit, {
        command: 'key destroy',
        ids: { key: id },
        details: { files, missing },
        result: { outcome: 'done', exit: EXIT.done },
      });
      for (const file of missing) tell(KEY_NOTES.missing, { id, file });
      for (const { threshold, count } of shares) tell(KEY_NOTES.sharesLive, { id, threshold, count });
    }
    if (destroyed.length > 0) tell(KEY_NOTES.noGuarantee);
    const lines = destroyed.map(({ entry }) => say(TEXT.destroyed, { id: entry.id }));
    if (lines.length > 0 || failures.length === 0) {
      print(flags.json, { destroyed }, lines.join('\n') || say(TEXT.nothingDue));
    }
    if (failures.length > 0) throw failures[0];
  });
}
