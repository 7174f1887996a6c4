// What `npm start` does on any machine with Node and npm: installs once, builds what is stale, and runs the job
// of the shipped samples into out/: one data set is refused by the gate, the corrected one released and opened.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'out');

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

/** Runs the command and shows what it prints. @returns its exit code; one that `accepted` lacks ends the demo */
function gamyeong(words, accepted = [0]) {
  console.log(`\n$ gamyeong ${words.join(' ')}`);
  const { status } = spawnSync(process.execPath, [join(root, 'bin', 'gamyeong'), ...words], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (!accepted.includes(status)) process.exit(status ?? 1);
  return status;
}

/** What the runs did, from their records. */
function describeRuns() {
  const records = ['refused', 'data'].flatMap((folder) =>
    readdirSync(join(out, folder))
      .filter((name) => name.endsWith('.run.json'))
      .map((name) => ({ folder, ...JSON.parse(readFileSync(join(out, folder, name), 'utf8')) })),
  );
  console.log('\nWhat was done, where it is, how fast it went. 처리 내용, 위치, 속도:');
  for (const { folder, output, rows, columns, seconds, mbPerSecond } of records) {
    const treated = columns.filter(({ action }) => action !== 'keep').length;
    const speed = `${mbPerSecond.toFixed(1)} MB/s (${seconds.toFixed(3)} s)`;
    console.log(
      `  out/${folder}/${output.name}  ${rows.in} rows, ${treated} of ${columns.length} columns treated, ${speed}`,
    );
  }
}

requireNode();
install();
const { build } = await import('./build.mjs');
try {
  await build();
} catch {
  fail('the build failed; see its messages above. 빌드에 실패했습니다. 위 메시지를 보십시오.');
}

const REFUSED_BY_GATE = 4;
mkdirSync(join(out, 'keys'), { recursive: true, mode: 0o700 });
if (!existsSync(join(out, 'pki'))) gamyeong(['pki', 'demo', 'out/pki']);
if (!existsSync(join(out, 'keys', 'demo.key'))) gamyeong(['key', 'new', 'out/keys/demo.key']);

console.log(
  '\nFive samples are pseudonymized and measured; the gate refuses one. 예제 자료 다섯 가지를 가명처리·평가하며, 하나는 반출이 거부됩니다.',
);
gamyeong(['job', 'samples/job.yaml', '--quiet'], [0, REFUSED_BY_GATE]);
describeRuns();

if (!existsSync(join(out, 'opened'))) {
  console.log(
    '\nA reviewer finds the corrected one adequate; it is released. 검토자가 적정 판정을 하면 반출됩니다.',
  );
  const reviewer = ['--cert', 'out/pki/reviewer-1.pem', '--key', 'out/pki/reviewer-1.key'];
  const risk = ['--risk', 'out/data/resident-register.csv.risk.json'];
  gamyeong(['review', 'add', ...risk, '--verdict', '적정', ...reviewer, '--audit', 'out/audit.log']);
  gamyeong(['job', 'samples/job.yaml', '--quiet'], [0, REFUSED_BY_GATE]);
  console.log('\nThe support center opens and verifies it. 지원센터가 열어 검증합니다.');
  const center = ['--key', 'out/pki/center.key', '--cert', 'out/pki/center.pem', '--trust', 'out/pki/ca.pem'];
  gamyeong(['open', 'out/released/resident-register.bundle', ...center, '--out', 'out/opened']);
  gamyeong(['audit', 'verify', 'out/audit.log']);
}
console.log('\nNext: README.md, or bin/gamyeong --help. 다음: README.md 또는 bin/gamyeong --help.');
