import { basename, join } from 'node:path';
import { GamyeongError, printable } from '../errors.ts';
import { filesLike } from './inputs.ts';
import { type JobFile, releaseOf, type WrittenDataSet } from './job-file.ts';

/** One input file of a job, with everything that is done to it. Paths are seen from the working directory. */
export interface Task {
  /** Name of the data set, with that of the file where it has several. */
  readonly name: string;
  readonly input: string;
  readonly rules: string;
  readonly key: string | undefined;
  readonly output: string;
  readonly risk: RiskSettings;
  readonly release: ReleaseSettings | undefined;
}

export interface RiskSettings {
  readonly original: boolean;
  readonly population: string | undefined;
  readonly populationFraction: number | undefined;
}

export interface ReleaseSettings {
  readonly to: readonly string[];
  readonly sign: string;
  readonly signKey: string;
  readonly passphraseFile: string | undefined;
  readonly trust: string;
  readonly bundle: string;
}

/**
 * The tasks of a job, in its order.
 * @throws GamyeongError E_JOB_NO_INPUT, E_JOB_SAME_OUTPUT
 */
export async function tasksOf(job: JobFile): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  for (const [index, dataSet] of job.written['data-sets'].entries()) {
    const inputs = await inputsOf(job, dataSet, index);
    for (const input of inputs) {
      const task = taskOf(job, dataSet, input, inputs.length > 1);
      const clash = writtenBy(task).find((path) => tasks.some((other) => writtenBy(other).includes(path)));
      if (clash !== undefined) {
        const place = job.at(['data-sets', index, 'out']);
        throw new GamyeongError('E_JOB_SAME_OUTPUT', { name: printable(basename(clash)) }, place);
      }
      tasks.push(task);
    }
  }
  return tasks;
}

function writtenBy({ output, release }: Task): string[] {
  return release === undefined ? [output] : [output, release.bundle];
}

async function inputsOf(job: JobFile, { input }: WrittenDataSet, index: number): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of [input].flat()) {
    const files = await filesLike(job.resolve(pattern));
    if (files.length === 0) {
      const place = job.at(['data-sets', index, 'input']);
      throw new GamyeongError('E_JOB_NO_INPUT', { pattern: printable(pattern) }, place);
    }
    found.push(...files.filter((file) => !found.includes(file)));
  }
  return found;
}

function taskOf(job: JobFile, dataSet: WrittenDataSet, input: string, several: boolean): Task {
  const { resolve, written } = job;
  const file = basename(input);
  const key = dataSet.key ?? written.key;
  const { original, population, 'population-fraction': populationFraction } = dataSet.risk;
  const release = releaseOf(written, dataSet);
  return {
    name: several ? `${dataSet.name} (${file})` : dataSet.name,
    input,
    rules: resolve(dataSet.rules),
    key: key && resolve(key),
    output: join(resolve(dataSet.out), file),
    risk: { original, population: population && resolve(population), populationFraction },
    release: release && {
      to: [release.to].flat().map(resolve),
      sign: resolve(release.sign),
      signKey: resolve(release['sign-key']),
      passphraseFile: release['sign-key-passphrase-file'] && resolve(release['sign-key-passphrase-file']),
      trust: resolve(release.trust),
      bundle: join(resolve(release.out), `${file.replace(/\.csv$/i, '')}.bundle`),
    },
  };
}
