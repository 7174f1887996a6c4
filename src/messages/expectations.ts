import type { Text } from './language.ts';

const mapping: Text = { en: 'keys with values', ko: '키와 값의 묶음' };
const wholeNumber: Text = { en: 'a whole number', ko: '정수' };

/** What a place in the rules takes, by the type name of the schema. */
export const EXPECTED_TYPE: Readonly<Record<string, Text>> = {
  string: { en: 'text', ko: '문자열' },
  number: { en: 'a number', ko: '수' },
  int: wholeNumber,
  boolean: { en: 'true or false', ko: 'true 또는 false' },
  array: { en: 'a list', ko: '목록' },
  object: mapping,
  record: mapping,
};

/** Sentences for values of the right type that do not fit. */
export const UNFIT = {
  other: { en: 'not a value that is accepted here', ko: '여기에 쓸 수 없는 값입니다' },
  oneOf: { en: 'must be one of {values}', ko: '다음 중 하나여야 합니다: {values}' },
  exactly: { en: 'must be {values}', ko: '{values}만 쓸 수 있습니다' },
  empty: { en: 'must not be empty', ko: '비워 둘 수 없습니다' },
  atLeast: { en: 'must be at least {bound}', ko: '{bound} 이상이어야 합니다' },
  moreThan: { en: 'must be more than {bound}', ko: '{bound}보다 커야 합니다' },
  atMost: { en: 'must be at most {bound}', ko: '{bound} 이하여야 합니다' },
  lessThan: { en: 'must be less than {bound}', ko: '{bound}보다 작아야 합니다' },
  multiple: { en: 'must be a multiple of {bound}', ko: '{bound}의 배수여야 합니다' },
  itemsAtLeast: { en: 'must have at least {bound} entries', ko: '항목이 {bound}개 이상이어야 합니다' },
  itemsAtMost: { en: 'must have at most {bound} entries', ko: '항목이 {bound}개 이하여야 합니다' },
  lengthAtLeast: { en: 'must have at least {bound} characters', ko: '{bound}자 이상이어야 합니다' },
  lengthAtMost: { en: 'must have at most {bound} characters', ko: '{bound}자 이하여야 합니다' },
  date: {
    en: 'must be a date such as 2026-01-31',
    ko: '2026-01-31과 같은 날짜여야 합니다',
  },
  form: { en: 'does not have the right form', ko: '형식에 맞지 않습니다' },
} as const satisfies Record<string, Text>;

export const PHRASES = {
  rulesFile: { en: 'the rules file', ko: '규칙 파일' },
  or: { en: ' or ', ko: ' 또는 ' },
  quoteIt: { en: 'Put the value in quotes.', ko: '값을 따옴표로 묶으십시오.' },
  correctIt: { en: 'Correct it.', ko: '고치십시오.' },
} as const satisfies Record<string, Text>;
