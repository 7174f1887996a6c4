import type { Example } from './technique.ts';

const nfd = (text: string): string => text.normalize('NFD');

/** Worked examples of every form of `mask`. */
export const MASK_EXAMPLES: readonly Example[] = [
  {
    params: { keep: { first: 1 } },
    cells: [
      ['홍길동', '홍**'],
      [nfd('홍길동'), `${nfd('홍')}**`],
      ['김', '*'],
      ['👨‍👩‍👧‍👦👍🏽', '👨‍👩‍👧‍👦*'],
      [' ', '*'],
    ],
  },
  {
    params: { keep: { first: 1, last: 1 }, char: '○' },
    cells: [
      ['남궁길동', '남○○동'],
      ['홍길동', '홍○동'],
      ['이산', '이○'],
      ['김', '○'],
    ],
  },
  {
    params: { keep: { last: 4 } },
    cells: [
      ['9409123412345678', '************5678'],
      ['1234', '*234'],
    ],
  },
  { params: { keep: {} }, cells: [['홍길동', '***']] },
  {
    params: { keep: { first: 1 }, length: 'fixed' },
    cells: [
      ['남궁길동', '남***'],
      ['김', '***'],
    ],
  },
  { params: { keep: { first: 2 }, length: 'fixed', 'fixed-length': 1 }, cells: [['서울특별시', '서울*']] },
  {
    params: { group: { pattern: '([0-9]{6})-[0-9]([0-9]{6})', groups: [2] } },
    cells: [
      ['900101-9234567', '900101-9******'],
      ['신청인 900101-9234567, 대리인 880202-0234567', '신청인 900101-9******, 대리인 880202-0******'],
      ['9001019234567', null],
    ],
  },
  {
    params: { group: { pattern: '(\\p{Hangul}+)동|(x*)$' }, length: 'fixed' },
    cells: [
      ['청운동 1', '***동 1'],
      ['1', null],
    ],
  },
  {
    params: { template: '###-****-####' },
    cells: [
      ['010-0123-4567', '010-****-4567'],
      ['가나다-라마바사-아자차카', '가나다-****-아자차카'],
      ['010-012-4567', null],
      ['01001234567', null],
    ],
  },
  {
    params: { template: '\\##\\**' },
    cells: [
      ['#1*2', '#1**'],
      ['01*2', null],
    ],
  },
  {
    params: { email: 'keep-domain' },
    cells: [
      ['gildong@example.kr', '***@example.kr'],
      ['홍길동@예시.한국', '***@예시.한국'],
      ['gildong', null],
      ['gildong@example', null],
      ['a@example.kr, b@example.kr', null],
    ],
  },
  {
    params: { email: 'keep-domain', first: 1 },
    cells: [
      ['gildong@example.kr', 'g***@example.kr'],
      ['g@example.kr', '***@example.kr'],
    ],
  },
  {
    params: { phone: 'keep-area-code' },
    cells: [
      ['010-0123-4567', '010-****-****'],
      ['01001234567', '010********'],
      ['02-012-4567', '02-***-****'],
      ['02)012-4567', '02)***-****'],
      ['(031) 012 4567', '(031) *** ****'],
      ['070.0123.4567', '070.****.****'],
      ['0504-0123-4567', '0504-****-****'],
      ['+82 10-0123-4567', '+82 10-****-****'],
      ['+82-2-012-4567', '+82-2-***-****'],
      ['+82 (0)10-0123-4567', '+82 (0)10-****-****'],
      ['1588-0000', '1588-****'],
      ['012-4567', null],
      ['010-0123-456', null],
      ['010-0123-45678', null],
      ['02-0123-4567 (내선 1)', null],
    ],
  },
];
