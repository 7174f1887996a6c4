// Everything the kernels module exports. One file per kernel.
export { findFields, lastRecordEnd } from './structure';
export { columnBytes, gatherColumn, packMessages, pickRows } from './gather';
export { encodeRecords } from './encode';
export { codesBytes, emitCodes, lookUp } from './dictionary';
export { hmacAreaBytes, hmacColumn, hmacInit } from './hmac';
export { writeTokens } from './token';
export { normalizeColumn } from './normalize';
export { maskColumn } from './mask';
export { roundColumn } from './round';
export { spliceColumn } from './splice';

/** First address that no kernel uses. */
export function heapBase(): usize {
  return __heap_base;
}
