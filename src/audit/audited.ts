import { EXIT, GamyeongError } from '../errors.ts';
import type { AuditEvent, AuditResult, Outcome } from './entry.ts';
import { appendAudit } from './log.ts';

/** What is known of an event besides how it ends. */
export type Circumstances = Partial<Omit<AuditEvent, 'command' | 'result'>>;

/**
 * Does a piece of work with an entry in the log before it and one after it, however it ends. Work whose start
 * cannot be written down is not started.
 * @param log path; undefined when no log is kept
 * @param work calls `note` with what it learns on the way; later values win
 */
export async function audited<T>(
  log: string | undefined,
  command: string,
  work: (note: (circumstances: Circumstances) => void) => Promise<T>,
): Promise<T> {
  if (log === undefined) return work(() => undefined);
  const known: { -readonly [K in keyof Circumstances]: Circumstances[K] } = {};
  const note = ({ certificate, ids, digests, details }: Circumstances) => {
    if (certificate !== undefined) known.certificate = certificate;
    if (ids !== undefined) known.ids = { ...known.ids, ...ids };
    if (digests !== undefined) known.digests = { ...known.digests, ...digests };
    if (details !== undefined) known.details = { ...known.details, ...details };
  };
  const { seq } = await appendAudit(log, { command, result: { outcome: 'started' } });
  const end = (result: AuditResult) =>
    appendAudit(log, { ...known, command, result: { ...result, started: seq } });
  let result: T;
  try {
    result = await work(note);
  } catch (error) {
    await end(resultOf(error)).catch(() => undefined); // the start without an end stays in the log
    throw error;
  }
  await end({ outcome: 'done', exit: EXIT.done });
  return result;
}

function resultOf(error: unknown): AuditResult {
  if (!(error instanceof GamyeongError)) return { outcome: 'failed', exit: EXIT.internal };
  return { outcome: outcomeOf(error.exitCode), exit: error.exitCode, code: error.code };
}

function outcomeOf(exit: number): Outcome {
  if (exit === EXIT.refused) return 'refused';
  return exit === EXIT.interrupted ? 'interrupted' : 'failed';
}
