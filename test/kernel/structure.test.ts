import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Kernels } from '../../src/kernel/module.ts';

const kernels = new Kernels();
const START = 1 << 16;
const ENDS = 1 << 20;
kernels.ensure(1 << 22);

function load(text: string): number {
  const bytes = Buffer.from(text, 'latin1');
  kernels.u8.fill(0xff, START, START + bytes.length + 128);
  kernels.u8.set(bytes, START);
  return bytes.length;
}

/** Separator positions per RFC 4180, byte by byte: the oracle. Null where the text is not well formed. */
function fieldsOf(text: string, columns: number): number[] | null {
  const ends: number[] = [];
  let at = 0;
  let inRow = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      at++;
      for (;;) {
        if (at >= text.length) return null;
        if (text[at] !== '"') at++;
        else if (text[at + 1] === '"') at += 2;
        else break;
      }
      at++;
      if (text[at] === '\r' && text[at + 1] === '\n') at++;
      if (text[at] !== ',' && text[at] !== '\n') return null;
    } else {
      while (at < text.length && text[at] !== ',' && text[at] !== '\n') if (text[at++] === '"') return null;
    }
    ends.push(at);
    inRow++;
    if (text[at] === '\n') {
      if (inRow !== columns) return null;
      inRow = 0;
    }
    at++;
  }
  return inRow === 0 && !text.includes('\0') ? ends : null;
}

function find(text: string, columns: number, longest = 1 << 20) {
  const length = load(text);
  const rows = kernels.call.findFields(START, length, 44, 34, columns, longest, ENDS);
  const count = (rows < -1 ? -2 - rows : rows) * columns;
  const ends = [...kernels.i32.subarray(ENDS >> 2, (ENDS >> 2) + Math.max(count, 0))].map((at) => at - START);
  return { rows, ends: rows === -1 ? null : ends };
}

const anything = fc
  .array(
    fc.constantFrom(
      'a',
      '가',
      '"',
      '""',
      ',',
      '\n',
      '\r\n',
      '\r',
      '"x"',
      '"a,b"',
      '"\n"',
      '\0',
      'x'.repeat(30),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => `${Buffer.from(parts.join('')).toString('latin1')}\n`);

const cell = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\r'), maxLength: 40 }),
  fc
    .string({ unit: fc.constantFrom('a', ',', '\n', '"', '\r'), maxLength: 40 })
    .map((text) => `"${text.replaceAll('"', '""')}"`),
);

describe('findFields', () => {
  it('agrees with a byte-by-byte reading on any text', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 4 }), (text, columns) => {
        expect(find(text, columns).ends).toEqual(fieldsOf(text, columns));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees on well-formed records of every width', () => {
    const table = fc
      .integer({ min: 1, max: 7 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 30 }),
      );
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, newline) => {
        const text = rows.map((row) => row.join(',') + newline).join('');
        const found = find(text, rows[0]!.length);
        expect(found.rows).toBe(rows.length);
        expect(found.ends).toEqual(fieldsOf(text, rows[0]!.length));
      }),
      { numRuns: 1000 },
    );
  });

  it('refuses a record longer than allowed, wherever it stands', () => {
    expect(find('a,b\nccccc,d\n', 2, 7).rows).toBe(2);
    expect(find('a,b\r\nccccc,d\r\n', 2, 7).rows).toBe(2);
    expect(find('a,b\nccccc,d\n', 2, 6).rows).toBe(-1);
    expect(find('a,b\r\nccccc,d\r\n', 2, 6).rows).toBe(-1);
  });

  it('tells of bytes that may begin a byte order mark', () => {
    expect(find('\xef,b\n', 2).rows).toBe(-3);
    expect(find(`${'a'.repeat(100)},\xef\n${'b,c\n'.repeat(50)}`, 2).rows).toBe(-2 - 51);
  });
});

describe('lastRecordEnd', () => {
  it('is the end of the last line feed outside quotes', () => {
    fc.assert(
      fc.property(anything, fc.nat(200), (whole, cut) => {
        const text = whole.slice(0, cut);
        let inside = false;
        let expected = 0;
        for (let i = 0; i < text.length; i++) {
          if (text[i] === '"') inside = !inside;
          else if (text[i] === '\n' && !inside) expected = i + 1;
        }
        expect(kernels.call.lastRecordEnd(START, load(text), 34)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
