import { EXIT, type ExitCode, GamyeongError } from '../errors.ts';
import type { Text } from '../messages/language.ts';

export const STEPS = ['run', 'risk', 'release'] as const;
export type StepName = (typeof STEPS)[number];

/**
 * `current`: done before and nothing has changed. `due`: a dry run would do it. `skipped`: something before it
 * failed. `none`: the job does not ask for it.
 */
export type StepState = 'done' | 'current' | 'due' | 'refused' | 'failed' | 'skipped' | 'none';

export interface StepResult {
  readonly state: StepState;
  /** Why it was or would be done. */
  readonly reason?: Text;
}

/** What became of one input file of a job. */
export interface TaskResult {
  readonly name: string;
  readonly steps: Readonly<Record<StepName, StepResult>>;
  readonly rows: number | undefined;
  readonly k: number | undefined;
  readonly bundle: string | undefined;
  readonly exit: ExitCode;
  /** Every reason of a refusal, or what failed. */
  readonly errors: readonly GamyeongError[];
}

/** Exit codes from the best to the worst. */
const SEVERITY: readonly ExitCode[] = [
  EXIT.done,
  EXIT.refused,
  EXIT.usage,
  EXIT.input,
  EXIT.environment,
  EXIT.key,
  EXIT.internal,
  EXIT.interrupted,
];

/** The worst of the exit codes; 0 for none. */
export function worst(codes: readonly ExitCode[]): ExitCode {
  return SEVERITY[Math.max(0, ...codes.map((code) => SEVERITY.indexOf(code)))]!;
}

/** Any error as one of ours. The message of an unknown one is not kept: it may quote the data. */
export function asKnown(error: unknown): GamyeongError {
  if (error instanceof GamyeongError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new GamyeongError('E_INTERNAL', { reason: name });
}
