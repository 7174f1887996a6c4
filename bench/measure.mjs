// Runs one program as its own process and measures it.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

/**
 * @typedef {object} Measurement
 * @property {number} seconds wall time from the start of the process to its end
 * @property {number | undefined} cpuSeconds user and system time of all threads
 * @property {number | undefined} peakBytes highest resident set
 */

const GNU_TIME = '/usr/bin/time';
const POLL_MILLISECONDS = 20;
/** Linux counts processor time in /proc in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** GNU time gives exact figures; without it /proc is polled, which gives lower bounds (nothing outside Linux). */
export const measuredBy = spawnSync(GNU_TIME, ['-f', '%U %S %M', 'true']).status === 0 ? 'GNU time' : '/proc';

/**
 * Runs `command` to its end; its standard output is thrown away.
 * @param {readonly string[]} command program and arguments
 * @returns {Promise<Measurement>}
 * @throws Error with the program's standard error when it does not exit with 0
 */
export function measure(command) {
  return measuredBy === 'GNU time' ? withGnuTime(command) : withProc(command);
}

async function withGnuTime(command) {
  const figures = `${tmpdir()}/gamyeong-bench-time-${process.pid}`;
  try {
    const seconds = await run([GNU_TIME, '-o', figures, '-f', '%U %S %M', ...command]);
    const [user, system, kibibytes] = readFileSync(figures, 'utf8').trim().split(' ').map(Number);
    return { seconds, cpuSeconds: user + system, peakBytes: kibibytes * 1024 };
  } finally {
    rmSync(figures, { force: true });
  }
}

async function withProc(command) {
  const last = { cpuSeconds: undefined, peakBytes: undefined };
  const sample = (pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .split(') ')[1]
        .split(' ')
        .slice(11, 13);
      const peak = /VmHWM:\s+(\d+) kB/.exec(status);
      if (peak === null) return;
      last.peakBytes = Number(peak[1]) * 1024;
      last.cpuSeconds = (Number(user) + Number(system)) / TICKS_PER_SECOND;
    } catch {
      // The process has ended, or there is no /proc: the last sample stands.
    }
  };
  let poll;
  try {
    const seconds = await run(command, (pid) => {
      poll = setInterval(sample, POLL_MILLISECONDS, pid);
    });
    return { seconds, ...last };
  } finally {
    clearInterval(poll);
  }
}

/**
 * @param {readonly string[]} command
 * @param {(pid: number) => void} [started]
 * @returns {Promise<number>} seconds
 */
function run([program, ...args], started = () => {}) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    let seconds = 0;
    child.stderr.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-2000);
    });
    child.on('spawn', () => started(child.pid));
    child.on('error', reject);
    child.on('exit', () => {
      seconds = Number(process.hrtime.bigint() - start) / 1e9;
    });
    child.on('close', (code) => {
      if (code === 0) resolve(seconds);
      else reject(new Error(`${[program, ...args].join(' ')} ended with ${code}:\n${complaint}`));
    });
  });
}
