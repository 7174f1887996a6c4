import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { fromSystem, GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { PASSPHRASE_PROMPTS as PROMPTS } from '../messages/passphrase.ts';
import { readPrivate } from './private-file.ts';

/** What a passphrase is for: to open a sealed file, to seal a new one, or as the PIN of a token. */
export interface PassphraseRequest {
  readonly purpose: 'open' | 'seal' | 'pin';
  /** File that is opened or written, as the user knows it. */
  readonly file: string;
}

/** Gives the passphrase for one file. */
export type AskPassphrase = (request: PassphraseRequest) => Promise<string>;

/** Where passphrases come from when nobody is asked. */
export interface PassphraseOptions {
  /** An open file descriptor, read to its end. */
  readonly passphraseFd?: number | undefined;
  /** A file that only its owner can read. */
  readonly passphraseFile?: string | undefined;
}

/**
 * Passphrases from a file or a file descriptor, one a line in the order in which they are asked for, a single
 * line for all; otherwise from the terminal, without echo. Never from arguments or the environment.
 */
export function passphrases({ passphraseFd, passphraseFile }: PassphraseOptions = {}): AskPassphrase {
  if (passphraseFile !== undefined) {
    return fromLines(async () => readPrivate(passphraseFile).bytes, passphraseFile);
  }
  if (passphraseFd !== undefined) {
    const name = `fd ${passphraseFd}`;
    return fromLines(() => readDescriptor(passphraseFd, name), name);
  }
  return askTerminal;
}

function fromLines(read: () => Promise<Buffer>, name: string): AskPassphrase {
  let lines: readonly string[] | undefined;
  let next = 0;
  return async () => {
    lines ??= (await read())
      .toString('utf8')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/);
    const line = lines.length === 1 ? lines[0] : lines[next++];
    if (!line) throw new GamyeongError('E_PASSPHRASE_LINE', { line: next || 1 }, { file: name });
    return line;
  };
}

async function readDescriptor(fd: number, name: string): Promise<Buffer> {
  try {
    return await buffer(createReadStream('', { fd }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBADF') {
      throw new GamyeongError('E_FILE_MISSING', {}, { file: name });
    }
    throw fromSystem(error, name);
  }
}

/** Asks on the terminal; a new passphrase twice. */
async function askTerminal({ purpose, file }: PassphraseRequest): Promise<string> {
  const { promptSecret } = await import('./prompt.ts');
  const answer = await promptSecret(say(PROMPTS[purpose], { file }));
  if (purpose === 'seal' && (await promptSecret(say(PROMPTS.again))) !== answer) {
    throw new GamyeongError('E_PASSPHRASE_DIFFERS', {}, { file });
  }
  return answer;
}
