import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { fromSystem } from '../errors.ts';
import { refuseReplacing } from '../io/file-identity.ts';
import type { Text } from '../messages/language.ts';
import { type Advice, advise } from './advice.ts';
import { decide, type Gate, type Thresholds } from './gate.ts';
import { measure, withSurvey } from './measure.ts';
import type { RiskOptions } from './options.ts';
import type { Measurement } from './record.ts';
import { holdAgainstRun, type Provenance } from './run-record.ts';
import { sensitiveSpreads, type ValueSpread } from './spread.ts';
import type { Survey } from './survey.ts';
import { findViolations, violatingRows } from './violations.ts';

/** What a release must satisfy, and where the file comes from. */
export interface Policy {
  readonly thresholds: Thresholds;
  /** SHA-256 of the rules, when the policy is theirs. */
  readonly rulesDigest?: string;
  /** Record of the run that wrote the file; the file must be what it says. */
  readonly provenance?: Provenance;
}

/** What `O.risk.json` holds: the figures, the verdict, and what to change when it is no. */
export interface RiskRecord extends Measurement {
  /** Digest of the rules and of the plan's output that the file was held against; null without a run record. */
  readonly provenance: { readonly rules: string; readonly output: string } | null;
  readonly gate: Gate;
  readonly advice: Advice | null;
  /** The sensitive columns' most frequent values, in the file and in its classes. */
  readonly spreads: Readonly<Record<string, readonly ValueSpread[]>>;
}

const NO_THRESHOLDS: Text = {
  en: 'no threshold is given: nothing says that the file may be released',
  ko: '기준값이 없어 반출해도 된다고 판단할 수 없습니다',
};

/** A sensitive value is named in a report only when so many rows have it, or k when that is more. */
const FEWEST_NAMED = 5;

/**
 * Measures a file and decides on its release.
 * @param rowsAtRisk file for the numbers of the rows beyond a threshold
 * @throws GamyeongError when the file is not what the run wrote, or cannot be measured
 */
export async function assess(options: RiskOptions, policy: Policy, rowsAtRisk?: string): Promise<RiskRecord> {
  const { thresholds, rulesDigest, provenance } = policy;
  if (rowsAtRisk !== undefined) await refuseReplacing(rowsAtRisk, filesReadBy(options));
  return withSurvey(options, async (survey) => {
    if (provenance !== undefined) holdAgainstRun(survey.csv, provenance, rulesDigest);
    const measurement = await measure(survey);
    const gate = decide(measurement, thresholds);
    let advice: Advice | null = null;
    if (!gate.pass || rowsAtRisk !== undefined) {
      options.progress?.('advice');
      const violations = await findViolations(survey, thresholds);
      if (!gate.pass) advice = await advise(survey, thresholds, violations);
      if (rowsAtRisk !== undefined) await writeRowNumbers(survey, rowsAtRisk);
    }
    const notes = [...measurement.notes];
    if (gate.checks.length === 0) notes.push({ figure: 'gate', reason: NO_THRESHOLDS });
    return {
      ...measurement,
      provenance:
        provenance === undefined
          ? null
          : { rules: provenance.rules.sha256, output: provenance.output.sha256 },
      gate,
      advice,
      spreads: await sensitiveSpreads(survey, Math.max(thresholds.k ?? 0, FEWEST_NAMED)),
      notes,
    };
  });
}

function filesReadBy({ file, hierarchies, original, population, reference }: RiskOptions): string[] {
  return [file, original, population, reference, ...hierarchies.values()].filter(
    (path) => path !== undefined,
  );
}

/** Writes the numbers of the violating rows, one a line under the heading `row`. */
async function writeRowNumbers(survey: Survey, path: string): Promise<void> {
  const staged = `${path}.partial`;
  try {
    rmSync(staged, { force: true });
    const file = openSync(staged, 'wx', 0o600);
    try {
      writeSync(file, 'row\n');
      await violatingRows(survey, (rows) => writeSync(file, `${rows.join('\n')}\n`));
    } finally {
      closeSync(file);
    }
    renameSync(staged, path);
  } catch (error) {
    throw fromSystem(error, path);
  }
}
