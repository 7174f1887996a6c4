// What `npm start` does on any machine with Node and npm: installs once, builds what is stale, and
// pseudonymizes the shipped samples into out/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out');
const SHAPES = ['resident-register', 'local-tax', 'welfare-payments', 'civil-complaints', 'security-events'];

function fail(message) {
  console.error(`gamyeong: ${message}`);
  process.exit(1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Node 20.19 or later is needed, this is ${process.version}. Node 20.19 이상이 필요합니다.`);
  }
}

/** Runs `npm ci` unless it, or `npm install`, has run since package-lock.json last changed. */
function install() {
  const installed = statSync(join(root, 'node_modules', '.package-lock.json'), { throwIfNoEntry: false });
  if (installed && installed.mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  console.error('Installing the dependencies (once) … 필요한 패키지를 설치합니다(처음 한 번).');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['ignore', 2, 2] };
  const { status } = npm
    ? spawnSync(process.execPath, [npm, 'ci', '--no-audit', '--no-fund'], options)
    : spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
        ...options,
        shell: process.platform === 'win32',
      });
  if (status !== 0)
    fail('npm ci failed; see its message above. npm ci가 실패했습니다. 위 메시지를 보십시오.');
}

function gamyeong(...args) {
  const result = spawnSync(process.execPath, [join(root, 'bin', 'gamyeong'), ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (result.status !== 0) process.exit(result.status ?? 1);
  return result.stdout;
}

requireNode();
install();
const { build } = await import('./build.mjs');
await build();

mkdirSync(out, { recursive: true, mode: 0o700 });
const key = join('out', 'demo.key');
if (!existsSync(join(root, key))) gamyeong('key', 'new', key);

console.log('Pseudonymizing the shipped samples. 예제 자료를 가명처리합니다.\n');
for (const shape of SHAPES) {
  const target = join('out', `${shape}.csv`);
  const args = [
    '--rules',
    `rules/${shape}.yaml`,
    '--in',
    `samples/${shape}.csv`,
    '--out',
    target,
    '--key',
    key,
  ];
  const record = JSON.parse(gamyeong('run', ...args, '--overwrite', '--quiet', '--json'));
  const { rows, columns, seconds, mbPerSecond } = record;
  const treated = columns.filter(({ action }) => action !== 'keep').length;
  console.log(shape);
  console.log(
    `  rows     ${rows.in} in, ${rows.out} out, ${rows.suppressed} suppressed, ${rows.rejected} rejected`,
  );
  console.log(`  columns  ${columns.length}, ${treated} of them changed or dropped`);
  console.log(`  output   ${target}, ${target}.run.json`);
  console.log(`  speed    ${mbPerSecond.toFixed(1)} MB/s in ${seconds.toFixed(3)} s\n`);
}
console.log('Next: README.md, or bin/gamyeong --help. 다음: README.md 또는 bin/gamyeong --help.');
