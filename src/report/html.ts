import { type Language, language } from '../messages/language.ts';
import { MEASURE_NAMES } from '../messages/risk.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { LOWER_BOUNDS } from '../risk/gate.ts';
import { adviceSection } from './advice-section.ts';
import { atRiskChart, classSizeChart, combinationChart, spreadChart, uniquenessChart } from './charts.ts';
import { DEFINITIONS } from './definitions.ts';
import { populationSection, sensitiveSection, utilitySection } from './figures.ts';
import { both, figure, html, Markup, percent } from './markup.ts';
import { STYLE } from './style.ts';

/**
 * The risk report: one self-contained page in both languages. Nothing is loaded, everything that comes from
 * data is escaped, and no value of a quasi-identifier appears in it.
 * @param shown language that the page opens in
 */
export function riskReport(record: RiskRecord, shown: Language = language()): string {
  const title = `${record.file.name}: re-identification risk · 재식별 위험`;
  return html`<!doctype html>
<html lang="${shown}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<div class="language">
<label><input type="radio" name="language" id="show-en"${shown === 'en' && new Markup(' checked')}> English</label>
<label><input type="radio" name="language" id="show-ko"${shown === 'ko' && new Markup(' checked')}> 한국어</label>
</div>
<h1>${both({ en: 'Re-identification risk report', ko: '재식별 위험 보고서' })}</h1>
${verdictSection(record)}
${fileSection(record)}
${classSection(record)}
${combinationSection(record)}
${sensitiveSection(record, (column) => spreadChart(column, record.spreads[column] ?? []))}
${populationSection(record, uniquenessChart(record))}
${utilitySection(record)}
${adviceSection(record)}
${notesSection(record)}
${definitionSection()}
</body>
</html>
`.text;
}

function verdictSection({ gate }: RiskRecord): Markup {
  const verdict = gate.pass
    ? {
        en: 'May be released: every threshold of the policy holds.',
        ko: '반출 가능: 정책의 모든 기준을 충족합니다.',
      }
    : gate.checks.length === 0
      ? {
          en: 'May not be released: the policy states no threshold.',
          ko: '반출 불가: 정책에 기준값이 없습니다.',
        }
      : {
          en: 'May not be released: a threshold is broken.',
          ko: '반출 불가: 충족하지 못한 기준이 있습니다.',
        };
  return html`<section>
<p class="verdict ${gate.pass ? 'pass' : ''}">${both(verdict)}</p>
<h2>${both({ en: 'Policy', ko: '정책' })}</h2>
<table><tr><th>${both({ en: 'Measure', ko: '지표' })}</th><th>${both({ en: 'Value', ko: '값' })}</th>
<th>${both({ en: 'Limit', ko: '기준' })}</th><th>${both({ en: 'Verdict', ko: '판정' })}</th></tr>
${gate.checks.map(
  (
    check,
  ) => html`<tr><td>${both(MEASURE_NAMES[check.measure])}${check.column && html` (${check.column})`}</td>
<td class="n">${figure(check.value)}</td>
<td class="n">${LOWER_BOUNDS.has(check.measure) ? '≥' : '≤'} ${figure(check.threshold)}</td>
<td class="${check.pass ? 'yes' : 'no'}">${both(check.pass ? { en: 'holds', ko: '충족' } : { en: 'broken', ko: '미충족' })}
${check.reason && html`<span class="note">(${both(check.reason)})</span>`}</td></tr>`,
)}</table>
</section>`;
}

function fileSection({
  file,
  quasiIdentifiers,
  sensitive,
  provenance,
  suppressedRows,
  options,
}: RiskRecord): Markup {
  const none = { en: 'none', ko: '없음' };
  const list = (columns: readonly string[]) => (columns.length === 0 ? both(none) : columns.join(', '));
  const row = (name: { en: string; ko: string }, value: Markup | string) =>
    html`<tr><th>${both(name)}</th><td>${value}</td></tr>`;
  return html`<section>
<h2>${both({ en: 'Data set', ko: '데이터셋' })}</h2>
<table>
${row({ en: 'File', ko: '파일' }, file.name)}
${row({ en: 'Rows', ko: '행' }, figure(file.rows))}
${row({ en: 'Rows left out, wholly suppressed', ko: '모두 삭제되어 제외한 행' }, figure(suppressedRows))}
${row({ en: 'SHA-256', ko: 'SHA-256' }, html`<code>${file.sha256}</code>`)}
${row(
  { en: 'Run record', ko: '실행 기록' },
  provenance === null
    ? both({
        en: 'none: the origin of the file is not checked',
        ko: '없음: 파일의 출처를 확인하지 않았습니다',
      })
    : html`${both({ en: 'agrees; rules', ko: '일치함. 규칙' })} <code>${provenance.rules}</code>`,
)}
${row({ en: 'Quasi-identifiers', ko: '준식별자' }, list(quasiIdentifiers))}
${row({ en: 'Sensitive attributes', ko: '민감속성' }, list(sensitive))}
${row({ en: 'Options', ko: '측정 옵션' }, html`<code>${JSON.stringify(options)}</code>`)}
</table>
</section>`;
}

