import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Signer, signText } from '../audit/signer.ts';
import { fromSystem, GamyeongError } from '../errors.ts';
import { writeWhole } from '../io/durable.ts';
import { withLock } from '../io/lock.ts';
import { canonicalJson } from '../rules/canonical.ts';
import { type Closure, type Review, reviewsSchema, type SignedStatement } from './review.ts';

/** What reviews are bound to. */
export interface ReviewedRisk {
  /** SHA-256 (hex) of the risk record's bytes. */
  readonly sha256: string;
  /** SHA-256 (hex) of the data file that it measures. */
  readonly data: string;
}

/** Reviews stand beside the risk record: `O.risk.json` → `O.reviews.json`. */
export function reviewsPath(riskRecord: string): string {
  return `${riskRecord.replace(/\.risk\.json$/, '')}.reviews.json`;
}

const riskFile = z.object({ file: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }) });

/** @throws GamyeongError E_REVIEW_RISK when it is no risk record, E_FILE_… */
export async function readReviewedRisk(riskRecord: string): Promise<ReviewedRisk> {
  const bytes = await readFile(riskRecord).catch((error) => {
    throw fromSystem(error, riskRecord);
  });
  try {
    const { file } = riskFile.parse(JSON.parse(bytes.toString('utf8')));
    return { sha256: createHash('sha256').update(bytes).digest('hex'), data: file.sha256 };
  } catch {
    throw new GamyeongError('E_REVIEW_RISK', {}, { file: riskRecord });
  }
}

/**
 * All statements beside a risk record, as they are written: their signatures are not verified.
 * @returns none where there is no file
 * @throws GamyeongError E_REVIEW_FORMAT, E_FILE_…
 */
export async function readStatements(riskRecord: string): Promise<readonly SignedStatement[]> {
  const file = reviewsPath(riskRecord);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fromSystem(error, file);
  }
  try {
    return reviewsSchema.parse(JSON.parse(text));
  } catch {
    throw new GamyeongError('E_REVIEW_FORMAT', {}, { file });
  }
}

/** Signs a statement and puts it behind the others. Reviewers may do so at the same time. */
export async function addStatement(
  riskRecord: string,
  statement: Review | Closure,
  signer: Signer,
): Promise<void> {
  const file = reviewsPath(riskRecord);
  const signature = signText(canonicalJson(statement), signer, new Date(statement.time)).toString('base64');
  await withLock(file, async () => {
    const before = await readStatements(riskRecord);
    await writeWhole(file, `${canonicalJson([...before, { statement, signature }])}\n`);
  });
}
