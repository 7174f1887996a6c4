import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSigner } from '../../src/audit/signer.ts';
import { addReview, closeCondition, type ReviewOpinion } from '../../src/review/add.ts';
import { checkReviews } from '../../src/review/check.ts';
import type { SignedStatement } from '../../src/review/review.ts';
import { reviewsPath } from '../../src/review/store.ts';
import { canonicalJson } from '../../src/rules/canonical.ts';
import { makePeople, type People } from './people.ts';

type Files = ReturnType<People['person']>;
let directory: string;
let people: People;
let kim: Files;
let lee: Files;
let park: Files;
let risk: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'gamyeong-review-'));
  people = makePeople(join(directory, 'pki'));
  [kim, lee, park] = ['kim', 'lee', 'park'].map((name) => people.person(name)) as [Files, Files, Files];
});
beforeEach(() => {
  risk = join(mkdtempSync(join(directory, 'case-')), 'out.csv.risk.json');
  writeRisk(5);
});
afterAll(() => rmSync(directory, { recursive: true }));

function writeRisk(k: number): void {
  writeFileSync(risk, JSON.stringify({ version: 1, file: { sha256: 'a'.repeat(64) }, k }));
}
const ADEQUATE: ReviewOpinion = { verdict: 'adequate', checks: {}, conditions: [], opinion: '' };
const INADEQUATE: ReviewOpinion = { ...ADEQUATE, verdict: 'inadequate' };
const CONDITIONAL: ReviewOpinion = {
  ...ADEQUATE,
  verdict: 'conditional',
  conditions: ['반출 대장', '망 분리'],
};
const review = async (who: Files, opinion: ReviewOpinion) => addReview(risk, opinion, await readSigner(who));
const close = async (who: Files, n: number) => closeCondition(risk, n, '이행함', await readSigner(who));
const reasons = async (tier: 'low' | 'medium' | 'high', trust = people.trust) =>
  (await checkReviews(risk, tier, trust)).map(({ text }) => text.en);
const TOO_FEW = '{needed} reviewer(s) must find it adequate, {found} do';
const statements = () => JSON.parse(readFileSync(reviewsPath(risk), 'utf8')) as SignedStatement[];

