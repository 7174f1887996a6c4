import type { CommanderError } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { DID_YOU_MEAN, USAGE_FAULTS } from '../messages/usage.ts';

/** What commander found wrong with the command line, as our error in the user's language. */
export function usageError(error: CommanderError): GamyeongError {
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const near = /\(Did you mean (?:one of )?([^)?]*)\?\)/.exec(error.message)?.[1];
  const fault = USAGE_FAULTS[error.code];
  const said = fault === undefined ? plain(error.message) : say(fault, { word });
  return new GamyeongError('E_USAGE', {
    reason: said + (near === undefined ? '' : say(DID_YOU_MEAN, { word: near })),
  });
}

/** Commander's own sentence on one line, for faults that have none of ours: values of options mostly. */
function plain(message: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '');
}
