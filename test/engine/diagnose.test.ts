import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/engine/diagnose.ts';
import { makePlan } from '../conformance/harness.ts';

const plan = makePlan({
  header: ['name', 'amount'],
  columns: { amount: { technique: 'round', params: { 'multiple-of': 10 } } },
  rows: [],
});
const of = (chunk: string | Uint8Array) =>
  diagnose(Buffer.from(chunk as string), 10, 500, plan, new Map(), 'in.csv');

describe('diagnose', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(of('a,1\n"b",2\n')).toBeUndefined();
    expect(of('a,1\nb,2')).toBeUndefined();
    expect(of('')).toBeUndefined();
  });

  it.each([
    ['too short', 'a,1\nb\nc,x\n', 'E_ROW_SHORT', 11],
    ['too long', 'a,1\nb,2,3\n', 'E_ROW_LONG', 11],
    ['stray quote', 'a,1\nb"c,2\n', 'E_QUOTE_STRAY', 11],
    ['bad cell before a stray quote', 'a,x\nb"c,2\n', 'E_CELL', 10],
    ['stray quote before a bad cell', 'b"c,2\na,x\n', 'E_QUOTE_STRAY', 10],
    ['bad cell before a bad byte', 'a,x\n\0', 'E_CELL', 10],
    ['bad byte before a bad cell', 'a\0,1\na,x\n', 'E_NUL', 10],
    ['bad cell and bad byte in one record', 'a,1\nb,x\0\n', 'E_NUL', 11],
    ['unclosed', 'a,1\n"b,2\n', 'E_QUOTE_UNCLOSED', 11],
  ])('words the first error: %s', (_, chunk, code, row) => {
    const error = of(chunk);
    expect(error?.code).toBe(code);
    expect(error?.place.row).toBe(row);
    expect(error?.place.file).toBe('in.csv');
  });

  it('says that a line is blank', () => {
    expect(of('a,1\n\nb,2\n')?.line()).toContain('(the line is blank)');
    expect(of('a,1\n""\nb,2\n')?.line()).not.toContain('blank');
    expect(of('a,1\nb\n')?.line()).not.toContain('blank');
  });

  it('counts bytes from the start of the file', () => {
    expect(of('a,1\n\0')?.values.byte).toBe(504);
    expect(of(Buffer.from('가,1\nb\xff', 'latin1'))?.values.byte).toBeGreaterThanOrEqual(500);
  });
});
