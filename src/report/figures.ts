import type { Text } from '../messages/language.ts';
import type { RiskRecord } from '../risk/assess.ts';
import type { Change } from '../risk/column-change.ts';
import { both, figure, html, type Markup, percent } from './markup.ts';

/** A table of names and figures. */
function list(rows: readonly (readonly [Text | string, string | Markup])[]): Markup {
  return html`<table>${rows.map(
    ([name, value]) =>
      html`<tr><th>${typeof name === 'string' ? name : both(name)}</th><td class="n">${value}</td></tr>`,
  )}</table>`;
}

/** Sensitive attributes: measures by column, and shares of values in classes against the whole. */
export function sensitiveSection(record: RiskRecord, chart: (column: string) => Markup): Markup | null {
  const columns = Object.entries(record.perSensitive);
  if (columns.length === 0) return null;
  const rows: [string, (risk: RiskRecord['perSensitive'][string]) => number | null | undefined][] = [
    ['α', (risk) => risk.alpha],
    ['l (distinct)', (risk) => risk.lDistinct],
    ['l (entropy)', (risk) => risk.lEntropy],
    ['c (recursive, l = 2)', (risk) => risk.cRecursive['2']],
    ['t (equal)', (risk) => risk.tEqual],
    ['t (ordered)', (risk) => risk.tOrdered],
    ['t (hierarchical)', (risk) => risk.tHierarchical],
    ['β', (risk) => risk.betaBasic],
    ['β (enhanced)', (risk) => risk.betaEnhanced],
    ['δ', (risk) => risk.delta],
  ];
  return html`<section>
<h2>${both({ en: 'Sensitive attributes', ko: '민감속성' })}</h2>
<table><tr><th></th>${columns.map(([name]) => html`<th>${name}</th>`)}</tr>
${rows.map(
  ([name, of]) =>
    html`<tr><th>${name}</th>${columns.map(([, risk]) => html`<td class="n">${figure(of(risk))}</td>`)}</tr>`,
)}</table>
<p class="note">${both({
    en: 'Below: the share of each value in the whole file (dot) and its least and greatest share in a class (bar).',
    ko: '아래: 파일 전체에서 각 값의 비율(점)과 동질집합별 비율의 최소·최대(막대).',
  })}</p>
${columns.map(([name]) => html`<h3>${name}</h3>${chart(name)}`)}
</section>`;
}

/** What an attacker without knowledge of membership can do, and what the population would show. */
export function populationSection(record: RiskRecord, chart: Markup | undefined): Markup {
  const { journalist, marketer, deltaPresence, kMap, individualRisk, householdRisk, suda } = record;
  const rows: [Text | string, string | Markup][] = [];
  if (journalist !== null && marketer !== null)
    rows.push(
      [{ en: 'Journalist: highest risk', ko: '불특정 공격자: 최대 위험' }, figure(journalist.highestRisk)],
      [
        { en: 'Journalist: records at risk', ko: '불특정 공격자: 위험 레코드' },
        percent(journalist.recordsAtRisk.share),
      ],
      [{ en: 'Journalist: success rate', ko: '불특정 공격자: 성공률' }, figure(journalist.successRate)],
      [{ en: 'Marketer: success rate', ko: '대량 연결 공격자: 성공률' }, figure(marketer.successRate)],
    );
  if (deltaPresence !== null)
    rows.push(['δ-presence', `${figure(deltaPresence.min)} – ${figure(deltaPresence.max)}`]);
  if (typeof kMap === 'number') rows.push(['k-map', figure(kMap)]);
  else if (kMap !== null)
    rows.push([
      { en: `k-map: class size to ask for k = ${kMap.k}`, ko: `k-맵: k = ${kMap.k}에 필요한 동질집합 크기` },
      `${figure(kMap.poisson)} / ${figure(kMap.zeroTruncated)}`,
    ]);
  if (individualRisk !== null)
    rows.push(
      [{ en: 'Individual risk: highest', ko: '개인 위험: 최대' }, figure(individualRisk.highest)],
      [
        { en: 'Individual risk: expected re-identifications', ko: '개인 위험: 재식별 기대 건수' },
        figure(individualRisk.expectedReidentifications),
      ],
    );
  if (householdRisk !== null)
    rows.push(
      [{ en: 'Household risk: highest', ko: '가구 위험: 최대' }, figure(householdRisk.highest)],
      [
        { en: 'Household risk: expected re-identifications', ko: '가구 위험: 재식별 기대 건수' },
        figure(householdRisk.expectedReidentifications),
      ],
    );
  if (suda !== null)
    rows.push(
      [{ en: 'Special uniques (SUDA): records', ko: '특수 유일값(SUDA): 레코드' }, figure(suda.records)],
      ['DIS', figure(suda.dis)],
      ...Object.entries(suda.contribution).map(([name, share]): [Text, string] => [
        { en: `SUDA: share of ${name}`, ko: `SUDA: ${name}의 비중` },
        percent(share),
      ]),
    );
  return html`<section>
<h2>${both({ en: 'Against the population', ko: '모집단 기준' })}</h2>
${rows.length > 0 && list(rows)}
<h3>${both({ en: 'Uniqueness against population size', ko: '모집단 크기에 따른 유일성' })}</h3>
<table><tr><th>n/N</th><th>Zayatz</th><th>Pitman</th><th>Dankar</th></tr>
${record.populationUniqueness.map(
  (one) => html`<tr><td class="n">${figure(one.fraction)}</td><td class="n">${figure(one.zayatz)}</td>
<td class="n">${figure(one.pitman)}</td><td class="n">${figure(one.dankar)}</td></tr>`,
)}</table>
${chart}
</section>`;
}

