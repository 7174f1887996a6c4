// Builds what is older than its sources:
//   build/  every module compiled on its own (tests run on these) and the kernels
//   dist/   the same bundled into few files, because loading hundreds of modules takes longer than a small job
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src');
const modules = join(root, 'build');
const bundle = join(root, 'dist');
/** Says that everything was compiled without a complaint. */
const complete = join(bundle, '.complete');
const wasm = join(modules, 'kernel', 'kernels.wasm');

/** Packages that load files of their own at run time, or are loaded by few commands. */
const EXTERNAL = [
  '@duckdb/node-api',
  '@faker-js/faker',
  '@observablehq/plot',
  'linkedom',
  'node-forge',
  'piscina',
  'csv-parse/sync',
];

/** Latest modification time of the given files and of all below the given directories, in milliseconds. */
function newest(...paths) {
  return Math.max(
    0,
    ...paths.map((path) => {
      const stat = statSync(path);
      const below = stat.isDirectory() ? newest(...readdirSync(path).map((name) => join(path, name))) : 0;
      return Math.max(stat.mtimeMs, below);
    }),
  );
}

const isFresh = (product, ...from) =>
  existsSync(product) && statSync(product).mtimeMs >= newest(import.meta.filename, ...from);

/** Output of the compilers goes to stderr. */
function compile(name, ...args) {
  execFileSync(join(root, 'node_modules', '.bin', name), args, { cwd: root, stdio: ['ignore', 2, 2] });
}

function buildKernels() {
  const kernels = join(sources, 'kernel', 'assembly');
  if (isFresh(wasm, kernels)) return;
  mkdirSync(join(modules, 'kernel'), { recursive: true });
  const features = ['--enable', 'simd', '--enable', 'bulk-memory'];
  const memory = ['--runtime', 'stub', '--initialMemory', '4', '--memoryBase', '4096', '--use', 'abort='];
  const entry = join(kernels, 'index.ts');
  compile('asc', entry, '--outFile', wasm, '-O3', '--converge', '--noAssert', ...features, ...memory);
}

async function bundleModules() {
  const { build } = await import('esbuild');
  rmSync(bundle, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      main: 'build/cli/main.js',
      worker: 'build/engine/worker.js',
      'part-worker': 'build/release/part-worker.js',
      index: 'build/index.js',
    },
    outdir: 'dist',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: EXTERNAL,
    // Packages in CommonJS that are bundled call require for Node's own modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  copyFileSync(wasm, join(bundle, 'kernels.wasm'));
}

export async function build() {
  buildKernels();
  if (isFresh(complete, sources)) return;
  try {
    compile('tsc', '-p', sources);
  } catch (error) {
    await bundleModules(); // what types complain about may still run; but the next build tries again
    throw error;
  }
  await bundleModules();
  writeFileSync(complete, '');
}

if (process.argv[1] === import.meta.filename) await build();
