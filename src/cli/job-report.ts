import { printable } from '../errors.ts';
import type { JobResult } from '../job/job.ts';
import { STEPS, type TaskResult } from '../job/result.ts';
import { JOB_TEXT as TEXT } from '../messages/job.ts';
import { say } from '../messages/language.ts';
import { alignedTable } from './table.ts';

/** What a job has done, as text for a terminal: a table, every reason, and the outcome. Ends in a newline. */
export function jobReport({ tasks, exit, dryRun }: JobResult): string {
  const head = [TEXT.dataSet, ...STEPS.map((step) => TEXT[step]), TEXT.rows, TEXT.k];
  const blocks = [
    alignedTable([head.map((text) => say(text)), ...tasks.map(row)]),
    ...(dryRun ? [tasks.flatMap(reasons).join('\n')] : []),
    ...tasks.filter(({ errors }) => errors.length > 0).map(errorsOf),
  ];
  const ok = tasks.filter((task) => task.exit === 0).length;
  if (!dryRun) blocks.push(say(TEXT.summary, { ok, all: tasks.length, exit }));
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function row({ name, steps, rows, k }: TaskResult): string[] {
  return [
    printable(name),
    ...STEPS.map((step) => say(TEXT[steps[step].state])),
    String(rows ?? ''),
    String(k ?? ''),
  ];
}

/** Why a dry run would do something. */
function reasons({ name, steps }: TaskResult): string[] {
  return STEPS.flatMap((step) => {
    const { state, reason } = steps[step];
    if (state !== 'due' || reason === undefined) return [];
    return [say(TEXT.because, { name: printable(name), step: say(TEXT[step]), reason: say(reason) })];
  });
}

function errorsOf({ name, errors }: TaskResult): string {
  const lines = errors.map((error) => `  ${error.code}: ${error.sentence()}`);
  return [`${printable(name)}:`, ...lines].join('\n');
}
