import { describe, expect, it } from 'vitest';
import { chooseEngine } from '../../src/engine/choose.ts';
import { makePlan, outcome, type PlanSpec } from '../conformance/harness.ts';

/** What both engines make of a body, in chunks of several sizes: one result, or the test fails. */
async function agreed(spec: PlanSpec, body: string | Uint8Array): Promise<unknown> {
  const plan = makePlan(spec);
  const expected = await outcome(plan, body, { engine: 'reference' });
  for (const chunkBytes of [1, 1000, 1025, 1 << 20]) {
    expect(await outcome(plan, body, { engine: 'fast', chunkBytes })).toEqual(expected);
  }
  return expected;
}

describe('a CR at the end of an input without a last line end', () => {
  it.each([
    ['a\r', '1\n"2\r"\n'],
    ['\r', '1\n"\r"\n'],
  ])('is data: %j', async (last, expected) => {
    expect(await agreed({ header: ['a'] }, `1\n${last.replace('a', '2')}`)).toMatchObject({
      output: expected,
    });
  });

  it('cannot follow a closing quote', async () => {
    expect(await agreed({ header: ['a'] }, '1\n"2"\r')).toMatchObject({
      error: expect.stringContaining('E_QUOTE_TRAILING'),
    });
  });
});

describe('a record about as long as allowed', () => {
  const dialects = [{ maxRecordBytes: 1024 }, { maxRecordBytes: 1024, encoding: 'cp949' }] as const;
  it.each(dialects)('is told from one that is too long: %o', async (dialect) => {
    const character = 'encoding' in dialect ? Buffer.from([0xb0, 0xa1]) : Buffer.from('가');
    for (const newline of ['\n', '\r\n', '']) {
      for (let length = 1022; length <= 1027; length++) {
        const many = Math.floor(length / character.length);
        const ascii = 'x'.repeat(length - many * character.length);
        const body = Buffer.concat([
          Buffer.from(ascii),
          ...Array<Buffer>(many).fill(character),
          Buffer.from(newline),
        ]);
        const result = await agreed({ header: ['a'], dialect }, body);
        expect(JSON.stringify(result).includes('E_RECORD_TOO_LONG')).toBe(length > 1024);
      }
    }
  });
});

it('writes an empty cell that is alone in its record as quotes: a blank line would be lost to many readers', async () => {
  const spec = { header: ['a', 'b'], columns: { a: { technique: 'drop' } } };
  expect(await agreed(spec, 'x,\r\ny,1\nz,""\n')).toMatchObject({ output: '""\n1\n""\n' });
  expect(await agreed({ header: ['a'] }, '\n1\n\n')).toMatchObject({ output: '""\n1\n""\n' });
});

it('leaves CP949 with a letter as quote to the reference: it may be half of a character', () => {
  const engine = (dialect: object) => chooseEngine(makePlan({ header: ['a'], dialect }), undefined);
  expect(engine({ encoding: 'cp949', quote: 'A', escape: 'A' })).toBe('reference');
  expect(engine({ encoding: 'cp949', quote: "'", escape: "'" })).toBe('fast');
  expect(engine({ quote: 'A', escape: 'A' })).toBe('fast');
});
