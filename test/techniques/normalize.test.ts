import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NORMALIZE_STEPS, type NormalizeStep, normalizer } from '../../src/techniques/normalize.ts';

/** WhiteSpace and LineTerminator of ECMA-262 sections 12.2 and 12.3. */
const WHITE = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000, 0xfeff,
];
const apply = (step: NormalizeStep, text: string) => normalizer([step])(text);

describe('normalize', () => {
  it('takes exactly the white space of ECMAScript as white space', () => {
    const codes = Array.from({ length: 0x10000 }, (_, code) => code);
    const treatedAsWhite = (step: NormalizeStep, wrap: (char: string) => string, bare: string) =>
      codes.filter((code) => apply(step, wrap(String.fromCharCode(code))) === bare);
    expect(treatedAsWhite('trim', (char) => `${char}a${char}`, 'a')).toEqual(WHITE);
    expect(treatedAsWhite('collapse-space', (char) => `a${char}${char}b`, 'a b')).toEqual(WHITE);
  });

  it('trims only the ends and collapses also there', () => {
    expect(apply('trim', ' 홍 길동\r\n')).toBe('홍 길동');
    expect(apply('collapse-space', ' 홍\t \n길동\r\n')).toBe(' 홍 길동 ');
  });

  it('keeps ASCII digits only', () => {
    expect(apply('digits', '+82 (0)10-1234')).toBe('820101234');
    expect(apply('digits', '１２３٣²')).toBe('');
  });

  it('composes jamo, and compatibility characters only with nfkc', () => {
    const jamo = '홍길동'.normalize('NFD');
    expect(jamo).not.toBe('홍길동');
    expect(apply('nfc', jamo)).toBe('홍길동');
    expect(apply('nfc', 'ＡＢ１㈜')).toBe('ＡＢ１㈜');
    expect(apply('nfkc', 'ＡＢ１㈜')).toBe('AB1(주)');
  });

  it('converts case without a locale', () => {
    expect(apply('upper', 'straße ı i')).toBe('STRASSE I I');
    expect(apply('lower', 'ΣΑΣ I')).toBe('σας i');
  });

  it('applies steps in the order given', () => {
    expect(normalizer(['nfkc', 'digits'])('１２')).toBe('12');
    expect(normalizer(['digits', 'nfkc'])('１２')).toBe('');
    expect(normalizer([])(' Ａ ')).toBe(' Ａ ');
  });

  it('changes nothing when a step is applied again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NORMALIZE_STEPS), fc.string({ unit: 'grapheme' }), (step, text) => {
        const once = apply(step, text);
        expect(apply(step, once)).toBe(once);
      }),
    );
  });
});
