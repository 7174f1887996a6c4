import { describe, expect, it } from 'vitest';
import { encodeCp949 } from '../../src/io/cp949.ts';
import { makePlan, outcome, type PlanSpec, runEngine } from '../conformance/harness.ts';

/** What only the reference engine serves. */
const splits = ['whole', [3, 1, 7], 'bytes'] as const;
const star = (text: string) => ({ technique: 'replace', params: { with: text } });

/** [name, plan, input, output] */
const CASES: readonly [string, PlanSpec, string, string][] = [
  [
    'two-byte delimiter',
    { header: ['a', 'b', 'c'], dialect: { delimiter: '||' }, columns: { b: star('x|y') } },
    '1||2||"3||3"\n|||q||3\n',
    '1||x|y||"3||3"\n||x|y||3\n',
  ],
  [
    'untouched cell whose end would join a delimiter',
    { header: ['a', 'b'], dialect: { delimiter: '||' } },
    '1|||\n',
    '1||"|"\n',
  ],
  [
    'changed cell that holds the delimiter',
    { header: ['a', 'b'], dialect: { delimiter: '||' }, columns: { a: star('x||y') } },
    '1||2\n',
    '"x||y"||2\n',
  ],
  [
    'changed cell whose end would join the delimiter',
    { header: ['a', 'b'], dialect: { delimiter: '||' }, columns: { a: star('x|') } },
    '1||2\n',
    '"x|"||2\n',
  ],
  [
    'backslash escape',
    { header: ['a', 'b'], dialect: { escape: '\\' }, columns: { b: star('say "\\"') } },
    '"a\\"b\\\\",1\n\\,2\n',
    '"a\\"b\\\\","say \\"\\\\\\""\n\\,"say \\"\\\\\\""\n',
  ],
  [
    'comments are left out',
    { header: ['a', 'b'], dialect: { comment: '#' } },
    '#x\n1,2\n# "y\n3,#4\n',
    '1,2\n3,#4\n',
  ],
  [
    'a cell that would read as a comment is quoted',
    { header: ['a', 'b'], dialect: { comment: '#' }, columns: { a: { technique: 'drop' } } },
    '1,#2\n1,2#\n',
    '"#2"\n2#\n',
  ],
  [
    'a changed cell that would read as a comment is quoted',
    { header: ['a', 'b'], dialect: { comment: '#' }, columns: { a: star('#1') } },
    '1,2\n',
    '"#1",2\n',
  ],
];

describe.each(splits)('reference engine, split %s', (split) => {
  const run = { engine: 'reference', split, chunkBytes: 64 } as const;

  it.each(CASES)('%s', async (_, spec, input, expected) => {
    const { output } = await runEngine(makePlan(spec), input, run);
    expect(Buffer.from(output, 'latin1').toString()).toBe(expected);
  });

  it('reads and writes CP949', async () => {
    const header = ['이름', '주소'];
    const text = '홍길동,"떋, 1"\n똠,"뷁"\n';
    const changed = '홍길동,똠방각하\n똠,똠방각하\n';
    const cp949 = encodeCp949(text)!;
    const columns = { 주소: star('똠방각하') };
    for (const [dialect, output] of [
      ['cp949', 'cp949'],
      ['cp949', 'utf-8'],
      ['utf-8', 'cp949'],
    ] as const) {
      const spec = { header, dialect: { encoding: dialect }, output: { encoding: output } };
      const body = dialect === 'cp949' ? cp949 : Buffer.from(text);
      const written = (expected: string) =>
        output === 'cp949' ? encodeCp949(expected)! : Buffer.from(expected);
      const kept = await runEngine(makePlan(spec), body, run);
      expect(Buffer.from(kept.output, 'latin1')).toEqual(Buffer.from(written(text)));
      const starred = await runEngine(makePlan({ ...spec, columns }), body, run);
      expect(Buffer.from(starred.output, 'latin1')).toEqual(Buffer.from(written(changed)));
    }
  });

  it('writes rejected CP949 records as they stood', async () => {
    const spec: PlanSpec = {
      header: ['a', 'b'],
      dialect: { encoding: 'cp949' },
      columns: { b: { technique: 'round', params: { 'multiple-of': 10 }, onInvalid: 'reject-row' } },
    };
    const body = encodeCp949('가,12\r\n"나",x\r\n다,y')!;
    const { rejected, rows } = await runEngine(makePlan(spec), body, run);
    expect(Buffer.from(rejected, 'latin1')).toEqual(Buffer.from(encodeCp949('"나",x\n다,y\n')!));
    expect(rows).toEqual({ in: 3, out: 1, suppressed: 0, rejected: 2 });
  });

  it('refuses characters that the output cannot hold, at their place', async () => {
    const spec: PlanSpec = { header: ['a', 'b'], output: { encoding: 'cp949' } };
    expect(await outcome(makePlan(spec), '1,2\n3,😀\n', run)).toEqual({
      error: expect.stringMatching(/^gamyeong: E_UNMAPPABLE: .*\(in\.csv:3:b\)/),
    });
    const dropped = { ...spec, columns: { b: { technique: 'drop' } } };
    expect(await outcome(makePlan(dropped), '1,2\n3,😀\n', run)).toMatchObject({ output: '1\n3\n' });
  });
});
