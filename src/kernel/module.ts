import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** What the AssemblyScript sources in assembly/ export; every pointer is a byte offset into `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  lastRecordEnd(start: number, length: number, quote: number): number;
  findFields(
    start: number,
    length: number,
    delimiter: number,
    quote: number,
    columns: number,
    longest: number,
    ends: number,
  ): number;
  columnBytes(start: number, ends: number, columns: number, column: number, rows: number, n: number): number;
  gatherColumn(
    start: number,
    ends: number,
    columns: number,
    column: number,
    quote: number,
    rows: number,
    n: number,
    outOffsets: number,
    outBytes: number,
  ): number;
  pickRows(
    offsets: number,
    bytes: number,
    rows: number,
    n: number,
    outOffsets: number,
    outBytes: number,
  ): void;
  packMessages(
    prefix: number,
    prefixLength: number,
    columns: number,
    k: number,
    n: number,
    outOffsets: number,
    outBytes: number,
  ): number;
  encodeRecords(
    start: number,
    ends: number,
    columns: number,
    rows: number,
    keep: number,
    n: number,
    descriptors: number,
    count: number,
    delimiter: number,
    quote: number,
    newline: number,
    single: number,
    outBytes: number,
  ): number;
  lookUp(
    dict: number,
    offsets: number,
    bytes: number,
    n: number,
    words: number,
    suffix: number,
    codes: number,
    firsts: number,
  ): number;
  codesBytes(codes: number, n: number, valueOffsets: number): number;
  emitCodes(
    codes: number,
    n: number,
    valueOffsets: number,
    valueBytes: number,
    outOffsets: number,
    outBytes: number,
  ): number;
  hmacAreaBytes(): number;
  hmacInit(area: number): void;
  hmacColumn(offsets: number, bytes: number, n: number, area: number, out: number): void;
  writeTokens(
    digests: number,
    sources: number,
    n: number,
    bits: number,
    width: number,
    outOffsets: number,
    outBytes: number,
  ): number;
  normalizeColumn(
    offsets: number,
    bytes: number,
    n: number,
    steps: number,
    stepCount: number,
    outOffsets: number,
    outBytes: number,
    fallback: number,
  ): number;
  maskColumn(
    offsets: number,
    bytes: number,
    n: number,
    first: number,
    last: number,
    char: number,
    charLength: number,
    fixed: number,
    outOffsets: number,
    outBytes: number,
    fallback: number,
  ): number;
  roundColumn(
    offsets: number,
    bytes: number,
    n: number,
    multiple: bigint,
    mode: number,
    outOffsets: number,
    outBytes: number,
    fallback: number,
  ): number;
  spliceColumn(
    offsets: number,
    bytes: number,
    n: number,
    rows: number,
    count: number,
    newOffsets: number,
    newBytes: number,
    outOffsets: number,
    outBytes: number,
  ): number;
}

const PAGE = 65_536;
const GROWTH_PAGES = 32;

let compiled: WebAssembly.Module | undefined;

/**
 * The compiled kernels. Compiled once per process by the optimizing compiler (a job is too short to wait for
 * tier-up); a Module can be posted to worker threads.
 */
export function kernelModule(): WebAssembly.Module {
  if (compiled === undefined) {
    setFlagsFromString('--no-liftoff');
    setFlagsFromString('--no-wasm-tier-up');
    compiled = new WebAssembly.Module(readFileSync(new URL('./kernels.wasm', import.meta.url)));
  }
  return compiled;
}

/** Lets a worker thread use the module compiled by its parent. */
export function useKernelModule(module: WebAssembly.Module): void {
  compiled = module;
}

/** Kernels with a memory of their own. Views of the memory are taken anew after it grows: use the getters. */
export class Kernels {
  readonly call: KernelExports;
  #u8: Uint8Array;
  #i32: Int32Array;

  constructor() {
    const instance = new WebAssembly.Instance(kernelModule(), {});
    this.call = instance.exports as KernelExports;
    this.#u8 = new Uint8Array(this.call.memory.buffer);
    this.#i32 = new Int32Array(this.call.memory.buffer);
  }

  get u8(): Uint8Array {
    if (this.#u8.buffer !== this.call.memory.buffer) this.#u8 = new Uint8Array(this.call.memory.buffer);
    return this.#u8;
  }

  get i32(): Int32Array {
    if (this.#i32.buffer !== this.call.memory.buffer) this.#i32 = new Int32Array(this.call.memory.buffer);
    return this.#i32;
  }

  /** First address that no kernel uses: an arena may start here. */
  get heapBase(): number {
    return this.call.heapBase();
  }

  /** Grows the memory so that `end` bytes exist; by more than that, for every growth costs a collection. */
  ensure(end: number): void {
    const { byteLength } = this.call.memory.buffer;
    if (end > byteLength) this.call.memory.grow(Math.ceil((end - byteLength) / PAGE) + GROWTH_PAGES);
  }
}
