// Everything the kernels module exports. One file per kernel.
export {};