/** Utility against the original, where there is one, and disclosure that only the steward can measure. */
export function utilitySection({
  utility,
  intervalDisclosure,
  linkageRisk,
  outliers,
}: RiskRecord): Markup | null {
  if (utility === null && outliers === null) return null;
  return html`<section>
<h2>${both({ en: 'Utility, before and after', ko: '유용성: 처리 전과 후' })}</h2>
${
  utility &&
  html`${list([
    [{ en: 'Rows in', ko: '입력 행' }, figure(utility.rowsIn)],
    [{ en: 'Suppressed', ko: '삭제된 행' }, figure(utility.suppressed)],
    [{ en: 'Discernibility', ko: '구별 불가능성' }, figure(utility.discernibility)],
    [{ en: 'Average class size', ko: '평균 동질집합 크기' }, figure(utility.averageClassSize)],
    [{ en: 'Granularity', ko: '입도 손실' }, figure(utility.granularity)],
    [{ en: 'Generalization (precision)', ko: '일반화 정도(정밀도)' }, figure(utility.precision)],
    [{ en: 'Non-uniform entropy', ko: '비균등 엔트로피' }, figure(utility.nonUniformEntropy)],
    [{ en: 'Interval disclosure', ko: '구간 노출' }, percent(intervalDisclosure?.share)],
    [{ en: 'Record linkage', ko: '레코드 연결' }, percent(linkageRisk?.share)],
    [
      { en: 'Largest change of a correlation', ko: '상관계수의 최대 변화' },
      figure(utility.changes?.correlationChange?.largest),
    ],
  ])}
${utility.changes && changesTable(utility.changes.columns)}`
}
${outliers && outlierTable(outliers)}
</section>`;
}

type Columns = NonNullable<NonNullable<RiskRecord['utility']>['changes']>['columns'];

function changesTable(columns: Columns): Markup {
  const change = (value: Change<number> | undefined) =>
    html`<td class="n">${figure(value?.before)} → ${figure(value?.after)}</td>`;
  return html`<table><tr><th>${both({ en: 'Column', ko: '열' })}</th><th>${both({ en: 'Distinct', ko: '서로 다른 값' })}</th>
<th>${both({ en: 'Mean', ko: '평균' })}</th><th>${both({ en: 'Standard deviation', ko: '표준편차' })}</th>
<th>${both({ en: 'Earth mover’s distance', ko: '분포 이동 거리(EMD)' })}</th></tr>
${Object.entries(columns).map(
  ([name, one]) => html`<tr><td>${name}</td>${change(one.distinct)}${change(one.mean)}${change(one.sd)}
<td class="n">${figure(one.earthMoversDistance)}</td></tr>`,
)}</table>`;
}

function outlierTable(outliers: NonNullable<RiskRecord['outliers']>): Markup {
  return html`<h3>${both({ en: 'Outliers', ko: '이상값' })}</h3>
<table><tr><th>${both({ en: 'Column', ko: '열' })}</th><th>3σ</th><th>IQR</th><th>${both({ en: 'Rare values', ko: '드문 값' })}</th>
<th>${both({ en: 'Rows with them', ko: '해당 행' })}</th></tr>
${Object.entries(outliers).map(([name, one]) =>
  one.kind === 'numeric'
    ? html`<tr><td>${name}</td><td class="n">${figure(one.threeSigma)}</td><td class="n">${figure(one.iqr)}</td><td></td><td></td></tr>`
    : html`<tr><td>${name}</td><td></td><td></td><td class="n">${figure(one.rareValues)}</td><td class="n">${figure(one.rareRows)}</td></tr>`,
)}</table>`;
}
