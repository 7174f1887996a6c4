const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Printable ASCII, Hangul syllables and common Han: each code unit is a grapheme beside any other of them. */
const SIMPLE = /^[\x20-\x7e\uac00-\ud7a3\u4e00-\u9fff]*$/;

/**
 * Splits text into what a reader sees as characters: extended grapheme clusters (UAX #29). A Hangul syllable
 * counts once in NFC and in NFD, and so does an emoji of several code points. The clusters of newly encoded
 * scripts and emoji follow the Unicode version of the runtime.
 */
export function graphemes(text: string): string[] {
  if (SIMPLE.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
