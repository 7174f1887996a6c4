import { GamyeongError, type Place } from '../errors.ts';
import { encodeCp949 } from '../io/cp949.ts';
import type { Cell } from '../io/quoting.ts';
import { ENCODING_NAMES } from '../io/text-decoder.ts';
import { say, type Text } from '../messages/language.ts';
import type { Plan } from '../rules/plan.ts';
import { draw } from '../techniques/draw.ts';
import { type DrawRequest, Invalid } from '../techniques/technique.ts';
import type { CellCounts } from './engine.ts';
import { type CompiledPlan, type CompiledStep, compileTechniques, type KeyRing } from './keyring.ts';

/** What becomes of a record: its output cells, or the reason why it is left out. */
export type Outcome = readonly OutputCell[] | 'suppressed' | 'rejected';

/** A cell of the output; `changed` where a technique stood over it, even if the value is the same. */
export interface OutputCell extends Cell {
  readonly changed: boolean;
}

const EMPTY_CELL: Text = { en: 'the cell is empty', ko: '값이 비어 있습니다' };
const BLANK_LINE: Text = { en: ' (the line is blank)', ko: ' (빈 줄)' };
const REJECTED = Symbol('rejected');

/** The meaning of a plan, one record at a time: row rules, then columns in header order. */
export class RecordProcessor {
  readonly #plan: Plan;
  readonly #file: string;
  readonly #compiled: CompiledPlan;
  readonly #index: ReadonlyMap<string, number>;
  #redacted: number[];

  /** @param file name of the input as the user typed it, for errors */
  constructor(plan: Plan, keys: KeyRing, file: string) {
    this.#plan = plan;
    this.#file = file;
    this.#compiled = compileTechniques(plan, keys);
    this.#redacted = plan.header.map(() => 0);
    this.#index = new Map(plan.header.map((name, index) => [name, index]));
  }

  /**
   * @param row number of the record as a spreadsheet shows it
   * @throws GamyeongError E_ROW_SHORT, E_ROW_LONG, E_CELL, E_UNMAPPABLE
   */
  process(cells: readonly Cell[], row: number): Outcome {
    this.#checkLength(cells, row);
    if (!this.#stays(cells)) return 'suppressed';
    const output: OutputCell[] = [];
    for (const [index, column] of this.#plan.columns.entries()) {
      if (column.action === 'drop') continue;
      if (column.action === 'keep') {
        output.push({ ...cells[index]!, changed: false });
      } else {
        const text = this.#treat(cells, index, row);
        if (text === REJECTED) return 'rejected';
        output.push({ text, quoted: false, changed: true });
      }
    }
    if (this.#plan.output.encoding === 'cp949') this.#checkMappable(output, row);
    return output;
  }

  /** Cells redacted since it was last asked. */
  takeRedacted(): CellCounts {
    const redacted = this.#redacted;
    this.#redacted = redacted.map(() => 0);
    return redacted;
  }

  #checkLength(cells: readonly Cell[], row: number): void {
    const found = cells.length;
    const expected = this.#plan.header.length;
    if (found === expected) return;
    const [first] = cells;
    const blank = found === 1 && first!.text === '' && !first!.quoted ? say(BLANK_LINE) : '';
    const code = found < expected ? 'E_ROW_SHORT' : 'E_ROW_LONG';
    throw new GamyeongError(code, { found, expected, blank }, { file: this.#file, row });
  }

  #stays(cells: readonly Cell[]): boolean {
    return this.#compiled.rows.every(({ inputs, compiled, drawKey }) =>
      compiled.keeps(
        inputs.map((index) => cells[index]!.text),
        this.#draw(compiled.draw, drawKey, cells),
      ),
    );
  }

  #treat(cells: readonly Cell[], index: number, row: number): string | typeof REJECTED {
    let text = cells[index]!.text;
    for (const step of this.#compiled.columns[index]!) {
      if (text === '' && step.onEmpty !== 'treat') {
        if (step.onEmpty === 'keep') continue;
        if (step.onEmpty === 'reject-row') return REJECTED;
        throw this.#cellError(step, EMPTY_CELL, index, row);
      }
      const result = step.compiled.cell(text, this.#draw(step.compiled.draw, step.drawKey, cells));
      if (!(result instanceof Invalid)) {
        text = result;
      } else {
        if (step.onInvalid === 'reject-row') return REJECTED;
        if (step.onInvalid === 'error') throw this.#cellError(step, result.reason, index, row);
        this.#redacted[index]!++;
        text = '';
      }
    }
    return text;
  }

  #draw(
    request: DrawRequest | undefined,
    key: Uint8Array | undefined,
    cells: readonly Cell[],
  ): Uint8Array | undefined {
    if (request === undefined || key === undefined) return undefined;
    const over = request.over === 'record' ? this.#plan.recordKey : request.over;
    return draw(
      key,
      request.column,
      over.map((name) => cells[this.#index.get(name)!]!.text),
    );
  }

  #cellError(step: CompiledStep, reason: Text, index: number, row: number): GamyeongError {
    return new GamyeongError(
      'E_CELL',
      { technique: step.technique, reason: say(reason) },
      this.#place(index, row),
    );
  }

  #checkMappable(output: readonly OutputCell[], row: number): void {
    const kept = this.#plan.columns.filter(({ action }) => action !== 'drop');
    output.forEach(({ text }, at) => {
      if (encodeCp949(text) !== undefined) return;
      const index = this.#index.get(kept[at]!.name)!;
      throw new GamyeongError('E_UNMAPPABLE', { encoding: ENCODING_NAMES.cp949 }, this.#place(index, row));
    });
  }

  #place(index: number, row: number): Place {
    return { file: this.#file, row, column: this.#plan.header[index]! };
  }
}
