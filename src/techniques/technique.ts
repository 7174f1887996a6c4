import type { z as zod } from 'zod';
import type { Text } from '../messages/language.ts';

/** The zod namespace, handed to `params` so that worker threads never load zod. */
export type Zod = typeof zod;

/** Purposes of derived keys: info = `gamyeong/v1/` + purpose + `/` + domain. */
export type KeyPurpose = 'token' | 'date-shift' | 'noise' | 'sample' | 'ip' | 'round' | 'order' | 'rekey-map';

/** A cell that a technique cannot treat. The reason never quotes the cell. */
export class Invalid {
  readonly reason: Text;
  constructor(reason: Text) {
    this.reason = reason;
  }
}

/** What is done with an empty cell: left empty, refused, its row rejected, or given to the technique as ''. */
export type OnEmpty = 'keep' | 'error' | 'reject-row' | 'treat';
/** What is done with a cell the technique answers `Invalid` to. */
export type OnInvalid = 'error' | 'redact' | 'reject-row';

export interface CompileContext {
  /** Header name of the column. */
  readonly column: string;
  /** All header names, in order. */
  readonly header: readonly string[];
  /** The 32-byte key derived for this purpose and the column's domain. */
  key(purpose: KeyPurpose): Uint8Array;
}

/**
 * Which keyed draw a cell needs: HMAC-SHA-256(key(purpose), LP(column) ‖ LP(each cell of the record key)),
 * LP = 4-byte big-endian length and the UTF-8 bytes of the input value. `column` is the name put first;
 * `over` lists the input columns whose cells follow, or 'record' for the plan's record key.
 */
export interface DrawRequest {
  readonly purpose: KeyPurpose;
  readonly column: string;
  readonly over: 'record' | readonly string[];
}

/**
 * A kernel that computes the same as `cell`, named as data so that techniques do not depend on an engine.
 * An engine that does not know the kind uses `cell`.
 */
export type KernelRequest = { readonly kind: string } & Readonly<Record<string, unknown>>;

/**
 * The result depends only on the first `words` space-separated words of the value, on the next word when it ends
 * with `suffix` (one Hangul syllable), and on whether more words follow: `cell` gives the same for all values
 * that share these.
 */
export interface DecidingPrefix {
  readonly words: number;
  readonly suffix?: string;
}

export interface CompiledTechnique {
  /**
   * The meaning of the technique: one decoded input cell to one output cell. Pure: it depends on the value
   * and the draw alone. Never called with '' unless `on-empty: treat`.
   * @param draw 32 bytes, present when `draw` is requested.
   */
  cell(value: string, draw?: Uint8Array): string | Invalid;
  readonly draw?: DrawRequest;
  /** What of a value decides its result, where that is its first words: an engine may remember results by it. */
  readonly prefix?: DecidingPrefix;
  readonly kernel?: KernelRequest;
}

/** What an attacker or analyst can still tell from the output of a technique. */
export type Leak =
  | 'value'
  | 'equality'
  | 'order'
  | 'prefix'
  | 'length'
  | 'part'
  | 'distribution'
  | 'interval';

export interface Properties {
  /** Same value, same result, wherever it stands (false for draws over the record). */
  readonly deterministic: boolean;
  /** Can be undone by whoever has the key. */
  readonly reversible: boolean;
  readonly keyed: boolean;
  readonly keepsLength: boolean;
  readonly leaks: readonly Leak[];
}

/** A worked example: documentation and conformance case at once. Keyed ones use EXAMPLE_KEY and domain `example`. */
export interface Example {
  readonly params: unknown;
  /** Input cell and what comes out; `null` means `Invalid`. */
  readonly cells: readonly (readonly [string, string | null])[];
}

/** The master key of the examples: bytes 00 01 … 1f. */
export const EXAMPLE_KEY: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => i);

interface Described {
  readonly name: string;
  readonly doc: Text;
  readonly properties: Properties;
  readonly examples: readonly Example[];
}

/** A technique that changes the cells of one column. `P` is what `params` parses to. */
export interface Technique<P = unknown> extends Described {
  /**
   * Schema of the parameters, without `on-empty` and `on-invalid`, which every technique has. Refinements
   * word their issues with `issue(text)`.
   */
  params(z: Zod): zod.ZodType<P>;
  /** Parameters may be left out (`apply: name`). */
  readonly bare: boolean;
  readonly onEmpty: OnEmpty;
  /** Reads tables that the parameters name, so that the plan is complete in itself. Result replaces the params. */
  load?(params: P, read: (path: string) => string): P;
  /** Checks that need the header (e.g. named columns exist); returns reasons keyed by parameter name. */
  columns?(params: P): readonly string[];
  compile(params: P, context: CompileContext): CompiledTechnique;
}

/** A rule over whole records: decides whether a record stays. */
export interface RowTechnique<P = unknown> extends Described {
  params(z: Zod): zod.ZodType<P>;
  /** Input columns the decision reads. */
  columns(params: P): readonly string[];
  compile(params: P, context: Omit<CompileContext, 'column'>): CompiledRowTechnique;
}

export interface CompiledRowTechnique {
  /** @param values the cells of `columns(params)`, decoded. @returns true when the record stays. */
  keeps(values: readonly string[], draw?: Uint8Array): boolean;
  readonly draw?: DrawRequest;
}

/**
 * Options of a zod refinement whose sentence exists in both languages: it travels in the issue's
 * `params.text`. `path` is relative to what is refined.
 */
export function issue(text: Text, path: string[] = []) {
  return { message: text.en, params: { text }, path };
}

/** Keeps the parameter type of a technique while it stands in a list of all of them. */
export function defineTechnique<P>(technique: Technique<P>): Technique {
  return technique as unknown as Technique;
}

export function defineRowTechnique<P>(technique: RowTechnique<P>): RowTechnique {
  return technique as unknown as RowTechnique;
}
