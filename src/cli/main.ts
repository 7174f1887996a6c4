import { Command, CommanderError, Help, Option } from 'commander';
import { EXIT, fromSystem, GamyeongError } from '../errors.ts';
import { detectLanguage, say, setLanguage, type Text } from '../messages/language.ts';
import { COMMAND_SUMMARIES, HELP_EXTRAS, HELP_TITLES, USAGE_TEXT } from '../messages/usage.ts';
import { toolVersion } from '../version.ts';
import { usageError } from './usage-error.ts';

type CommandName = keyof typeof COMMAND_SUMMARIES;

/** Every command; its module is loaded only when it is called. */
const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./run.ts')).runCommand(),
  check: async () => (await import('./check.ts')).checkCommand(),
  risk: async () => (await import('./risk.ts')).riskCommand(),
  key: async () => (await import('./key.ts')).keyCommand(),
  review: async () => (await import('./review.ts')).reviewCommand(),
  form: async () => (await import('./form.ts')).formCommand(),
  release: async () => (await import('./release.ts')).releaseCommand(),
  open: async () => (await import('./open.ts')).openCommand(),
  pki: async () => (await import('./pki.ts')).pkiCommand(),
  audit: async () => (await import('./audit.ts')).auditCommand(),
  job: async () => (await import('./job.ts')).jobCommand(),
  sample: async () => (await import('./sample.ts')).sampleCommand(),
};

/**
 * The `gamyeong` command. Sets the exit code of the process; errors go to stderr, a line each.
 * @param words those after the program's name
 */
export async function main(words: readonly string[]): Promise<void> {
  const argv = words[0] === 'help' ? [...words.slice(1), '--help'] : words;
  setLanguage(detectLanguage(argv, process.env));
  process.once('beforeExit', refuseToEndEarly);
  process.stdout.on('error', tellUnlessReaderGone);
  process.stderr.on('error', () => {}); // there is nobody left to tell
  if (!process.listeners('uncaughtException').includes(endAtOnce)) process.on('uncaughtException', endAtOnce);
  try {
    const program = await programFor(argv);
    if (argv.length === 0) program.outputHelp();
    else await parse(program, argv);
  } catch (error) {
    process.exitCode = report(error);
  } finally {
    process.off('beforeExit', refuseToEndEarly);
  }
}

/** A reader that has had enough, such as `head`, is not an error. Commands that stream hear of the others themselves. */
function tellUnlessReaderGone(error: NodeJS.ErrnoException): void {
  const streams = process.stdout.listenerCount('error') > 1;
  if (error.code !== 'EPIPE' && !streams) process.exitCode = report(fromSystem(error, '-'));
}

/** Nobody caught an error. Node would print it with its message, which may quote the data. */
function endAtOnce(error: unknown): void {
  process.exit(report(error));
}

/** The command waits for something that cannot come any more: Node would end with 0. */
function refuseToEndEarly(): void {
  process.exitCode = report(new GamyeongError('E_INTERNAL', { reason: 'unfinished' }));
}

/** Parses and runs. A misspelt option is told rather than the mandatory one that it was meant to be. */
async function parse(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError) || error.code !== 'commander.missingMandatoryOptionValue')
      throw error;
    const command = innermost(program, argv);
    const known = new Set(command.options.map((option) => option.long));
    const misspelt = argv.find((word) => word.startsWith('--') && !known.has(word.split('=')[0]));
    if (misspelt !== undefined) {
      for (const option of command.options) option.makeOptionMandatory(false);
      command.parse([misspelt], { from: 'user' });
    }
    throw error;
  }
}

/** The command that the words lead to, below the program. */
function innermost(program: Command, argv: readonly string[]): Command {
  return argv.reduce(
    (command, word) => command.commands.find((below) => below.name() === word) ?? command,
    program,
  );
}

/** The command that is called, if it is one of ours. */
function calledIn(argv: readonly string[]): string | undefined {
  return argv.find((word) => Object.hasOwn(COMMANDS, word));
}

/** The program with the called command loaded, and all others as a line of the help. */
async function programFor(argv: readonly string[]): Promise<Command> {
  const program = new Command('gamyeong')
    .description(say(USAGE_TEXT.about))
    .version(toolVersion(), '-V, --version', say(USAGE_TEXT.version))
    .addHelpText('after', `\n${say(USAGE_TEXT.more)}`);
  const called = calledIn(argv);
  for (const [name, summary] of Object.entries(COMMAND_SUMMARIES) as [CommandName, Text][]) {
    program.addCommand(
      name === called ? await COMMANDS[name]() : new Command(name).description(say(summary)),
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
    .configureHelp({
      styleTitle: (title) => (HELP_TITLES[title] ? say(HELP_TITLES[title]) : title),
      optionDescription: (option) => translated(Help.prototype.optionDescription(option)),
      argumentDescription: (argument) => translated(Help.prototype.argumentDescription(argument)),
    })
    .helpOption('-h, --help', say(USAGE_TEXT.help))
    .helpCommand(false)
    .addOption(new Option('--lang <language>', say(USAGE_TEXT.lang)).choices(['en', 'ko']));
  command.commands.forEach(configure);
}

/** A description with what commander adds to it in the user's language. */
function translated(description: string): string {
  return Object.entries(HELP_EXTRAS).reduce(
    (text, [extra, ours]) => text.replace(extra, say(ours)),
    description,
  );
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
  if (known !== error && process.env.GAMYEONG_DEBUG === '1') process.stderr.write(framesOf(error));
  return known.exitCode;
}

/** The kind of an unknown error. Its message is not shown: it may quote the data. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined ? error.name : `${error.name} ${code}`;
}

/** Where an unknown error comes from, without its message: that may quote the data, too. */
function framesOf(error: unknown): string {
  const { stack = '', message = '' } = error instanceof Error ? error : {};
  const lines = stack.replace(message, '').split('\n');
  return lines
    .filter((line) => line.startsWith('    at '))
    .join('\n')
    .concat('\n');
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReaderGone';
}
