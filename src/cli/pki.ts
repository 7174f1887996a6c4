import { Command, InvalidArgumentError } from 'commander';
import { say } from '../messages/language.ts';
import { PKI_TEXT as TEXT } from '../messages/release.ts';

/** `gamyeong pki demo DIR` */
export function pkiCommand(): Command {
  const command = new Command('pki')
    .description(say(TEXT.about))
    .addHelpText('after', `\n${say(TEXT.example)}\n  gamyeong pki demo pki`);
  command
    .command('demo')
    .description(say(TEXT.demo))
    .argument('<directory>', say(TEXT.directory))
    .option('--days <n>', say(TEXT.days), days, 365)
    .action(async (directory: string, options: { days: number }) => {
      const { makeDemoPki } = await import('../release/demo-pki.ts');
      const files = await makeDemoPki(directory, options.days);
      process.stdout.write(`${files.join('\n')}\n`);
      process.stderr.write(`gamyeong: ${say(TEXT.warning)}\n`);
    });
  return command;
}

function days(text: string): number {
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < 1 || value > 3650) throw new InvalidArgumentError(say(TEXT.notDays));
  return value;
}
