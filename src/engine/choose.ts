import { GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { ENGINE_CANNOT } from '../messages/run.ts';
import type { Dialect, Plan } from '../rules/plan.ts';
import type { Engine, EngineOptions } from './engine.ts';

export type EngineName = 'fast' | 'reference';

/**
 * The engine for a plan: the fast one wherever it reads the dialect, unless another is asked for.
 * @throws GamyeongError E_USAGE when the fast engine is asked for and cannot do it
 */
export function chooseEngine(plan: Plan, wanted: EngineName | undefined): EngineName {
  const able = servedByFast(plan.dialect);
  if (wanted === 'fast' && !able) throw new GamyeongError('E_USAGE', { reason: say(ENGINE_CANNOT) });
  return wanted ?? (able ? 'fast' : 'reference');
}

export async function createEngine(name: EngineName, options: EngineOptions): Promise<Engine> {
  if (name === 'reference') {
    const { ReferenceEngine } = await import('./reference.ts');
    return new ReferenceEngine(options);
  }
  const { FastEngine } = await import('./fast.ts');
  return new FastEngine(options);
}

/** ASCII that may also be the second byte of a CP949 character, where the chunker would take it for a quote. */
const MAY_TRAIL = /[A-Za-z]/;

function servedByFast(dialect: Dialect): boolean {
  return (
    isOneByte(dialect.delimiter) &&
    isOneByte(dialect.quote) &&
    (dialect.encoding !== 'cp949' || !MAY_TRAIL.test(dialect.quote)) &&
    dialect.escape === dialect.quote &&
    dialect.comment === ''
  );
}

function isOneByte(text: string): boolean {
  return text.length === 1 && text.charCodeAt(0) < 0x80;
}
