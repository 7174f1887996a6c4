import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSigner } from '../../src/audit/signer.ts';
import type { Certificate } from '../../src/release/certificate.ts';
import { readCertificates } from '../../src/release/certificate.ts';
import { makeDemoPki } from '../../src/release/demo-pki.ts';
import {
  type CertificateContent,
  type Issuer,
  issueCertificate,
} from '../../src/release/issue-certificate.ts';
import type { ReleaseOptions } from '../../src/release/release.ts';
import { addReview, type ReviewOpinion } from '../../src/review/add.ts';
import { assess } from '../../src/risk/assess.ts';
import { DEFAULTS } from '../../src/risk/options.ts';
import { readRules } from '../../src/rules/parse.ts';
import type { Rules } from '../../src/rules/rules.ts';

/** A directory of the test's own, removed by `done`. */
export function workDirectory() {
  const path = mkdtempSync(join(tmpdir(), 'gamyeong-release-'));
  return { path, done: () => rmSync(path, { recursive: true, force: true }) };
}

/** Demo certificates in a directory. */
export async function demoPki(directory: string) {
  const pki = join(directory, 'pki');
  await makeDemoPki(pki, 30);
  const file = (name: string) => join(pki, name);
  return { ca: file('ca.pem'), file };
}

export const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

export const RULES = `version: 1
name: study
domain: study-2026
purpose: { kind: research, text: "지역별 소득과 만성질환의 관계 연구" }
columns:
  token: { role: direct, apply: keyed-hash }
  birth: { type: date, role: quasi, apply: { date-truncate: { to: year } } }
  sex: { role: quasi, apply: keep }
  disease: { role: sensitive, apply: keep }
  memo: { role: other, apply: keep }
risk: { thresholds: { k: 2, prosecutor-max: 0.5 } }
release:
  purpose: 지역별 만성질환 연구
  period: { from: 2026-01-01, to: 2099-12-31 }
  tier: low
`;

export const HEADER = ['token', 'birth', 'sex', 'disease', 'memo'];

/** Rows in classes of two and three. */
export function csvText(memos: readonly string[] = []): string {
  const people = [
    ['1980', '남', '당뇨'],
    ['1980', '남', '고혈압'],
    ['1991', '여', '없음'],
    ['1991', '여', '당뇨'],
    ['1991', '여', '없음'],
  ];
  const rows = people.map((cells, i) => [sha256(String(i)), ...cells, memos[i] ?? ''].join(','));
  return `${[HEADER.join(','), ...rows].join('\n')}\n`;
}

export interface Releasable {
  /** The data file; its records stand beside it. */
  readonly file: string;
  readonly rules: string;
  runRecord(change?: (record: Json) => void): void;
  riskRecord(change?: (record: Json) => void): void;
  review(reviewer?: string): Promise<void>;
  options(more?: Partial<ReleaseOptions>): ReleaseOptions;
}

// biome-ignore lint/suspicious/noExplicitAny: tests break records in ways that types forbid
export type Json = any;

/** A file with everything that a release needs: rules, run record, risk record and one review. */
export async function releasable(
  directory: string,
  pki: Awaited<ReturnType<typeof demoPki>>,
  { csv = csvText(), rules = RULES }: { csv?: string; rules?: string } = {},
): Promise<Releasable> {
  mkdirSync(directory, { recursive: true });
  const at = (name: string) => join(directory, name);
  const file = at('out.csv');
  writeFileSync(file, csv);
  writeFileSync(at('rules.yaml'), rules);
  const rows = csv.trim().split('\n').length - 1;
  const put = (name: string, record: Json, change?: (record: Json) => void) => {
    change?.(record);
    writeFileSync(at(name), JSON.stringify(record));
  };
  const risk = await riskRecord(file, await readRules(at('rules.yaml')), runRecord(csv, rules, rows));
  const fixture: Releasable = {
    file,
    rules: at('rules.yaml'),
    runRecord: (change) => put('out.csv.run.json', runRecord(csv, rules, rows), change),
    riskRecord: (change) => put('out.csv.risk.json', structuredClone(risk), change),
    review: async (reviewer = 'reviewer-1') => {
      const signer = await readSigner({
        certificate: pki.file(`${reviewer}.pem`),
        key: pki.file(`${reviewer}.key`),
      });
      const opinion: ReviewOpinion = { verdict: 'adequate', checks: {}, conditions: [], opinion: '' };
      await addReview(`${file}.risk.json`, opinion, signer);
    },
    options: (more = {}) => ({
      input: file,
      rules: at('rules.yaml'),
      to: [pki.file('center.pem')],
      sign: pki.file('steward.pem'),
      signKey: { key: pki.file('steward.key') },
      trust: pki.ca,
      out: at('out.bundle'),
      ...more,
    }),
  };
  fixture.runRecord();
  fixture.riskRecord();
  await fixture.review();
  return fixture;
}

