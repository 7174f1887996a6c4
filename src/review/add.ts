import type { Signer } from '../audit/signer.ts';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { objections } from '../release/chain.ts';
import { type Review, reviewDigest } from './review.ts';
import { addStatement, readReviewedRisk } from './store.ts';
import { readReviews } from './verified.ts';

/** What a reviewer states. */
export type ReviewOpinion = Pick<Review, 'verdict' | 'checks' | 'conditions' | 'opinion'>;

const CONTRADICTIONS = {
  insufficient: {
    en: 'a check is insufficient, yet the verdict is adequate',
    ko: '미흡한 검토 항목이 있는데 판정은 적정입니다',
  },
  noCondition: { en: 'a conditional verdict names no condition', ko: '조건부 판정에 조건이 없습니다' },
  condition: {
    en: 'conditions go with a conditional verdict only',
    ko: '조건은 조건부 판정에만 붙일 수 있습니다',
  },
} as const satisfies Record<string, Text>;

/**
 * Records a signed review beside the risk record that it is bound to.
 * @throws GamyeongError E_REVIEW_CONTRADICTION, E_REVIEW_RISK, E_CERT_…, E_FILE_…
 */
export async function addReview(riskRecord: string, opinion: ReviewOpinion, signer: Signer): Promise<Review> {
  refuseContradiction(opinion);
  const now = new Date();
  refuseUnusable(signer, now);
  const risk = await readReviewedRisk(riskRecord);
  const review: Review = {
    kind: 'review',
    risk: risk.sha256,
    data: risk.data,
    ...opinion,
    time: now.toISOString(),
  };
  await addStatement(riskRecord, review, signer);
  return review;
}

/**
 * Records that a condition of the signer's own present review is met.
 * @param condition its number, from 1
 * @param text how it was met
 * @throws GamyeongError E_REVIEW_NO_CONDITION and as `addReview`
 */
export async function closeCondition(
  riskRecord: string,
  condition: number,
  text: string,
  signer: Signer,
): Promise<void> {
  const now = new Date();
  refuseUnusable(signer, now);
  const { reviews } = await readReviews(riskRecord, [signer.certificate], now);
  const own = reviews.find(({ current }) => current);
  const index = condition - 1;
  if (own === undefined || own.review.conditions[index] === undefined || own.closed.has(index)) {
    const values = { reviewer: signer.certificate.subject, condition };
    throw new GamyeongError('E_REVIEW_NO_CONDITION', values, { file: riskRecord });
  }
  const review = reviewDigest(own.review);
  const closure = { kind: 'closure', review, condition: index, text, time: now.toISOString() } as const;
  await addStatement(riskRecord, closure, signer);
}

function refuseContradiction({ verdict, checks, conditions }: ReviewOpinion): void {
  const refuse = (reason: Text) => {
    throw new GamyeongError('E_REVIEW_CONTRADICTION', { reason: say(reason) });
  };
  if (verdict === 'adequate' && Object.values(checks).includes('insufficient')) {
    refuse(CONTRADICTIONS.insufficient);
  }
  if (verdict === 'conditional' && conditions.length === 0) refuse(CONTRADICTIONS.noCondition);
  if (verdict !== 'conditional' && conditions.length > 0) refuse(CONTRADICTIONS.condition);
}

/** A certificate that could never count is told at once; whether it is trusted is decided at the gate. */
function refuseUnusable({ certificate }: Signer, now: Date): void {
  const [objection] = objections(certificate, 'sign', { anchors: [certificate], intermediates: [] }, now);
  if (objection !== undefined) throw objection;
}
