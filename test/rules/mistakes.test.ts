import { expect, it } from 'vitest';
import { nearest } from '../../src/rules/mistakes.ts';

it.each([
  ['전화', ['이름', '전화번호', '주소'], '전화번호'],
  ['소득', ['소득(원)', '소속'], '소득(원)'],
  ['소득(원)', ['이름', '소득'], '소득'],
  ['hash', ['mask', 'keyed-hash'], 'keyed-hash'],
  ['truncate', ['date-truncate', 'date-shift'], 'date-truncate'],
  ['member', ['member_id', 'name'], 'member_id'],
  ['brith', ['birth', 'name'], 'birth'],
])('takes %j among %j for %j', (wrong, names, right) => {
  expect(nearest(wrong, names)).toBe(right);
});

it.each([
  ['id', ['paid', 'covid19']],
  ['no', ['notes-of-meeting', 'nothing-else']],
  ['주소지번', ['나이', '소득(원)']],
])('takes %j for none of %j', (wrong, names) => {
  expect(nearest(wrong, names)).toBeUndefined();
});