function runRecord(csv: string, rules: string, rows: number): Json {
  return {
    version: 1,
    tool: { name: 'gamyeong', version: '0.1.0' },
    rules: { name: 'study', sha256: sha256(rules) },
    plan: { sha256: sha256('plan') },
    input: { name: 'in.csv', bytes: 1, sha256: sha256('in') },
    output: { name: 'out.csv', bytes: Buffer.byteLength(csv), sha256: sha256(csv) },
    rows: { in: rows, out: rows, suppressed: 0, rejected: 0 },
    columns: HEADER.map((name) => ({
      name,
      role: 'other',
      domain: 'study-2026',
      action: 'keep',
      steps: [],
    })),
    rowRules: [],
    keyId: '0123456789abcdef',
  };
}

/** What `gamyeong risk` says of the file, measured once for equal contents. */
function riskRecord(file: string, rules: Rules, run: Json): Promise<Json> {
  const name = `${rules.digest} ${run.output.sha256}`;
  const known = measured.get(name);
  if (known !== undefined) return known;
  const { quasiIdentifiers, sensitive, thresholds } = rules.risk;
  const dialect = { ...rules.input, comment: '', encoding: 'utf-8' } as const;
  const options = { ...DEFAULTS, file, dialect, quasiIdentifiers, sensitive };
  const record = assess(options, { thresholds, rulesDigest: rules.digest, provenance: run });
  measured.set(name, record);
  return record;
}

const measured = new Map<string, Promise<Json>>();

const DAY_MS = 86_400_000;
const SCRATCH = mkdtempSync(join(tmpdir(), 'gamyeong-certificates-'));
process.once('exit', () => rmSync(SCRATCH, { recursive: true, force: true }));

export interface Made {
  readonly certificate: Certificate;
  readonly pem: string;
  readonly privateKey: KeyObject;
  readonly issuer: Issuer;
}

/** A certificate with this content, of an elliptic key and for a month unless told otherwise. */
export async function certificate(
  commonName: string,
  content: Partial<CertificateContent> & { privateKey?: KeyObject },
  issuer?: Issuer,
): Promise<Made> {
  const made = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKey = content.key ?? made.publicKey;
  const privateKey = content.privateKey ?? made.privateKey;
  const self = { commonName, publicKey, privateKey };
  const pem = issueCertificate(
    {
      commonName,
      key: publicKey,
      from: new Date(Date.now() - DAY_MS),
      to: new Date(Date.now() + 30 * DAY_MS),
      authority: false,
      usages: ['digitalSignature'],
      ...content,
    },
    issuer ?? self,
  );
  const path = join(SCRATCH, `${sha256(pem)}.pem`);
  writeFileSync(path, pem);
  const [parsed] = await readCertificates(path);
  return { certificate: parsed!, pem, privateKey, issuer: self };
}

/** An authority of one's own. */
export const authority = (commonName: string, content: Partial<CertificateContent> = {}, issuer?: Issuer) =>
  certificate(commonName, { authority: true, usages: ['keyCertSign', 'cRLSign'], ...content }, issuer);
