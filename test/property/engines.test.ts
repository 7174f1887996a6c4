import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makePlan, outcome, type PlanSpec, type StepSpec } from '../conformance/harness.ts';

const RUNS = Number(process.env.GAMYEONG_PROPERTY_RUNS ?? 300);

/** Cells that trouble parsers and techniques: quotes, line ends, numbers, dates, Hangul, combining marks. */
const cell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '',
      '0',
      '-12',
      '1985-03-01',
      '20200229',
      '홍길동',
      '서울특별시 종로구 한글길 1',
      '10.1.2.3',
      'a@b.kr',
      '010-1234-5678',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.string({
      unit: fc.constantFrom(
        'a',
        'B',
        '1',
        ' ',
        '가',
        'ㄱ',
        'é',
        'e\u0301',
        'ﬁ',
        '１',
        '\t',
        '\r',
        ',',
        '"',
        '\n',
        '🙂',
        '\u1100\u1161',
      ),
      maxLength: 25,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.string({ unit: fc.constantFrom('x', ' ', '가'), minLength: 50, maxLength: 140 }),
  },
);

const policies = fc.record(
  {
    onEmpty: fc.constantFrom('keep', 'error', 'reject-row', 'treat' as const),
    onInvalid: fc.constantFrom('error', 'redact', 'redact', 'reject-row' as const),
  },
  { requiredKeys: ['onInvalid'] },
);

const technique = fc.oneof(
  fc.record({
    technique: fc.constant('keyed-hash'),
    params: fc.record({
      normalize: fc.uniqueArray(
        fc.constantFrom('trim', 'nfc', 'nfkc', 'digits', 'upper', 'lower', 'collapse-space'),
        { maxLength: 4 },
      ),
      bits: fc.constantFrom(128, 256),
      encoding: fc.constantFrom('hex', 'base64url', 'base32'),
    }),
  }),
  fc.record({
    technique: fc.constant('mask'),
    params: fc.oneof(
      fc.record({
        keep: fc.record({ first: fc.nat(3), last: fc.nat(3) }).filter(({ first, last }) => first + last > 0),
        char: fc.constantFrom('*', '○', '#'),
      }),
      fc.record({ keep: fc.record({ first: fc.integer({ min: 1, max: 3 }) }), length: fc.constant('fixed') }),
      fc.constant({ email: 'keep-domain' }),
      fc.constant({ phone: 'keep-area-code' }),
    ),
  }),
  fc.record({
    technique: fc.constant('round'),
    params: fc.record({
      'multiple-of': fc.constantFrom(1, 5, 10, 1000, '0.5'),
      mode: fc.constantFrom('nearest', 'down', 'up', 'random'),
    }),
  }),
  fc.record({
    technique: fc.constant('date-truncate'),
    params: fc.record({ to: fc.constantFrom('year', 'half', 'quarter', 'month', 'week') }),
  }),
  fc.record({
    technique: fc.constant('date-shift'),
    params: fc.record({ subject: fc.constant('c0'), 'max-days': fc.integer({ min: 1, max: 99 }) }),
  }),
  fc.record({
    technique: fc.constant('generalize'),
    params: fc.record({ address: fc.constantFrom('sido', 'sigungu') }),
  }),
  fc.record({
    technique: fc.constant('noise'),
    params: fc.record({
      distribution: fc.constantFrom('laplace', 'gaussian', 'uniform'),
      scale: fc.constantFrom(1, 10),
    }),
  }),
  fc.record({
    technique: fc.constant('replace'),
    params: fc.record({ with: fc.constantFrom('', 'x', ',', '"', '\r\n') }),
  }),
  fc.constant({ technique: 'redact' }),
  fc.constant({ technique: 'drop' }),
  fc.constant({ technique: 'keep' }),
);

const step = fc.tuple(technique, policies).map(([what, how]) => ({ ...what, ...how }) as StepSpec);
const single = (name: string) => name === 'drop' || name === 'keep';
const steps = fc
  .array(step, { minLength: 1, maxLength: 3 })
  .map((list) =>
    list.some(({ technique: name }) => single(name))
      ? [list.find(({ technique: name }) => single(name))!]
      : list,
  );

const rowRules = fc.array(
  fc.oneof(
    fc.record({ technique: fc.constant('sample'), params: fc.record({ share: fc.constantFrom(0.3, 0.8) }) }),
    fc.constant({ technique: 'suppress-row', params: { when: { column: 'c0', empty: true } } }),
  ),
  { maxLength: 1 },
);

interface Job {
  readonly spec: PlanSpec;
  readonly body: string;
}

const job: fc.Arbitrary<Job> = fc.integer({ min: 1, max: 5 }).chain((width) => {
  const header = Array.from({ length: width }, (_, i) => `c${i}`);
  const written = fc
    .tuple(cell, fc.boolean())
    .map(([text, quoted]) =>
      quoted || /[",\n]/.test(text) || text.endsWith('\r') ? `"${text.replaceAll('"', '""')}"` : text,
    );
  const record = fc.tuple(
    fc.array(written, { minLength: width, maxLength: width }),
    fc.constantFrom('\n', '\n', '\r\n'),
  );
  return fc
    .record({
      columns: fc.array(steps, { minLength: width, maxLength: width }),
      rows: rowRules,
      records: fc.array(record, { maxLength: 40 }),
      ends: fc.constantFrom('\n', '', ''),
      damage: fc.option(fc.tuple(fc.nat(), fc.constantFrom('"', ',', '\n', '\r', 'x', '\0', '\ufeff')), {
        freq: 5,
      }),
    })
    .filter(({ columns }) => columns.some((list) => list[0]!.technique !== 'drop'))
    .map(({ columns, rows, records, ends, damage }) => {
      let body = records.map(([cells, newline]) => cells.join(',') + newline).join('');
      body = body.replace(/\n$/, ends);
      if (damage) {
        const at = damage[0] % (body.length + 1);
        body = body.slice(0, at) + damage[1] + body.slice(at);
      }
      return {
        spec: { header, rows, columns: Object.fromEntries(header.map((name, i) => [name, columns[i]!])) },
        body,
      };
    });
});

it('gives the same bytes, counts and errors from both engines for random data and rules', async () => {
  await fc.assert(
    fc.asyncProperty(job, fc.integer({ min: 8, max: 400 }), async ({ spec, body }, cut) => {
      const plan = makePlan(spec);
      const oracle = await outcome(plan, body, { engine: 'reference' });
      expect(await outcome(plan, body, { engine: 'fast', split: [cut, 3, 50] })).toEqual(oracle);
    }),
    { numRuns: RUNS },
  );
});

it('does so across chunks and threads', async () => {
  await fc.assert(
    fc.asyncProperty(
      job,
      fc.integer({ min: 8, max: 400 }),
      fc.integer({ min: 1, max: 3 }),
      async ({ spec, body }, chunkBytes, threads) => {
        const plan = makePlan(spec);
        const oracle = await outcome(plan, body, { engine: 'reference' });
        expect(await outcome(plan, body, { engine: 'fast', chunkBytes, threads })).toEqual(oracle);
      },
    ),
    { numRuns: RUNS / 10 },
  );
});
