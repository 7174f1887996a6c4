// npm run bench: measures everything, prints a Markdown page, and keeps the results of a full run in bench/runs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DATA_DIRECTORY } from './data.mjs';
import { describeMachine, slug } from './machine.mjs';
import { measuredBy } from './measure.mjs';
import { prepare } from './programs.mjs';
import { markdown } from './report.mjs';
import { checkAgreement, SECTIONS } from './sections.mjs';

const USAGE = `npm run bench -- [--quick] [--only a,b,c,d] [--runs N] [--dir FOLDER]
  --quick   small files and few runs: shows that everything works; figures mean little
  --only    some of the sections: a resident-12, b mask-only, c scaling, d start-up
  --runs    rounds of each section (default 5; start-up three times as many)
  --dir     where outputs are written while measuring (default bench/data)
Only a full run of all sections is kept in bench/runs.
`;

const FULL = { rows: 2_000_000, megabytes: [10, 100, 1000], rounds: 3 };
const QUICK = { rows: 50_000, megabytes: [1, 5, 20], rounds: 2 };

function options() {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', default: Object.keys(SECTIONS).join() },
      runs: { type: 'string' },
      dir: { type: 'string', default: DATA_DIRECTORY },
    },
  });
  const only = [...new Set(values.only.split(','))];
  const scale = values.quick ? QUICK : FULL;
  const rounds = Number(values.runs ?? scale.rounds);
  const unknown = only.find((name) => SECTIONS[name] === undefined);
  if (unknown !== undefined) throw new Error(`no section ${unknown}`);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new Error('--runs takes a number from 1');
  const kept = !values.quick && only.length === Object.keys(SECTIONS).length;
  return { only, dir: values.dir, kept, scale: { ...scale, rounds, startRounds: 3 * rounds } };
}

async function measureAll({ only, dir, scale }) {
  mkdirSync(dir, { recursive: true });
  const own = mkdtempSync(`${dir}/gamyeong-bench-`);
  try {
    const folder = `${own}/out`;
    process.stderr.write('agreement of all programs on a small file\n');
    await checkAgreement(folder);
    const sections = [];
    for (const name of only) {
      process.stderr.write(`section ${name}\n`);
      sections.push(await SECTIONS[name](scale, folder));
    }
    return sections;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

function commitOfTree() {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty'], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
      .toString()
      .trim();
  } catch {
    return 'of an unknown commit';
  }
}

function keep(results, page) {
  const name = `${results.date}-${slug(results.machine)}`;
  const folder = fileURLToPath(new URL(`runs/${name}`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/results.json`, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(`${folder}/table.md`, page);
  process.stderr.write(`kept in bench/runs/${name}\n`);
}

let chosen;
try {
  chosen = options();
} catch (error) {
  process.stderr.write(`${error.message}\n${USAGE}`);
  process.exit(2);
}
mkdirSync(DATA_DIRECTORY, { recursive: true });
prepare();
const date = new Date().toISOString().slice(0, 10);
const sections = await measureAll(chosen);
const results = {
  date,
  machine: describeMachine(),
  commit: commitOfTree(),
  measuredBy,
  sections,
};
const page = markdown(results);
process.stdout.write(page);
if (chosen.kept) keep(results, page);
else process.stderr.write('not kept: only a full run of all sections is\n');
