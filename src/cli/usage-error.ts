import type { CommanderError } from 'commander';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { CHOICES, DID_YOU_MEAN, USAGE_FAULTS } from '../messages/usage.ts';

/** What commander says of a value: the option or the argument, and what it must be. */
const UNFIT = /(?:option '([^']*)' argument .* is invalid|is invalid for argument '([^']*)')\. (.*)$/s;

/** What commander found wrong with the command line, as our error in the user's language. */
export function usageError(error: CommanderError): GamyeongError {
  const near = /\(Did you mean (?:one of )?([^)?]*)\?\)/.exec(error.message)?.[1];
  return new GamyeongError('E_USAGE', {
    reason: sentence(error) + (near === undefined ? '' : say(DID_YOU_MEAN, { word: near })),
  });
}

function sentence({ code, message }: CommanderError): string {
  const fault = USAGE_FAULTS[code];
  if (fault === undefined) return plain(message);
  const unfit = UNFIT.exec(message);
  if (unfit === null) return say(fault, { word: /'([^']*)'/.exec(message)?.[1] ?? '' });
  const [, option, argument, expected = ''] = unfit;
  return say(fault, { word: option ?? argument ?? '', expected: plain(inOurWords(expected)) });
}

/** What a value must be: our sentence already, unless commander lists the choices of an option. */
function inOurWords(expected: string): string {
  const names = /^Allowed choices are (.*)\.$/.exec(expected)?.[1];
  return names === undefined ? expected : say(CHOICES, { names });
}

/** A sentence of commander on one line, without what our errors put around it. */
function plain(message: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\.$/, '');
}
