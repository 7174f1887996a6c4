import { Command, CommanderError, Option } from 'commander';
import { EXIT, GamyeongError } from '../errors.ts';
import { detectLanguage, say, setLanguage, type Text } from '../messages/language.ts';
import { COMMAND_SUMMARIES, HELP_TITLES, USAGE_TEXT } from '../messages/usage.ts';
import { toolVersion } from '../version.ts';
import { usageError } from './usage-error.ts';

type CommandName = keyof typeof COMMAND_SUMMARIES;

/** Every command; its module is loaded only when it is called. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).runCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  key: async () => (await import('./key.ts')).keyCommand(),
  sample: async () => (await import('./sample.ts')).sampleCommand(),
};

/**
 * The `gamyeong` command. Sets the exit code of the process; errors go to stderr, a line each.
 * @param argv words after the program's name
 */
export async function main(argv: readonly string[]): Promise<void> {
  setLanguage(detectLanguage(argv, process.env));
  try {
    const program = await programFor(argv);
    if (argv.length === 0) program.outputHelp();
    else await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** The program with the called command loaded, and all others as a line of the help. */
async function programFor(argv: readonly string[]): Promise<Command> {
  const program = new Command('gamyeong')
    .description(say(USAGE_TEXT.about))
    .version(toolVersion(), '-V, --version', say(USAGE_TEXT.version))
    .addHelpText('after', `\n${say(USAGE_TEXT.more)}`);
  const called = argv.find((word) => !word.startsWith('-')) ?? '';
  for (const [name, summary] of Object.entries(COMMAND_SUMMARIES) as [CommandName, Text][]) {
    program.addCommand(
      name === called || (called === 'help' && argv.includes(name))
        ? await COMMANDS[name]()
        : new Command(name).description(say(summary)),
    );
  }
  configure(program);
  return program;
}

/** Gives a command and those below it the language, our errors and the common options. */
function configure(command: Command): void {
  command
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => (HELP_TITLES[title] ? say(HELP_TITLES[title]) : title) })
    .helpOption('-h, --help', say(USAGE_TEXT.help))
    .helpCommand(false)
    .addOption(new Option('--lang <language>', say(USAGE_TEXT.lang)).choices(['en', 'ko']));
  command.commands.forEach(configure);
}

/** Prints an error. @returns the exit code */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    return report(usageError(error));
  }
  if (isReaderGone(error)) return EXIT.done;
  const known =
    error instanceof GamyeongError ? error : new GamyeongError('E_INTERNAL', { reason: nameOf(error) });
  for (const one of [known, ...known.also]) process.stderr.write(`${one.line()}\n`);
  if (known !== error && process.env.GAMYEONG_DEBUG === '1') console.error(error);
  return known.exitCode;
}

/** The kind of an unknown error. Its message is not shown: it may quote the data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.name : `${error.name} ${code}`;
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReaderGone';
}
