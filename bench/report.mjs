// The results as a Markdown page.
import { ratio, spread } from './series.mjs';

const MB = 1e6;

/**
 * @param {object} results
 * @param {string} results.date
 * @param {import('./machine.mjs').Machine} results.machine
 * @param {string} results.commit of gamyeong
 * @param {string} results.measuredBy
 * @param {import('./sections.mjs').Section[]} results.sections
 */
export function markdown({ date, machine, commit, measuredBy, sections }) {
  const about =
    `${date}, ${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.system}, ` +
    `Node ${machine.node}, OpenSSL ${machine.openssl}, gamyeong ${commit}. ` +
    `Medians (least–most); MB are 10⁶ bytes of input; processor time and peak memory by ${measuredBy}.`;
  const targets = sections.flatMap((section) => section.targets);
  return `${[about, targetTable(targets), ...sections.map(sectionPage)].join('\n\n')}\n`;
}

function targetTable(targets) {
  return table(
    ['target', 'wanted', 'measured', ''],
    targets.map((target) => [
      target.what,
      `${target.relation} ${target.limit} ${target.unit}`,
      `${range(target.measured)} ${target.unit}`,
      target.reached ? 'reached' : '**not reached**',
    ]),
  );
}

function sectionPage({ title, series, base, remarks }) {
  const rows = series.map((one) => {
    const seconds = spread(one.runs.map((run) => run.seconds));
    const perMB = one.bytes === undefined ? undefined : (1000 * seconds.median) / (one.bytes / MB);
    return [
      one.name,
      range(seconds),
      perMB === undefined ? '' : short(1000 / perMB),
      perMB === undefined ? '' : short(perMB),
      short(spread(one.runs.map((run) => run.cpuSeconds)).median),
      short(spread(one.runs.map((run) => run.peakBytes / MB)).median),
      range(ratio(one, series[base])),
    ];
  });
  const head = ['program', 'seconds', 'MB/s', 'ms/MB', 'CPU s', 'peak MB', `time ÷ ${series[base].name}`];
  return [`### ${title}; rounds: ${series[0].runs.length}`, table(head, rows), ...remarks].join('\n\n');
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

const range = ({ median, min, max }) =>
  min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;

/** Three significant digits, never in powers of ten; a dash for what could not be measured. */
function short(value) {
  if (!Number.isFinite(value)) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
