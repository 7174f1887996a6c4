import { expect, test } from 'vitest';
import { techniqueText } from '../../src/forms/plan-text.ts';
import { ROW_TECHNIQUES, TECHNIQUES } from '../../src/techniques/index.ts';

test.each<[string, unknown, string]>([
  ['keep', {}, '미적용'],
  ['drop', {}, '삭제'],
  ['keyed-hash', { bits: 128 }, '일방향 암호화(HMAC-SHA-256, 128비트)-동일인 구별'],
  ['round', { 'multiple-of': 10000, mode: 'down' }, '일반라운딩-10000 단위 내림'],
  ['round', { 'multiple-of': 10000, mode: 'random' }, '랜덤라운딩-10000 단위'],
  ['generalize', { address: 'sigungu' }, '부분삭제-시·군·구까지 남김'],
  ['generalize', { 'age-band': { width: 10, top: 80 } }, '범위 방법-10세 단위 연령대(80세 이상은 묶음)'],
  ['generalize', { table: { file: 'x.csv', level: 2 } }, '문자데이터 범주화-2단계'],
  ['date-truncate', { to: 'month' }, '부분삭제-월 단위까지 남김'],
  ['top-bottom-code', { top: 150 }, '상단코딩 150 이상'],
  ['mask', { keep: { first: 1, last: 0 } }, '마스킹-앞 1자 남김'],
  ['mask', { keep: { first: 0, last: 0 } }, '마스킹-전체'],
  ['sample', { share: 0.07 }, '표본추출-7%'],
])('%s %o: %s', (technique, params, text) => {
  expect(techniqueText(technique, params)).toBe(text);
});

test('every technique has words of its own', () => {
  for (const { name } of [...TECHNIQUES, ...ROW_TECHNIQUES]) expect(techniqueText(name, {})).not.toBe(name);
});
