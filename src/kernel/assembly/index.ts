// Everything the kernels module exports. One file per kernel.
export { findFields, lastRecordEnd } from './structure';
export { columnBytes, gatherColumn, packMessages } from './gather';
export { encodeRecords } from './encode';
export { codesBytes, emitCodes, lookUp } from './dictionary';

/** First address that no kernel uses. */
export function heapBase(): usize {
  return __heap_base;
}
