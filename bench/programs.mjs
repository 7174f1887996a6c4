// The command lines of everything that is measured.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DATA_DIRECTORY } from './data.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GAMYEONG = `${ROOT}bin/gamyeong`;
const COMPARE = fileURLToPath(new URL('compare', import.meta.url));
const KEY_FILE = `${DATA_DIRECTORY}/bench.key`;

/** Processors that the targets are stated for; every program gets as many threads. */
export const THREADS = 2;

/**
 * @typedef {object} Program
 * @property {string} name as it stands in the tables
 * @property {readonly string[]} command
 * @property {string} [output] file it writes
 * @property {number} [bytes] size of its input
 */

/** Builds gamyeong, installs the comparison programs where they are missing, and writes the key of the benchmark. */
export function prepare() {
  execFileSync(process.execPath, [`${ROOT}bin/build.mjs`], { stdio: ['ignore', 2, 2] });
  if (!existsSync(`${COMPARE}/node_modules`))
    execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
      cwd: COMPARE,
      stdio: ['ignore', 2, 2],
    });
  for (const [name, version] of Object.entries(dependencies(COMPARE)))
    if (dependencies(ROOT)[name] !== version) throw new Error(`bench/compare has another version of ${name}`);
  const key = createHash('sha256').update('gamyeong bench').digest('hex');
  writeFileSync(KEY_FILE, `${key}\n`, { mode: 0o600 });
}

const dependencies = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).dependencies;

/**
 * @param {'resident-12' | 'mask-only'} workload
 * @param {import('./data.mjs').DataFile} data
 * @param {string} folder where the output goes
 * @param {number} [threads]
 * @param {string} [name]
 * @returns {Program}
 */
export function gamyeong(workload, data, folder, threads = THREADS, name = 'gamyeong') {
  const rules = fileURLToPath(new URL(`rules/${workload}.yaml`, import.meta.url));
  const output = `${folder}/gamyeong.csv`;
  const files = ['--rules', rules, '--in', data.path, '--out', output, '--key', KEY_FILE];
  const command = [process.execPath, GAMYEONG, 'run', ...files, '--threads', String(threads), '--quiet'];
  return { name, command, output, bytes: data.bytes };
}

/** The obvious pipeline: one process, one thread. */
export function obvious(workload, data, folder) {
  return comparison('csv-parse → createHmac → csv-stringify', 'obvious', data, folder, [
    '--workload',
    workload,
  ]);
}

export function duckdb(data, folder) {
  return comparison('DuckDB SQL', 'duckdb', data, folder);
}

export function identity(data, folder) {
  return comparison('DuckDB identity COPY', 'duckdb-identity', data, folder);
}

/**
 * @param {number} outBytes size of gamyeong's output
 * @param {boolean} fsync
 */
export function floor(data, folder, outBytes, fsync) {
  const sizes = ['--tokens', String(data.tokens), '--out-bytes', String(outBytes)];
  return comparison(
    fsync ? 'floor with fsync' : 'floor',
    'floor',
    data,
    folder,
    fsync ? [...sizes, '--fsync'] : sizes,
  );
}

function comparison(name, script, data, folder, more = []) {
  const output = `${folder}/${script}.csv`;
  const files = ['--in', data.path, '--out', output, '--key', KEY_FILE, '--threads', String(THREADS)];
  const command = [process.execPath, `${COMPARE}/${script}.mjs`, ...files, ...more];
  return { name, command, output, bytes: data.bytes };
}

/** The least that a Node program takes to start and end. */
export const nodeAlone = { name: 'node -e 0', command: [process.execPath, '-e', '0'] };
export const help = { name: 'gamyeong --help', command: [process.execPath, GAMYEONG, '--help'] };
