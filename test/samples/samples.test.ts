import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/samples/csv-text.ts';
import { SHAPES } from '../../src/samples/shapes.ts';

const COMMITTED_ROWS = 1000;

async function sample(name: string, rows: number, seed: number): Promise<string> {
  const { shape } = await SHAPES.find((entry) => entry.name === name)!.load();
  return [...csvText(shape, rows, seed)].join('');
}

const read = (text: string): Record<string, string>[] => parse(text, { columns: true });

describe.each(SHAPES)('$name', (entry) => {
  it('is a function of the seed', async () => {
    const [one, again, other] = await Promise.all([7, 7, 8].map((seed) => sample(entry.name, 200, seed)));
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('begins alike however long it is', async () => {
    const long = await sample(entry.name, 500, 3);
    expect(long.startsWith(await sample(entry.name, 137, 3))).toBe(true);
  });

  it('gives any record apart from the others', async () => {
    const { shape } = await entry.load();
    const inOrder = shape.records(5);
    const rows = Array.from({ length: 60 }, (_, i) => inOrder(i));
    const atOnce = shape.records(5);
    for (const i of [59, 0, 31, 30]) expect(atOnce(i)).toEqual(rows[i]);
  });

  it('differs between seeds whose low 32 bits agree', async () => {
    expect(await sample(entry.name, 20, 1)).not.toBe(await sample(entry.name, 20, 2 ** 32 + 1));
  });

  it('is valid CSV of 10 to 14 columns with an identifying first column', async () => {
    const records = read(await sample(entry.name, 2000, 11));
    expect(records).toHaveLength(2000);
    const names = Object.keys(records[0]!);
    expect(names.length).toBeGreaterThanOrEqual(10);
    expect(names.length).toBeLessThanOrEqual(14);
    for (const name of names) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(new Set(records.map((record) => record[names[0]!])).size).toBe(2000);
  });

  it('holds characters of CP949 only', async () => {
    const text = await sample(entry.name, 2000, 11);
    expect(text.match(/[^\n\x20-\x7e가-힣·]/u)).toBeNull();
  });

  it('is what is committed in samples/', async () => {
    const path = new URL(`../../samples/${entry.name}.csv`, import.meta.url);
    const committed = readFileSync(path, 'utf8');
    expect(Buffer.byteLength(committed)).toBeLessThan(300_000);
    expect(committed === (await sample(entry.name, COMMITTED_ROWS, 1))).toBe(true);
  });
});

describe('shapes with the same seed', () => {
  it('are about the same people', async () => {
    const register = new Map(
      read(await sample('resident-register', 3000, 2)).map((record) => [record.member_id, record]),
    );
    for (const name of ['local-tax', 'welfare-payments', 'civil-complaints']) {
      const records = read(await sample(name, 1000, 2));
      expect(records.length).toBe(1000);
      for (const record of records) {
        const person = register.get(record.member_id!);
        expect(person).toBeDefined();
        expect([record.name, record.birth, record.address]).toEqual([
          person!.name,
          person!.birth,
          person!.address,
        ]);
      }
    }
  });

  it.each([
    ['local-tax', 'member_id'],
    ['welfare-payments', 'member_id'],
    ['civil-complaints', 'member_id'],
    ['security-events', 'user_id'],
  ])('%s has several records a subject', async (name, column) => {
    const subjects = new Set(read(await sample(name, 2000, 2)).map((record) => record[column]));
    expect(subjects.size).toBeGreaterThan(50);
    expect(subjects.size).toBeLessThan(1000);
  });
});

describe('cells', () => {
  it('are quoted, hold quotes and newlines, or are empty, as in real exports', async () => {
    const complaints = read(await sample('civil-complaints', 500, 4));
    const texts = complaints.map((record) => record.content!);
    expect(texts.some((text) => text.includes('\n'))).toBe(true);
    expect(texts.some((text) => text.includes('"'))).toBe(true);
    expect(complaints.some((record) => record.address!.includes(','))).toBe(true);
    const residents = read(await sample('resident-register', 500, 4));
    for (const column of ['phone', 'email', 'income', 'education']) {
      const empty = residents.filter((record) => record[column] === '').length;
      expect(empty, column).toBeGreaterThan(0);
      expect(empty, column).toBeLessThan(300);
    }
  });

  it('agree with each other', async () => {
    for (const record of read(await sample('resident-register', 2000, 4))) {
      const [year, month, day] = record.birth!.split('-');
      expect(record.resident_no!.slice(0, 6)).toBe(`${year!.slice(2)}${month}${day}`);
      expect(record.moved_in_on! >= record.birth!).toBe(true);
      expect(record.name).toMatch(/^[가-힣]{2,5}$/);
    }
  });
});
