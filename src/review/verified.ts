import { verifyText } from '../audit/signer.ts';
import { GamyeongError } from '../errors.ts';
import type { Certificate } from '../release/certificate.ts';
import { canonicalJson } from '../rules/canonical.ts';
import { type Closure, type Review, reviewDigest, type SignedStatement } from './review.ts';
import { type ReviewedRisk, readReviewedRisk, readStatements, reviewsPath } from './store.ts';

/** A review whose signature holds. */
export interface VerifiedReview {
  readonly review: Review;
  /** Subject of the reviewer's certificate. */
  readonly reviewer: string;
  /** Closed conditions by index: how each was met. */
  readonly closed: ReadonlyMap<number, string>;
  /** About the risk record as it is now. */
  readonly current: boolean;
}

export interface VerifiedReviews {
  readonly risk: ReviewedRisk;
  /** The last word of each reviewer, in the order in which they reviewed. */
  readonly reviews: readonly VerifiedReview[];
  /** Statements that do not count, and why. */
  readonly invalid: readonly GamyeongError[];
  /** Those among them that object to the present record: damage to an objection must not silence it. */
  readonly unheard: readonly GamyeongError[];
}

/**
 * Reads and verifies what reviewers have said about a risk record. A reviewer, known by the subject of the
 * certificate, counts once: the latest review of the present record, else the latest of an earlier one.
 * Conditions are closed by the reviewer who made them.
 * @param anchors certificates that reviewers' certificates must lead to
 * @param now when these must be valid
 * @throws GamyeongError E_REVIEW_RISK, E_REVIEW_FORMAT, E_FILE_…
 */
export async function readReviews(
  riskRecord: string,
  anchors: readonly Certificate[],
  now: Date,
): Promise<VerifiedReviews> {
  const risk = await readReviewedRisk(riskRecord);
  const file = reviewsPath(riskRecord);
  const latest = new Map<string, Review>();
  const closures: { closure: Closure; by: string }[] = [];
  const invalid: GamyeongError[] = [];
  const unheard: GamyeongError[] = [];
  for (const signed of await readStatements(riskRecord)) {
    const by = signerOf(signed, anchors, file, now);
    if (by instanceof GamyeongError) {
      invalid.push(by);
      if (objects(signed.statement, risk)) unheard.push(by);
    } else if (signed.statement.kind === 'closure') {
      closures.push({ closure: signed.statement, by });
    } else if (counts(signed.statement, latest.get(by), risk)) {
      latest.delete(by);
      latest.set(by, signed.statement);
    }
  }
  const reviews = [...latest].map(([reviewer, review]) => ({
    review,
    reviewer,
    closed: closedConditions(review, reviewer, closures),
    current: isAbout(review, risk),
  }));
  return { risk, reviews, invalid, unheard };
}

/** A review of the present record is not displaced by one of another record. */
function counts(review: Review, before: Review | undefined, risk: ReviewedRisk): boolean {
  return before === undefined || isAbout(review, risk) || !isAbout(before, risk);
}

function objects(statement: Review | Closure, risk: ReviewedRisk): boolean {
  return statement.kind === 'review' && statement.verdict !== 'adequate' && isAbout(statement, risk);
}

function isAbout(review: Review, risk: ReviewedRisk): boolean {
  return review.risk === risk.sha256 && review.data === risk.data;
}

function signerOf(
  { statement, signature }: SignedStatement,
  anchors: readonly Certificate[],
  file: string,
  now: Date,
): string | GamyeongError {
  try {
    const bytes = Buffer.from(signature, 'base64');
    return verifyText(canonicalJson(statement), bytes, anchors, file, now).signer.subject;
  } catch (error) {
    if (error instanceof GamyeongError) return error;
    throw error;
  }
}

function closedConditions(
  review: Review,
  reviewer: string,
  closures: readonly { closure: Closure; by: string }[],
): ReadonlyMap<number, string> {
  const name = reviewDigest(review);
  return new Map(
    closures
      .filter(({ closure, by }) => by === reviewer && closure.review === name)
      .filter(({ closure }) => closure.condition < review.conditions.length)
      .map(({ closure }) => [closure.condition, closure.text]),
  );
}
