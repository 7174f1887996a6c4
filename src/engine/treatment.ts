import type { Arena, Column } from '../kernel/arena.ts';
import { type DrawRequest, Invalid } from '../techniques/technique.ts';
import type { CompiledStep } from './keyring.ts';

/** What became of a cell; all but those treated are empty. */
export const STATUS = { treated: 0, rejected: 1, faulty: 2, redacted: 3 } as const;

/** A treated column; `status` holds a STATUS per row and is left out when every cell was treated. */
export interface Treated {
  readonly column: Column;
  readonly status?: Uint8Array;
  /** No cell holds a delimiter, quote, CR or LF whatever the dialect: base64url, hex. */
  readonly plain?: boolean;
}

/** Cells of the batch that is being treated, and what steps may ask of it. */
export interface BatchContext {
  readonly arena: Arena;
  /** Keyed draws of the rows, 32 bytes each, in one array of its own. */
  draws(request: DrawRequest, key: Uint8Array): Uint8Array;
}

/** Applies one step of a column to a whole batch. */
export interface Treatment {
  treat(input: Column, batch: BatchContext): Treated;
}

/** One cell through one step with its policies: the text, or a STATUS other than treated. */
export function treatCell(step: CompiledStep, value: string, draw?: Uint8Array): string | 1 | 2 | 3 {
  if (value === '' && step.onEmpty !== 'treat') {
    if (step.onEmpty === 'keep') return '';
    return step.onEmpty === 'reject-row' ? STATUS.rejected : STATUS.faulty;
  }
  const result = step.compiled.cell(value, draw);
  if (!(result instanceof Invalid)) return result;
  if (step.onInvalid === 'redact') return STATUS.redacted;
  return step.onInvalid === 'reject-row' ? STATUS.rejected : STATUS.faulty;
}
