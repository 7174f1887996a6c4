import fc from 'fast-check';
import { expect, it } from 'vitest';
import { topBottomCode } from '../../src/techniques/top-bottom-code.ts';
import { compileExample, mistakes } from './compile.ts';

it('merges both ends, bounds included, and leaves the middle as it is written', () => {
  const cell = compileExample(topBottomCode, { top: 80, bottom: '-0.5' });
  fc.assert(
    fc.property(fc.integer({ min: -300, max: 12_000 }), (hundredths) => {
      const written = `${(hundredths / 100).toFixed(2)}`;
      const label = hundredths >= 8000 ? '≥80' : hundredths <= -50 ? '≤-0.5' : written;
      expect(cell(written)).toBe(label);
    }),
  );
});

it.each([
  {},
  { 'top-label': '80+' },
  { top: 80, 'bottom-label': '20-' },
  { top: 20, bottom: 80 },
  { top: 20, bottom: 20 },
  { top: 'eighty', bottom: 20 },
  { top: 80, 'top-label': '' },
])('refuses %j', (params) => {
  expect(mistakes(topBottomCode, params)).not.toEqual([]);
});
