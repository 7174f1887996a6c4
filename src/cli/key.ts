import { Command } from 'commander';
import { say, type Text } from '../messages/language.ts';

const TEXT = {
  about: { en: 'make and show keys', ko: '키를 만들고 확인한다' },
  new: {
    en: 'make a random key in a new file and print its id',
    ko: '새 파일에 무작위 키를 만들고 키 ID를 표시한다',
  },
  show: { en: 'print the id of a key', ko: '키 ID를 표시한다' },
  file: { en: 'key file', ko: '키 파일' },
  example: { en: 'Example:', ko: '예:' },
} as const satisfies Record<string, Text>;

/** `gamyeong key new FILE`, `gamyeong key show FILE` */
export function keyCommand(): Command {
  const command = new Command('key')
    .description(say(TEXT.about))
    .addHelpText('after', `\n${say(TEXT.example)}\n  gamyeong key new my.key`);
  command
    .command('new')
    .description(say(TEXT.new))
    .argument('<file>', say(TEXT.file))
    .action(async (file: string) => {
      const { createKeyFile } = await import('../keys/key-file.ts');
      process.stdout.write(`${await createKeyFile(file)}\n`);
    });
  command
    .command('show')
    .description(say(TEXT.show))
    .argument('<file>', say(TEXT.file))
    .action(async (file: string) => {
      const { KeyFile } = await import('../keys/key-file.ts');
      process.stdout.write(`${(await new KeyFile(file).load()).id}\n`);
    });
  return command;
}
