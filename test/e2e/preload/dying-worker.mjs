// Ends every worker thread in the way DIE names: in the middle of a chunk, or with WHEN=load before the first.
import { isMainThread } from 'node:worker_threads';

const CHUNKS = 3;
const ways = {
  exit: () => process.exit(1),
  throw: () => {
    throw new Error('CANARY-881207');
  },
  memory: () => {
    const held = [];
    for (;;) held.push(new Array(1e6).fill(held.length));
  },
};
const die = ways[process.env.DIE];

if (!isMainThread && process.env.WHEN === 'load') die();
if (!isMainThread) {
  const { set } = Uint8Array.prototype;
  let calls = 0;
  Uint8Array.prototype.set = function (...args) {
    if (this.length > 1000 && ++calls === CHUNKS) die();
    return set.apply(this, args);
  };
}
