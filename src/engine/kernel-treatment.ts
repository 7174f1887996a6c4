import type { Arena, Column } from '../kernel/arena.ts';
import { Hmac, hmacBytes, type TokenForm, tokens } from '../kernel/hmac.ts';
import { type MaskKeep, maskKeep } from '../kernel/mask.ts';
import { emptiedRows, normalize } from '../kernel/normalize.ts';
import { type Round, round } from '../kernel/round.ts';
import { columnReader } from '../kernel/text-column.ts';
import { complete, type Treated as KernelTreated } from '../kernel/treated.ts';
import { type NormalizeStep, normalizer } from '../techniques/normalize.ts';
import type { CompiledStep } from './keyring.ts';
import { type BatchContext, STATUS, type Treated, type Treatment, treatCell } from './treatment.ts';

/** What the keyed-hash technique asks of its kernel. */
export interface KeyedHash extends TokenForm {
  readonly key: Uint8Array;
  readonly normalize: readonly NormalizeStep[];
}

/** What `on-invalid` makes of a cell. */
const INVALID_STATUS = {
  error: STATUS.faulty,
  redact: STATUS.redacted,
  'reject-row': STATUS.rejected,
} as const;

/** A kernel that leaves some cells to the technique's `cell`. */
class CellKernelTreatment implements Treatment {
  readonly #step: CompiledStep;
  readonly #run: (arena: Arena, input: Column) => KernelTreated;
  readonly #plain: boolean;

  constructor(step: CompiledStep, run: (arena: Arena, input: Column) => KernelTreated, plain: boolean) {
    this.#step = step;
    this.#run = run;
    this.#plain = plain;
  }

  treat(input: Column, { arena }: BatchContext): Treated {
    const done = this.#run(arena, input);
    let status = emptyStatus(this.#step, arena, input);
    if (done.fallback.length === 0)
      return { column: done.column, plain: this.#plain, ...(status && { status }) };
    const read = columnReader(arena.kernels, input);
    const cells = Array.from(done.fallback, (row) => {
      const result = treatCell(this.#step, read(row));
      if (typeof result === 'string') return result;
      status ??= new Uint8Array(input.rows);
      status[row] = result;
      return '';
    });
    return { column: complete(arena, done, cells), plain: this.#plain, ...(status && { status }) };
  }
}

/** Normalizes, hashes four cells at a time, writes tokens. */
class KeyedHashTreatment implements Treatment {
  readonly #step: CompiledStep;
  readonly #request: KeyedHash;
  readonly #normalized: (value: string) => string;
  readonly #hmac: Hmac;
  readonly #plain: boolean;

  constructor(step: CompiledStep, request: KeyedHash, permanent: Arena, plain: boolean) {
    const { kernels } = permanent;
    this.#step = step;
    this.#request = request;
    this.#normalized = normalizer(request.normalize);
    this.#hmac = new Hmac(kernels, request.key, permanent.allocate(hmacBytes(kernels)));
    this.#plain = plain;
  }

  treat(input: Column, { arena }: BatchContext): Treated {
    const messages = this.#normalize(arena, input);
    let status = emptyStatus(this.#step, arena, input);
    if (this.#request.normalize.length > 0) {
      for (const row of emptiedRows(arena.kernels, input, messages)) {
        status ??= new Uint8Array(input.rows);
        status[row] = INVALID_STATUS[this.#step.onInvalid];
      }
    }
    const digests = this.#hmac.digests(arena, messages);
    const column = tokens(arena, digests, messages.rows, this.#request, messages);
    return { column, plain: this.#plain, ...(status && { status }) };
  }

  #normalize(arena: Arena, input: Column): Column {
    const done = normalize(arena, input, this.#request.normalize);
    if (done.fallback.length === 0) return done.column;
    const read = columnReader(arena.kernels, input);
    const cells = Array.from(done.fallback, (row) => this.#normalized(read(row)));
    return complete(arena, done, cells);
  }
}

/** What `on-empty` makes of the empty cells; undefined when they may stay. */
function emptyStatus(step: CompiledStep, arena: Arena, input: Column): Uint8Array | undefined {
  if (step.onEmpty === 'keep') return undefined;
  const { i32 } = arena.kernels;
  const first = input.offsets >> 2;
  const status = new Uint8Array(input.rows);
  for (let row = 0; row < input.rows; row++) {
    if (i32[first + row] !== i32[first + row + 1]) continue;
    status[row] = step.onEmpty === 'error' ? STATUS.faulty : STATUS.rejected;
  }
  return status;
}

/**
 * The kernel that a technique asks for; undefined when there is none, or when it must treat empty cells, which
 * kernels leave alone.
 * @param plain tokens and numbers hold no character that the dialect would want in quotes
 */
export function kernelTreatment(step: CompiledStep, permanent: Arena, plain: boolean): Treatment | undefined {
  const request: unknown = step.compiled.kernel;
  if (step.compiled.kernel === undefined || step.onEmpty === 'treat') return undefined;
  switch (step.compiled.kernel.kind) {
    case 'keyed-hash':
      return new KeyedHashTreatment(step, request as KeyedHash, permanent, plain);
    case 'mask-keep':
      return new CellKernelTreatment(
        step,
        (arena, input) => maskKeep(arena, input, request as MaskKeep),
        false,
      );
    case 'round':
      return new CellKernelTreatment(step, (arena, input) => round(arena, input, request as Round), plain);
    default:
      return undefined;
  }
}
