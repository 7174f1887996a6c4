import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import {
  isBusinessNumber,
  isCorporationNumber,
  isLuhn,
  isResidentNumber,
} from '../../src/release/checksums.ts';
import { surveyFile } from '../../src/release/file-survey.ts';
import { IdentifierSurvey, mayHold } from '../../src/release/identifier-survey.ts';
import { type Evidence, findIdentifiers, type Identifier } from '../../src/release/identifiers.ts';
import { RFC_4180 } from '../../src/risk/options.ts';
import { workDirectory } from './fixture.ts';

const work = workDirectory();
afterAll(work.done);

/** `identifier` or `identifier?` (bare) for each find in a cell. */
function found(cell: string): string[] {
  const finds: string[] = [];
  findIdentifiers(cell, (identifier: Identifier, evidence: Evidence) => {
    finds.push(evidence === 'certain' ? identifier : `${identifier}?`);
  });
  return finds;
}

const bytes = (text: string) => Buffer.from(text);
const skipped = (cell: string) => !mayHold(bytes(cell), 0, bytes(cell).length);

describe('found', () => {
  test.each([
    [
      'rrn',
      [
        '971013-9019902',
        '650802-9002797',
        '251231-3123456',
        '주민번호 800101-1234567입니다',
        '８００１０１－１２３４５６７',
        '800101–1234567',
        '(800101-1234567)',
        '800101-5123456',
        '800101 - 1234567',
        '800101~1234567',
        '800101ㅡ1234567',
        '800101·1234567',
        '800101-\u200b1234567',
        '800101\u00ad-1234567',
        '19800101-1234567',
        'NO.800101-1234567',
        'id_800101-1234567',
        'user-800101-1234567x',
      ],
    ],
    [
      'phone',
      [
        '010-1234-5678',
        '010.1234.5678',
        '010 1234 5678',
        '02-123-4567',
        '031-170-5605',
        '+82-10-1234-5678',
        '+82 10 1234 5678',
        '연락처는 010-0975-8551입니다.',
        '(02) 123-4567',
        '0505-123-4567',
        '070-1234-5678',
        '011-123-4567',
        'TEL.010-1234-5678',
        'HP010-1234-5678',
        '010-1234-5678.Call',
        '010-12345678',
        '0101234-5678',
        '(010)12345678',
        '010)1234-5678',
        '+821012345678',
        '+82 1012345678',
        '2026-01-31 12:00 010-1234-5678',
      ],
    ],
    [
      'email',
      [
        'a@b.kr',
        'cassava.7000@example.org',
        '문의: hong+x@mail.example.co.kr.',
        '홍길동@한국.한국',
        '<a_b@c.io>',
        'a＠b.kr',
      ],
    ],
    ['card', ['4242-4242-4242-4242', '5555 5555 5555 4444', '3782-822463-10005', '9840-0637-9223-4620']],
    ['account', ['085-64-990372', '110-123-456789', '352-1234-5678-13', '1002-123-456789']],
    ['passport', ['M12345678', 'M123A4567', '여권 S12345678 소지']],
    ['driving-licence', ['11-23-123456-78', '서울 12-123456-78', '경기12-123456-78']],
    [
      'vehicle-plate',
      ['12가3456', '123가4567', '서울12가3456', '서울 1 가 1234', '12가 3456', '차량 68호1234 주차'],
    ],
    ['business-no', ['116-82-00276', '사업자 134-86-72683']],
    ['corporate-no', ['999999-1234566']],
  ] as const)('%s', (identifier, cells) => {
    for (const cell of cells) {
      expect(found(cell), cell).toEqual([identifier]);
      expect(skipped(cell), cell).toBe(false);
    }
  });

  test.each([
    ['rrn', ['9710139019902']],
    ['phone', ['01012345678', '821012345678', '021234567', '0311234567']],
    ['card', ['4242424242424242', '378282246310005']],
    ['business-no', ['1168200276']],
    ['corporate-no', ['9999991234566']],
  ] as const)('%s as bare digits', (identifier, cells) => {
    for (const cell of cells) {
      expect(found(cell), cell).toEqual([`${identifier}?`]);
      expect(skipped(cell), cell).toBe(false);
    }
  });

  test('each of several, once', () => {
    expect(found('010-1234-5678, 800101-1234567 그리고 a@b.kr').sort()).toEqual(['email', 'phone', 'rrn']);
  });
});

