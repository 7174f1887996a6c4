import { type ColumnPlan, columnPlans, dataKind } from './columns.ts';
import type { Evidence } from './evidence.ts';
import type { FieldValue } from './form.ts';

type Rows = Record<string, FieldValue>[];

/** Most methods a line of the form has room for. */
const METHODS = 3;

/** The tables of form ➎ that the run record and the risk record fill. */
export function resultTables({ run, risk }: Evidence): Record<string, Rows> {
  const columns = columnPlans(run?.columns ?? []);
  const common = commonMethods(columns);
  const isCommon = (column: ColumnPlan) => common.get(dataKind(column)) === key(column);
  return {
    common: [...common].map(([kind, methods], index) => ({
      'common-data-kind': kind,
      'common-order': String(index + 1),
      ...numbered('common-method', methods.split(SEPARATOR)),
    })),
    exceptions: columns
      .filter((column) => !isCommon(column))
      .map((column) => ({
        'exception-file': run?.output.name ?? '',
        'exception-item': column.name,
        'exception-kind': dataKind(column),
        ...numbered('exception-method', column.methods),
      })),
    combinations: combinationRows(risk),
    numbers: numberRows(risk),
    quartiles: quartileRows(risk),
    measures: measureRows(risk),
  };
}

const SEPARATOR = '\u0000';
const key = ({ methods }: ColumnPlan) => methods.join(SEPARATOR);

/** For each kind of data the methods that most of its columns share, where at least two do. */
function commonMethods(columns: readonly ColumnPlan[]): ReadonlyMap<string, string> {
  const common = new Map<string, string>();
  for (const kind of new Set(columns.map(dataKind))) {
    const counts = new Map<string, number>();
    for (const column of columns.filter((one) => dataKind(one) === kind)) {
      counts.set(key(column), (counts.get(key(column)) ?? 0) + 1);
    }
    const [methods, count] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best));
    if (count > 1) common.set(kind, methods);
  }
  return common;
}

function numbered(name: string, methods: readonly string[]): Record<string, string> {
  const last = methods.slice(METHODS - 1).join(', ');
  const lines = [...methods.slice(0, METHODS - 1), ...Array(METHODS).fill('')].slice(0, METHODS - 1);
  return Object.fromEntries([...lines, last].map((method, index) => [`${name}-${index + 1}`, method]));
}

/** Class sizes shown: the smallest ones are what matters. */
const SMALLEST_CLASSES = 10;

function combinationRows(risk: Evidence['risk']): Rows {
  if (risk === undefined) return [];
  const { classes, file, quasiIdentifiers } = risk;
  return classes.histogram.slice(0, SMALLEST_CLASSES).map(([size, count]) => ({
    'combo-items': quasiIdentifiers,
    'combo-value': String(size),
    'combo-count': String(count),
    'combo-share': percent((size * count) / file.rows),
  }));
}

function numberRows(risk: Evidence['risk']): Rows {
  return quantiles(risk).map(([name, { before, after }]) => ({
    'num-item': name,
    'num-before-min': figure(before[0]),
    'num-before-max': figure(before.at(-1)),
    'num-after-min': figure(after[0]),
    'num-after-max': figure(after.at(-1)),
  }));
}

function quartileRows(risk: Evidence['risk']): Rows {
  return quantiles(risk).map(([name, { after }]) => ({
    'num-item': name,
    ...Object.fromEntries(after.map((value, index) => [`num-q${index}`, figure(value)])),
  }));
}

/** Columns whose quantiles the risk record holds: it was measured with the original. */
function quantiles(risk: Evidence['risk']) {
  return Object.entries(risk?.utility?.changes?.columns ?? {}).flatMap(([name, { quantiles: found }]) =>
    found === undefined ? [] : [[name, found] as const],
  );
}

function measureRows(risk: Evidence['risk']): Rows {
  return (risk?.gate.checks ?? []).map(({ measure, value, threshold, pass, column }) => ({
    measure: column === undefined ? measure : `${measure}(${column})`,
    'measure-value': value === null ? '–' : figure(value),
    'measure-limit': figure(threshold),
    'measure-pass': pass ? '충족' : '미달',
  }));
}

function figure(value: number | undefined): string {
  return value === undefined ? '' : String(Number(value.toPrecision(6)));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
