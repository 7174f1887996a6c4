import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/gamyeong', import.meta.url));

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command as a user does, in English unless the environment says otherwise. */
export function gamyeong(
  args: readonly string[],
  { input, env, cwd }: { input?: string | Uint8Array; env?: Record<string, string>; cwd?: string } = {},
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH, LANG: 'C', ...env },
    ...(input !== undefined && { input }),
    ...(cwd !== undefined && { cwd }),
  });
  return { status, stdout, stderr };
}
