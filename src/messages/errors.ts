import type { ErrorEntry } from './entry.ts';
import { AUDIT_ERRORS } from './errors-audit.ts';
import { GENERAL_ERRORS } from './errors-general.ts';
import { INPUT_ERRORS } from './errors-input.ts';
import { JOB_ERRORS } from './errors-job.ts';
import { KEY_ERRORS } from './errors-keys.ts';
import { RELEASE_ERRORS } from './errors-release.ts';
import { REVIEW_ERRORS } from './errors-review.ts';
import { RISK_ERRORS } from './errors-risk.ts';
import { RULES_ERRORS } from './errors-rules.ts';

/** Every error of the product. `{name}` is replaced from the error's values, which never hold cell values. */
export const ERRORS = {
  ...GENERAL_ERRORS,
  ...RULES_ERRORS,
  ...INPUT_ERRORS,
  ...KEY_ERRORS,
  ...RISK_ERRORS,
  ...AUDIT_ERRORS,
  ...REVIEW_ERRORS,
  ...RELEASE_ERRORS,
  ...JOB_ERRORS,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof ERRORS;
