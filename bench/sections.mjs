// What is measured: the four sections of the benchmark, each with its table, its targets and remarks.
import { dataFile } from './data.mjs';
import * as program from './programs.mjs';
import { assertSame, inTurn, ratio, spread } from './series.mjs';

/**
 * @typedef {object} Scale
 * @property {number} rows of workloads (a) and (b)
 * @property {readonly number[]} megabytes the three input sizes of (c), ascending
 * @property {number} rounds
 * @property {number} startRounds rounds of (d)
 *
 * @typedef {object} Target
 * @property {string} what
 * @property {'≥' | '≤'} relation
 * @property {number} limit
 * @property {string} unit
 * @property {import('./series.mjs').Spread} measured
 * @property {boolean} reached by the median
 *
 * @typedef {object} Section
 * @property {string} title
 * @property {import('./series.mjs').Series[]} series
 * @property {number} base index of the series that the others are compared with
 * @property {Target[]} targets
 * @property {string[]} remarks
 */

const MB = 1e6;
/** Measured on this generator; the sizes of (c) are met within 1 %. */
const BYTES_PER_ROW = 155.7;
const AGREEMENT_ROWS = 20_000;

/**
 * All programs over a small file: their outputs must be the same bytes before anything is timed.
 * @param {string} folder
 * @throws Error when two outputs differ
 */
export async function checkAgreement(folder) {
  const data = dataFile(AGREEMENT_ROWS);
  const [ours, plain, sql, oursMasked, plainMasked, identity] = await inTurn(
    [
      program.gamyeong('resident-12', data, folder),
      program.obvious('resident-12', data, folder),
      program.duckdb(data, folder),
      program.gamyeong('mask-only', data, folder),
      program.obvious('mask-only', data, folder),
      program.identity(data, folder),
    ],
    1,
  );
  assertSame(ours, plain);
  assertSame(ours, sql);
  assertSame(oursMasked, plainMasked);
  assertSame(identity, { name: 'the input', output: data });
}

/** @param {Scale} scale @param {string} folder @returns {Promise<Section>} */
async function resident12(scale, folder) {
  const data = dataFile(scale.rows);
  const [warm] = await inTurn([program.gamyeong('resident-12', data, folder)], 1);
  const [ours, plain, sql, floor, durableFloor] = await inTurn(
    [
      program.gamyeong('resident-12', data, folder),
      program.obvious('resident-12', data, folder),
      program.duckdb(data, folder),
      program.floor(data, folder, warm.output.bytes, false),
      program.floor(data, folder, warm.output.bytes, true),
    ],
    scale.rounds,
  );
  assertSame(ours, plain);
  assertSame(ours, sql);
  return {
    title: `(a) resident-12: ${describe(data)} in, ${megabytes(ours.output.bytes)} out, ${program.THREADS} threads`,
    series: [ours, plain, sql, floor, durableFloor],
    base: 0,
    targets: [
      target('(a) time of the obvious pipeline ÷ gamyeong', '≥', 20, ratio(plain, ours)),
      target('(a) time of DuckDB SQL ÷ gamyeong', '≥', 4, ratio(sql, ours)),
      target('(a) time of gamyeong ÷ floor', '≤', 3, ratio(ours, floor)),
    ],
    remarks: ['The outputs of gamyeong, the obvious pipeline and DuckDB SQL are the same bytes.'],
  };
}

/** @param {Scale} scale @param {string} folder @returns {Promise<Section>} */
async function maskOnly(scale, folder) {
  const data = dataFile(scale.rows);
  const [ours, identity] = await inTurn(
    [program.gamyeong('mask-only', data, folder), program.identity(data, folder)],
    scale.rounds,
  );
  assertSame(identity, { name: 'the input', output: data });
  return {
    title: `(b) mask-only: ${describe(data)} in, ${megabytes(ours.output.bytes)} out, ${program.THREADS} threads`,
    series: [ours, identity],
    base: 0,
    targets: [target('(b) time of DuckDB identity COPY ÷ gamyeong', '≥', 1.2, ratio(identity, ours))],
    remarks: ['The output of the identity COPY is the same bytes as the input.'],
  };
}

