/**
 * Steps that bring different spellings of one identifier to one form before it is hashed. Frozen, like the
 * token itself: what a step does never changes, a new meaning gets a new name.
 */
export const NORMALIZE_STEPS = ['trim', 'collapse-space', 'nfc', 'nfkc', 'digits', 'upper', 'lower'] as const;

export type NormalizeStep = (typeof NORMALIZE_STEPS)[number];

const STEPS: Readonly<Record<NormalizeStep, (text: string) => string>> = {
  /** Without white space at both ends: ECMAScript WhiteSpace and LineTerminator, i.e. U+FEFF too, not U+0085. */
  trim: (text) => text.trim(),
  /** Each run of the same white space becomes one U+0020, at the ends too. */
  'collapse-space': (text) => text.replace(/\s+/g, ' '),
  /** Unicode Normalization Form C (UAX #15): Hangul in jamo and in syllables become the same. */
  nfc: (text) => text.normalize('NFC'),
  /** Form KC: also full-width and compatibility characters become their plain ones. */
  nfkc: (text) => text.normalize('NFKC'),
  /** Only the characters 0–9 (U+0030–U+0039) stay; other digits need `nfkc` before. */
  digits: (text) => text.replace(/[^0-9]+/g, ''),
  /** Unicode default case conversion, of no locale: ß becomes SS. */
  upper: (text) => text.toUpperCase(),
  /** Unicode default case conversion, of no locale. */
  lower: (text) => text.toLowerCase(),
};

/** One function that applies the steps in the order given. */
export function normalizer(steps: readonly NormalizeStep[]): (text: string) => string {
  const chain = steps.map((step) => STEPS[step]);
  return (text) => chain.reduce((result, step) => step(result), text);
}
