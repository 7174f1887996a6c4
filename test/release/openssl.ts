import { spawnSync } from 'node:child_process';

const found = spawnSync('openssl', ['version'], { encoding: 'utf8' });

/** Whether stock OpenSSL from 3.0 is here to be compared with. Says so loudly when it is not. */
export const hasOpenssl = found.status === 0 && /^OpenSSL [3-9]\./.test(found.stdout);
if (!hasOpenssl) {
  process.stderr.write('\n!!! openssl 3.x is not installed: the cross-checks with it DO NOT RUN !!!\n\n');
}

/** Runs the openssl program. @throws with its own words when it fails */
export function openssl(...args: string[]): Buffer {
  const { status, stdout, stderr } = spawnSync('openssl', args, { maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr.toString()}`);
  return stdout;
}