/** @param {Scale} scale @param {string} folder @returns {Promise<Section>} */
async function scaling(scale, folder) {
  const files = scale.megabytes.map((size) => dataFile(Math.round((size * MB) / BYTES_PER_ROW)));
  const [small, middle, large] = scale.megabytes.map((size) => `${size} MB`);
  const ours = (data, threads, size) =>
    program.gamyeong('resident-12', data, folder, threads, `gamyeong, ${size}, threads: ${threads}`);
  const [atSmall, atMiddle, atLarge, single] = await inTurn(
    [
      ours(files[0], program.THREADS, small),
      ours(files[1], program.THREADS, middle),
      ours(files[2], program.THREADS, large),
      ours(files[1], 1, middle),
    ],
    scale.rounds,
  );
  assertSame(single, atMiddle);
  const sizes = [atSmall, atMiddle, atLarge];
  const perRound = (of) => spread(Array.from({ length: scale.rounds }, (_, round) => of(round)));
  const unevenness = perRound((round) => {
    const costs = sizes.map((series) => series.runs[round].seconds / series.bytes);
    return 100 * (Math.max(...costs) / Math.min(...costs) - 1);
  });
  const peak = perRound((round) => Math.max(...sizes.map((series) => series.runs[round].peakBytes)) / MB);
  const slope = perRound(
    (round) =>
      (atLarge.runs[round].seconds - atMiddle.runs[round].seconds) / ((atLarge.bytes - atMiddle.bytes) / MB),
  ).median;
  const fixed = perRound((round) => atMiddle.runs[round].seconds).median - (slope * atMiddle.bytes) / MB;
  return {
    title: '(c) scaling of resident-12 with size and threads',
    series: [...sizes, single],
    base: 1,
    targets: [
      target(`(c) time per MB, most above least, ${small} to ${large}`, '≤', 15, unevenness, '%'),
      target(`(c) peak memory at ${large} ÷ at ${middle}`, '≤', 1.1, ratio(atLarge, atMiddle, 'peakBytes')),
      target('(c) peak memory', '≤', 350, peak, 'MB'),
    ],
    remarks: [
      `From ${middle} to ${large} each further MB takes ${(1000 * slope).toFixed(2)} ms; ` +
        `the part that does not grow is ${(1000 * fixed).toFixed(0)} ms.`,
      `2 threads are ${ratio(single, atMiddle).median.toFixed(2)} × as fast as 1, with the same output.`,
    ],
  };
}

/** @param {Scale} scale @param {string} folder @returns {Promise<Section>} */
async function startUp(scale, folder) {
  const small = program.gamyeong(
    'resident-12',
    dataFile(1000),
    folder,
    program.THREADS,
    'gamyeong, 1,000 rows',
  );
  const [node, help, run] = await inTurn([program.nodeAlone, program.help, small], scale.startRounds);
  return {
    title: '(d) start-up',
    series: [node, help, run],
    base: 0,
    targets: [
      target('(d) time of --help ÷ node -e 0', '≤', 3, ratio(help, node)),
      target('(d) time of a 1,000-row run ÷ node -e 0', '≤', 8, ratio(run, node)),
    ],
    remarks: [],
  };
}

/** @type {Record<string, (scale: Scale, folder: string) => Promise<Section>>} */
export const SECTIONS = { a: resident12, b: maskOnly, c: scaling, d: startUp };

/** @returns {Target} */
function target(what, relation, limit, measured, unit = '×') {
  const reached = relation === '≥' ? measured.median >= limit : measured.median <= limit;
  return { what, relation, limit, unit, measured, reached };
}

const megabytes = (bytes) => `${(bytes / MB).toFixed(1)} MB`;
const describe = (data) => `${data.rows.toLocaleString('en')} rows, ${megabytes(data.bytes)}`;
