// What the comparison programs share: their flags and the key of the tokens, made as the frozen definition says.
import { hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

/** Scope of the tokens; the same as in bench/rules. */
const DOMAIN = 'bench';

const { values } = parseArgs({
  options: {
    workload: { type: 'string', default: 'resident-12' },
    in: { type: 'string' },
    out: { type: 'string' },
    key: { type: 'string' },
    threads: { type: 'string', default: '1' },
    'out-bytes': { type: 'string', default: '0' },
    tokens: { type: 'string', default: '0' },
    fsync: { type: 'boolean', default: false },
  },
});

export const job = {
  workload: values.workload,
  input: values.in,
  output: values.out,
  keyFile: values.key,
  threads: Number(values.threads),
  outBytes: Number(values['out-bytes']),
  tokens: Number(values.tokens),
  fsync: values.fsync,
};

/** HKDF-SHA-256(master key, empty salt, `gamyeong/v1/token/` + domain), 32 bytes. */
export function tokenKey() {
  const master = Buffer.from(readFileSync(job.keyFile, 'utf8').trim(), 'hex');
  return Buffer.from(hkdfSync('sha256', master, '', `gamyeong/v1/token/${DOMAIN}`, 32));
}
