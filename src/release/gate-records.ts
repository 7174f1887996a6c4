import type { RunRecord } from '../engine/run-record.ts';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { BOUNDS, RECORD_FAULTS } from '../messages/release.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { decide, LOWER_BOUNDS, type Thresholds } from '../risk/gate.ts';
import { DEFAULTS } from '../risk/options.ts';
import { prosecutorRisk } from '../risk/prosecutor.ts';
import type { Rules } from '../rules/rules.ts';
import type { FileSurvey } from './file-survey.ts';
import type { StoredRecord } from './records.ts';

/** Figures are recomputed within this relative difference: sums in another order. */
const PRECISION = 1e-9;
/** Below it a figure is rounding, and the difference is held against this instead. */
const SMALLEST = 1e-3;

/** What of a run record does not belong to the file at hand and the rules. */
export function runReasons(
  { file, record }: StoredRecord<RunRecord>,
  rules: Rules,
  data: FileSurvey | undefined,
): GamyeongError[] {
  const reasons: GamyeongError[] = [];
  const other = (reason: Text) =>
    reasons.push(new GamyeongError('E_RELEASE_RUN_OTHER', { reason: say(reason) }, { file }));
  if (record.rules.sha256 !== rules.digest) other(RECORD_FAULTS.rules);
  if (data === undefined) return reasons;
  const { rows, output } = record;
  const kept = record.columns.filter(({ action }) => action !== 'drop').map(({ name }) => name);
  if (output.sha256 !== data.sha256 || output.bytes !== data.bytes) other(RECORD_FAULTS.digest);
  if (rows.out !== data.rows || rows.in !== rows.out + rows.suppressed + rows.rejected) {
    other(RECORD_FAULTS.rows);
  }
  if (!equal(kept, data.columns)) other(RECORD_FAULTS.columns);
  return reasons;
}

/** What of a risk record does not belong to the file, or does not carry the policy. */
export function riskReasons(
  { file, record }: StoredRecord<RiskRecord>,
  rules: Rules,
  data: FileSurvey | undefined,
): GamyeongError[] {
  const reasons: GamyeongError[] = [];
  const other = (reason: Text) =>
    reasons.push(new GamyeongError('E_RELEASE_RISK_OTHER', { reason: say(reason) }, { file }));
  if (data !== undefined && record.file.sha256 !== data.sha256) other(RECORD_FAULTS.digest);
  if (data !== undefined && record.file.rows !== data.rows) other(RECORD_FAULTS.rows);
  if (record.provenance && record.provenance.rules !== rules.digest) other(RECORD_FAULTS.rules);
  if (!equal(sorted(record.quasiIdentifiers), sorted(rules.risk.quasiIdentifiers))) {
    other(RECORD_FAULTS.quasiIdentifiers);
  }
  if (!equal(sorted(record.sensitive), sorted(rules.risk.sensitive))) other(RECORD_FAULTS.sensitive);
  if (!isConsistent(record)) other(RECORD_FAULTS.figures);
  return [...reasons, ...optionReasons(record, file), ...thresholdReasons(record, rules, file)];
}

/** Conventions that can only lower a figure are for reading a record, not for passing the gate. */
function optionReasons({ options, recordsAtRisk }: RiskRecord, file: string): GamyeongError[] {
  const chosen: readonly (readonly [boolean, string])[] = [
    [options.missing !== 'value', `--missing ${options.missing}`],
    [options.suppressed !== 'include', `--suppressed ${options.suppressed}`],
    [options.reference !== 'self', '--reference'],
    [recordsAtRisk.threshold > DEFAULTS.threshold, `--tau ${recordsAtRisk.threshold}`],
  ];
  return chosen
    .filter(([is]) => is)
    .map(([, option]) => new GamyeongError('E_RELEASE_RISK_OPTION', { option }, { file }));
}

/** Holds the figures of the record against the thresholds of the rules, whatever its own verdict was. */
function thresholdReasons(record: RiskRecord, rules: Rules, file: string): GamyeongError[] {
  const { checks } = decide(record, rules.risk.thresholds as Thresholds);
  if (checks.length === 0) return [new GamyeongError('E_RISK_NO_THRESHOLD', {}, { file: rules.file })];
  return checks
    .filter(({ pass }) => !pass)
    .map(({ measure, value, threshold, column, reason }) => {
      const place = { file, ...(column !== undefined && { column }) };
      if (typeof value !== 'number') {
        return new GamyeongError(
          'E_RELEASE_NOT_MEASURED',
          { measure, reason: reason === undefined ? '' : say(reason) },
          place,
        );
      }
      const bound = say(LOWER_BOUNDS.has(measure) ? BOUNDS.least : BOUNDS.most);
      const figure = Number(value.toPrecision(6));
      return new GamyeongError('E_RELEASE_THRESHOLD', { measure, value: figure, bound, threshold }, place);
    });
}

/** Whether the figures that follow from the class sizes are what the class sizes give. */
function isConsistent(record: RiskRecord): boolean {
  const sizes = [...record.classes.histogram]
    .sort(([a], [b]) => a - b)
    .map(([f, classes]) => ({ f, classes, rows: f * classes }));
  const sum = (of: (size: (typeof sizes)[number]) => number) =>
    sizes.reduce((total, size) => total + of(size), 0);
  const histogram = { sizes, classes: sum(({ classes }) => classes), rows: sum(({ rows }) => rows) };
  if (sizes.length === 0 || histogram.rows + record.suppressedRows !== record.file.rows) return false;
  const figures = prosecutorRisk(histogram, record.recordsAtRisk.threshold);
  return (
    figures.k === record.k &&
    close(figures.highestRisk, record.highestRisk) &&
    close(figures.averageRisk, record.averageRisk) &&
    close(figures.recordsAtRisk.share, record.recordsAtRisk.share) &&
    close(figures.sampleUniqueness, record.sampleUniqueness)
  );
}

/** Whether two figures differ by no more than the order of a sum makes. */
export const close = (a: number, b: number) =>
  Math.abs(a - b) <= PRECISION * Math.max(Math.abs(a), Math.abs(b), SMALLEST);
const sorted = (names: readonly string[]) => [...names].sort();
const equal = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((name, i) => name === b[i]);
