import { z } from 'zod';
import { canonicalDigest } from '../rules/canonical.ts';

/** 적정, 조건부, 부적정. */
export const VERDICTS = ['adequate', 'conditional', 'inadequate'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** ① 목적 적합성 ② 이용항목 적합성 ③ 위험도 판단 ④ 가명처리 ⑤ 목적 달성 가능성 */
export const CHECKS = ['purpose', 'items', 'tier', 'processing', 'usability'] as const;
export type Check = (typeof CHECKS)[number];

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const finding = z.enum(['adequate', 'insufficient']);

const reviewSchema = z.strictObject({
  kind: z.literal('review'),
  /** SHA-256 (hex) of the risk record that was reviewed. */
  risk: sha256,
  /** SHA-256 (hex) of the data file that the risk record is about. */
  data: sha256,
  verdict: z.enum(VERDICTS),
  checks: z.strictObject({
    purpose: finding.optional(),
    items: finding.optional(),
    tier: finding.optional(),
    processing: finding.optional(),
    usability: finding.optional(),
  }),
  conditions: z.array(z.string().min(1)),
  opinion: z.string(),
  time: z.iso.datetime(),
});

const closureSchema = z.strictObject({
  kind: z.literal('closure'),
  /** SHA-256 (hex) over the canonical JSON of the review whose condition is met. */
  review: sha256,
  /** Index of the condition in that review. */
  condition: z.int().min(0),
  /** How it was met. */
  text: z.string().min(1),
  time: z.iso.datetime(),
});

/** A reviewer's verdict on a risk record, with what it rests on. */
export type Review = z.output<typeof reviewSchema>;
/** A reviewer's word that a condition is met. */
export type Closure = z.output<typeof closureSchema>;

/** A statement with the detached CMS signature (DER, base64) over its canonical JSON. */
const signedSchema = z.strictObject({
  statement: z.discriminatedUnion('kind', [reviewSchema, closureSchema]),
  signature: z.base64(),
});
export type SignedStatement = z.output<typeof signedSchema>;

/** What `O.reviews.json` holds, oldest first. */
export const reviewsSchema = z.array(signedSchema);

/** Name of a review in closures. */
export function reviewDigest(review: Review): string {
  return canonicalDigest(review);
}
