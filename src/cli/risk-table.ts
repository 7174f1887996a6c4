import { say } from '../messages/language.ts';
import { MEASURE_NAMES, RISK_TEXT as TEXT } from '../messages/risk.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { decide, LOWER_BOUNDS, MEASURES, type Thresholds } from '../risk/gate.ts';
import { tOrderedOf } from '../risk/sensitive-columns.ts';
import { alignedTable } from './table.ts';

/** The verdict and the figures behind it in a few lines. @param written where the reports are */
export function riskTable(record: RiskRecord, written: { html: string; json: string } | undefined): string {
  const { gate, advice } = record;
  const lines = [
    say(TEXT.rowsRead, {
      rows: record.file.rows,
      classes: record.classes.count,
      quasi: record.quasiIdentifiers.join(', '),
    }),
    '',
    alignedTable([
      [say(TEXT.heading), say(TEXT.value), say(TEXT.limit), say(TEXT.verdict)],
      ...figures(record),
    ]),
    '',
    gate.pass ? say(TEXT.pass) : gate.checks.length === 0 ? say(TEXT.noThreshold) : say(TEXT.fail),
  ];
  for (const { measure, rows } of advice?.violations ?? [])
    if (rows > 0) lines.push(`  ${say(TEXT.violating, { rows, measure: say(MEASURE_NAMES[measure]) })}`);
  if (advice !== null && advice.alternatives.length > 0) {
    lines.push('', say(TEXT.whatToChange));
    for (const { column, to, outlook } of advice.alternatives.slice(0, 3)) {
      const change =
        to === undefined ? say(TEXT.drop, { column }) : say(TEXT.coarser, { column, to: say(to) });
      const then = say(TEXT.outlook, { k: outlook.k, rows: outlook.rowsBelowK, want: advice.k });
      lines.push(`  ${change}: ${then}`);
    }
  }
  if (written !== undefined) lines.push('', say(TEXT.written, written));
  return `${lines.join('\n')}\n`;
}

/** Every figure that has a value and means something, with its limit and verdict where the policy has one. */
function figures(record: RiskRecord): string[][] {
  const checked = new Map(record.gate.checks.map((check) => [check.measure, check]));
  const unordered = new Set(record.notes.map(({ figure }) => figure));
  const any = Object.fromEntries(MEASURES.map((measure) => [measure, 0])) as Thresholds;
  return decide(record, any)
    .checks.filter(
      ({ measure, value, column }) =>
        checked.has(measure) ||
        (value !== null && !(measure === 't-ordered' && unordered.has(tOrderedOf(column!)))),
    )
    .map(({ measure, value, column }) => {
      const check = checked.get(measure);
      return [
        say(MEASURE_NAMES[measure]) + (column === undefined ? '' : ` (${shownColumn(column, record)})`),
        value === null ? '–' : short(value),
        check === undefined ? '' : `${LOWER_BOUNDS.has(measure) ? '≥' : '≤'} ${short(check.threshold)}`,
        check === undefined ? '' : say(check.pass ? TEXT.ok : TEXT.no),
      ];
    });
}

/** The sensitive column whose figure is shown, said to be the worst where there are others. */
function shownColumn(column: string, record: RiskRecord): string {
  const count = Object.keys(record.perSensitive).length;
  return count > 1 ? say(TEXT.worstOf, { column, count }) : column;
}

/** Four significant digits. */
const short = (value: number): string =>
  Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
