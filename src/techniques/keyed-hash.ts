import { createHmac } from 'node:crypto';
import { NORMALIZE_STEPS, type NormalizeStep, normalizer } from './normalize.ts';
import { defineTechnique, Invalid } from './technique.ts';

type Encoding = 'hex' | 'base64url' | 'base32';

interface KeyedHashParams {
  readonly normalize: readonly NormalizeStep[];
  /** Length of the token: the first `bits` bits of the HMAC. */
  readonly bits: number;
  readonly encoding: Encoding;
}

const NOTHING_LEFT = new Invalid({
  en: 'nothing is left after normalization',
  ko: '정규화하면 남는 글자가 없습니다',
});

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 section 6, upper case, without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += BASE32[(held >>> (bits - 5)) & 31];
  }
  return bits > 0 ? text + BASE32[(held << (5 - bits)) & 31] : text;
}

/** Lower-case hex, base64url (RFC 4648 section 5) or base32, both without padding. */
function encode(bytes: Buffer, encoding: Encoding): string {
  return encoding === 'base32' ? base32(bytes) : bytes.toString(encoding);
}

/**
 * Token of an identifier: HMAC-SHA-256 over the UTF-8 bytes of the normalized value, under the key of the
 * purpose `token` and the column's domain. Frozen: recomputable by anyone with the key, in any language.
 *
 * An empty cell given to it (`on-empty: treat`) gets the token of the empty string. A value that normalizes
 * to nothing is invalid: one token for all such values would link people who have nothing in common.
 */
export const keyedHash = defineTechnique<KeyedHashParams>({
  name: 'keyed-hash',
  doc: {
    en: 'Replace each value by a token that only the key can recompute (HMAC-SHA-256).',
    ko: '값을 키가 있어야만 다시 계산할 수 있는 토큰으로 바꾼다(HMAC-SHA-256).',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: true,
    keepsLength: false,
    leaks: ['equality', 'distribution'],
  },
  bare: true,
  onEmpty: 'keep',
  params: (z) =>
    z.strictObject({
      normalize: z.array(z.enum(NORMALIZE_STEPS)).default([]),
      bits: z.int().min(128).max(256).multipleOf(8).default(256),
      encoding: z.enum(['hex', 'base64url', 'base32']).default('hex'),
    }),
  compile: ({ normalize, bits, encoding }, context) => {
    const key = context.key('token');
    const normalized = normalizer(normalize);
    return {
      cell: (value) => {
        const text = normalized(value);
        if (text === '' && value !== '') return NOTHING_LEFT;
        const mac = createHmac('sha256', key).update(text).digest();
        return encode(mac.subarray(0, bits / 8), encoding);
      },
      kernel: { kind: 'keyed-hash', key, normalize, bits, encoding },
    };
  },
  examples: [
    {
      params: {},
      cells: [
        ['홍길동', 'afb1104251b7fc82f31a90e7ac23bd7a70f0736102badc181f194bacd9c21c5b'],
        ['홍길동'.normalize('NFD'), '7f6cee19d4ced3a6fda3a40ba65830300da923e35fe662dd68805bcd897a9cee'],
        [' 홍길동 ', 'ebc8c7de1d84aa45005ef2f5bfb1cabeaf2ad03cf8f90b4d3a8bdf3b860e06a4'],
        ['🙂', 'ffd79fa97d88382d4f8e1a1cf1cb41908be492b1e81b072bef88f97d37e2ea01'],
        ['a', '3bf7676f24a8d6e98dc60bca511788a7ab7ee98b2bc633f82404c750b08a2dcb'],
      ],
    },
    {
      params: { normalize: ['trim', 'nfc'] },
      cells: [
        ['홍길동'.normalize('NFD'), 'afb1104251b7fc82f31a90e7ac23bd7a70f0736102badc181f194bacd9c21c5b'],
        ['\u3000홍길동\t', 'afb1104251b7fc82f31a90e7ac23bd7a70f0736102badc181f194bacd9c21c5b'],
        ['  ', null],
      ],
    },
    {
      params: { normalize: ['nfkc', 'digits'] },
      cells: [
        ['８００１０１-1234567', '032989754e8b705beaa1952b73a850a020e1535c1853033d3e34d19878b6f1d9'],
        ['없음', null],
      ],
    },
    {
      params: { normalize: ['collapse-space', 'upper'] },
      cells: [
        ['홍\u00a0\n길동', 'f3f86c9c96933c2d9ce9adc438b8580281813f856efad9624bcc7f5922f8ca88'],
        ['Kim', '1f935c7684cb67c72e84bbe54112c85a0c8e7d928186d1cc9ddd7a496524b86f'],
        ['Straße', '09d51745b24d9669df584f6545abe6024b95257815dfca2d4c7b871bb1b1ccbd'],
      ],
    },
    {
      params: { normalize: ['lower'] },
      cells: [['STRAßE', '04c75001cc80a3b42fba37b3788d9a9b8c82e17b01450407ad9c3789de26e9fe']],
    },
    { params: { bits: 128 }, cells: [['홍길동', 'afb1104251b7fc82f31a90e7ac23bd7a']] },
    {
      params: { encoding: 'base64url' },
      cells: [['홍길동', 'r7EQQlG3_ILzGpDnrCO9enDwc2ECutwYHxlLrNnCHFs']],
    },
    {
      params: { encoding: 'base32' },
      cells: [['홍길동', 'V6YRAQSRW76IF4Y2SDT2YI55PJYPA43BAK5NYGA7DFF2ZWOCDRNQ']],
    },
    {
      params: { encoding: 'base32', bits: 128 },
      cells: [['홍길동', 'V6YRAQSRW76IF4Y2SDT2YI55PI']],
    },
  ],
});
