import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { GamyeongError } from '../errors.ts';
import type { AskPassphrase } from '../keys/passphrase.ts';
import { KEY_NOTES, KEY_TEXT as TEXT } from '../messages/keys.ts';
import { say, type Text } from '../messages/language.ts';

/** Options of every command that may have to open a key. */
export interface PassphraseFlags {
  readonly passphraseFd?: number;
  readonly passphraseFile?: string;
}

export interface KeyFlags extends PassphraseFlags {
  readonly audit?: string;
  readonly json?: true;
}

/** Adds `--passphrase-fd` and `--passphrase-file`. */
export function withPassphrase(command: Command): Command {
  return command
    .option('--passphrase-fd <n>', say(TEXT.passphraseFd), wholeNumber)
    .option('--passphrase-file <file>', say(TEXT.passphraseFile));
}

/** Adds what all key commands have, and an example to the help. */
export function withKeyOptions(command: Command, ...examples: string[]): Command {
  const lines = examples.map((example) => `\n  gamyeong key ${example}`).join('');
  return withPassphrase(command)
    .option('--audit <file>', say(TEXT.audit))
    .option('--json', say(TEXT.json))
    .addHelpText('after', `\n${say(TEXT.example)}${lines}\n\n${say(TEXT.passphrases)}`);
}

/** Where the passphrases come from that the options name; the terminal without them. */
export async function passphrasesOf(flags: PassphraseFlags): Promise<AskPassphrase> {
  if (flags.passphraseFd !== undefined && flags.passphraseFile !== undefined) {
    refuseUsage(TEXT.onePassphraseSource);
  }
  const { passphrases } = await import('../keys/passphrase.ts');
  return passphrases(flags);
}

export function refuseUsage(reason: Text, values: Readonly<Record<string, string>> = {}): never {
  throw new GamyeongError('E_USAGE', { reason: say(reason, values) });
}

/** A line on stderr that is no error. */
export function tell(text: Text, values: Readonly<Record<string, string | number>> = {}): void {
  process.stderr.write(`gamyeong: ${say(text, values)}\n`);
}

/** Keys are additional information: a directory that holds data is no place for them. */
export async function warnBesideData(keyFile: string): Promise<void> {
  const names = await readdir(dirname(keyFile)).catch(() => []);
  if (names.some((name) => name.toLowerCase().endsWith('.csv'))) tell(KEY_NOTES.besideData);
}

/** Prints the one result of a command: as JSON, or as a line. */
export function print(json: boolean | undefined, data: object, line: string): void {
  process.stdout.write(`${json ? JSON.stringify(data) : line}\n`);
}

export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError(say(TEXT.notANumber));
  return Number(text);
}

/** 30d */
export function days(text: string): number {
  const [, digits] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError(say(TEXT.notDays));
  return Number(digits);
}

/** 2026-01-01..2027-01-01 */
export function period(text: string): { from: string; to: string } {
  const [from, to, ...more] = text.split('..');
  if (!isDay(from) || !isDay(to) || more.length > 0 || from >= to) {
    throw new InvalidArgumentError(say(TEXT.notAPeriod));
  }
  return { from, to };
}

function isDay(text: string | undefined): text is string {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
