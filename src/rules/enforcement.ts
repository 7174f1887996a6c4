import { GamyeongError, type Place, printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { classRequirement, ENFORCEABLE } from '../risk/enforceable.ts';
import { raise } from './mistakes.ts';
import type { EnforceRules, Rules } from './rules.ts';
import type { RulesSource } from './source.ts';
import { isMapping, readApply, standsAlone } from './steps.ts';

/** All sets of columns are tried for suppression: 2ⁿ − 1. */
const MOST_QUASI_FOR_CELLS = 12;

/** Why a policy cannot be enforced. */
export const MISFITS = {
  threshold: {
    en: "recoding and suppression are not aimed at '{name}'; they are at {names}",
    ko: "재코딩과 삭제로 '{name}' 기준을 맞추지는 않습니다. 맞출 수 있는 기준은 {names}입니다",
  },
  never: { en: 'a threshold that no class can hold', ko: '어떤 동질집합도 지킬 수 없는 기준값입니다' },
  nothing: { en: 'there is no threshold to enforce', ko: '지켜야 할 기준값이 없습니다' },
  noQuasi: { en: 'there is no quasi-identifier', ko: '준식별자가 없습니다' },
  noSensitive: { en: "'l' needs a sensitive column", ko: "'l'에는 민감속성 열이 필요합니다" },
  twice: {
    en: "'{column}' is quasi-identifier and sensitive at once",
    ko: "'{column}' 열이 준식별자이면서 민감속성입니다",
  },
  manyQuasi: {
    en: 'cells can be suppressed for at most {most} quasi-identifiers; rows for any number',
    ko: 'cells는 준식별자가 {most}개까지일 때 쓸 수 있습니다. rows에는 제한이 없습니다',
  },
  notQuasi: { en: "'{column}' is no quasi-identifier", ko: "'{column}' 열은 준식별자가 아닙니다" },
  alone: {
    en: "'{technique}' makes nothing coarser; 'redact' empties the column",
    ko: "'{technique}' 기법은 값을 더 거칠게 하지 않습니다. 열을 비우려면 'redact'를 쓰십시오",
  },
  keyed: {
    en: "'{technique}' needs a key here; recoding must be the same for equal values",
    ko: "'{technique}' 기법이 여기서 키를 씁니다. 재코딩은 같은 값을 늘 똑같이 바꾸어야 합니다",
  },
  rejects: {
    en: 'recoding cannot reject rows; use error or redact',
    ko: '재코딩은 행을 거부할 수 없습니다. error나 redact를 쓰십시오',
  },
} as const satisfies Record<string, Text>;

export function enforcementMistake(
  reason: Text,
  values: Readonly<Record<string, string | number>>,
  place: Place,
): GamyeongError {
  return new GamyeongError('E_RULES_ENFORCE', { reason: say(reason, values) }, place);
}

/** Reads the recodings of `risk.enforce`, as far as they can be read. Mistakes are added to `mistakes`. */
export function readEnforcement(
  risk: unknown,
  source: RulesSource,
  mistakes: GamyeongError[],
): EnforceRules['recode'] {
  const enforce = isMapping(risk) ? risk.enforce : undefined;
  const list = isMapping(enforce) && Array.isArray(enforce.recode) ? enforce.recode : [];
  return list.flatMap((item, index) => {
    if (!isMapping(item) || typeof item.column !== 'string' || item.apply === undefined) return [];
    const path = ['risk', 'enforce', 'recode', index, 'apply'];
    return [{ column: item.column, steps: readApply(item.apply, path, source, mistakes) }];
  });
}

/**
 * Refuses a policy that cannot be enforced.
 * @throws GamyeongError E_RULES_ENFORCE, the first, with the others in `also`
 */
export function checkEnforcement(rules: Rules): void {
  const { enforce, quasiIdentifiers, sensitive, thresholds } = rules.risk;
  if (enforce === undefined) return;
  const mistakes: GamyeongError[] = [];
  const refuse = (reason: Text, place: Place, values: Readonly<Record<string, string | number>> = {}) =>
    mistakes.push(enforcementMistake(reason, values, place));
  const here = rules.atKey(['risk', 'enforce']);
  const stated = Object.entries(thresholds).filter(([, threshold]) => threshold !== undefined);
  for (const [name] of stated)
    if (!ENFORCEABLE.some((measure) => measure === name))
      refuse(MISFITS.threshold, rules.atKey(['risk', 'thresholds', name]), {
        name,
        names: ENFORCEABLE.join(', '),
      });
  const { size } = classRequirement(thresholds);
  if (stated.length === 0) refuse(MISFITS.nothing, here);
  if (size === Number.POSITIVE_INFINITY) refuse(MISFITS.never, rules.atKey(['risk', 'thresholds']));
  if (quasiIdentifiers.length === 0) refuse(MISFITS.noQuasi, here);
  if (thresholds.l !== undefined && sensitive.length === 0) refuse(MISFITS.noSensitive, here);
  for (const column of quasiIdentifiers.filter((name) => sensitive.includes(name)))
    refuse(MISFITS.twice, here, { column: printable(column) });
  if (enforce.suppress === 'cells' && quasiIdentifiers.length > MOST_QUASI_FOR_CELLS)
    refuse(MISFITS.manyQuasi, rules.at(['risk', 'enforce', 'suppress']), { most: MOST_QUASI_FOR_CELLS });
  for (const [index, { column, steps }] of enforce.recode.entries()) {
    if (!quasiIdentifiers.includes(column))
      refuse(MISFITS.notQuasi, rules.at(['risk', 'enforce', 'recode', index, 'column']), {
        column: printable(column),
      });
    for (const { technique, path, onEmpty, onInvalid } of steps) {
      if (standsAlone(technique)) refuse(MISFITS.alone, rules.at(path), { technique });
      else if (onEmpty === 'reject-row' || onInvalid === 'reject-row')
        refuse(MISFITS.rejects, rules.atKey(path));
    }
  }
  raise(mistakes);
}
