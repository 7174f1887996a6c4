// The input of the benchmark: made-up residents, the same bytes for the same seed and number of rows.
// Run alone it makes one file: node bench/data.mjs ROWS
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FAMILY_NAMES, GIVEN_ROMANISED, GIVEN_SYLLABLES, REGIONS, ROAD_STEMS } from './korean.mjs';

const SEED = 20260401;
const WRITE_BYTES = 1 << 20;
const LONGEST_LINE = 1024;
const HEADER =
  'member_id,name,sex,birth,address,phone,email,household_size,income,category,registered_on,status\n';

export const DATA_DIRECTORY = fileURLToPath(new URL('data', import.meta.url));

/**
 * @typedef {object} DataFile
 * @property {string} path
 * @property {string} version digest of the generator's source: other code, other data
 * @property {number} seed
 * @property {number} rows without the header
 * @property {number} bytes
 * @property {number} tokens cells that are not empty in the three columns that resident-12 hashes
 * @property {string} sha256 of the file, hex
 */

/**
 * Gives the file of the workload with that many rows and makes it first when it is not there yet or was made
 * by another version of the generator. The first n rows of a longer file are the rows of a shorter one.
 * @param {number} rows
 * @returns {DataFile}
 */
export function dataFile(rows) {
  mkdirSync(DATA_DIRECTORY, { recursive: true });
  const path = `${DATA_DIRECTORY}/resident-12-${rows}.csv`;
  const stampPath = `${path}.json`;
  const version = generatorVersion();
  if (existsSync(path) && existsSync(stampPath)) {
    const stamp = JSON.parse(readFileSync(stampPath, 'utf8'));
    const same = stamp.version === version && stamp.seed === SEED && stamp.rows === rows;
    if (same && statSync(path).size === stamp.bytes) return { path, ...stamp };
  }
  const stamp = { version, seed: SEED, rows, ...write(path, rows) };
  writeFileSync(stampPath, `${JSON.stringify(stamp, null, 2)}\n`);
  return { path, ...stamp };
}

function generatorVersion() {
  const hash = createHash('sha256');
  for (const name of ['data.mjs', 'korean.mjs']) hash.update(readFileSync(new URL(name, import.meta.url)));
  return hash.digest('hex').slice(0, 16);
}

function write(path, rows) {
  const partial = `${path}.partial`;
  const file = openSync(partial, 'w', 0o600);
  const hash = createHash('sha256');
  const residents = residentSource(SEED);
  const buffer = Buffer.allocUnsafe(WRITE_BYTES);
  let filled = buffer.write(HEADER);
  let bytes = 0;
  const flush = () => {
    hash.update(buffer.subarray(0, filled));
    writeFileSync(file, buffer.subarray(0, filled));
    bytes += filled;
    filled = 0;
  };
  for (let row = 0; row < rows; row++) {
    if (filled > WRITE_BYTES - LONGEST_LINE) flush();
    filled += buffer.write(residents.line(row), filled);
  }
  flush();
  closeSync(file);
  renameSync(partial, path);
  return { bytes, tokens: residents.tokens(), sha256: hash.digest('hex') };
}

/** Draws residents one after the other: all draws come from one generator. */
function residentSource(seed) {
  const random = mulberry32(seed);
  const below = (n) => Math.floor(random() * n);
  const of = (list) => list[below(list.length)];
  const family = weighted(random, FAMILY_NAMES, (entry) => entry[2]);
  const region = weighted(random, regionsWithDistricts(), (entry) => entry.share);
  const category = weighted(random, categories(), (entry) => entry[1]);
  const status = weighted(random, STATUS, (entry) => entry[1]);
  let tokens = 0;

  const day = (year) => `${year}-${TWO_DIGITS[1 + below(12)]}-${TWO_DIGITS[1 + below(28)]}`;
  const address = () => {
    const { name, districts } = region();
    const lane = random() < 0.4 ? `${2 + below(150)}번길` : '로';
    const street = `${name}${of(districts)} ${of(ROAD_STEMS)}${lane} ${1 + below(320)}`;
    return random() < 0.5 ? street : `"${street}, ${101 + below(24)}동 ${1 + below(25)}0${1 + below(8)}호"`;
  };
  const line = (row) => {
    const [hangul, roman] = family();
    const given = random() < 0.04 ? of(GIVEN_SYLLABLES) : of(GIVEN_SYLLABLES) + of(GIVEN_SYLLABLES);
    const phone = random() < 0.02 ? '' : `010-0${threeDigits(below(1000))}-${fourDigits(below(10000))}`;
    const email = random() < 0.1 ? '' : `${of(GIVEN_ROMANISED)}.${roman}${below(10000)}@${of(MAIL_DOMAINS)}`;
    tokens += 1 + (phone === '' ? 0 : 1) + (email === '' ? 0 : 1);
    const born = 2025 - Math.floor(50 * (random() + random()));
    const earns = born < 2006 && random() < 0.75;
    const income = earns ? 10000 * Math.floor(2800 * Math.exp(0.7 * normal(random))) : 0;
    const registered = Math.max(born + 1, 2001 + below(25));
    return (
      `M${nineDigits(row)},${hangul}${given},${random() < 0.5 ? '남' : '여'},${day(born)},${address()},` +
      `${phone},${email},${1 + below(5)},${income},${category()[0]},${day(registered)},${status()[0]}\n`
    );
  };
  return { line, tokens: () => tokens };
}

/** Domains that RFC 2606 keeps for examples. */
const MAIL_DOMAINS = ['example.com', 'example.org', 'example.net'];
const STATUS = [
  ['거주', 93],
  ['전출', 4],
  ['말소', 2],
  ['거주불명', 1],
];
const TWO_DIGITS = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
const threeDigits = (n) => String(n).padStart(3, '0');
const fourDigits = (n) => String(n).padStart(4, '0');
/** A different number for every row below 10^9, without visible order: 3^18 has no factor in common with 10^9. */
const nineDigits = (row) => String((row * 387420489) % 1e9).padStart(9, '0');

function categories() {
  return Array.from({ length: 24 }, (_, n) => [`W${TWO_DIGITS[n + 1]}`, 1 / (n + 1)]);
}

function regionsWithDistricts() {
  return REGIONS.map(([name, share, districts]) => ({
    name,
    share,
    districts: districts.split(' ').map((district) => district && ` ${district.replace('_', ' ')}`),
  }));
}

/** Chooser among entries by weight, through a table of 1,000 places. */
function weighted(random, entries, weightOf) {
  const total = entries.reduce((sum, entry) => sum + weightOf(entry), 0);
  const table = entries.flatMap((entry) => Array(Math.ceil((1000 * weightOf(entry)) / total)).fill(entry));
  return () => table[Math.floor(random() * table.length)];
}

/** Normal draw by Box and Muller (1958). */
function normal(random) {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Small generator of numbers in [0, 1) with 32 bits of state: enough for data that need not be secret. */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(dataFile(Number(process.argv[2])));
