import type { Text } from './language.ts';

const unclosed: Text = {
  en: 'a quote, bracket or separator is missing',
  ko: '따옴표, 괄호 또는 구분 기호가 빠졌습니다',
};
const indent: Text = { en: 'the indentation does not fit', ko: '들여쓰기가 맞지 않습니다' };
const unexpected: Text = { en: 'this cannot stand here', ko: '이 자리에 올 수 없습니다' };
const longKey: Text = {
  en: 'a key must be on one line and short',
  ko: '키는 한 줄에 짧게 써야 합니다',
};

/**
 * What is wrong with the YAML, by the code of the `yaml` package. Its own messages quote the file, so they
 * are never shown.
 */
const YAML_FAULTS: Readonly<Record<string, Text>> = {
  BAD_INDENT: indent,
  TAB_AS_INDENT: { en: 'a tab is used as indentation', ko: '들여쓰기에 탭을 썼습니다' },
  MISSING_CHAR: unclosed,
  BAD_DQ_ESCAPE: { en: 'an unknown escape after a backslash', ko: '역슬래시 뒤의 문자를 알 수 없습니다' },
  BAD_SCALAR_START: {
    en: 'a value cannot start with this character unless quoted',
    ko: '이 문자로 시작하는 값은 따옴표로 묶어야 합니다',
  },
  BLOCK_AS_IMPLICIT_KEY: unexpected,
  BLOCK_IN_FLOW: unexpected,
  KEY_OVER_1024_CHARS: longKey,
  MULTILINE_IMPLICIT_KEY: longKey,
  MULTIPLE_DOCS: { en: 'the file holds several documents', ko: '한 파일에 문서가 여러 개 있습니다' },
  NON_STRING_KEY: { en: 'a key is no text', ko: '키가 문자열이 아닙니다' },
  RESOURCE_EXHAUSTION: { en: 'it is nested too deeply', ko: '너무 깊이 중첩되어 있습니다' },
  BAD_DIRECTIVE: { en: 'an unknown directive', ko: '알 수 없는 지시자입니다' },
};

/** Nodes that YAML allows and rules do not. */
export const REFUSED_YAML = {
  alias: {
    en: 'anchors (&) and aliases (*) are not used in rules',
    ko: '규칙에는 앵커(&)와 별칭(*)을 쓰지 않습니다',
  },
  tag: { en: 'tags (!) are not used in rules', ko: '규칙에는 태그(!)를 쓰지 않습니다' },
  version: { en: 'YAML 1.2 is expected', ko: 'YAML 1.2여야 합니다' },
  reserved: { en: 'this key is reserved', ko: '쓸 수 없는 키입니다' },
  depth: YAML_FAULTS.RESOURCE_EXHAUSTION!,
  surrogate: {
    en: 'half of a character written with \\u: the other half is missing',
    ko: '\\u로 쓴 글자의 반쪽만 있습니다',
  },
  number: {
    en: 'this whole number is too large to be exact; put it in quotes',
    ko: '정확히 나타낼 수 없을 만큼 큰 정수입니다. 따옴표로 묶으십시오',
  },
} as const satisfies Record<string, Text>;

/** The sentence for an error code of the `yaml` package. */
export function yamlFault(code: string): Text {
  return YAML_FAULTS[code] ?? unexpected;
}
