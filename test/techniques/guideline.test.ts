import { expect, it } from 'vitest';
import { z } from 'zod';
import { techniqueNamed } from '../../src/techniques/index.ts';
import { suppressRow } from '../../src/techniques/suppress-row.ts';
import { EXAMPLE_KEY, Invalid } from '../../src/techniques/technique.ts';
import { compileExample } from './compile.ts';

/**
 * Worked examples of the guideline on processing pseudonymized information (PIPC, 2026-03, part 2, chapter 4) and
 * its sample plans. Units written into the guideline's cells (원, 세) belong to the label, not to the value.
 */
it.each([
  ['일반 라운딩: 33세 up', 'round', { 'multiple-of': 10, mode: 'up' }, '33', '40'],
  ['일반 라운딩: 33세 down', 'round', { 'multiple-of': 10, mode: 'down' }, '33', '30'],
  ['일반 라운딩: 33세 nearest', 'round', { 'multiple-of': 10 }, '33', '30'],
  ['1만단위 라운딩', 'round', { 'multiple-of': 10000, mode: 'down' }, '984450', '980000'],
  ['1만단위 라운딩, nearest', 'round', { 'multiple-of': 10000 }, '984450', '980000'],
  ['백만 단위 라운딩', 'round', { 'multiple-of': 10000000 }, '983116785', '980000000'],
  ['백 단위 라운딩', 'round', { 'multiple-of': 1000 }, '983116785', '983117000'],
  ['5세 내림', 'round', { 'multiple-of': 5, mode: 'down' }, '45', '45'],
  ['상하단코딩', 'top-bottom-code', { top: 80, 'top-label': '80세 이상' }, '86', '80세 이상'],
  ['로컬 일반화', 'top-bottom-code', { top: 81, 'top-label': '80초과' }, '88', '80초과'],
  [
    '범위 방법',
    'generalize',
    { ranges: { width: 1000, label: '{from}만원~{to}만원' } },
    '3300',
    '3000만원~4000만원',
  ],
  ['나이 16~20', 'generalize', { ranges: { width: 5, origin: 1, label: '{from}~{last}' } }, '18', '16~20'],
  ['나이 21~25', 'generalize', { ranges: { width: 5, origin: 1, label: '{from}~{last}' } }, '25', '21~25'],
  ['주소 구단위', 'generalize', { address: 'sigungu' }, '서울시 종로구 한글길 12', '서울특별시 종로구'],
  ['주소 시도', 'generalize', { address: 'sido' }, '서울시 종로구 한글길 12', '서울특별시'],
  ['부분삭제', 'generalize', { address: 'sigungu' }, '서울특별시 중구 무교동', '서울특별시 중구'],
  ['고객등급 A', 'generalize', { table: { file: 'grades.csv', level: 1 } }, 'A', '1등급'],
  ['고객등급 B', 'generalize', { table: { file: 'grades.csv', level: 1 } }, 'B', '2등급'],
  ['고객등급 F', 'generalize', { table: { file: 'grades.csv', level: 1 } }, 'F', '3등급'],
  ['사망일자', 'date-truncate', { to: 'year' }, '20230404', '2023'],
  ['검사일자', 'date-truncate', { to: 'month', as: 'prefix' }, '20200610', '202006'],
  ['분 이하 삭제', 'date-truncate', { to: 'hour' }, '2020-12-31 12:23', '2020-12-31 12'],
  ['성별', 'keep', {}, '남', '남'],
])('%s', (_, technique, params, value, result) => {
  expect(compileExample(techniqueNamed(technique), params)(value)).toBe(result);
});

it('나이: bands of ten years, under 20 deleted, from 80 one band', () => {
  const ages = { width: 10, min: 20, max: 80, label: '{from}대', above: '80세 이상' };
  const cell = compileExample(techniqueNamed('generalize'), { ranges: ages });
  expect([cell('38'), cell('86')]).toEqual(['30대', '80세 이상']);
  expect(cell('18')).toBeInstanceOf(Invalid);
});

it('암진단 나이: both ends merged, single years between', () => {
  const ages = { width: 1, min: 40, max: 85, label: '{from}세', below: '39세 이하', above: '85세 이상' };
  const cell = compileExample(techniqueNamed('generalize'), { ranges: ages });
  expect(['29', '50', '93'].map(cell)).toEqual(['39세 이하', '50세', '85세 이상']);
});

it('랜덤 라운딩: to one of the neighbours', () => {
  const cell = compileExample(techniqueNamed('round'), { 'multiple-of': 100000, mode: 'random' });
  expect(['900000', '1000000']).toContain(cell('979118'));
});

it('행 항목 삭제: the row that stands out goes', () => {
  const params = suppressRow.params(z).parse({ when: { column: 'points', 'greater-than': 20_000_000 } });
  const { keeps } = suppressRow.compile(params, { header: ['points'], key: () => EXAMPLE_KEY });
  expect([keeps(['20532000']), keeps(['98700'])]).toEqual([false, true]);
});
