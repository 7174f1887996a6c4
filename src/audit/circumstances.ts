import type { RunRecord } from '../engine/run-record.ts';
import type { Released } from '../release/release.ts';
import type { RiskRecord } from '../risk/assess.ts';
import type { Circumstances } from './audited.ts';

/** What the log says of a run. @param purpose of the rules, as the ledger states it */
export function runCircumstances(record: RunRecord, purpose: string | undefined): Circumstances {
  const { rules, plan, input, output, rows, columns, keyId, domain } = record;
  return {
    ids: { rules: rules.name, output: output.name, domain, ...(keyId !== null && { key: keyId }) },
    digests: { rules: rules.sha256, plan: plan.sha256, input: input.sha256, output: output.sha256 },
    details: {
      ...(purpose !== undefined && { purpose }),
      columns: columns.filter(({ action }) => action !== 'drop').map(({ name }) => name),
      rows: rows.out,
    },
  };
}

/** What the log says of a measurement. */
export function riskCircumstances({ file, provenance, gate }: RiskRecord): Circumstances {
  return {
    ids: { output: file.name, gate: gate.pass ? 'passed' : 'refused' },
    digests: { output: file.sha256, ...(provenance && { rules: provenance.rules }) },
    details: { rows: file.rows },
  };
}

/** What the log says of a release. */
export function releaseCircumstances({ manifest, manifestSha256, columns }: Released): Circumstances {
  const { purpose, period, recipients, rules, signer, tier, keyId, rows, files } = manifest;
  return {
    certificate: signer.subject,
    ids: { rules: rules.name, tier, ...(keyId !== null && { key: keyId }) },
    digests: { rules: rules.sha256, output: files[0]!.sha256, manifest: manifestSha256 },
    details: {
      purpose: purpose.text,
      from: period.from,
      to: period.to,
      recipients: recipients.map(({ subject }) => subject),
      columns,
      rows: rows.out,
    },
  };
}
