// The obvious pipeline: csv-parse → transform with createHmac → csv-stringify, in one process.
import { createHmac } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { job, tokenKey } from './job.mjs';

const key = job.workload === 'resident-12' ? tokenKey() : undefined;

const token = (value) => (value === '' ? '' : createHmac('sha256', key).update(value).digest('hex'));
const maskName = (name) => name[0] + '*'.repeat(name.length - 1);
const year = (date) => date.slice(0, 4);
const SIGUNGU = /^(세종특별자치시|\S+ \S+시 \S+구|\S+ \S+)(?= )/;
const sigungu = (address) => SIGUNGU.exec(address)[1];
const roundDown = (income) => String(Math.floor(Number(income) / 1_000_000) * 1_000_000);

const WORKLOADS = {
  'resident-12': {
    member_id: token,
    name: maskName,
    birth: year,
    address: sigungu,
    phone: token,
    email: token,
    income: roundDown,
  },
  'mask-only': { name: maskName, birth: year },
};
const changes = Object.entries(WORKLOADS[job.workload]);

await pipeline(
  createReadStream(job.input),
  parse({ columns: true }),
  new Transform({
    objectMode: true,
    transform(record, _encoding, done) {
      for (const [column, change] of changes) record[column] = change(record[column]);
      done(null, record);
    },
  }),
  stringify({ header: true }),
  createWriteStream(job.output, { mode: 0o600 }),
);
