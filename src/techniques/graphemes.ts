const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Printable ASCII, Hangul syllables and common Han: each code unit is a grapheme beside any other of them. */
const SIMPLE = /^[\x20-\x7e\uac00-\ud7a3\u4e00-\u9fff]*$/;

/**
 * Code units that are segmented at once: with every segment V8 copies the whole text it is from, so a cell of
 * 120 kB took nine seconds. Where a cluster begins, nothing before it matters to what follows (UAX #29).
 */
const WINDOW = 128;

/**
 * Splits text into what a reader sees as characters: extended grapheme clusters (UAX #29). A Hangul syllable
 * counts once in NFC and in NFD, and so does an emoji of several code points. The clusters of newly encoded
 * scripts and emoji follow the Unicode version of the runtime.
 */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  const all: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = windowEnd(text, at, WINDOW);
    const whole = Array.from(segmenter.segment(text.slice(at, end)), ({ segment }) => segment);
    if (end < text.length) whole.pop(); // it may go on behind the window
    if (whole.length === 0) whole.push(longCluster(text, at));
    for (const cluster of whole) {
      all.push(cluster);
      at += cluster.length;
    }
  }
  return all;
}

/** The cluster at `at`, which fills a window. */
function longCluster(text: string, at: number): string {
  for (let size = 2 * WINDOW; ; size *= 2) {
    const end = windowEnd(text, at, size);
    const { segment } = segmenter.segment(text.slice(at, end)).containing(0)!;
    if (at + segment.length < end || end === text.length) return segment;
  }
}

/** Where a window ends: not between the halves of a character. */
function windowEnd(text: string, at: number, size: number): number {
  const end = at + size;
  if (end >= text.length) return text.length;
  return text.codePointAt(end - 1)! > 0xffff ? end - 1 : end;
}
