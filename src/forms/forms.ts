import type { Form, FormId } from './form.ts';
import { PLAN, RESULT, UNSTRUCTURED } from './forms-processing.ts';
import { APPLICATION, RISK_REVIEW, USE_PLAN } from './forms-request.ts';
import { ADEQUACY, LEDGER, REVIEWER_PLEDGE, SAFEGUARD_PLEDGE } from './forms-review.ts';

/** The ten forms of the guideline (별권 제5장), in its order. */
export const FORMS: readonly Form[] = [
  APPLICATION,
  USE_PLAN,
  RISK_REVIEW,
  PLAN,
  RESULT,
  UNSTRUCTURED,
  ADEQUACY,
  REVIEWER_PLEDGE,
  SAFEGUARD_PLEDGE,
  LEDGER,
];

export function formNamed(id: FormId): Form {
  return FORMS.find((form) => form.id === id)!;
}
