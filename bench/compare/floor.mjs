// The floor: what any program doing this job must at least do, at the speed of OpenSSL's SHA-256.
//   bytes read and hashed    = size of the input
//   bytes written and hashed = size of the output
//   HMAC blocks              = 2 × tokens, 64 bytes each
// An HMAC whose two key blocks are cached as midstates costs one compression for a message of up to 55 bytes
// (longer ones do not occur) and one for the outer hash. Each thread hashes its share of these blocks as one long
// message; meanwhile the main thread reads, writes and makes the two digests.
// `--fsync` makes the output durable before the end, as gamyeong does.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { job } from './job.mjs';

const SHA256_BLOCK = 64;
const COMPRESSIONS_PER_TOKEN = 2;
const PIECE = 1 << 20;

function hashBlocks(bytes) {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE);
  for (let left = bytes; left > 0; left -= PIECE) hash.update(left < PIECE ? piece.subarray(0, left) : piece);
  hash.digest();
}

function readWriteAndDigest() {
  const input = openSync(job.input, 'r');
  const output = openSync(job.output, 'wx', 0o600);
  const inputHash = createHash('sha256');
  const outputHash = createHash('sha256');
  const piece = Buffer.alloc(PIECE);
  for (let read = readSync(input, piece); read > 0; read = readSync(input, piece))
    inputHash.update(piece.subarray(0, read));
  for (let left = job.outBytes; left > 0; left -= PIECE) {
    const written = left < PIECE ? piece.subarray(0, left) : piece;
    outputHash.update(written);
    writeSync(output, written);
  }
  if (job.fsync) fsyncSync(output);
  inputHash.digest();
  outputHash.digest();
  closeSync(input);
  closeSync(output);
}

if (isMainThread) {
  const share = Math.ceil((COMPRESSIONS_PER_TOKEN * job.tokens) / job.threads) * SHA256_BLOCK;
  const workers = Array.from(
    { length: job.threads },
    () => new Worker(import.meta.filename, { workerData: share }),
  );
  const ends = workers.map((worker) => once(worker, 'exit'));
  readWriteAndDigest();
  await Promise.all(ends);
} else {
  hashBlocks(workerData);
}
