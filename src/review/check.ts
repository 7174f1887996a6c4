import type { GamyeongError } from '../errors.ts';
import type { Text } from '../messages/language.ts';
import { readCertificates } from '../release/certificate.ts';
import { requiredReviews, type Tier } from './tier.ts';
import { readReviews, type VerifiedReview } from './verified.ts';

/** Why the reviews do not carry a release. */
export interface ReviewReason {
  readonly text: Text;
  readonly values: Readonly<Record<string, string | number>>;
}

const REASONS = {
  tooFew: {
    en: '{needed} reviewer(s) must find it adequate, {found} do',
    ko: '적정으로 판정한 검토자가 {needed}명 필요하지만 {found}명입니다',
  },
  inadequate: { en: 'found inadequate by {reviewer}', ko: '부적정 판정: {reviewer}' },
  open: {
    en: 'condition {condition} of {reviewer} is open',
    ko: '이행되지 않은 조건 {condition}({reviewer})',
  },
  outdated: {
    en: 'the review of {reviewer} is about another risk record',
    ko: '{reviewer}의 검토는 다른 위험도 기록에 대한 것입니다',
  },
  signer: {
    en: 'the review of {reviewer} does not count: in this tier another than the signer of the release must review',
    ko: '{reviewer}의 검토는 인정되지 않습니다. 이 위험도에서는 반출에 서명하는 사람이 아닌 사람이 검토해야 합니다',
  },
  invalid: { en: 'a review does not count: {reason}', ko: '인정되지 않는 검토가 있습니다: {reason}' },
} as const satisfies Record<string, Text>;

/**
 * Whether the reviews beside a risk record carry a release: enough distinct reviewers who find it adequate, or
 * adequate under conditions that are all met, and none who finds it inadequate, be it with a signature that no
 * longer holds.
 * @param riskRecord path of `O.risk.json`
 * @param trust file of the certificates (PEM) that reviewers' certificates must lead to
 * @param signer subject of the certificate that signs the release: who processes and who reviews are different
 *   people where the guideline asks for more than the person in charge (medium and high). An objection counts
 *   whoever makes it.
 * @returns every reason against it; none when it may be released
 * @throws GamyeongError for files that cannot be read
 */
export async function checkReviews(
  riskRecord: string,
  tier: Tier,
  trust: string,
  now: Date = new Date(),
  signer?: string,
): Promise<readonly ReviewReason[]> {
  const { reviews, invalid, unheard } = await readReviews(riskRecord, await readCertificates(trust), now);
  const current = reviews.filter((review) => review.current);
  const reasons = current.flatMap(against);
  const notCounted = (errors: readonly GamyeongError[]) =>
    errors.map((error) => ({ text: REASONS.invalid, values: { reason: error.sentence() } }));
  const favourable = current.filter((review) => against(review).length === 0);
  const own = tier === 'low' ? [] : favourable.filter(({ reviewer }) => reviewer === signer);
  const found = favourable.length - own.length;
  const needed = requiredReviews(tier);
  if (found >= needed) return [...reasons, ...notCounted(unheard)];
  const outdated = reviews.filter((review) => !review.current);
  return [
    { text: REASONS.tooFew, values: { needed, found } },
    ...reasons,
    ...own.map(({ reviewer }) => ({ text: REASONS.signer, values: { reviewer } })),
    ...outdated.map(({ reviewer }) => ({ text: REASONS.outdated, values: { reviewer } })),
    ...notCounted(invalid),
  ];
}

function against({ review, reviewer, closed }: VerifiedReview): ReviewReason[] {
  if (review.verdict === 'inadequate') return [{ text: REASONS.inadequate, values: { reviewer } }];
  return review.conditions.flatMap((_, index) =>
    closed.has(index) ? [] : [{ text: REASONS.open, values: { reviewer, condition: index + 1 } }],
  );
}