describe('not found', () => {
  const sha = createHash('sha256').update('x');
  const digest = sha.digest();
  test.each([
    '',
    '남',
    '1980',
    '1980-05-11',
    '2025-01-13 11:12:12',
    '2025-03-01T00:00:06+09:00',
    '20250301120000',
    '2025-03-01-120000',
    '10.24.7.28',
    '203.0.113.255:8080',
    '2001:db8:10:1d::c81f',
    digest.toString('hex'),
    digest.toString('hex').toUpperCase(),
    digest.toString('base64url'),
    'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
    '550e8400-e29b-41d4-a716-446655440000',
    '550eb010-1234-4678-a716-446655440000',
    '12345678-1234-1234-1234-123456789012',
    '010-****-5678',
    '010-****-****',
    '800101-*******',
    '************1234',
    '********@example.org',
    'h***@example.org',
    'xxxxxx@example.org',
    '@example.org',
    'a@b',
    '150000000',
    '-1234567.89',
    '37.566535, 126.977969',
    '1억 5천만 원 이상',
    '서울특별시 강남구 영동대로 223, 113동 1202호 (삼성동, 은하수아파트)',
    '경기도 남양주시 늘을1로 121-5 (호평동)',
    '분당로 197 앞 보도블록이 깨져 어르신이 넘어질 뻔했습니다.',
    'Mozilla/5.0 (Linux; Android 7; SM-G998N) AppleWebKit/539.57 (KHTML, like Gecko) Chrome/66.5.14.2 Mobile Safari/564.69',
    'C0000000012',
    'u191290',
    '4242-4242-4242-4241',
    '116-82-0027',
    '12345',
    '123가45',
    '제12조 1234',
  ])('%j', (cell) => {
    expect(found(cell)).toEqual([]);
  });

  test('tokens are not even looked at', () => {
    for (const token of [digest.toString('hex'), 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U']) {
      expect(skipped(token)).toBe(true);
    }
  });
});

test('times are not looked at, but what stands behind them is', () => {
  for (const time of ['2025-01-13 11:12:12', '2025-03-01T00:00:06+09:00', '2025-03-01T00:00:06.123456Z']) {
    expect(skipped(time), time).toBe(true);
    expect(skipped(`${time} 9710139019902`), time).toBe(false);
  }
});

test('nothing that has a shape is skipped', () => {
  const cells = [
    '12가3456',
    'M123A4567',
    '123456789',
    '０１０－１２３４－５６７８',
    'a@b.kr',
    '"010-1234-5678"',
  ];
  for (const cell of cells) expect(skipped(cell), cell).toBe(false);
});

test('a long cell takes no longer than its length', () => {
  const long = ['a'.repeat(2e6), `${'a.'.repeat(1e6)}@`, '1-'.repeat(1e6), '0'.repeat(2e6), '@'.repeat(1e5)];
  for (const cell of long) expect(found(cell)).toEqual([]);
});

describe('check digits', () => {
  const path = fileURLToPath(new URL('../../../shared/vectors/korean-ids/checksums.json', import.meta.url));
  const present = existsSync(path);
  if (!present) process.stderr.write(`\n!!! ${path} is absent: its numbers ARE NOT CHECKED !!!\n\n`);
  test.runIf(present)('agree with the vectors', () => {
    const vectors = JSON.parse(readFileSync(path, 'utf8'));
    const of = (list: string[]) => list.map((text) => text.replace(/\D/g, ''));
    for (const number of of([...vectors.rrn.valid, ...vectors.rrn.generated]))
      expect(isResidentNumber(number)).toBe(true);
    for (const number of of(vectors.rrn.invalid_checksum)) expect(isResidentNumber(number)).toBe(false);
    for (const number of of([...vectors.brn.valid, ...vectors.brn.generated]))
      expect(isBusinessNumber(number)).toBe(true);
    for (const number of of(vectors.crn.generated)) expect(isCorporationNumber(number)).toBe(true);
    for (const number of of(vectors.card.valid)) expect(isLuhn(number)).toBe(true);
    for (const number of of(vectors.card.invalid)) expect(isLuhn(number)).toBe(false);
  });
  test('catch every changed digit', () => {
    const valid = [
      ['9710139019902', isResidentNumber],
      ['1168200276', isBusinessNumber],
      ['4242424242424242', isLuhn],
    ] as const;
    for (const [number, check] of valid) {
      expect(check(number)).toBe(true);
      const last = number.length - 1;
      for (let digit = 0; digit < 10; digit++) {
        const other = number.slice(0, last) + digit;
        expect(check(other), other).toBe(other === number);
      }
    }
  });
});

describe('a column', () => {
  const survey = (cells: readonly string[]) => {
    const counted = new IdentifierSurvey(['c']);
    for (const cell of cells) counted.look(0, cell);
    return counted.finds();
  };
  const digits = (length: number, seed: number) =>
    BigInt(`0x${createHash('sha256').update(`${seed}`).digest('hex')}`)
      .toString()
      .slice(3, 3 + length);

  test('is told by its name and the number of its cells', () => {
    expect(survey(['010-1234-5678', 'x', '010-1234-5679'])).toEqual([
      { column: 'c', identifier: 'phone', cells: 2 },
    ]);
  });
  test.each([9, 10, 11, 12, 13, 14, 15, 16])(
    'of 2,000 random numbers of %i digits is no identifier',
    (length) => {
      expect(survey(Array.from({ length: 2000 }, (_, i) => digits(length, i)))).toEqual([]);
    },
  );
  test('of milliseconds is no identifier', () => {
    expect(survey(Array.from({ length: 2000 }, (_, i) => String(1701120000000 + i * 7919)))).toEqual([]);
  });
  test('of bare numbers with their check digits is', () => {
    const cells = ['9710139019902', '9710139019902', '', '9710139019902'];
    expect(survey(cells)).toEqual([{ column: 'c', identifier: 'rrn', cells: 3 }]);
  });
  test('of text with one bare number in it is', () => {
    const cells = ['민원입니다', '번호 9710139019902', '감사합니다'];
    expect(survey(cells)).toEqual([{ column: 'c', identifier: 'rrn', cells: 1 }]);
  });
});

describe('a file', () => {
  const path = join(work.path, 'a.csv');
  const read = (text: string | Buffer, dialect: object = {}, partBytes = 1 << 20) => {
    writeFileSync(path, text);
    return surveyFile(path, { ...RFC_4180, ...dialect }, { partBytes });
  };
  const phone = [{ column: 'b', identifier: 'phone', cells: 1 }];

  test.each([
    ['plainly', 'a,b\n1,010-1234-5678\n', {}],
    ['in quotes, with CRLF and no end of the last line', 'a,b\r\n1,"tel ""010-1234-5678"""', {}],
    ['with a byte order mark', '\ufeffa,b\n1,010-1234-5678\n', {}],
    ['over a line end in a cell', 'a,b\n1,"x\n010-1234-5678"\n', {}],
    ['between semicolons', 'a;b\n1;010-1234-5678\n', { delimiter: ';' }],
    ['between several characters', 'a||b\n1||010-1234-5678\n', { delimiter: '||' }],
    ['with another escape', 'a,b\n1,"\\"010-1234-5678"\n', { escape: '\\' }],
    [
      'in CP949',
      Buffer.concat([Buffer.from('a,b\n'), Buffer.of(0xb0, 0xa1), Buffer.from(',010-1234-5678\n')]),
      { encoding: 'cp949' },
    ],
  ])('is read %s', async (_, text, dialect) => {
    const { finds, rows, columns } = await read(text, dialect);
    expect({ finds, rows, columns }).toEqual({ finds: phone, rows: 1, columns: ['a', 'b'] });
  });

  test('has digests of the whole and of its parts', async () => {
    const text = `a,b\n${'12,34\n'.repeat(1000)}`;
    const { sha256, partDigests, rows, bytes: length } = await read(text, {}, 1000);
    const hash = (part: string) => createHash('sha256').update(part).digest('hex');
    expect({ sha256, rows, length }).toEqual({ sha256: hash(text), rows: 1000, length: text.length });
    const parts = text.match(/[\s\S]{1,1000}/g)!;
    expect(partDigests).toEqual(parts.map(hash));
  });

  test.each(['a,b\n1\n', 'a,b\n1,2,3\n', 'a,b\n1,"2\n', 'a,b\n1,2"3"\n'])(
    'that is not well-formed is refused: %j',
    async (text) => {
      await expect(read(text)).rejects.toMatchObject({ code: 'E_RELEASE_CSV', exitCode: 4 });
    },
  );
});
