import { basename, join } from 'node:path';
import { Command } from 'commander';
import type { KeyEntry, Period } from '../keys/register.ts';
import { KEY_TEXT as TEXT } from '../messages/keys.ts';
import { say } from '../messages/language.ts';
import { combineCommand, sealCommand, splitCommand } from './key-custody.ts';
import { destroyCommand, rotateCommand } from './key-life.ts';
import {
  type KeyFlags,
  passphrasesOf,
  period,
  print,
  tell,
  warnBesideData,
  withKeyOptions,
} from './key-options.ts';
import { rekeyMapCommand } from './key-rekey.ts';

/** `gamyeong key …` */
export function keyCommand(): Command {
  const command = new Command('key')
    .description(say(TEXT.about))
    .addHelpText('after', `\n${say(TEXT.example)}\n  gamyeong key new keys/my.key\n\n${say(TEXT.forms)}`);
  const commands = [
    newCommand,
    showCommand,
    listCommand,
    sealCommand,
    splitCommand,
    combineCommand,
    rotateCommand,
    destroyCommand,
    rekeyMapCommand,
  ];
  for (const make of commands) command.addCommand(make());
  return command;
}

function newCommand(): Command {
  const command = new Command('new')
    .description(say(TEXT.new))
    .argument('<file>', say(TEXT.newFile))
    .option('--sealed', say(TEXT.sealed))
    .option('--period <from..to>', say(TEXT.period), period);
  return withKeyOptions(
    command,
    'new keys/my.key --sealed --period 2026-01-01..2027-01-01',
    'new keys/my.key --sealed --passphrase-fd 3 3<passphrase.txt',
  ).action(makeKey);
}

async function makeKey(
  file: string,
  flags: KeyFlags & { readonly sealed?: true; readonly period?: Period },
): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { createKey } = await import('../keys/create.ts');
  const sealing = flags.sealed ? await passphrasesOf(flags) : undefined;
  await audited(flags.audit, 'key new', async (note) => {
    const entry = await createKey(file, { sealing, ...(flags.period && { period: flags.period }) });
    note({ ids: { key: entry.id, file: basename(file) }, details: { ...entry.period } });
    await warnBesideData(file);
    print(flags.json, entry, entry.id);
  });
}

function showCommand(): Command {
  const command = new Command('show').description(say(TEXT.show)).argument('<file>', say(TEXT.file));
  return withKeyOptions(command, 'show keys/my.key', 'show keys/my.key --json').action(showKey);
}

async function showKey(file: string, flags: KeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { findKey } = await import('../keys/open.ts');
  const { readRegister, registerBeside } = await import('../keys/register.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key show', async (note) => {
    const found = findKey(file, ask);
    const { id } = await found.load();
    note({ ids: { key: id, file: basename(file) } });
    const entry = (await readRegister(registerBeside(file))).find((one) => one.id === id);
    print(flags.json, { id, form: found.form, ...entry }, id);
  });
}

function listCommand(): Command {
  return new Command('list')
    .description(say(TEXT.list))
    .argument('[directory]', say(TEXT.directory), '.')
    .option('--json', say(TEXT.json))
    .addHelpText('after', `\n${say(TEXT.example)}\n  gamyeong key list keys/`)
    .action(listKeys);
}

async function listKeys(directory: string, flags: { readonly json?: true }): Promise<void> {
  const { readRegister, REGISTER } = await import('../keys/register.ts');
  const entries = await readRegister(join(directory, REGISTER));
  if (flags.json) process.stdout.write(`${JSON.stringify(entries)}\n`);
  else if (entries.length === 0) tell(TEXT.noKeys);
  else process.stdout.write(`${await table(entries)}\n`);
}

async function table(entries: readonly KeyEntry[]): Promise<string> {
  const { alignedTable } = await import('./table.ts');
  const { printable } = await import('../errors.ts');
  const { headId, headVersion, headState, headPeriod, headCreated, headDue, headFile } = TEXT;
  const head = [headId, headVersion, headState, headPeriod, headCreated, headDue, headFile];
  const states = { active: TEXT.active, retired: TEXT.retired, destroyed: TEXT.destroyedState };
  return alignedTable([
    head.map((text) => say(text)),
    ...entries.map((entry) => [
      entry.id,
      String(entry.version),
      say(states[entry.state]),
      entry.period ? `${entry.period.from}..${entry.period.to}` : '–',
      entry.created.slice(0, 10),
      entry.state !== 'destroyed' && entry.destroyDue ? entry.destroyDue.slice(0, 10) : '–',
      entry.files.map(printable).join(' '),
    ]),
  ]);
}