function classSection(record: RiskRecord): Markup {
  const { classes, gate } = record;
  const wanted = gate.checks.find(({ measure }) => measure === 'k')?.threshold;
  return html`<section>
<h2>${both({ en: 'Equivalence classes and attacks on the file', ko: '동질집합과 표적 공격' })}</h2>
<table>
<tr><th>${both({ en: 'Classes', ko: '동질집합 수' })}</th><th>${both({ en: 'Smallest', ko: '최소' })}</th>
<th>${both({ en: 'Median', ko: '중앙값' })}</th><th>${both({ en: 'Mean', ko: '평균' })}</th>
<th>${both({ en: 'Largest', ko: '최대' })}</th><th>${both({ en: 'Highest risk', ko: '최대 위험' })}</th>
<th>${both({ en: 'Average risk', ko: '평균 위험' })}</th><th>${both({ en: 'At risk', ko: '위험 레코드' })} (τ ${figure(record.recordsAtRisk.threshold)})</th>
<th>${both({ en: 'Unique', ko: '유일 레코드' })}</th></tr>
<tr><td class="n">${figure(classes.count)}</td><td class="n">${figure(classes.min)}</td>
<td class="n">${figure(classes.median)}</td><td class="n">${figure(classes.mean)}</td>
<td class="n">${figure(classes.max)}</td><td class="n">${figure(record.highestRisk)}</td>
<td class="n">${figure(record.averageRisk)}</td><td class="n">${percent(record.recordsAtRisk.share)}</td>
<td class="n">${percent(record.sampleUniqueness)}</td></tr>
</table>
<h2>${both({ en: 'Records by class size', ko: '동질집합 크기별 레코드' })}</h2>
${classSizeChart(record, wanted)}
<h2>${both({ en: 'Records at risk, for every threshold', ko: '기준에 따른 위험 레코드' })}</h2>
${atRiskChart(record)}
</section>`;
}

function combinationSection(record: RiskRecord): Markup {
  return html`<section>
<h2>${both({ en: 'Risk by column and by combination', ko: '열과 열 조합별 위험' })}</h2>
<p class="note">${both({
    en: 'Share of records at risk when an attacker knows only these columns; single columns on the diagonal.',
    ko: '공격자가 해당 열만 알 때 위험한 레코드의 비율. 대각선은 열 하나만 알 때의 값.',
  })}</p>
${combinationChart(record)}
<table><tr><th>${both({ en: 'Columns', ko: '열' })}</th><th>${both({ en: 'Distinction', ko: '구별도' })}</th>
<th>${both({ en: 'Separation', ko: '분리도' })}</th><th>k</th><th>${both({ en: 'Unique', ko: '유일 레코드' })}</th>
<th>${both({ en: 'At risk', ko: '위험 레코드' })}</th></tr>
${[...record.subsets]
  .sort((a, b) => b.recordsAtRisk - a.recordsAtRisk || b.distinction - a.distinction)
  .slice(0, 20)
  .map(
    (one) => html`<tr><td>${one.columns.join(' + ')}</td><td class="n">${figure(one.distinction)}</td>
<td class="n">${figure(one.separation)}</td><td class="n">${figure(one.k)}</td>
<td class="n">${percent(one.uniqueness)}</td><td class="n">${percent(one.recordsAtRisk)}</td></tr>`,
  )}</table>
</section>`;
}

function notesSection({ notes }: RiskRecord): Markup | null {
  if (notes.length === 0) return null;
  return html`<section>
<h2>${both({ en: 'Notes', ko: '비고' })}</h2>
<table>${notes.map(({ figure: name, reason }) => html`<tr><td><code>${name}</code></td><td>${both(reason)}</td></tr>`)}</table>
</section>`;
}

function definitionSection(): Markup {
  return html`<section>
<h2>${both({ en: 'Definitions, sources, and what a figure does not say', ko: '정의와 출처, 지표가 말해 주지 않는 것' })}</h2>
<p class="note">${both({
    en: 'f: size of a record’s class in the file; F: its size in the population; u: classes; n: rows; q: share of a sensitive value in a class; p: its share in the reference.',
    ko: 'f: 파일에서 레코드가 속한 동질집합의 크기, F: 모집단에서의 크기, u: 동질집합 수, n: 행 수, q: 동질집합 안의 민감값 비율, p: 기준 분포에서의 비율.',
  })}</p>
<table><tr><th>${both({ en: 'Figure', ko: '지표' })}</th><th>${both({ en: 'Formula', ko: '산식' })}</th>
<th>${both({ en: 'Source', ko: '출처' })}</th><th>${both({ en: 'Does not say', ko: '유의 사항' })}</th></tr>
${DEFINITIONS.map(
  ({ name, formula, source, caution }) => html`<tr><td>${both(name)}</td><td><code>${formula}</code></td>
<td>${source}</td><td>${both(caution)}</td></tr>`,
)}</table>
<p class="note">${both({
    en: 'The figures describe this file. What an attacker can know besides it, and what they could gain, is for people to judge.',
    ko: '이 수치는 파일만을 설명한다. 공격자가 따로 아는 정보와 동기는 사람이 판단해야 한다.',
  })}</p>
</section>`;
}
