import { describe, expect, it } from 'vitest';
import { assess } from '../../src/risk/assess.ts';
import { LOWER_BOUNDS, MEASURES } from '../../src/risk/gate.ts';
import { DEFAULTS, RFC_4180, type RiskOptions } from '../../src/risk/options.ts';
import { parseThresholds } from '../../src/risk/policy.ts';
import { csvFile } from './shared.ts';

const rows = ['x,1', 'x,2', 'x,3', 'y,1', 'y,2', 'y,2', 'z,1', 'z,1'];
const file = () => csvFile(['a,s', ...rows].join('\n'));
const options = (more: Partial<RiskOptions> = {}): RiskOptions => ({
  ...DEFAULTS,
  dialect: RFC_4180,
  file: file(),
  quasiIdentifiers: ['a'],
  sensitive: ['s'],
  ...more,
});

describe('the gate', () => {
  it('passes when every threshold holds, and only then', async () => {
    const yes = await assess(options(), { thresholds: { k: 2, 'prosecutor-max': 0.5, alpha: 1 } });
    expect(yes.gate).toEqual({
      pass: true,
      checks: [
        { measure: 'k', value: 2, threshold: 2, pass: true },
        { measure: 'alpha', value: 1, column: 's', threshold: 1, pass: true },
        { measure: 'prosecutor-max', value: 0.5, threshold: 0.5, pass: true },
      ],
    });
    expect(yes.advice).toBeNull();
    const no = await assess(options(), { thresholds: { k: 2, l: 2 } });
    expect(no.gate.pass).toBe(false);
    expect(no.gate.checks.map((check) => check.pass)).toEqual([true, false]);
  });

  it('refuses without a threshold, and says so', async () => {
    const { gate, notes } = await assess(options(), { thresholds: {} });
    expect(gate).toEqual({ pass: false, checks: [] });
    expect(notes.map((note) => note.figure)).toContain('gate');
  });

  it('what cannot be computed does not pass', async () => {
    const thresholds = { 'journalist-max': 1, marketer: 1, 'population-uniqueness': 1, 't-hierarchical': 1 };
    const { gate } = await assess(options(), { thresholds });
    expect(gate.checks).toHaveLength(4);
    for (const check of gate.checks) {
      expect(check).toMatchObject({ value: null, pass: false });
      expect(check.reason!.ko).not.toBe('');
    }
    const { gate: noColumn } = await assess(options({ sensitive: [] }), { thresholds: { l: 1 } });
    expect(noColumn.checks).toMatchObject([{ value: null, pass: false }]);
  });

  it('takes the worst sensitive column', async () => {
    const two = csvFile('a,s,u\nx,1,1\nx,2,1\n');
    const { gate } = await assess(options({ file: two, sensitive: ['s', 'u'] }), {
      thresholds: { l: 2, t: 1 },
    });
    expect(gate.checks[0]).toMatchObject({ value: 1, column: 'u', pass: false });
  });

  it('holds the bound itself to pass: lower bounds from below, upper ones from above', async () => {
    for (const measure of MEASURES) {
      const more = { fractions: [0.5], hierarchies: new Map([['s', csvFile('1;*\n2;*\n3;*\n')]]) };
      const first = await assess(options(more), { thresholds: { [measure]: 1 } });
      const { value } = first.gate.checks[0]!;
      if (value === null) continue;
      const exact = await assess(options(more), { thresholds: { [measure]: value } });
      expect(exact.gate.pass, measure).toBe(true);
      const stricter = LOWER_BOUNDS.has(measure) ? value + 1e-9 : value - 1e-9;
      const strict = await assess(options(more), { thresholds: { [measure]: stricter } });
      expect(strict.gate.pass, measure).toBe(false);
    }
  });
});

describe('thresholds on the command line', () => {
  it('reads a list', () => {
    expect(parseThresholds('k=5, l=2,t=0.3,prosecutor-max=0.2')).toEqual({
      k: 5,
      l: 2,
      t: 0.3,
      'prosecutor-max': 0.2,
    });
  });

  it.each(['', 'k', 'k=', 'k=x', 'k=0', 't=1.1', 't=-0.1', 'kk=3', 'k=5=6', 'k=Infinity', 'k=5,,l=2'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseThresholds(text)).toThrow(
        expect.objectContaining({ code: 'E_RISK_OPTION', exitCode: 2 }),
      );
    },
  );

  it('names the nearest measure', () => {
    expect(() => parseThresholds('prosecuter-max=1')).toThrow(/prosecutor-max/);
  });
});
