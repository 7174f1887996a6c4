import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, dirname } from 'node:path';
import { GamyeongError } from '../errors.ts';
import type { JobIdentity } from '../io/checkpoint.ts';
import { type Header, readHeader } from '../io/header.ts';
import type { Advance } from '../io/progress.ts';
import type { Source } from '../io/source.ts';
import type { KeySource, MasterKey } from '../keys/source.ts';
import type { Text } from '../messages/language.ts';
import { compilePlan } from '../rules/compile.ts';
import type { Plan } from '../rules/plan.ts';
import type { Rules } from '../rules/rules.ts';
import { readTable } from '../rules/tables.ts';
import { toolVersion } from '../version.ts';
import { chooseEngine, type EngineName } from './choose.ts';
import { deriveKeys, type KeyRing, keysNeeded } from './keyring.ts';
import { startThreads } from './start-threads.ts';
import type { Threads } from './threads.ts';

export interface RunOptions {
  /** Rules file. */
  readonly rules: string;
  /** Input file; `-` for the standard input. */
  readonly input: string;
  /** Output file; `-` for the standard output. */
  readonly output: string;
  /** Where the master key is; may be left out when the rules need none. */
  readonly key?: KeySource | undefined;
  /** Worker threads; all cores by default. */
  readonly threads?: number | undefined;
  /** Bytes of input that a thread takes at a time. */
  readonly chunkBytes?: number | undefined;
  /** The fast engine by default, wherever it reads the dialect. */
  readonly engine?: EngineName | undefined;
  /** Replace existing files. */
  readonly overwrite?: boolean | undefined;
  /** Continue an interrupted run of the same output. */
  readonly resume?: boolean | undefined;
  /** Rejected records go to this file; they are counted in any case. */
  readonly rejects?: string | undefined;
  /** Run record; `<output>.run.json` by default, none for the standard output. */
  readonly record?: string | undefined;
  /** Bytes of input between two checkpoints; 64 MiB by default. */
  readonly checkpointBytes?: number | undefined;
  /** Ends the run with E_INTERRUPTED; what was done can be continued with `resume`. */
  readonly signal?: AbortSignal | undefined;
  onProgress?(advance: Advance): void;
  onNote?(note: Text, values?: Readonly<Record<string, number>>): void;
}

const CHUNK_BYTES = 1 << 20;

/** A run that is ready to start: everything that could be refused beforehand was looked at. */
export interface Job {
  readonly options: RunOptions;
  readonly rules: Rules;
  readonly source: Source;
  readonly header: Header;
  readonly plan: Plan;
  readonly newline: '\n' | '\r\n';
  readonly keys: KeyRing;
  readonly identity: JobIdentity;
  /** Version of the key, where a register tells it. */
  readonly keyVersion: number | null;
  readonly engine: EngineName;
  readonly threads: number;
  readonly started: Threads | undefined;
  readonly chunkBytes: number;
}

/**
 * Threads for an input that is longer than a chunk: they load while rules and header are read. For others, and
 * where the length is not known, the engine starts threads when it needs them.
 */
export async function startThreadsEarly(options: RunOptions): Promise<Threads | undefined> {
  const { input, engine, chunkBytes = CHUNK_BYTES, threads = availableParallelism() } = options;
  if (input === '-' || engine === 'reference') return undefined;
  const found = await stat(input).catch(() => undefined);
  return found?.isFile() && found.size > chunkBytes ? startThreads(threads) : undefined;
}

/** Reads the header, compiles the rules for it, loads the key, picks the engine. */
export async function prepareJob(
  options: RunOptions,
  rules: Rules,
  source: Source,
  started: Threads | undefined,
): Promise<Job> {
  const header = await readHeader(source, rules.input);
  const plan = compilePlan(rules, header.names, {
    rulesFile: rules.file,
    inputFile: source.file,
    readTable,
  });
  const engine = chooseEngine(plan, options.engine);
  const master = await loadKey(plan, options.key);
  const { newline } = plan.output;
  return {
    options,
    rules,
    source,
    header,
    plan,
    newline: newline === 'as-header' ? header.newline : newline === 'crlf' ? '\r\n' : '\n',
    keys: master === undefined ? new Map() : deriveKeys(plan, master.bytes),
    identity: { tool: toolVersion(), plan: plan.digest, key: master?.id ?? null },
    keyVersion: master?.version ?? null,
    engine,
    threads: started?.count ?? options.threads ?? availableParallelism(),
    started,
    chunkBytes: options.chunkBytes ?? CHUNK_BYTES,
  };
}

async function loadKey(plan: Plan, key: KeySource | undefined): Promise<MasterKey | undefined> {
  if (keysNeeded(plan).length === 0) return undefined;
  if (key === undefined) throw new GamyeongError('E_KEY_NEEDED');
  return key.load();
}

/** Where the run record goes, if anywhere. */
export function recordPath({ output, record }: RunOptions): string | undefined {
  return record ?? (output === '-' ? undefined : `${output}.run.json`);
}

/**
 * @throws GamyeongError E_OUTPUT_IS_INPUT when a file that is read would be replaced, E_OUTPUT_TWICE when a file
 * would be written twice, E_DIRECTORY_MISSING when one cannot be written
 */
export async function refuseClashes(options: RunOptions): Promise<void> {
  const { rules, input, key, output, rejects } = options;
  const reads = await Promise.all([rules, input, ...(key?.files ?? [])].map(identityOf));
  const names = new Set<string>();
  for (const path of [output, rejects, recordPath(options)]) {
    if (path === undefined || path === '-') continue;
    const written = await identityOf(path);
    if (written !== undefined && reads.includes(written)) {
      throw new GamyeongError('E_OUTPUT_IS_INPUT', {}, { file: path });
    }
    const directory = await identityOf(dirname(path));
    if (directory === undefined) throw new GamyeongError('E_DIRECTORY_MISSING', {}, { file: path });
    const name = `${directory}/${basename(path)}`;
    if (names.has(name)) throw new GamyeongError('E_OUTPUT_TWICE', {}, { file: path });
    names.add(name);
  }
}

/** Device and inode: the same for every name of a file. */
async function identityOf(path: string): Promise<string | undefined> {
  if (path === '-') return undefined;
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev}:${found.ino}`;
}
