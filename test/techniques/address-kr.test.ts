import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REGIONS } from '../../src/samples/regions.ts';
import { generalize } from '../../src/techniques/generalize.ts';
import { EXAMPLE_KEY, Invalid } from '../../src/techniques/technique.ts';
import { compileExample, mistakes } from './compile.ts';

const cuts = Object.fromEntries(
  ['sido', 'sigungu', 'eup-myeon-dong'].map((level) => [
    level,
    compileExample(generalize, { address: level }),
  ]),
);
const cut = (level: string, value: string) => cuts[level]!(value);

it.each([
  ['서울특별시', '서울', '서울시'],
  ['부산광역시', '부산', '부산시'],
  ['대구광역시', '대구', '대구시'],
  ['인천광역시', '인천', '인천시'],
  ['광주광역시', '광주'],
  ['대전광역시', '대전', '대전시'],
  ['울산광역시', '울산', '울산시'],
  ['세종특별자치시', '세종', '세종시'],
  ['경기도', '경기'],
  ['강원특별자치도', '강원', '강원도'],
  ['충청북도', '충북'],
  ['충청남도', '충남'],
  ['전북특별자치도', '전북', '전라북도'],
  ['전라남도', '전남'],
  ['경상북도', '경북'],
  ['경상남도', '경남'],
  ['제주특별자치도', '제주', '제주도'],
])('writes %s for its other names', (name, ...others) => {
  for (const written of [name, ...others]) {
    expect(cut('sido', written)).toBe(name);
    expect(cut('sido', `${written} 어디 1`)).toBe(name);
  }
});

describe('every region of the samples', () => {
  const places = REGIONS.flatMap(({ name, short, sigungu }) =>
    sigungu.flatMap(([gu, , dongs, roads]) =>
      dongs.map((dong, i) => ({ name, short, gu, dong, road: roads[i % roads.length]! })),
    ),
  );
  const join = (...words: string[]) => words.filter((word) => word !== '').join(' ');

  it('is cut alike from lot-number and road-name forms', () => {
    expect(places.length).toBeGreaterThan(100);
    for (const { name, short, gu, dong, road } of places) {
      const [place] = dong.split(' ') as [string];
      const inRoadForm = /[읍면]$/.test(place)
        ? [place, road, '12']
        : [road, '12,', '101동', '202호', `(${place}, 한빛아파트)`];
      for (const text of [
        join(name, gu, dong, '123-4'),
        join(short, gu, ...inRoadForm),
        join(name, gu, ...inRoadForm),
      ]) {
        expect(cut('sido', text), text).toBe(name);
        expect(cut('sigungu', text), text).toBe(join(name, gu));
        expect(cut('eup-myeon-dong', text), text).toBe(join(name, gu, place));
      }
    }
  });
});

it.each([
  ['sigungu', '경기도 창원시의창구 1'],
  ['sigungu', '서울특별시종로구 한글길 12'],
  ['sigungu', '서울특별시\t종로구 한글길 12'],
  ['sigungu', '경기도'],
  ['sigungu', '부산광역시 수원시 영통구'],
  ['sigungu', '경기도 종로구'],
  ['sigungu', '서울특별시 가나다라마바구 1'],
  ['sido', '서울특별시종로구'],
  ['sido', '광주시'],
  ['sido', '광주시 퇴촌면 광동리 1'],
  ['sido', '수원시 영통구'],
  ['sido', ' '],
  ['eup-myeon-dong', '서울특별시 종로구'],
  ['eup-myeon-dong', '서울특별시 종로구 한글길 12 (가나빌딩)'],
  ['eup-myeon-dong', '서울특별시 종로구 한글길 12 청운동'],
  ['eup-myeon-dong', '서울특별시 종로구 한글길 12 101동'],
])('refuses at %s: %s', (level, text) => {
  expect(cut(level, text)).toBeInstanceOf(Invalid);
});

it('tells a postal code from an address that is none', () => {
  const reason = (text: string) => (cut('sigungu', text) as Invalid).reason.en;
  expect(reason('03048 서울 종로구 한글길 12')).toContain('postal');
  expect(reason('0304 서울 종로구 한글길 12')).not.toContain('postal');
});

it('takes postal-code with an address only', () => {
  expect(mistakes(generalize, { address: 'sido', 'postal-code': true })).toEqual([]);
  expect(mistakes(generalize, { bins: { bounds: [1] }, 'postal-code': true })).toHaveLength(1);
});

/** Words that make addresses and near-addresses. */
const word = fc.constantFrom(
  ...[
    '03048',
    '(03048)',
    '110-050',
    '서울',
    '서울특별시',
    '경기도',
    '경기',
    '광주시',
    '광주',
    '세종',
    '제주',
    '전북',
  ],
  ...[
    '수원시',
    '영통구',
    '종로구',
    '해남군',
    '해남읍',
    '북구',
    '광주시',
    '오포로',
    '청운동',
    '12',
    '101동',
    '(청운동)',
    ',',
    'x',
    '\t',
  ],
);
const gap = fc.constantFrom(' ', ' ', ' ', '  ', '   ');
const anyAddress = fc
  .tuple(
    fc.array(fc.tuple(word, gap), { maxLength: 7 }),
    fc.constantFrom('', ' '),
    fc.constantFrom('', ' ', '  '),
  )
  .map(
    ([parts, front, back]) =>
      front +
      parts
        .map(([text, blanks]) => text + blanks)
        .join('')
        .trimEnd() +
      back,
  );

describe.each([
  { address: 'sido' },
  { address: 'sigungu' },
  { address: 'sido', 'postal-code': true },
  { address: 'sigungu', 'postal-code': true },
])('%j', (params) => {
  const { cell, prefix } = generalize.compile(params, {
    column: 'v',
    header: ['v'],
    key: () => EXAMPLE_KEY,
  });

  it('depends on its first words and on whether more follow, as an engine counts words', () => {
    expect(prefix).toBeDefined();
    fc.assert(
      fc.property(anyAddress, (value) => {
        const words = value.split(/ +/).filter((word) => word !== '');
        const third = words[prefix!.words];
        const decides = prefix!.suffix !== undefined && third?.endsWith(prefix!.suffix);
        const count = prefix!.words + (decides ? 1 : 0);
        const head = words.slice(0, count).join(' ');
        if (words.length > count) expect(cell(`${head} x`)).toEqual(cell(value));
      }),
      { numRuns: 2000 },
    );
  });
});

it('promises no prefix where parentheses at the end may decide', () => {
  const compiled = generalize.compile(
    { address: 'eup-myeon-dong' },
    { column: 'v', header: ['v'], key: () => EXAMPLE_KEY },
  );
  expect(compiled.prefix).toBeUndefined();
});
