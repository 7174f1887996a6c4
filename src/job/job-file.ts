import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { MOST_THREADS } from '../engine/thread-limit.ts';
import { fromSystem, type Place } from '../errors.ts';
import { check } from '../rules/issues.ts';
import { raise } from '../rules/mistakes.ts';
import { type Path, RulesSource } from '../rules/source.ts';

const path = z.string().min(1);
const paths = z.union([path, z.array(path).min(1)]);

const release = z.strictObject({
  /** Certificates of the recipients. */
  to: paths,
  sign: path,
  'sign-key': path,
  'sign-key-passphrase-file': path.optional(),
  trust: path,
  /** Directory of the bundles. */
  out: path,
});

const risk = z.strictObject({
  /** Measure against the input as well: utility, linkage. */
  original: z.boolean().default(false),
  population: path.optional(),
  'population-fraction': z.number().gt(0).max(1).optional(),
});

const dataSet = z.strictObject({
  name: z.string().min(1),
  /** Files; `*` and `?` in their names stand for any characters and one character. */
  input: paths,
  rules: path,
  key: path.optional(),
  /** Directory of the outputs. */
  out: path,
  risk: risk.prefault({}),
  /** Differences to the release of the job; false for none. */
  release: z.union([z.literal(false), release.partial()]).optional(),
});

const jobSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  audit: path.optional(),
  key: path.optional(),
  'passphrase-file': path.optional(),
  threads: z.int().min(1).max(MOST_THREADS).optional(),
  release: release.partial().optional(),
  'data-sets': z.array(dataSet).min(1),
});

type Written = z.output<typeof jobSchema>;
export type WrittenDataSet = Written['data-sets'][number];

/** A job file, checked; paths are as written, relative to the file. */
export interface JobFile {
  /** As the user typed it. */
  readonly file: string;
  /** SHA-256 (hex) of the file. */
  readonly digest: string;
  readonly written: Written;
  /** A path of the file as seen from the working directory. */
  resolve(path: string): string;
  at(path: Path): Place;
}

/** What a release needs, when nothing is missing. */
export type WrittenRelease = z.output<typeof release>;

/** @throws GamyeongError E_FILE_…, E_RULES_… with the places of all mistakes */
export async function readJob(file: string): Promise<JobFile> {
  const text = await readFile(file, 'utf8').catch((error) => {
    throw fromSystem(error, file);
  });
  const source = new RulesSource(text, file);
  const checked = check(jobSchema, source.data, [], source);
  const written = 'data' in checked ? checked.data : undefined;
  if ('mistakes' in checked) raise(checked.mistakes);
  raise(releaseMistakes(written!, source));
  return {
    file,
    digest: createHash('sha256').update(text).digest('hex'),
    written: written!,
    resolve: (named) => (isAbsolute(named) ? named : join(dirname(file), named)),
    at: (where) => source.at(where),
  };
}

/** The release of a data set: that of the job with its own differences; undefined for none. */
export function releaseOf(job: Written, { release: own }: WrittenDataSet): WrittenRelease | undefined {
  if (own === false || (own === undefined && job.release === undefined)) return undefined;
  return { ...job.release, ...own } as WrittenRelease;
}

/** What is still missing when job and data set are put together. */
function releaseMistakes(job: Written, source: RulesSource) {
  return job['data-sets'].flatMap((dataSet, index) => {
    const merged = releaseOf(job, dataSet);
    if (merged === undefined) return [];
    const result = check(release, merged, ['data-sets', index, 'release'], source);
    return 'mistakes' in result ? result.mistakes : [];
  });
}
