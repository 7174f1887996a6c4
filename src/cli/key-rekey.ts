import { Command, Option } from 'commander';
import type { RekeyOptions } from '../keys/rekey-map.ts';
import { KEY_TEXT as TEXT } from '../messages/keys.ts';
import { say } from '../messages/language.ts';
import type { Dialect } from '../rules/plan.ts';
import {
  type KeyFlags,
  passphrasesOf,
  print,
  refuseUsage,
  tell,
  wholeNumber,
  withKeyOptions,
} from './key-options.ts';

interface RekeyFlags extends KeyFlags {
  readonly new: string;
  readonly out: string;
  readonly open?: string;
  readonly old?: string;
  readonly domain?: string;
  readonly in?: string;
  readonly column?: string;
  readonly normalize?: string;
  readonly bits?: number;
  readonly tokenEncoding?: string;
  readonly encoding: Dialect['encoding'];
  readonly delimiter: string;
}

/** `gamyeong key rekey-map --old A --new B --domain D --in I --column C --out MAP`, `--open MAP --new B --out CSV` */
export function rekeyMapCommand(): Command {
  const command = new Command('rekey-map')
    .description(say(TEXT.rekey))
    .option('--old <file>', say(TEXT.old))
    .requiredOption('--new <file>', say(TEXT.next))
    .option('--domain <name>', say(TEXT.domain))
    .option('--in <file>', say(TEXT.in))
    .option('--column <name>', say(TEXT.column))
    .requiredOption('--out <file>', say(TEXT.out))
    .option('--open <map>', say(TEXT.openMap))
    .option('--normalize <steps>', say(TEXT.normalize))
    .option('--bits <n>', say(TEXT.bits), wholeNumber)
    .option('--token-encoding <name>', say(TEXT.tokenEncoding))
    .addOption(
      new Option('--encoding <name>', say(TEXT.inputEncoding)).choices(['utf-8', 'cp949']).default('utf-8'),
    )
    .option('--delimiter <character>', say(TEXT.delimiter), ',');
  return withKeyOptions(
    command,
    'rekey-map --old keys/my.key --new keys/my.v2.key --domain resident-2026 --in ids.csv --column member_id --out tokens.map',
    'rekey-map --open tokens.map --new keys/my.v2.key --out tokens.csv',
  ).action((flags: RekeyFlags) => (flags.open === undefined ? writeMap(flags) : openMap(flags.open, flags)));
}

async function writeMap(flags: RekeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { findKey } = await import('../keys/open.ts');
  const { writeRekeyMap } = await import('../keys/rekey-map.ts');
  const domain = needed('--domain', flags.domain);
  const input = needed('--in', flags.in);
  const column = needed('--column', flags.column);
  const oldFile = needed('--old', flags.old);
  const [params, dialect] = [await tokenParams(flags), dialectOf(flags)];
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key rekey-map', async (note) => {
    const old = await findKey(oldFile, ask).load();
    const next = await findKey(flags.new, ask).load();
    note({ ids: { key: next.id, previous: old.id, domain } });
    const counts = await writeRekeyMap({
      old,
      next,
      domain,
      input,
      dialect,
      column,
      params,
      output: flags.out,
    });
    note({ details: { rows: counts.pairs } });
    if (flags.json) print(true, counts, '');
    else tell(TEXT.mapped, { ...counts });
  });
}

async function openMap(map: string, flags: RekeyFlags): Promise<void> {
  const { audited } = await import('../audit/audited.ts');
  const { findKey } = await import('../keys/open.ts');
  const { openRekeyMap } = await import('../keys/rekey-map.ts');
  const ask = await passphrasesOf(flags);
  await audited(flags.audit, 'key rekey-map open', async (note) => {
    const next = await findKey(flags.new, ask).load();
    note({ ids: { key: next.id } });
    const { domain, oldKeyId } = await openRekeyMap(map, next, flags.out);
    note({ ids: { previous: oldKeyId, domain } });
    if (flags.json) print(true, { domain, oldKeyId, newKeyId: next.id }, '');
    else tell(TEXT.opened, { out: flags.out });
  });
}

function needed(option: string, value: string | undefined): string {
  return value ?? refuseUsage(TEXT.needOption, { option });
}

/** Parameters of `keyed-hash`, checked as those of the rules. */
async function tokenParams({ normalize, bits, tokenEncoding }: RekeyFlags): Promise<RekeyOptions['params']> {
  const { z } = await import('zod');
  const { keyedHash } = await import('../techniques/keyed-hash.ts');
  const parsed = keyedHash.params(z).safeParse({
    ...(normalize !== undefined && { normalize: normalize.split(',') }),
    ...(bits !== undefined && { bits }),
    ...(tokenEncoding !== undefined && { encoding: tokenEncoding }),
  });
  return parsed.success ? parsed.data : refuseUsage(TEXT.badToken);
}

function dialectOf({ encoding, delimiter }: RekeyFlags): Dialect {
  if (!/^[^"\r\n]$/.test(delimiter)) refuseUsage(TEXT.badDelimiter);
  return { encoding, delimiter, quote: '"', escape: '"', comment: '', maxRecordBytes: 1 << 20 };
}
