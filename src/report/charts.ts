import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import type { Language, Text } from '../messages/language.ts';
import type { RiskRecord } from '../risk/assess.ts';
import { populationUniqueness } from '../risk/population-uniqueness.ts';
import { rowsAbove } from '../risk/prosecutor.ts';
import { Markup } from './markup.ts';

const { document } = parseHTML('<!doctype html><html><body></body></html>');

const LABELS = {
  classSize: { en: 'class size', ko: '동질집합 크기' },
  shareOfRecords: { en: 'share of records (%)', ko: '레코드 비율(%)' },
  threshold: { en: 'threshold τ', ko: '기준 τ' },
  atRisk: { en: 'records at risk (%)', ko: '위험 레코드(%)' },
  fraction: { en: 'sampling fraction n/N', ko: '표본추출률 n/N' },
  unique: { en: 'unique in the population (%)', ko: '모집단 유일 비율(%)' },
  share: { en: 'share (%)', ko: '비율(%)' },
  others: { en: 'all other values', ko: '그 밖의 값' },
} as const satisfies Record<string, Text>;

type Draw = (label: (text: Text) => string) => Plot.PlotOptions;

/** Draws a chart once per language, as inline SVG. Plot escapes texts by setting them as DOM text. */
function chart(title: Text, draw: Draw): Markup {
  const one = (language: Language) => {
    const drawn = Plot.plot({
      document,
      width: 640,
      height: 260,
      marginLeft: 60,
      marginBottom: 40,
      ...draw((text) => text[language]),
    });
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', title[language]);
    return `<div lang="${language}">${drawn.outerHTML}</div>`;
  };
  return new Markup(one('en') + one('ko'));
}

const BINS = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000, Number.POSITIVE_INFINITY];

/** Records by the size of their class. */
export function classSizeChart({ classes }: RiskRecord, wanted: number | undefined): Markup {
  const total = classes.histogram.reduce((sum, [size, count]) => sum + size * count, 0);
  const bars = BINS.slice(0, -1).flatMap((low, i) => {
    const high = BINS[i + 1]!;
    const rows = classes.histogram
      .filter(([size]) => size >= low && size < high)
      .reduce((sum, [size, count]) => sum + size * count, 0);
    const label =
      high === low + 1 ? `${low}` : high === Number.POSITIVE_INFINITY ? `≥${low}` : `${low}–${high - 1}`;
    return rows === 0 && low > classes.max
      ? []
      : [{ label, share: rows / total, small: low < (wanted ?? 0) }];
  });
  return chart({ en: 'Records by class size', ko: '동질집합 크기별 레코드' }, (say) => ({
    x: { label: say(LABELS.classSize), domain: bars.map(({ label }) => label) },
    y: { label: say(LABELS.shareOfRecords), percent: true, grid: true },
    marks: [
      Plot.barY(bars, { x: 'label', y: 'share', fill: ({ small }) => (small ? '#b3261e' : '#3b6ea5') }),
      Plot.ruleY([0]),
    ],
  }));
}

/** Share of records whose risk is above τ, for every τ. */
export function atRiskChart({ classes, recordsAtRisk }: RiskRecord): Markup {
  const sizes = classes.histogram.map(([f, count]) => ({ f, classes: count, rows: f * count }));
  const total = sizes.reduce((sum, { rows }) => sum + rows, 0);
  const steps = Array.from({ length: 101 }, (_, i) => i / 100);
  const curve = steps.map((tau) => ({ tau, share: rowsAbove(sizes, tau) / total }));
  return chart({ en: 'Records at risk by threshold', ko: '기준별 위험 레코드' }, (say) => ({
    x: { label: say(LABELS.threshold), domain: [0, 1] },
    y: { label: say(LABELS.atRisk), percent: true, grid: true, domain: [0, 100] },
    marks: [
      Plot.lineY(curve, { x: 'tau', y: 'share', curve: 'step-after', stroke: '#3b6ea5', strokeWidth: 2 }),
      Plot.ruleX([recordsAtRisk.threshold], { stroke: '#b3261e', strokeDasharray: '4 3' }),
      Plot.ruleY([0]),
    ],
  }));
}

