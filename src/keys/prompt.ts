import { openSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ReadStream, WriteStream } from 'node:tty';
import { GamyeongError, printable } from '../errors.ts';

interface Terminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
  release(): void;
}

/**
 * Asks a question on the terminal and reads a line without showing it, wherever the standard input and output
 * lead.
 * @throws GamyeongError E_PASSPHRASE_NEEDED where there is no terminal, E_INTERRUPTED for Ctrl-C and Ctrl-D
 */
export async function promptSecret(question: string): Promise<string> {
  const terminal = openTerminal();
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: terminal.input, output: silent, terminal: true, historySize: 0 });
  try {
    terminal.output.write(printable(question));
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve).once('close', () => reject(new GamyeongError('E_INTERRUPTED')));
    });
  } finally {
    lines.close();
    terminal.output.write('\n');
    terminal.release();
  }
}

function openTerminal(): Terminal {
  if (process.platform === 'win32') {
    if (!process.stdin.isTTY || !process.stderr.isTTY) throw new GamyeongError('E_PASSPHRASE_NEEDED');
    return { input: process.stdin, output: process.stderr, release: () => process.stdin.pause() };
  }
  try {
    const input = new ReadStream(openSync('/dev/tty', 'r'));
    const output = new WriteStream(openSync('/dev/tty', 'w'));
    const release = () => {
      input.destroy();
      output.destroy();
    };
    return { input, output, release };
  } catch {
    throw new GamyeongError('E_PASSPHRASE_NEEDED');
  }
}
