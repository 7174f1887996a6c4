import { basename } from 'node:path';
import { Command } from 'commander';
import { KEY_NOTES, KEY_TEXT as TEXT } from '../messages/keys.ts';
import { say } from '../messages/language.ts';
import {
  type KeyFlags,
  passphrasesOf,
  print,
  refuseUsage,
  tell,
  warnBesideData,
  wholeNumber,
  withKeyOptions,
} from './key-options.ts';

/** `gamyeong key seal FILE [--out COPY]` */
export function sealCommand(): Command {
  const command = new Command('seal')
    .description(say(TEXT.seal))
    .argument('<file>', say(TEXT.file))
    .option('--out <file>', say(TEXT.sealOut));
  return withKeyOptions(command, 'seal keys/my.key', 'seal keys/my.key --out keys/sealed.key').action(
    sealKeyFile,
  );
}

async function sealKeyFile(file: string, flags: KeyFlags & { readonly out?: string }): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { sealKey } = await import('../keys/create.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key seal', async (note) => {
    const entry = await sealKey(file, flags.out, ask);
    note({ ids: { key: entry.id, file: basename(flags.out ?? file) } });
    if (flags.out === undefined) {
      tell(KEY_NOTES.noGuarantee);
    } else {
      await warnBesideData(flags.out);
      tell(KEY_NOTES.plainCopy);
    }
    print(flags.json, entry, entry.id);
  });
}

/** `gamyeong key split FILE --shares N --threshold M --out DIR` */
export function splitCommand(): Command {
  const command = new Command('split')
    .description(say(TEXT.split))
    .argument('<file>', say(TEXT.file))
    .requiredOption('--shares <n>', say(TEXT.shares), wholeNumber)
    .requiredOption('--threshold <n>', say(TEXT.threshold), wholeNumber)
    .requiredOption('--out <directory>', say(TEXT.splitOut));
  return withKeyOptions(command, 'split keys/my.key --shares 5 --threshold 3 --out shares/').action(
    splitKeyFile,
  );
}

interface SplitFlags extends KeyFlags {
  readonly shares: number;
  readonly threshold: number;
  readonly out: string;
}

async function splitKeyFile(file: string, flags: SplitFlags): Promise<void> {
  const { shares, threshold, out } = flags;
  if (!(threshold >= 2 && threshold <= shares && shares <= 255)) refuseUsage(TEXT.badSplit);
  const { audited } = await import('../audit/audited.ts');
  const { splitKey } = await import('../keys/create.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key split', async (note) => {
    const { id, files } = await splitKey(file, { shares, threshold, out }, ask);
    note({ ids: { key: id }, details: { shares, threshold } });
    print(flags.json, { id, shares: files }, files.join('\n'));
  });
}

/** `gamyeong key combine SHARE... --out FILE` */
export function combineCommand(): Command {
  const command = new Command('combine')
    .description(say(TEXT.combine))
    .argument('<share...>', say(TEXT.share))
    .requiredOption('--out <file>', say(TEXT.combineOut))
    .option('--sealed', say(TEXT.sealed));
  return withKeyOptions(command, 'combine a.share b.share c.share --out keys/my.key --sealed').action(
    combineShares,
  );
}

async function combineShares(
  shares: string[],
  flags: KeyFlags & { readonly out: string; readonly sealed?: true },
): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { combineKey } = await import('../keys/create.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key combine', async (note) => {
    const entry = await combineKey(shares, flags.out, { ask, sealing: flags.sealed ? ask : undefined });
    note({ ids: { key: entry.id, file: basename(flags.out) } });
    await warnBesideData(flags.out);
    print(flags.json, entry, entry.id);
  });
}
