import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import type { LogFault } from './verify.ts';

/**
 * Throws what is wrong with a log as one error: the first fault, the others in `also`. Nothing when it is in order.
 * @param file the log, for errors
 * @throws GamyeongError E_AUDIT_FAULT
 */
export function raiseFaults(faults: readonly LogFault[], file: string): void {
  const [first, ...others] = faults.map(
    ({ line, reason, values }) =>
      new GamyeongError(
        'E_AUDIT_FAULT',
        { reason: say(reason, values) },
        line === 0 ? { file } : { file, line },
      ),
  );
  if (first !== undefined) throw new GamyeongError(first.code, first.values, first.place, others);
}
