import { mkdir, readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { audited } from '../audit/audited.ts';
import { runCircumstances } from '../audit/circumstances.ts';
import { fileDigest } from '../audit/subject.ts';
import { keysNeeded } from '../engine/keyring.ts';
import { run } from '../engine/run.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { readHeaderOf } from '../io/header.ts';
import { STALE } from '../messages/job.ts';
import type { Text } from '../messages/language.ts';
import { compilePlan } from '../rules/compile.ts';
import type { Rules } from '../rules/rules.ts';
import { readTable } from '../rules/tables.ts';
import type { JobContext } from './context.ts';
import type { Task } from './task.ts';

/** The run record beside an output; undefined when there is none that can be read. */
export async function recordOf(output: string): Promise<RunRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(`${output}.run.json`, 'utf8')) as RunRecord;
    return record.version === 1 ? record : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Why a file has to be pseudonymized (again): input, rules with their tables, header, key and output are held
 * against the record of the run before.
 * @returns undefined when the output is what a new run would write
 */
export async function staleRun(task: Task, rules: Rules, { keys }: JobContext): Promise<Text | undefined> {
  const { names } = await readHeaderOf(task.input, rules.input);
  const plan = compilePlan(rules, names, { rulesFile: task.rules, inputFile: task.input, readTable });
  if (!(await exists(task.output))) return STALE.noOutput;
  const record = await recordOf(task.output);
  if (record === undefined) return STALE.noRecord;
  if (record.rules.sha256 !== rules.digest) return STALE.rules;
  if (record.plan.sha256 !== plan.digest) return STALE.plan;
  if (record.keyId !== (keysNeeded(plan).length === 0 ? null : await keyId(task, keys))) return STALE.key;
  if (record.input.sha256 !== (await digest(task.input))) return STALE.input;
  if (record.output.sha256 !== (await digest(task.output))) return STALE.outputChanged;
  return undefined;
}

async function keyId({ key }: Task, keys: JobContext['keys']): Promise<string> {
  if (key === undefined) throw new GamyeongError('E_KEY_NEEDED');
  return keys.id(key);
}

async function digest(file: string): Promise<string> {
  return fileDigest(file).catch((error) => {
    throw fromSystem(error, file);
  });
}

/**
 * Pseudonymizes. An output that a run of ours has written is replaced, any other file never. A run that was
 * interrupted is continued where it can be.
 */
export async function doRun(task: Task, rules: Rules, context: JobContext): Promise<RunRecord> {
  await mkdir(dirname(task.output), { recursive: true, mode: 0o700 }).catch((error) => {
    throw fromSystem(error, dirname(task.output));
  });
  const overwrite = (await recordOf(task.output)) !== undefined;
  const attempt = (resume: boolean) =>
    run({
      rules: task.rules,
      input: task.input,
      output: task.output,
      key: task.key === undefined ? undefined : context.keys.source(task.key),
      threads: context.threads,
      overwrite,
      resume,
      signal: context.signal,
      ...(context.onProgress && { onProgress: context.onProgress }),
    });
  return audited(context.audit, 'run', async (note) => {
    note({ ids: { input: basename(task.input), output: basename(task.output) } });
    const interrupted = await exists(`${task.output}.partial`);
    const record = await attempt(interrupted).catch((error) => {
      if (!interrupted || error.code !== 'E_RESUME_MISMATCH') throw error;
      return attempt(false);
    });
    note(runCircumstances(record, rules.purpose?.text));
    return record;
  });
}
