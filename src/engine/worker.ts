import { parentPort } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol, workerData } from 'piscina';
import { useKernelModule } from '../kernel/module.ts';
import { BatchProcessor } from './batch.ts';
import { unpackSetup } from './setup.ts';
import type { Task, TaskResult } from './threads.ts';

useKernelModule(workerData as WebAssembly.Module);
parentPort?.postMessage('loaded');

let processor: BatchProcessor | undefined;

/** Treats one chunk (the function that piscina calls). */
export default function treat({ setup, input, length, spare }: Task): TaskResult {
  if (processor === undefined) {
    const { plan, keys, newline } = unpackSetup(setup);
    processor = new BatchProcessor(plan, keys, newline);
  }
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
    redacted: result?.redacted ?? [],
  };
  return move({ [transferableSymbol]: [input, output], [valueSymbol]: treated }) as unknown as TaskResult;
}
