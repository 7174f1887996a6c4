import type { RunRecord } from '../engine/run-record.ts';
import { EXIT, GamyeongError } from '../errors.ts';
import { say } from '../messages/language.ts';
import { IDENTIFIER_NAMES } from '../messages/release.ts';
import { checkReviews } from '../review/check.ts';
import type { RiskRecord } from '../risk/assess.ts';
import type { Rules } from '../rules/rules.ts';
import type { Certificate } from './certificate.ts';
import { objections } from './chain.ts';
import type { FileSurvey } from './file-survey.ts';
import { measuredReasons } from './gate-measure.ts';
import { riskReasons, runReasons } from './gate-records.ts';
import type { StoredRecord } from './records.ts';

/** What is known of a release before it is decided on. An error stands where something could not be read. */
export interface Candidate {
  readonly rules: Rules;
  /** The data file as the user typed it. */
  readonly file: string;
  readonly data: FileSurvey | GamyeongError;
  readonly run: StoredRecord<RunRecord> | GamyeongError;
  readonly risk: StoredRecord<RiskRecord> | GamyeongError;
  /** The signer's certificate and those that came with it. */
  readonly signer: readonly Certificate[];
  /** Each recipient's certificate and those that came with it. */
  readonly recipients: readonly (readonly Certificate[])[];
  /** Path and certificates of the trusted authorities. */
  readonly trust: string;
  readonly anchors: readonly Certificate[];
  readonly now: Date;
}

/** Every reason that stands against a release; none when it may go. */
export async function reasonsAgainst(candidate: Candidate): Promise<readonly GamyeongError[]> {
  const { rules, data, run, risk } = candidate;
  const survey = data instanceof GamyeongError ? undefined : data;
  return [
    ...(data instanceof GamyeongError ? [data] : []),
    ...(run instanceof GamyeongError ? [run] : runReasons(run, rules, survey)),
    ...(risk instanceof GamyeongError ? [risk] : await risksOf(risk, candidate, survey)),
    ...(survey === undefined ? [] : identifierReasons(rules, survey, candidate.file)),
    ...statedReasons(rules, candidate.now),
    ...(await reviewReasons(candidate)),
    ...certificateReasons(candidate),
  ];
}

/** A record that is not of this file, these rules or these options is refused without measuring anew. */
const OF_ANOTHER: readonly string[] = ['E_RELEASE_RISK_OTHER', 'E_RELEASE_RISK_OPTION'];

async function risksOf(
  risk: StoredRecord<RiskRecord>,
  { rules, file }: Candidate,
  survey: FileSurvey | undefined,
): Promise<readonly GamyeongError[]> {
  const reasons = riskReasons(risk, rules, survey);
  if (survey === undefined || reasons.some(({ code }) => OF_ANOTHER.includes(code))) return reasons;
  try {
    return [...(await measuredReasons(risk, rules, file, survey)), ...reasons];
  } catch (error) {
    if (isReason(error)) return [error, ...reasons];
    throw error;
  }
}

const REASONS: readonly number[] = [EXIT.input, EXIT.refused];

/** Faults of the data or of its records are reasons of the gate; others end the work at once. */
export function isReason(error: unknown): error is GamyeongError {
  return error instanceof GamyeongError && REASONS.includes(error.exitCode);
}

/**
 * Shapes of direct identifiers in columns that are not declared to hold them: by the type of a column that is kept
 * as it is, or by `release: holds:`. A technique that changes a column must leave nothing of that shape.
 */
function identifierReasons(rules: Rules, { finds }: FileSurvey, file: string): GamyeongError[] {
  const kept = rules.columns.filter(({ steps }) => steps[0]!.technique === 'keep');
  const declared = new Set([
    ...kept.map(({ name, type }) => `${type} ${name}`),
    ...(rules.release?.holds ?? []).map(({ column, identifier }) => `${identifier} ${column}`),
  ]);
  return finds
    .filter(({ identifier, column }) => !declared.has(`${identifier} ${column}`))
    .map(({ identifier, column, cells }) => {
      const values = { cells, identifier: say(IDENTIFIER_NAMES[identifier]) };
      return new GamyeongError('E_RELEASE_IDENTIFIER', values, { file, column });
    });
}

/** Purpose, period and tier, and that the period is not over. */
function statedReasons(rules: Rules, now: Date): GamyeongError[] {
  const { file, release } = rules;
  const missing = (key: string) => new GamyeongError('E_RELEASE_NOT_STATED', { key }, { file });
  const reasons: GamyeongError[] = [];
  if (purposeOf(rules) === undefined) reasons.push(missing('release: purpose'));
  if (release?.period === undefined) reasons.push(missing('release: period'));
  else if (release.period.to < dayOf(now)) {
    reasons.push(new GamyeongError('E_RELEASE_PERIOD', { date: release.period.to }, { file }));
  }
  if (release?.tier === undefined) reasons.push(missing('release: tier'));
  return reasons;
}

/** The purpose that the release states, else that of the rules. */
export function purposeOf({ release, purpose }: Rules): string | undefined {
  return release?.purpose ?? purpose?.text;
}

async function reviewReasons({ rules, risk, trust, now, signer }: Candidate): Promise<GamyeongError[]> {
  const tier = rules.release?.tier;
  if (tier === undefined || risk instanceof GamyeongError) return [];
  try {
    const reasons = await checkReviews(risk.file, tier, trust, now, signer[0]!.subject);
    return reasons.map(
      ({ text, values }) =>
        new GamyeongError('E_RELEASE_REVIEW', { reason: say(text, values) }, { file: risk.file }),
    );
  } catch (error) {
    if (error instanceof GamyeongError && error.exitCode !== EXIT.environment) return [error];
    throw error;
  }
}

/** Certificates that may not be used, and recipients that the rules do not name. */
function certificateReasons({ rules, signer, recipients, anchors, now }: Candidate): GamyeongError[] {
  const named = rules.release?.recipients;
  const uninvited = recipients
    .map(([certificate]) => certificate!)
    .filter(({ names }) => named !== undefined && !names.some((name) => named.includes(name)))
    .map(({ subject }) => new GamyeongError('E_RELEASE_RECIPIENT', { subject }, { file: rules.file }));
  const against = ([certificate, ...intermediates]: readonly Certificate[], use: 'sign' | 'encrypt') =>
    objections(certificate!, use, { anchors, intermediates }, now);
  return [
    ...against(signer, 'sign'),
    ...recipients.flatMap((recipient) => against(recipient, 'encrypt')),
    ...uninvited,
  ];
}

/** The calendar day where the release is made. */
function dayOf(now: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
