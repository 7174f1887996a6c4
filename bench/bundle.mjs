// node bench/bundle.mjs FILE CERTIFICATE BUNDLE: encrypts a file into the parts of a bundle and signs nothing: what
// release does after the gate. The digests that the gate would have found are taken for granted.
import { createHash } from 'node:crypto';
import { closeSync, openSync, statSync } from 'node:fs';
import { readCertificates } from '../build/release/certificate.js';
import { prepareEnvelope } from '../build/release/envelope.js';
import { PART_BYTES, partLengths } from '../build/release/manifest.js';
import { treatParts } from '../build/release/part-threads.js';

const [source, certificate, bundle] = process.argv.slice(2);
const [recipient] = await readCertificates(certificate);
closeSync(openSync(bundle, 'wx', 0o600));
let at = 0;
const tasks = partLengths(statSync(source).size, PART_BYTES).map((bytes, index) => {
  const { head, key, nonce, bytes: taken } = prepareEnvelope(bytes, [recipient]);
  const into = { path: bundle, at };
  at += taken;
  return { kind: 'encrypt', from: { path: source, at: index * PART_BYTES, bytes }, into, head, key, nonce };
});
const digests = await treatParts(tasks, { file: bundle });
const all = createHash('sha256');
for (const { sha256, plain } of digests) all.update(sha256 + plain);
process.stdout.write(`${all.digest('hex')}\n`);
