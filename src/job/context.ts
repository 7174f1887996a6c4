import type { Advance } from '../io/progress.ts';
import type { JobKeys } from './keys.ts';
import type { StepName } from './result.ts';

/** What all tasks of a job share. */
export interface JobContext {
  readonly keys: JobKeys;
  /** Audit log. */
  readonly audit: string | undefined;
  readonly threads: number | undefined;
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal | undefined;
  onStep?(task: string, step: StepName): void;
  onProgress?(advance: Advance): void;
}
