import { spawn } from 'node:child_process';
import { GamyeongError } from '../errors.ts';
import { parsePlainKey } from './key-file.ts';
import type { CommandReference } from './reference.ts';

/** A key and its newline take 66 bytes at most. */
const MAX_BYTES = 1024;

/**
 * Runs a program that prints a key as 64 hex digits, as clients of vaults and key management services do. Nothing
 * of what it writes is shown: it may be the key.
 * @throws GamyeongError E_KEY_COMMAND
 */
export async function keyFromCommand(
  { command, timeout }: CommandReference,
  path: string,
): Promise<Uint8Array> {
  const [program, ...args] = command as [string, ...string[]];
  const fail = (reason: string) => new GamyeongError('E_KEY_COMMAND', { reason }, { file: path });
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const stop = () => {
    child.kill('SIGKILL');
    child.stdout.destroy(); // or what the program has started could hold it open
  };
  const printed: Buffer[] = [];
  let length = 0;
  child.stdout.on('data', (block: Buffer) => {
    length += block.length;
    if (length > MAX_BYTES) stop();
    else printed.push(block);
  });
  const timer = setTimeout(stop, timeout * 1000);
  await new Promise<void>((done, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => reject(fail(error.code ?? error.name)));
    child.once('close', (exit, signal) => {
      if (exit === 0) done();
      else reject(fail(signal ?? `exit ${exit}`));
    });
  }).finally(() => clearTimeout(timer));
  const key = parsePlainKey(Buffer.concat(printed));
  if (key === undefined) throw fail('64 hex digits');
  return key;
}
