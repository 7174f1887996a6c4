import { printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { techniqueNamed } from '../techniques/index.ts';
import type { ColumnRule, Rules } from './rules.ts';

/** Something that is allowed and that a reviewer would ask about. */
export interface Warning {
  readonly code: keyof typeof WARNINGS;
  readonly column?: string;
  /** In the current language. */
  readonly message: string;
}

const WARNINGS = {
  W_DIRECT_KEPT: {
    en: 'a direct identifier whose values stay readable',
    ko: '식별자인데 값이 그대로 드러납니다',
  },
  W_QUASI_KEPT: {
    en: 'a quasi-identifier that passes unchanged; the risk rests on it',
    ko: '준식별자를 그대로 둡니다. 재식별 위험이 이 열에 달려 있습니다',
  },
  W_TYPE_IS_DIRECT: {
    en: 'its type identifies a person, but its role is not direct',
    ko: '유형으로 보면 식별자인데 role이 direct가 아닙니다',
  },
  W_RRN_NAME: {
    en: 'the name suggests resident registration numbers, but the type is not rrn',
    ko: '열 이름은 주민등록번호로 보이는데 type이 rrn이 아닙니다',
  },
  W_RRN_TREATED: {
    en: 'resident registration numbers are treated, not dropped; the stated legal basis must permit it',
    ko: '주민등록번호를 삭제하지 않고 처리합니다. 적어 둔 법적 근거가 이를 허용하는지 확인하십시오',
  },
  W_FEW_VALUES: {
    en: 'few distinct values: the frequency of a token tells which value it stands for',
    ko: '값의 종류가 적어 토큰의 빈도만으로 원래 값을 짐작할 수 있습니다',
  },
  W_TEXT_KEPT: {
    en: 'free text passes unchanged; it may name people',
    ko: '자유 서술을 그대로 둡니다. 개인을 알아볼 내용이 들어 있을 수 있습니다',
  },
  W_NO_PURPOSE: {
    en: 'no purpose is stated; the law asks for one',
    ko: 'purpose가 없습니다. 법령상 가명처리 목적을 밝혀야 합니다',
  },
  W_NO_QUASI: {
    en: 'no column is a quasi-identifier, so no risk can be measured',
    ko: '준식별자가 없어 위험도를 측정할 수 없습니다',
  },
} as const satisfies Record<string, Text>;

/** Types whose values point at a person by themselves. */
const IDENTIFYING: readonly string[] = ['rrn', 'name', 'phone', 'email'];
/** Types with so few values that equal tokens can be told by how often they occur. */
const FEW_VALUES: readonly string[] = ['date', 'category', 'number'];
const RRN_NAME = /주민\s*(등록)?\s*번호|resident_?(registration_?)?(no|num)|(^|_)rrn(_|$)|jumin/i;

export function warningsOf(rules: Rules): readonly Warning[] {
  const ofRules: Warning[] = [];
  if (rules.purpose === undefined)
    ofRules.push({ code: 'W_NO_PURPOSE', message: say(WARNINGS.W_NO_PURPOSE) });
  if (rules.risk.quasiIdentifiers.length === 0)
    ofRules.push({ code: 'W_NO_QUASI', message: say(WARNINGS.W_NO_QUASI) });
  const ofColumns = rules.columns.flatMap((column) =>
    codesOf(column).map((code) => ({ code, column: printable(column.name), message: say(WARNINGS[code]) })),
  );
  return [...ofRules, ...ofColumns];
}

function codesOf({ name, type = '', role, steps }: ColumnRule): readonly Warning['code'][] {
  const techniques = steps.map((step) => step.technique);
  const last = techniques.at(-1)!;
  if (last === 'drop') return [];
  const codes: Warning['code'][] = [];
  const readable = techniques.every((used) => techniqueNamed(used).properties.leaks.includes('value'));
  if (role === 'direct' && readable) codes.push('W_DIRECT_KEPT');
  if (role === 'quasi' && last === 'keep') codes.push('W_QUASI_KEPT');
  if (role !== 'direct' && IDENTIFYING.includes(type)) codes.push('W_TYPE_IS_DIRECT');
  if (type === 'rrn') codes.push('W_RRN_TREATED');
  else if (RRN_NAME.test(name)) codes.push('W_RRN_NAME');
  if (techniques[0] === 'keyed-hash' && FEW_VALUES.includes(type)) codes.push('W_FEW_VALUES');
  if (type === 'text' && last === 'keep') codes.push('W_TEXT_KEPT');
  return codes;
}
