import { closest } from 'fastest-levenshtein';
import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { LOWER_BOUNDS, MEASURES, type Measure, type Thresholds } from './gate.ts';

/** Measures whose limit may be above 1. */
const UNBOUNDED: ReadonlySet<Measure> = new Set([...LOWER_BOUNDS, 'beta', 'delta'] as const);

/**
 * Reads `k=5,l=2,t=0.3`.
 * @throws GamyeongError E_RISK_OPTION for an unknown name or a limit out of range
 */
export function parseThresholds(text: string): Thresholds {
  const thresholds: Partial<Record<Measure, number>> = {};
  for (const part of text.split(',')) {
    const [name, number, ...rest] = part.split('=');
    const measure = MEASURES.find((one) => one === name?.trim());
    if (measure === undefined)
      throw refusal(
        {
          en: "no measure '{name}' (did you mean '{nearest}'?)",
          ko: "'{name}' 지표는 없습니다('{nearest}' 지표를 뜻하셨습니까?)",
        },
        { name: name!.trim(), nearest: closest(name!.trim(), [...MEASURES]) },
      );
    const limit = number?.trim() === '' ? Number.NaN : Number(number);
    const most = UNBOUNDED.has(measure) ? Number.POSITIVE_INFINITY : 1;
    const least = LOWER_BOUNDS.has(measure) ? 1 : 0;
    if (rest.length > 0 || !(limit >= least && limit <= most && Number.isFinite(limit)))
      throw refusal(
        {
          en: 'the limit of {name} must be a number in its range',
          ko: '{name}의 기준값이 올바른 범위의 숫자가 아닙니다',
        },
        { name: measure },
      );
    thresholds[measure] = limit;
  }
  return thresholds;
}

function refusal(text: { en: string; ko: string }, values: Record<string, string>): GamyeongError {
  return new GamyeongError('E_RISK_OPTION', { option: '--threshold', reason: say(text, values) });
}
