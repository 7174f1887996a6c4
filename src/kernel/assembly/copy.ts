// Copying of short byte ranges. Buffers have 64 bytes of slack, so copies may overrun their end by 15 bytes.

/** Copies `length` bytes; up to 15 more are written behind them. The ranges must not overlap. */
// @ts-ignore: decorator
@inline
export function copyShort(to: usize, from: usize, length: usize): void {
  v128.store(to, v128.load(from));
  for (let done: usize = 16; done < length; done += 16) v128.store(to + done, v128.load(from + done));
}
