import stringWidth from 'string-width';

/** Columns two spaces apart, each as wide as its widest cell; a Hangul syllable is two wide. No trailing spaces. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, stringWidth(cell));
    });
  }
  const pad = (cell: string, index: number) => cell + ' '.repeat(widths[index]! - stringWidth(cell));
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}
