import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphemes } from '../../src/techniques/graphemes.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
const atOnce = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** What clusters are made of: marks, jamo, joiners, flags, modifiers, conjuncts, line ends. */
const unit = fc.constantFrom(
  ...[
    'a',
    '가',
    '漢',
    '\u0301',
    '\u1100',
    '\u1161',
    '\u11a8',
    '각\u11a8',
    '\u200d',
    '👨',
    '👩‍👧',
    '🏽',
    '🇰',
    '🇷',
    '\ufe0f',
  ],
  ...['क', '्', 'ष', 'ि', '\r', '\n', '\r\n', '\u0600', 'é', '🙂'],
);

it('is what the runtime makes of the text at once, however long the text and its clusters are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(unit, fc.constantFrom(1, 1, 1, 2, 3, 127, 128, 300)), { maxLength: 40 }),
      (parts) => {
        const text = parts.map(([part, times]) => part.repeat(times)).join('');
        expect(graphemes(text)).toEqual(atOnce(text));
      },
    ),
    { numRuns: 300 },
  );
});

it.each(['\u0301', '🇰', '\u200d👨', '\u1100', 'e\u0301🙂'])('cuts %j, many times, at any offset', (part) => {
  for (let before = 120; before < 136; before++) {
    const text = 'x'.repeat(before) + part.repeat(200);
    expect(graphemes(text)).toEqual(atOnce(text));
  }
});

it('takes a long cell of composed characters', () => {
  expect(graphemes('e\u0301🙂'.repeat(200_000))).toHaveLength(400_000);
  expect(graphemes(`e${'\u0301'.repeat(1_000_000)}x`)).toHaveLength(2);
});
