import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readAudit } from '../audit/entries.ts';
import { type Ledger, ledgerOf } from '../audit/ledger.ts';
import { type Duty, dutiesOf } from '../audit/retention.ts';
import type { RunRecord } from '../engine/run-record.ts';
import { fromSystem, GamyeongError } from '../errors.ts';
import { verifyDetached } from '../release/cms-verify.ts';
import type { Closure, Review } from '../review/review.ts';
import { readStatements } from '../review/store.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { canonicalJson } from '../rules/canonical.ts';
import { readRules } from '../rules/parse.ts';
import type { Rules } from '../rules/rules.ts';
import type { FormValues } from './form.ts';

/** Where a form's values come from; whatever is missing leaves blanks. */
export interface EvidenceFiles {
  readonly rules?: string | undefined;
  /** Pseudonymized file: its run record, risk record and reviews stand beside it. */
  readonly data?: string | undefined;
  readonly log?: string | undefined;
}

/** What a reviewer has signed. Whether the certificate is trusted is decided at the gate. */
export interface Statement {
  readonly statement: Review | Closure;
  /** Subject of the certificate. */
  readonly signer: string;
}

/** What is known of a case. Holds no cell value. */
export interface Evidence {
  readonly rules?: Rules;
  readonly run?: RunRecord;
  readonly risk?: RiskRecord;
  readonly statements: readonly Statement[];
  readonly ledger?: Ledger;
  readonly duties: readonly Duty[];
  /** Records by base name: SHA-256 (hex). */
  readonly digests: Readonly<Record<string, string>>;
  /** What a person has stated before. */
  readonly answers: FormValues;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** @throws GamyeongError for files that are named and cannot be read */
export async function readEvidence(
  { rules, data, log }: EvidenceFiles,
  answers: FormValues,
  today: string,
): Promise<Evidence> {
  const digests: Record<string, string> = {};
  const record = async <T>(suffix: string): Promise<T | undefined> => {
    const path = `${data}.${suffix}`;
    const bytes = data === undefined ? undefined : await readIfThere(path);
    if (bytes === undefined) return undefined;
    digests[basename(path)] = createHash('sha256').update(bytes).digest('hex');
    return parseRecord<T>(bytes, path);
  };
  const run = await record<RunRecord>('run.json');
  const risk = await record<RiskRecord>('risk.json');
  const ledger = log === undefined ? undefined : ledgerOf(await readAudit(log));
  return {
    ...(rules !== undefined && { rules: await readRules(rules) }),
    ...(run && { run }),
    ...(risk && { risk }),
    statements: risk === undefined ? [] : await signedStatements(`${data}.risk.json`),
    ...(ledger && { ledger }),
    duties: ledger === undefined ? [] : dutiesOf(ledger, today),
    digests,
    answers,
    today,
  };
}

/** @throws GamyeongError E_SIGNATURE_… for a statement that was changed */
async function signedStatements(riskRecord: string): Promise<Statement[]> {
  return (await readStatements(riskRecord)).map(({ statement, signature }) => {
    const content = Buffer.from(canonicalJson(statement));
    const { signer } = verifyDetached(Buffer.from(signature, 'base64'), content, riskRecord);
    return { statement, signer: signer.subject };
  });
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fromSystem(error, path);
  }
}

function parseRecord<T>(bytes: Buffer, file: string): T {
  try {
    const record = JSON.parse(bytes.toString('utf8')) as { version?: unknown };
    if (record.version === 1) return record as T;
  } catch {
    // said below
  }
  throw new GamyeongError('E_FORM_RECORD', {}, { file });
}
