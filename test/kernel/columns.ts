import fc from 'fast-check';
import { Arena, type Column } from '../../src/kernel/arena.ts';
import { Kernels } from '../../src/kernel/module.ts';
import { columnReader } from '../../src/kernel/text-column.ts';

export const kernels = new Kernels();

/** Room for what outlives a batch, e.g. key areas. */
export const RESERVED = (kernels.heapBase + 63) & ~63;

/** An arena whose memory holds rubbish, as it does after other batches. */
export function freshArena(): Arena {
  const arena = new Arena(kernels, RESERVED + 65536);
  kernels.ensure(RESERVED + (1 << 22));
  kernels.u8.fill(0xa5, RESERVED + 65536);
  return arena;
}

/** All cells of a column as strings. */
export function cellsOf(column: Column): string[] {
  const read = columnReader(kernels, column);
  return Array.from({ length: column.rows }, (_, row) => read(row));
}

/** Cells that a kernel treats itself; the definition that its fallback rows are held against. */
export const SIMPLE = /^[\x20-\x7e\uac00-\ud7a3\u4e00-\u9fff]*$/;

const plain = fc.constantFrom(
  'a',
  'Z',
  'q',
  '0',
  '9',
  ' ',
  '  ',
  '-',
  '!',
  '~',
  '@',
  '[',
  '`',
  '{',
  '/',
  ':',
);
const korean = fc.constantFrom('홍', '가', '힣', '漢', '一', '\u9fff');
/** What looks simple and is not, or stands just outside the simple ranges. */
const special = fc.constantFrom(
  ...[
    '\t',
    '\r\n',
    '\0',
    '\x1f',
    '\x7f',
    '\u0080',
    '\u00a0',
    '\u3000',
    '\ufeff',
    '\u2028',
    '\ud7a4',
    '\uabff',
  ],
  ...[
    '\u4dff',
    '\ua000',
    '\u1100',
    '\u1161',
    '\u11a8',
    '\u0301',
    '\u200d',
    'é',
    'ß',
    'İ',
    'Σ',
    'ﬁ',
    '①',
    'Ａ',
    '１',
  ],
  ...['👨‍👩‍👧', '👍🏽', '𠮷', '豈', 'ㄱ'],
);

/** A column of cells, most of them simple, of lengths around the 16 bytes that kernels read at once. */
export const anyCells = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: plain, maxLength: 40 }) },
    { weight: 4, arbitrary: fc.string({ unit: fc.oneof(plain, korean), maxLength: 24 }) },
    { weight: 2, arbitrary: fc.string({ unit: fc.oneof(plain, korean, special), maxLength: 24 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  ),
  { maxLength: 12 },
);