/** Records at risk by single columns (diagonal) and pairs of columns. */
export function combinationChart({ subsets, quasiIdentifiers }: RiskRecord): Markup {
  const cells = subsets
    .filter(({ columns }) => columns.length <= 2)
    .flatMap(({ columns, recordsAtRisk }) => {
      const [a, b] = [columns[0]!, columns.at(-1)!];
      return a === b
        ? [{ a, b, recordsAtRisk }]
        : [
            { a, b, recordsAtRisk },
            { a: b, b: a, recordsAtRisk },
          ];
    });
  const longest = Math.min(24, Math.max(...quasiIdentifiers.map((name) => name.length)));
  return chart({ en: 'Records at risk by combination of columns', ko: '열 조합별 위험 레코드' }, () => ({
    height: 80 + 34 * quasiIdentifiers.length,
    marginLeft: 20 + 9 * longest,
    padding: 0.04,
    x: { domain: [...quasiIdentifiers], label: null, tickRotate: quasiIdentifiers.length > 5 ? -25 : 0 },
    y: { domain: [...quasiIdentifiers], label: null },
    color: { type: 'sqrt', scheme: 'blues', domain: [0, 1] },
    marks: [
      Plot.cell(cells, { x: 'a', y: 'b', fill: 'recordsAtRisk' }),
      Plot.text(cells, {
        x: 'a',
        y: 'b',
        text: ({ recordsAtRisk }) => `${Number((recordsAtRisk * 100).toPrecision(3))}%`,
        fill: ({ recordsAtRisk }) => (recordsAtRisk > 0.55 ? 'white' : 'black'),
      }),
    ],
  }));
}

/** Shares of sensitive values: a dot for the file, a bar from the least to the greatest share in a class. */
export function spreadChart(column: string, spreads: RiskRecord['spreads'][string]): Markup {
  return chart({ en: `Values of ${column}`, ko: `${column} 값의 분포` }, (say) => {
    const name = ({ value }: (typeof spreads)[number]) =>
      value === null
        ? say(LABELS.others)
        : value === ''
          ? '∅'
          : value.length > 24
            ? `${value.slice(0, 23)}…`
            : value;
    const rows = spreads.map((spread) => ({ ...spread, name: name(spread) }));
    return {
      height: 60 + 24 * rows.length,
      marginLeft: 170,
      x: { label: say(LABELS.share), percent: true, grid: true },
      y: { label: null, domain: rows.map((row) => row.name) },
      marks: [
        Plot.ruleY(
          rows.filter(({ least }) => least !== null),
          { y: 'name', x1: 'least', x2: 'greatest', stroke: '#9db8d6', strokeWidth: 8 },
        ),
        Plot.dot(rows, { y: 'name', x: 'share', fill: '#17324d', r: 4 }),
      ],
    };
  });
}

/** Estimated population uniqueness against the sampling fraction; only when classes are exact tuples. */
export function uniquenessChart({ classes, file, suppressedRows, options }: RiskRecord): Markup | undefined {
  if (options.missing !== 'value') return undefined;
  const sizes = classes.histogram.map(([f, count]) => ({ f, classes: count, rows: f * count }));
  const fractions = Array.from({ length: 31 }, (_, i) => 10 ** (-3 + i / 10)).map((one) => Math.min(1, one));
  const estimates = populationUniqueness(
    { sizes, classes: classes.count, rows: file.rows - suppressedRows },
    fractions,
  );
  const points = estimates.flatMap(({ fraction, zayatz, pitman }) => [
    { fraction, estimate: zayatz, by: 'Zayatz' },
    { fraction, estimate: pitman, by: 'Pitman' },
  ]);
  const known = points.filter(({ estimate }) => estimate !== null);
  return chart({ en: 'Uniqueness by population size', ko: '모집단 크기별 유일성' }, (say) => ({
    marginRight: 60,
    x: { type: 'log', label: say(LABELS.fraction), tickFormat: '~g' },
    y: { label: say(LABELS.unique), percent: true, grid: true },
    marks: [
      Plot.lineY(known, { x: 'fraction', y: 'estimate', stroke: 'by', strokeWidth: 2 }),
      Plot.text(
        known,
        Plot.selectLast({ x: 'fraction', y: 'estimate', z: 'by', text: 'by', textAnchor: 'start', dx: 6 }),
      ),
      Plot.ruleY([0]),
    ],
  }));
}
