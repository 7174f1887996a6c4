import { MEASURE_NAMES } from '../messages/risk.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { both, figure, html, type Markup, percent } from './markup.ts';

/** What to change when the verdict is no: rows beyond each threshold, and every column coarser or dropped. */
export function adviceSection({ advice }: RiskRecord): Markup | null {
  if (advice === null) return null;
  const row = (
    name: Markup,
    { k, rowsBelowK, recordsAtRisk, averageClassSize, discernibility }: typeof advice.now,
  ) =>
    html`<tr><td>${name}</td><td class="n">${figure(k)}</td><td class="n">${figure(rowsBelowK)}</td>
<td class="n">${percent(recordsAtRisk)}</td><td class="n">${figure(averageClassSize)}</td><td class="n">${figure(discernibility)}</td></tr>`;
  return html`<section>
<h2>${both({ en: 'What to change', ko: '무엇을 바꿀 것인가' })}</h2>
<table><tr><th>${both({ en: 'Threshold', ko: '기준' })}</th><th>${both({ en: 'Rows beyond it', ko: '벗어난 행' })}</th></tr>
${advice.violations.map(
  ({ measure, rows }) =>
    html`<tr><td>${both(MEASURE_NAMES[measure])}</td><td class="n">${figure(rows)}</td></tr>`,
)}</table>
<p class="note">${both({
    en: `Each line is the file with one change, all else equal; rows below k = ${advice.k} would have to be suppressed.`,
    ko: `각 줄은 다른 조건은 그대로 두고 하나만 바꾼 결과이며, k = ${advice.k} 미만의 행은 삭제해야 한다.`,
  })}</p>
<table><tr><th>${both({ en: 'Change', ko: '변경' })}</th><th>k</th><th>${both({ en: 'Rows below k', ko: 'k 미만 행' })}</th>
<th>${both({ en: 'At risk', ko: '위험 레코드' })}</th><th>C_avg</th><th>${both({ en: 'Discernibility', ko: '구별 불가능성' })}</th></tr>
${row(both({ en: 'as it is', ko: '현재 상태' }), advice.now)}
${advice.alternatives.map(({ column, to, outlook }) =>
  row(
    to === undefined ? html`${column}: ${both({ en: 'drop', ko: '삭제' })}` : html`${column} → ${both(to)}`,
    outlook,
  ),
)}</table>
<h3>${both({ en: 'The same as rules', ko: '규칙으로 쓰면' })}</h3>
${advice.alternatives.slice(0, 6).map(({ rules }) => block(rules))}
</section>`;
}

/** Escaping would make line ends visible characters: each line is escaped on its own. */
const block = (text: string): Markup =>
  html`<pre>${text
    .trimEnd()
    .split('\n')
    .map((line) => html`${line}<br>`)}</pre>`;
