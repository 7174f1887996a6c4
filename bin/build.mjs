// Compiles the AssemblyScript kernels and the TypeScript sources into dist/, both only when they changed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Latest modification time below the given paths, in milliseconds. */
export function newest(...paths) {
  let latest = 0;
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory())
      latest = Math.max(latest, newest(...readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}

/** Builds what is older than its sources. Output of the compilers goes to stderr. */
export function build() {
  const run = (name, args) => execFileSync(bin(name), args, { cwd: root, stdio: ['ignore', 2, 2] });
  const sources = join(root, 'src');
  const kernels = join(sources, 'kernel', 'assembly');
  const wasm = join(root, 'dist', 'kernel', 'kernels.wasm');
  const stamp = join(root, 'dist', 'index.js');
  mkdirSync(join(root, 'dist', 'kernel'), { recursive: true });
  if (!existsSync(wasm) || statSync(wasm).mtimeMs < newest(kernels, import.meta.filename)) {
    run('asc', [
      join(kernels, 'index.ts'),
      '--outFile',
      wasm,
      '--runtime',
      'stub',
      '--use',
      'abort=',
      '-O3',
      '--converge',
      '--noAssert',
      '--enable',
      'simd',
      '--enable',
      'bulk-memory',
      '--initialMemory',
      '4',
      '--memoryBase',
      '4096',
    ]);
  }
  if (!existsSync(stamp) || statSync(stamp).mtimeMs < newest(sources)) {
    rmSync(stamp, { force: true });
    run('tsc', ['-p', sources]);
  }
}

if (process.argv[1] === import.meta.filename) build();
