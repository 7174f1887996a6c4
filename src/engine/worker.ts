import { parentPort } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { useKernelModule } from '../kernel/module.ts';
import type { Plan } from '../rules/plan.ts';
import { BatchProcessor } from './batch.ts';
import type { RowCounts } from './engine.ts';
import type { KeyRing } from './keyring.ts';

/** What a worker thread is given once. The key ring holds derived keys only. */
export interface WorkerSetup {
  readonly plan: Plan;
  readonly keys: KeyRing;
  readonly newline: '\n' | '\r\n';
  readonly kernels: WebAssembly.Module;
}

/** A chunk to treat; both buffers are transferred there and back. */
export interface Task {
  readonly input: ArrayBuffer;
  readonly length: number;
  /** A buffer to write the output into, when it is large enough. */
  readonly spare: ArrayBuffer | undefined;
}

/** The treated chunk; without `rows` something in it cannot be read or treated. */
export interface TaskResult {
  readonly input: ArrayBuffer;
  readonly length: number;
  readonly output: ArrayBuffer;
  readonly outputLength: number;
  readonly rejected: Uint8Array;
  readonly rows: RowCounts | undefined;
}

const setup = workerData as WorkerSetup;
useKernelModule(setup.kernels);
const processor = new BatchProcessor(setup.plan, setup.keys, setup.newline);
parentPort?.postMessage('ready');

/** Treats one chunk (the function that piscina calls). */
export default function treat({ input, length, spare }: Task): TaskResult {
  const result = processor.process(new Uint8Array(input, 0, length));
  const size = result?.output.length ?? 0;
  const output = spare !== undefined && spare.byteLength >= size ? spare : new ArrayBuffer(size);
  if (result !== undefined) new Uint8Array(output).set(result.output);
  const treated: TaskResult = {
    input,
    length,
    output,
    outputLength: size,
    rejected: result?.rejected ?? new Uint8Array(0),
    rows: result?.rows,
  };
  return move({ [transferableSymbol]: [input, output], [valueSymbol]: treated }) as unknown as TaskResult;
}
