// node bench/risk.mjs [--quick] [--runs N]: the risk checker against the engine's bare group-by on the same file.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DATA_DIRECTORY } from './data.mjs';
import { describeMachine, slug } from './machine.mjs';
import { measuredBy } from './measure.mjs';
import { inTurn, ratio, spread } from './series.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const VERSION = 1;

/**
 * Two shapes of data, made by SQL with a fixed seed: `n` stands for the row number, `h(k)` for a hash of it.
 * `limit`: wanted ratio of time to the bare group-by; `memoryMB`: wanted peak.
 */
const WORKLOADS = [
  {
    name: 'resident-6',
    what: 'class-based measures, 5 quasi-identifiers, 1 sensitive',
    rows: 10_000_000,
    limit: 4,
    memoryMB: 1000,
    columns: {
      age: "(20 + h(1) % 13 * 5)::VARCHAR || '-' || (24 + h(1) % 13 * 5)::VARCHAR",
      sex: "CASE WHEN h(2) % 2 = 0 THEN '남' ELSE '여' END",
      region: "'지역-' || (h(3) % 17)::VARCHAR",
      education: "'학력-' || (h(4) % 5)::VARCHAR",
      job: "'직업-' || (h(5) % 10)::VARCHAR",
      disease: "'질병-' || (least(h(6) % 60, h(7) % 60))::VARCHAR",
    },
    quasi: ['age', 'sex', 'region', 'education', 'job'],
    sensitive: ['disease'],
    subsets: 1,
  },
  {
    name: 'adult-9',
    what: 'default report, 7 quasi-identifiers, 2 sensitive, adult-like',
    rows: 1_000_000,
    limit: 5,
    memoryMB: undefined,
    columns: {
      age: '(17 + least(h(1) % 74, h(2) % 74))::VARCHAR',
      sex: "CASE WHEN h(3) % 3 = 0 THEN 'Female' ELSE 'Male' END",
      race: "'race-' || least(h(4) % 5, h(5) % 5, h(6) % 5)::VARCHAR",
      marital: "'marital-' || least(h(7) % 7, h(8) % 7)::VARCHAR",
      education: "'education-' || least(h(9) % 16, h(10) % 16)::VARCHAR",
      country: "'country-' || least(h(11) % 41, h(12) % 41, h(13) % 41, h(14) % 41)::VARCHAR",
      workclass: "'workclass-' || least(h(15) % 7, h(16) % 7, h(17) % 7)::VARCHAR",
      occupation: "'occupation-' || (h(18) % 14)::VARCHAR",
      salary: "CASE WHEN h(19) % 4 = 0 THEN '>50K' ELSE '<=50K' END",
    },
    quasi: ['age', 'sex', 'race', 'marital', 'education', 'country', 'workclass'],
    sensitive: ['occupation', 'salary'],
    subsets: 2,
  },
];

/** Writes the workload's file unless it is there. @returns {Promise<string>} its path */
async function makeData({ name, columns }, rows) {
  const path = `${DATA_DIRECTORY}/risk-${name}-v${VERSION}-${rows}.csv`;
  if (existsSync(path)) return path;
  mkdirSync(DATA_DIRECTORY, { recursive: true });
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '1GB' });
  const connection = await instance.connect();
  await connection.run('CREATE MACRO h_(n, k) AS hash(n * 64 + k) >> 8');
  const list = Object.entries(columns).map(
    ([column, expression]) => `${expression.replaceAll('h(', 'h_(n, ')} AS ${column}`,
  );
  await connection.run(
    `COPY (SELECT ${list.join()} FROM range(${rows}) t(n)) TO '${path}.partial' (HEADER, DELIMITER ',')`,
  );
  instance.closeSync();
  renameSync(`${path}.partial`, path);
  return path;
}

/** Both programs on the same file. */
function programs(workload, path) {
  const bytes = statSync(path).size;
  const header = Object.keys(workload.columns);
  const bare = {
    columns: header.length,
    group: workload.quasi.map((name) => `c${header.indexOf(name)}`),
  };
  const risk = [
    ...['risk', '--in', path, '--quasi-identifiers', workload.quasi.join()],
    ...['--sensitive', workload.sensitive.join(), '--subset-size', String(workload.subsets)],
    ...['--threshold', 'k=1', '--threads', '2', '--out', `${DATA_DIRECTORY}/risk-report`, '--quiet'],
  ];
  return [
    {
      name: 'select count(*) from (… group by …)',
      command: [process.execPath, `${ROOT}bench/risk-bare.mjs`, path, JSON.stringify(bare)],
      bytes,
    },
    { name: 'gamyeong risk', command: [process.execPath, `${ROOT}bin/gamyeong`, ...risk], bytes },
  ];
}

function page(results) {
  const lines = results.map(({ workload, rows, series: [bare, own] }) => {
    const seconds = (one) => spread(one.runs.map((run) => run.seconds)).median.toFixed(2);
    const peak = Math.max(...own.runs.map((run) => run.peakBytes ?? 0)) / 1e6;
    const times = ratio(own, bare).median;
    const reached = times <= workload.limit && (workload.memoryMB === undefined || peak <= workload.memoryMB);
    const wanted = `≤ ${workload.limit} ×${workload.memoryMB ? `, ≤ ${workload.memoryMB} MB` : ''}`;
    return `| ${workload.what} | ${rows} | ${seconds(bare)} s | ${seconds(own)} s | ${times.toFixed(2)} × | ${peak.toFixed(0)} MB | ${wanted} | ${reached ? 'reached' : '**not reached**'} |`;
  });
  return [
    '| workload | rows | bare group-by | gamyeong risk | ratio | peak memory | wanted | |',
    '|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n');
}

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string', default: '5' } },
});
const rounds = Number(values.runs);
if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error('--runs takes a number from 1');
execFileSync(process.execPath, [`${ROOT}bin/build.mjs`], { stdio: ['ignore', 2, 2] });
const results = [];
for (const workload of WORKLOADS) {
  const rows = values.quick ? workload.rows / 20 : workload.rows;
  const path = await makeData(workload, rows);
  results.push({ workload, rows, series: await inTurn(programs(workload, path), rounds) });
}
const table = page(results);
process.stdout.write(table);
if (!values.quick) {
  const machine = describeMachine();
  const date = new Date().toISOString().slice(0, 10);
  const folder = `${ROOT}bench/runs/${date}-${slug(machine)}`;
  mkdirSync(folder, { recursive: true });
  const record = { date, machine, measuredBy, results };
  writeFileSync(`${folder}/risk.json`, `${JSON.stringify(record, null, 2)}\n`);
  writeFileSync(`${folder}/risk.md`, table);
}
