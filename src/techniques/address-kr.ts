import { type DecidingPrefix, Invalid } from './technique.ts';

export const ADDRESS_LEVELS = ['sido', 'sigungu', 'eup-myeon-dong'] as const;
export type AddressLevel = (typeof ADDRESS_LEVELS)[number];

type Kind = 'metropolitan' | 'province' | 'sejong';

/** The 17 si/do: kind, current name, and other names in use, former ones included. */
const SIDO: readonly (readonly [Kind, string, ...string[]])[] = [
  ['metropolitan', '서울특별시', '서울시', '서울'],
  ['metropolitan', '부산광역시', '부산시', '부산'],
  ['metropolitan', '대구광역시', '대구시', '대구'],
  ['metropolitan', '인천광역시', '인천시', '인천'],
  ['metropolitan', '광주광역시', '광주시', '광주'],
  ['metropolitan', '대전광역시', '대전시', '대전'],
  ['metropolitan', '울산광역시', '울산시', '울산'],
  ['sejong', '세종특별자치시', '세종시', '세종'],
  ['province', '경기도', '경기'],
  ['province', '강원특별자치도', '강원도', '강원'],
  ['province', '충청북도', '충북'],
  ['province', '충청남도', '충남'],
  ['province', '전북특별자치도', '전라북도', '전북'],
  ['province', '전라남도', '전남'],
  ['province', '경상북도', '경북'],
  ['province', '경상남도', '경남'],
  ['province', '제주특별자치도', '제주도', '제주'],
];

const BY_NAME = new Map(
  SIDO.flatMap(([kind, name, ...others]) =>
    [name, ...others].map((written) => [written, { kind, name }] as const),
  ),
);

const GU_OR_GUN = /^[가-힣]{1,4}[구군]$/;
const SI_OR_GUN = /^[가-힣]{1,4}[시군]$/;
const GENERAL_GU = /^[가-힣]{1,4}구$/;
const EUP_MYEON_DONG = /^[가-힣][가-힣0-9.·]{0,9}[읍면동가]$/;
const POSTAL_CODE = /^(?:[0-9]{5}|\([0-9]{5}\)|[0-9]{3}-[0-9]{3}|\([0-9]{3}-[0-9]{3}\))$/;

const NO_SIDO = new Invalid({
  en: 'the address does not begin with a si/do',
  ko: '시·도로 시작하는 주소가 아닙니다',
});
const NO_SIGUNGU = new Invalid({
  en: 'the address names no si/gun/gu after its si/do',
  ko: '시·도 다음에 시·군·구가 없는 주소입니다',
});
const NO_EUP_MYEON_DONG = new Invalid({
  en: 'the address names no eup/myeon/dong',
  ko: '읍·면·동이 없는 주소입니다',
});
const HAS_POSTAL_CODE = new Invalid({
  en: 'the address begins with a postal code (postal-code: true skips it)',
  ko: '우편번호로 시작하는 주소입니다(postal-code: true로 건너뛸 수 있음)',
});

/**
 * The words of a Korean address that name its si/gun/gu: a metropolitan city has gu and gun, a province si and
 * gun, and a si may have general gu of its own (수원시 영통구). Sejong has none. Names are told by their endings,
 * not by a register: borders change, and data is often older than any register.
 */
function sigunguWords(kind: Kind, words: readonly string[]): readonly string[] | undefined {
  const [first = '', second = ''] = words;
  if (kind === 'sejong') return [];
  if (kind === 'metropolitan') return GU_OR_GUN.test(first) ? [first] : undefined;
  if (!SI_OR_GUN.test(first)) return undefined;
  return first.endsWith('시') && GENERAL_GU.test(second) ? [first, second] : [first];
}

/** Directly after the si/gun/gu, or first in the parentheses that follow a road name: `한글길 12 (청운동, …)`. */
function eupMyeonDong(words: readonly string[]): string | undefined {
  const [first = ''] = words;
  if (EUP_MYEON_DONG.test(first)) return first;
  for (const [, inside = ''] of words.join(' ').matchAll(/\(([^()]*)\)/g)) {
    const name = inside.split(',', 1)[0]!.trim();
    if (EUP_MYEON_DONG.test(name)) return name;
  }
  return undefined;
}

/**
 * Cuts a Korean address, by road name or by lot number, to a level. Words are separated by blanks. The si/do is
 * written by its full current name (서울시 → 서울특별시, 전라북도 → 전북특별자치도), so that equal regions are
 * equal texts. 광주시 is 광주광역시 only when a gu follows, for there is a 광주시 in 경기도.
 * @param skipPostalCode addresses may begin with a postal code in a word of its own, in parentheses or not
 */
export function address(level: AddressLevel, skipPostalCode: boolean): (text: string) => string | Invalid {
  return (text) => {
    const words = text.split(' ').filter((word) => word !== '');
    if (words[0] !== undefined && POSTAL_CODE.test(words[0])) {
      if (!skipPostalCode) return HAS_POSTAL_CODE;
      words.shift();
    }
    const [first = '', ...rest] = words;
    const sido = BY_NAME.get(first);
    if (sido === undefined || (first === '광주시' && !GENERAL_GU.test(rest[0] ?? ''))) return NO_SIDO;
    if (level === 'sido') return sido.name;
    const sigungu = sigunguWords(sido.kind, rest);
    if (sigungu === undefined) return NO_SIGUNGU;
    if (level === 'sigungu') return [sido.name, ...sigungu].join(' ');
    const place = eupMyeonDong(rest.slice(sigungu.length));
    return place === undefined ? NO_EUP_MYEON_DONG : [sido.name, ...sigungu, place].join(' ');
  };
}

/** What decides the result: at sigungu the third word matters only as a general gu; undefined when all may. */
export function addressPrefix(level: AddressLevel, skipPostalCode: boolean): DecidingPrefix | undefined {
  if (level === 'eup-myeon-dong') return undefined;
  const words = skipPostalCode ? 3 : 2;
  return level === 'sido' ? { words } : { words, suffix: '구' };
}
