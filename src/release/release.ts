import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { exists } from '../io/durable.ts';
import { refuseReplacing } from '../io/file-identity.ts';
import { reviewsPath } from '../review/store.ts';
import { readRules } from '../rules/parse.ts';
import type { Rules } from '../rules/rules.ts';
import { toolVersion } from '../version.ts';
import { type BundleFile, contentFile, writeBundle } from './bundle-writer.ts';
import { type Certificate, readCertificates } from './certificate.ts';
import { signDetached } from './cms-sign.ts';
import { type FileSurvey, surveyFile } from './file-survey.ts';
import { type Candidate, isReason, purposeOf, reasonsAgainst } from './gate.ts';
import { type Manifest, manifestText, PART_BYTES } from './manifest.ts';
import { type PrivateKeyFile, readPrivateKey } from './private-key.ts';
import { readRiskRecord, readRunRecord } from './records.ts';

export interface ReleaseOptions {
  /** Pseudonymized file; its records stand beside it as FILE.run.json, FILE.risk.json, FILE.reviews.json. */
  readonly input: string;
  readonly rules: string;
  /** Recipients' certificates (PEM), each with the authorities between, if any. */
  readonly to: readonly string[];
  /** Signer's certificate (PEM), likewise, and its key. */
  readonly sign: string;
  readonly signKey: PrivateKeyFile;
  /** Trusted authorities (PEM). */
  readonly trust: string;
  /** Bundle to write. */
  readonly out: string;
  readonly overwrite?: boolean | undefined;
  /** Plaintext bytes in one part; 256 MiB by default, and never more. */
  readonly partBytes?: number | undefined;
  readonly now?: Date | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told while the file is read for the gate. */
  onProgress?(done: number, total: number, rows: number): void;
}

export interface Released {
  readonly manifest: Manifest;
  /** SHA-256 (hex) of the manifest: the name of this release in logs. */
  readonly manifestSha256: string;
  /** Columns of the data. */
  readonly columns: readonly string[];
}

/**
 * Releases a file: holds it and its records against the policy of its rules, and writes a signed and encrypted
 * bundle for the recipients.
 * @throws GamyeongError E_RELEASE_REFUSED with every reason in `also`; nothing is then at the bundle's path;
 *   E_OUTPUT_EXISTS, E_OUTPUT_IS_INPUT
 */
export async function release(options: ReleaseOptions): Promise<Released> {
  const partBytes = Math.min(options.partBytes ?? PART_BYTES, PART_BYTES);
  if (!options.overwrite && (await exists(options.out))) {
    throw new GamyeongError('E_OUTPUT_EXISTS', {}, { file: options.out });
  }
  await refuseReplacing(options.out, filesReadBy(options));
  const rules = await readRules(options.rules);
  const [signer, anchors, recipients] = await Promise.all([
    readCertificates(options.sign),
    readCertificates(options.trust),
    Promise.all(options.to.map(readCertificates)),
  ]);
  const key = await readPrivateKey(options.signKey, signer[0]!);
  const candidate = await gather(options, rules, partBytes, { signer, anchors, recipients });
  const reasons = await reasonsAgainst(candidate);
  if (reasons.length > 0) {
    throw new GamyeongError('E_RELEASE_REFUSED', { count: reasons.length }, { file: options.input }, reasons);
  }
  const passed = candidate as Passed;
  const now = candidate.now;
  const manifest = await writeBundle({
    path: options.out,
    overwrite: options.overwrite ?? false,
    recipients: recipients.map(([certificate]) => certificate!),
    files: await filesOf(passed, options.input),
    about: describe(passed),
    sign: (manifest) => signDetached(manifest, signer[0]!, key, signer.slice(1), now),
    partBytes,
    signal: options.signal,
  });
  const manifestSha256 = createHash('sha256').update(manifestText(manifest)).digest('hex');
  return { manifest, manifestSha256, columns: passed.data.columns };
}

function filesReadBy({ input, rules, to, sign, signKey, trust }: ReleaseOptions): string[] {
  const records = [`${input}.run.json`, `${input}.risk.json`, reviewsPath(`${input}.risk.json`)];
  return [input, ...records, rules, ...to, sign, signKey.key, trust];
}

/** A candidate that nothing stands against. */
type Passed = {
  [K in keyof Candidate]: Exclude<Candidate[K], GamyeongError>;
};

type Certificates = Pick<Candidate, 'signer' | 'anchors' | 'recipients'>;

async function gather(
  options: ReleaseOptions,
  rules: Rules,
  partBytes: number,
  certificates: Certificates,
): Promise<Candidate> {
  const { input, signal, trust, onProgress } = options;
  const dialect = {
    ...rules.input,
    encoding: rules.output.encoding === 'cp949' ? 'cp949' : 'utf-8',
  } as const;
  return {
    ...certificates,
    rules,
    file: input,
    trust,
    run: await orRefusal(readRunRecord(`${input}.run.json`)),
    risk: await orRefusal(readRiskRecord(`${input}.risk.json`)),
    data: await orRefusal(
      surveyFile(input, dialect, { partBytes, signal, ...(onProgress && { onProgress }) }),
    ),
    now: options.now ?? new Date(),
  };
}

async function orRefusal<T>(work: Promise<T>): Promise<T | GamyeongError> {
  try {
    return await work;
  } catch (error) {
    if (isReason(error)) return error;
    throw error;
  }
}

/** The data in parts, and the records and the report as the gate saw them. */
async function filesOf({ data, run, risk }: Passed, input: string): Promise<BundleFile[]> {
  const { bytes, sha256, partDigests }: FileSurvey = data;
  const reviews = reviewsPath(risk.file);
  return [
    { path: `data/${basename(input)}`, source: input, bytes, sha256, partDigests },
    contentFile('records/run.json', run.bytes),
    contentFile('records/risk.json', risk.bytes),
    contentFile(
      'records/reviews.json',
      await readFile(reviews).catch((error) => {
        throw fromSystem(error, reviews);
      }),
    ),
    contentFile('report.html', Buffer.from(await report(risk))),
  ];
}

/** The report is made anew, so that it says what the record says. */
async function report({ file, record }: Passed['risk']): Promise<string> {
  const { riskReport } = await import('../report/html.ts');
  try {
    return riskReport(record);
  } catch {
    throw new GamyeongError('E_RELEASE_RECORD', {}, { file });
  }
}

function describe({ rules, run, signer, recipients, now }: Passed): Omit<Manifest, 'files'> {
  const { keyId, plan, rows } = run.record;
  const { period, tier, holds } = rules.release!;
  return {
    version: 1,
    format: 'gamyeong-bundle',
    created: `${now.toISOString().slice(0, 19)}Z`,
    tool: { name: 'gamyeong', version: toolVersion() },
    purpose: { ...(rules.purpose && { kind: rules.purpose.kind }), text: purposeOf(rules)! },
    period: period!,
    tier: tier!,
    rules: { name: rules.name, sha256: rules.digest },
    plan: { sha256: plan.sha256 },
    keyId,
    rows: { in: rows.in, out: rows.out, suppressed: rows.suppressed, rejected: rows.rejected },
    holds: holds ?? [],
    signer: identityOf(signer[0]!),
    recipients: recipients.map(([certificate]) => identityOf(certificate!)),
  };
}

function identityOf({ subject, sha256 }: Certificate) {
  return { subject, sha256 };
}
