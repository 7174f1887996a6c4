import { type CastingContext, stringify } from 'csv-stringify/sync';
import { encodeCp949 } from '../io/cp949.ts';
import type { InputRecord } from '../io/records.ts';
import type { Plan } from '../rules/plan.ts';
import type { OutputCell } from './record-processor.ts';

/**
 * Writes records with csv-stringify in the dialect of the input. Untouched cells keep their quotes; a changed
 * cell stands in quotes when it holds the delimiter, the quote, CR or LF. A cell that is empty and alone in its
 * record always does: many readers skip blank lines, and a record would be lost.
 */
export class RecordWriter {
  readonly #plan: Plan;
  readonly #newline: '\n' | '\r\n';
  /** Number of output columns. */
  readonly #width: number;

  constructor(plan: Plan, newline: '\n' | '\r\n') {
    this.#plan = plan;
    this.#newline = newline;
    this.#width = plan.columns.filter(({ action }) => action !== 'drop').length;
  }

  /** The header of the output: the names of the columns that stay, quoted as they were. */
  header(record: InputRecord): Uint8Array {
    const cells = record.cells
      .filter((_, index) => this.#plan.columns[index]!.action !== 'drop')
      .map((cell) => ({ ...cell, changed: false }));
    const line = this.encode([cells]);
    return this.#plan.output.encoding === 'utf-8-bom' ? Buffer.concat([Buffer.from('\ufeff'), line]) : line;
  }

  /** @param records cells whose characters all exist in the output's encoding */
  encode(records: ReadonlyArray<readonly OutputCell[]>): Uint8Array {
    if (records.length === 0) return new Uint8Array(0);
    const { dialect } = this.#plan;
    const text = stringify(records as OutputCell[][], {
      delimiter: dialect.delimiter,
      quote: dialect.quote,
      escape: dialect.escape,
      eof: true,
      record_delimiter: this.#newline,
      quote_record_delimiter: false,
      cast: {
        object: (cell, context) => this.#cast(cell as unknown as OutputCell, context),
      },
    });
    return this.#plan.output.encoding === 'cp949' ? encodeCp949(text)! : Buffer.from(text);
  }

  #cast(cell: OutputCell, context: CastingContext) {
    if (!this.#standsInQuotes(cell, context.index)) return cell.text;
    return { value: cell.text, quoted: true, quoted_empty: true };
  }

  #standsInQuotes({ text, quoted, changed }: OutputCell, index: number): boolean {
    const { delimiter, quote, comment } = this.#plan.dialect;
    if (quoted) return true;
    if (index === 0 && comment !== '' && text.startsWith(comment)) return true;
    if (text === '') return this.#width === 1;
    if (!changed) return index === this.#width - 1 && text.endsWith('\r');
    return [delimiter, quote, '\r', '\n'].some((special) => text.includes(special));
  }
}
