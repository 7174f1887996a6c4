import { faker as ko } from '@faker-js/faker/locale/ko';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '../../src/samples/csv-text.ts';
import { SHAPES } from '../../src/samples/shapes.ts';
import { luhnDigit, residentCheckDigit } from '../../src/samples/unassigned.ts';

const texts = new Map<string, string>();
const records: Record<string, string>[] = [];

beforeAll(async () => {
  for (const entry of SHAPES) {
    const text = [...csvText((await entry.load()).shape, 3000, 21)].join('');
    texts.set(entry.name, text);
    records.push(...(parse(text, { columns: true }) as Record<string, string>[]));
  }
});

/** All non-empty cells of a column in any shape. */
function cells(column: string): string[] {
  const found = records.map((record) => record[column] ?? '').filter(Boolean);
  expect(found.length, column).toBeGreaterThan(100);
  return found;
}

describe('the check digits used below', () => {
  it.each([
    ['971013901990', 2],
    ['000101900001', 0],
    ['991231000001', 0],
  ])('resident number %s ends in %i', (first12, digit) => {
    expect(residentCheckDigit(first12)).toBe(digit);
  });

  it.each([
    ['424242424242424', 2],
    ['555555555555444', 4],
  ])('card %s ends in %i', (first15, digit) => {
    expect(luhnDigit(first15)).toBe(digit);
  });
});

describe('nobody in a sample exists', () => {
  it('resident numbers say 19th century and fail their check digit', () => {
    for (const number of cells('resident_no')) {
      expect(number).toMatch(/^\d{6}-[09]\d{6}$/);
      const digits = number.replace('-', '');
      expect(Number(digits[12])).not.toBe(residentCheckDigit(digits.slice(0, 12)));
    }
  });

  it('no other text looks like a resident number that could be issued', () => {
    for (const text of texts.values()) expect(text.match(/\d{6}-[1-8]\d{6}/)).toBeNull();
  });

  it('phone numbers have unassigned exchanges, wherever they stand', () => {
    for (const phone of cells('phone')) {
      expect(phone).toMatch(/^(010-[01]\d{3}|(02|0[3-6][1-5])-[01]\d{2})-\d{4}$/);
    }
    for (const text of texts.values()) expect(text.match(/(?<![\d-])0\d{1,2}-[2-9]\d{2,3}-\d{4}/)).toBeNull();
  });

  it('mail addresses are at reserved domains', () => {
    cells('email');
    for (const text of texts.values()) {
      for (const [, domain] of text.matchAll(/@([^\s",]*)/g)) {
        expect(domain).toMatch(/^(example\.(com|net|org)|mail\.example)$/);
      }
    }
  });

  it('IP addresses are private or for documentation', () => {
    const addresses = [...cells('src_ip'), ...cells('dst_ip')];
    const allowed =
      /^(10\.\d+\.\d+\.\d+|192\.168\.\d+\.\d+|(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+|2001:db8(:[0-9a-f]+)*::[0-9a-f]+)$/;
    for (const address of addresses) expect(address).toMatch(allowed);
    expect(addresses.some((address) => address.includes(':'))).toBe(true);
    expect(addresses.some((address) => address.startsWith('203.0.113.'))).toBe(true);
  });

  it('cards fail the Luhn rule', () => {
    for (const card of cells('card_no')) {
      const digits = card.replaceAll('-', '');
      expect(digits).toMatch(/^\d{16}$/);
      expect(Number(digits[15])).not.toBe(luhnDigit(digits.slice(0, 15)));
    }
  });

  it('number plates use letters that plates do not have', () => {
    for (const plate of cells('vehicle_no')) expect(plate).toMatch(/^\d{3}[카타파차]\d{4}$/);
  });

  it('accounts are at banks that do not exist', () => {
    for (const bank of cells('bank')) expect(bank).toMatch(/^(가명|예시|견본|표본저축)은행$/);
  });
});

describe('names', () => {
  it("come from faker's Korean locale for the young", () => {
    const given = new Set(Object.values(ko.definitions.person.first_name).flat());
    const young = records.filter((record) => record.birth && record.birth > '1990');
    expect(young.length).toBeGreaterThan(100);
    for (const { name } of young) expect(given.has(name!.slice(1)) || given.has(name!.slice(2))).toBe(true);
  });

  it('are 김 for about a fifth', () => {
    const names = (parse(texts.get('resident-register')!, { columns: true }) as Record<string, string>[]).map(
      (record) => record.name!,
    );
    const share = names.filter((name) => name.startsWith('김')).length / names.length;
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.26);
  });
});
