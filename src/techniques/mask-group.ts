import { graphemes } from './graphemes.ts';
import type { Fill } from './mask-keep.ts';
import { compilePattern } from './pattern.ts';
import { Invalid } from './technique.ts';

const NO_MATCH = new Invalid({
  en: 'the pattern finds nothing to mask',
  ko: '정규식으로 가릴 부분을 찾지 못했습니다',
});

/**
 * Masks what the capture groups of a regular expression hold, in every match. Groups that overlap are masked
 * once. Invalid where no match captures anything: such a value would pass unmasked.
 * @param groups numbers of the groups to mask, from 1; all groups when absent.
 */
export function maskGroups(
  pattern: string,
  groups: readonly number[] | undefined,
  fill: Fill,
): (value: string) => string | Invalid {
  const expression = compilePattern(pattern);
  const masked = groups ?? Array.from({ length: expression.groupCount() }, (_, i) => i + 1);
  return (value) => {
    const matcher = expression.matcher(value);
    let result = '';
    let done = 0;
    while (matcher.find()) {
      const spans = masked
        .map((group) => ({ start: matcher.start(group), end: matcher.end(group) }))
        .filter(({ start, end }) => start < end)
        .sort((a, b) => a.start - b.start);
      for (const { start, end } of spans) {
        const from = Math.max(start, done);
        if (from >= end) continue;
        result += value.slice(done, from) + fill(graphemes(value.slice(from, end)).length);
        done = end;
      }
    }
    return done === 0 ? NO_MATCH : result + value.slice(done);
  };
}