test('reviews stand beside the risk record, for their owner alone, in canonical form', async () => {
  await review(kim, {
    ...ADEQUATE,
    checks: { purpose: 'adequate', processing: 'adequate' },
    opinion: '이상 없음',
  });
  const file = risk.replace('.risk.json', '.reviews.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  expect(`${canonicalJson(JSON.parse(text))}\n`).toBe(text);
});

test('openssl verifies a review', async () => {
  await review(kim, ADEQUATE);
  const [{ statement, signature }] = statements() as [SignedStatement];
  const [content, der] = [join(directory, 'statement.json'), join(directory, 'statement.p7s')];
  writeFileSync(content, canonicalJson(statement));
  writeFileSync(der, Buffer.from(signature, 'base64'));
  const options = ['-binary', '-inform', 'DER', '-in', der, '-content', content, '-CAfile', people.trust];
  const verified = execFileSync('openssl', ['cms', '-verify', ...options, '-purpose', 'any'], {
    stdio: 'pipe',
  });
  expect(verified.toString()).toBe(canonicalJson(statement));
});

describe('the tier decides how many reviewers are needed', () => {
  test.each([
    ['low', 1],
    ['medium', 2],
    ['high', 3],
  ] as const)('%s: %i', async (tier, needed) => {
    for (const [index, who] of [kim, lee, park].entries()) {
      expect(await reasons(tier)).toEqual(index < needed ? [TOO_FEW] : []);
      await review(who, ADEQUATE);
    }
    expect(await reasons(tier)).toEqual([]);
  });

  test('one reviewer counts once, also with a new certificate', async () => {
    await review(kim, ADEQUATE);
    await review(kim, ADEQUATE);
    await review(people.person('kim', 20), ADEQUATE);
    expect(await reasons('medium')).toEqual([TOO_FEW]);
  });

  test('reviewers may sign at the same time', async () => {
    await Promise.all([review(kim, ADEQUATE), review(lee, ADEQUATE), review(park, ADEQUATE)]);
    expect(await reasons('high')).toEqual([]);
  });
});

describe('verdicts', () => {
  test('one inadequate blocks, however many others agree', async () => {
    for (const who of [kim, lee]) await review(who, ADEQUATE);
    await review(park, INADEQUATE);
    expect(await reasons('low')).toEqual(['found inadequate by {reviewer}']);
  });

  test('an objection is not silenced by breaking its signature', async () => {
    await review(kim, INADEQUATE);
    await review(lee, ADEQUATE);
    const [objection, consent] = statements() as [SignedStatement, SignedStatement];
    const broken = { ...objection, signature: consent.signature };
    writeFileSync(reviewsPath(risk), canonicalJson([broken, consent]));
    expect(await reasons('low')).toEqual(['a review does not count: {reason}']);
    writeRisk(6);
    await review(lee, ADEQUATE);
    expect(await reasons('low')).toEqual([]);
  });

  test('the latest of a reviewer counts', async () => {
    await review(kim, INADEQUATE);
    await review(kim, ADEQUATE);
    expect(await reasons('low')).toEqual([]);
    await review(kim, INADEQUATE);
    expect(await reasons('low')).toHaveLength(2);
  });

  test('a conditional one counts when every condition is closed by who made it', async () => {
    await review(kim, CONDITIONAL);
    expect(await reasons('low')).toHaveLength(3);
    await close(kim, 1);
    expect(await reasons('low')).toEqual([TOO_FEW, 'condition {condition} of {reviewer} is open']);
    await expect(close(lee, 2)).rejects.toMatchObject({ code: 'E_REVIEW_NO_CONDITION' });
    await close(kim, 2);
    expect(await reasons('low')).toEqual([]);
    await expect(close(kim, 2)).rejects.toMatchObject({ code: 'E_REVIEW_NO_CONDITION' });
    await expect(close(kim, 3)).rejects.toMatchObject({ code: 'E_REVIEW_NO_CONDITION' });
  });

  test('a new conditional review opens its conditions again', async () => {
    await review(kim, CONDITIONAL);
    await close(kim, 1);
    await close(kim, 2);
    await review(kim, { ...CONDITIONAL, opinion: '다시' });
    expect(await reasons('low')).toHaveLength(3);
  });

  test.each<[string, Partial<ReviewOpinion>]>([
    ['adequate with an insufficient check', { checks: { tier: 'insufficient' } }],
    ['conditional without a condition', { verdict: 'conditional' }],
    ['conditions without a conditional verdict', { conditions: ['x'] }],
  ])('%s is refused, and nothing is written', async (_, opinion) => {
    await expect(review(kim, { ...ADEQUATE, ...opinion })).rejects.toMatchObject({
      code: 'E_REVIEW_CONTRADICTION',
    });
    expect(existsSync(reviewsPath(risk))).toBe(false);
  });
});

describe('what reviews are bound to', () => {
  test('a review of another risk record neither carries nor blocks', async () => {
    await review(kim, ADEQUATE);
    await review(lee, INADEQUATE);
    writeRisk(6);
    expect(await reasons('low')).toEqual([
      TOO_FEW,
      ...Array(2).fill('the review of {reviewer} is about another risk record'),
    ]);
    await review(park, ADEQUATE);
    expect(await reasons('low')).toEqual([]);
  });

  test('a changed statement does not count', async () => {
    await review(kim, INADEQUATE);
    const changed = readFileSync(reviewsPath(risk), 'utf8').replace('"inadequate"', '"adequate"');
    writeFileSync(reviewsPath(risk), changed);
    expect(await reasons('low')).toEqual([TOO_FEW, 'a review does not count: {reason}']);
  });

  test('nor does one by a certificate that is not trusted', async () => {
    const others = makePeople(join(directory, 'others'));
    await review(others.person('kim'), ADEQUATE);
    expect(await reasons('low')).toHaveLength(2);
    expect(await reasons('low', others.trust)).toEqual([]);
  });

  test('a key that is not that of the certificate is refused', async () => {
    await expect(review({ ...kim, key: lee.key }, ADEQUATE)).rejects.toMatchObject({
      code: 'E_PRIVATE_KEY_OTHER',
    });
  });

  test('a file that is no risk record cannot be reviewed', async () => {
    writeFileSync(risk, '{}');
    await expect(review(kim, ADEQUATE)).rejects.toMatchObject({ code: 'E_REVIEW_RISK' });
  });

  test('a broken file of reviews is told, not replaced', async () => {
    writeFileSync(reviewsPath(risk), '[{"statement":1}]');
    await expect(review(kim, ADEQUATE)).rejects.toMatchObject({ code: 'E_REVIEW_FORMAT' });
    await expect(reasons('low')).rejects.toMatchObject({ code: 'E_REVIEW_FORMAT' });
  });
});
