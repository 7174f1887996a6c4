// Everything the kernels module exports. One file per kernel.
export { findFields, lastRecordEnd } from './structure';
export { columnBytes, gatherColumn, packMessages } from './gather';
export { encodeRecords } from './encode';
export { codesBytes, emitCodes, lookUp } from './dictionary';
