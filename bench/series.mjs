// Repeated measurements of several programs, taken in turn, and the statistics over them.
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { measure } from './measure.mjs';

/**
 * @typedef {object} Series
 * @property {string} name of the program
 * @property {number | undefined} bytes size of its input
 * @property {import('./measure.mjs').Measurement[]} runs one per round
 * @property {{ bytes: number, sha256: string } | undefined} output the same in every round
 *
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} min
 * @property {number} max
 */

/**
 * Runs the programs one after the other (A B C A B C …), so that a slow minute of the machine meets all of them.
 * Output is read back and digested after each run, outside its time, and deleted.
 * @param {readonly import('./programs.mjs').Program[]} programs
 * @param {number} rounds
 * @returns {Promise<Series[]>} in the order of `programs`
 * @throws Error when a program gives different bytes in different rounds
 */
export async function inTurn(programs, rounds) {
  const all = programs.map(({ name, bytes }) => ({ name, bytes, runs: [], output: undefined }));
  for (let round = 1; round <= rounds; round++) {
    for (const [i, program] of programs.entries()) {
      if (program.output !== undefined) emptyFolder(dirname(program.output));
      const measurement = await measure(program.command);
      process.stderr.write(`  ${round}/${rounds} ${program.name}: ${measurement.seconds.toFixed(3)} s\n`);
      all[i].runs.push(measurement);
      if (program.output === undefined) continue;
      const output = await digestOf(program.output);
      emptyFolder(dirname(program.output));
      if (all[i].output !== undefined) assertSame(all[i], { name: 'itself in another round', output });
      all[i].output = output;
    }
  }
  return all;
}

function emptyFolder(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

async function digestOf(path) {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), async (pieces) => {
    for await (const piece of pieces) {
      hash.update(piece);
      bytes += piece.length;
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}

/** @throws Error when the two outputs are not the same bytes */
export function assertSame(one, other) {
  if (one.output.sha256 !== other.output.sha256)
    throw new Error(`the output of ${one.name} differs from that of ${other.name}`);
}

/** @param {readonly number[]} values @returns {Spread} */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

/**
 * Ratio of two series, formed round by round before the median is taken.
 * @param {Series} above
 * @param {Series} below
 * @param {'seconds' | 'peakBytes'} [figure]
 */
export function ratio(above, below, figure = 'seconds') {
  return spread(above.runs.map((run, i) => run[figure] / below.runs[i][figure]));
}
