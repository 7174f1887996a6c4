// node bench/release.mjs [--megabytes 3000] [--runs 3] [--dir FOLDER]: release and open of a large file beside
// what the openssl program takes to encrypt the same bytes (cms -encrypt with AES-256-GCM), each as its own process,
// and the writing of the bundle alone (bundle.mjs), which is release without the gate's reading of every cell.
// Says whether memory and speed are as promised.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure } from './measure.mjs';

const GAMYEONG = fileURLToPath(new URL('../bin/gamyeong', import.meta.url));
const BUNDLE = fileURLToPath(new URL('bundle.mjs', import.meta.url));
const MOST_MEMORY = 300e6;
const LEAST_SHARE = 0.5;

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '3000' },
    runs: { type: 'string', default: '3' },
    dir: { type: 'string', default: fileURLToPath(new URL('data', import.meta.url)) },
  },
});
const megabytes = Number(values.megabytes);
const runs = Number(values.runs);
mkdirSync(values.dir, { recursive: true });
const folder = mkdtempSync(`${values.dir}/release-`);
const at = (name) => `${folder}/${name}`;

const RULES = `version: 1
name: bench
domain: bench
purpose: { kind: statistics, text: 반출 속도 측정을 위한 가상 자료 }
columns:
  token: { role: other, apply: keep }
  district: { role: quasi, apply: keep }
  amount: { role: sensitive, apply: keep }
  memo: { role: other, apply: keep }
risk: { thresholds: { k: 5 } }
release: { period: { from: 2026-01-01, to: 2099-12-31 }, tier: low }
`;

/** Rows of tokens, categories, numbers and text, much alike what a run writes. */
function writeData(path) {
  const hash = createHash('sha256');
  const file = openSync(path, 'wx', 0o600);
  const put = (text) => {
    hash.update(text);
    writeSync(file, text);
  };
  put('token,district,amount,memo\n');
  const block = Array.from({ length: 8000 }, (_, i) => {
    const token = createHash('sha256').update(String(i)).digest('hex');
    return `${token},${['종로구', '중구', '용산구', '성동구'][i % 4]},${(i % 97) * 10000},도로 파손 신고가 접수되어 현장을 확인함\n`;
  }).join('');
  const blocks = Math.max(1, Math.round((megabytes * 1e6) / Buffer.byteLength(block)));
  for (let i = 0; i < blocks; i++) put(block);
  closeSync(file);
  return { rows: 8000 * blocks, sha256: hash.digest('hex') };
}

/** The records of a run and a measurement that never took place. */
function writeRecords({ rows, sha256 }, bytes) {
  const rules = { name: 'bench', sha256: createHash('sha256').update(RULES).digest('hex') };
  const columns = ['token', 'district', 'amount', 'memo'].map((name) => ({ name, action: 'keep' }));
  writeFileSync(
    at('out.csv.run.json'),
    JSON.stringify({
      ...{ version: 1, rules, plan: { sha256 }, output: { name: 'out.csv', bytes, sha256 }, columns },
      ...{ rows: { in: rows, out: rows, suppressed: 0, rejected: 0 }, keyId: null },
    }),
  );
}

function prepare() {
  writeFileSync(at('rules.yaml'), RULES);
  const data = writeData(at('out.csv'));
  const bytes = Number(execFileSync('stat', ['-c', '%s', at('out.csv')]));
  writeRecords(data, bytes);
  const gamyeong = (...args) =>
    execFileSync(process.execPath, [GAMYEONG, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  gamyeong('pki', 'demo', at('pki'));
  gamyeong('risk', '--in', at('out.csv'), '--rules', at('rules.yaml'), '--quiet');
  const reviewer = ['--cert', at('pki/reviewer-1.pem'), '--key', at('pki/reviewer-1.key')];
  gamyeong('review', 'add', '--risk', at('out.csv.risk.json'), '--verdict', 'adequate', ...reviewer);
  return bytes;
}

/** Best of several runs: the least disturbed. */
async function best(command, before = () => {}) {
  const all = [];
  for (let run = 0; run < runs; run++) {
    before();
    all.push(await measure(command));
  }
  const peakBytes = Math.max(...all.map((one) => one.peakBytes ?? 0));
  return { seconds: Math.min(...all.map(({ seconds }) => seconds)), peakBytes };
}

try {
  const bytes = prepare();
  const remove = (name) => () => rmSync(at(name), { recursive: true, force: true });
  const trust = ['--trust', at('pki/ca.pem')];
  const released = await best(
    [
      ...[
        process.execPath,
        GAMYEONG,
        'release',
        '--in',
        at('out.csv'),
        '--rules',
        at('rules.yaml'),
        ...trust,
      ],
      ...['--to', at('pki/center.pem'), '--sign', at('pki/steward.pem'), '--sign-key', at('pki/steward.key')],
      ...['--out', at('a.bundle'), '--quiet'],
    ],
    remove('a.bundle'),
  );
  const bundled = await best(
    [process.execPath, BUNDLE, at('out.csv'), at('pki/center.pem'), at('a.part')],
    remove('a.part'),
  );
  remove('a.part')();
  const opened = await best(
    [
      ...[process.execPath, GAMYEONG, 'open', at('a.bundle'), ...trust, '--out', at('received'), '--quiet'],
      ...['--key', at('pki/center.key'), '--cert', at('pki/center.pem')],
    ],
    remove('received'),
  );
  remove('received')();
  const encrypted = await best(
    [
      ...['openssl', 'cms', '-encrypt', '-stream', '-binary', '-aes-256-gcm', '-in', at('out.csv')],
      ...['-outform', 'DER', '-out', at('a.cms'), '-recip', at('pki/center.pem')],
      ...['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256'],
    ],
    remove('a.cms'),
  );
  const hashed = await best(['openssl', 'dgst', '-sha256', at('out.csv')]);
  const rows = {
    'gamyeong release': released,
    'its bundle alone': bundled,
    'gamyeong open': opened,
    'openssl cms -encrypt': encrypted,
    'openssl dgst -sha256': hashed,
  };
  process.stdout.write(
    `${(bytes / 1e6).toFixed(0)} MB\n| program | seconds | MB/s | peak MB |\n|---|---|---|---|\n`,
  );
  for (const [name, { seconds, peakBytes }] of Object.entries(rows)) {
    const cells = [seconds.toFixed(2), (bytes / 1e6 / seconds).toFixed(0), (peakBytes / 1e6).toFixed(0)];
    process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
  }
  const share = encrypted.seconds / bundled.seconds;
  const memory = Math.max(released.peakBytes, opened.peakBytes);
  process.stdout.write(
    `the bundle is written ${share.toFixed(2)} × as fast as by openssl cms -encrypt (to reach: ${LEAST_SHARE}); ` +
      `with the gate: ${(encrypted.seconds / released.seconds).toFixed(2)} ×; ` +
      `peak ${(memory / 1e6).toFixed(0)} MB (to reach: ${MOST_MEMORY / 1e6})\n`,
  );
  if (share < LEAST_SHARE || memory > MOST_MEMORY) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
