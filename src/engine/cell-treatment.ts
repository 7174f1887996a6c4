import type { Column } from '../kernel/arena.ts';
import { columnReader, writeColumn } from '../kernel/text-column.ts';
import type { CompiledStep } from './keyring.ts';
import { type BatchContext, type Treated, type Treatment, treatCell } from './treatment.ts';

/** Runs a technique's `cell` over a batch: for every technique that has no kernel. */
export class CellTreatment implements Treatment {
  readonly #step: CompiledStep;

  constructor(step: CompiledStep) {
    this.#step = step;
  }

  treat(input: Column, batch: BatchContext): Treated {
    const { compiled, drawKey } = this.#step;
    const draws = compiled.draw && drawKey ? batch.draws(compiled.draw, drawKey) : undefined;
    const read = columnReader(batch.arena.kernels, input);
    const cells: string[] = new Array(input.rows);
    let status: Uint8Array | undefined;
    for (let row = 0; row < input.rows; row++) {
      const draw = draws?.subarray(row * 32, row * 32 + 32);
      const result = treatCell(this.#step, read(row), draw);
      if (typeof result === 'string') {
        cells[row] = result;
      } else {
        status ??= new Uint8Array(input.rows);
        status[row] = result;
        cells[row] = '';
      }
    }
    return { column: writeColumn(batch.arena, cells), ...(status && { status }) };
  }
}
