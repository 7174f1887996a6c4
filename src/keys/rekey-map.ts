import { hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { GamyeongError } from '../errors.ts';
import { readHeader } from '../io/header.ts';
import { RecordReader } from '../io/records.ts';
import { Source } from '../io/source.ts';
import { say } from '../messages/language.ts';
import { canonicalJson } from '../rules/canonical.ts';
import type { Dialect } from '../rules/plan.ts';
import { keyedHash } from '../techniques/keyed-hash.ts';
import { Invalid } from '../techniques/technique.ts';
import { deriveKey } from './derive.ts';
import { writePrivateStream } from './private-stream.ts';
import { BrokenSeal, openStream, sealStream } from './sealed-stream.ts';
import type { MasterKey } from './source.ts';

const hex16 = z.string().regex(/^[0-9a-f]{16}$/);

/** First line of a map, in the clear and authenticated: canonical JSON. */
const headerSchema = z.strictObject({
  format: z.literal('gamyeong/rekey-map/v1'),
  domain: z.string(),
  oldKeyId: hex16,
  newKeyId: hex16,
  /** 32 random bytes, base64. */
  salt: z.base64(),
});

export type RekeyHeader = z.output<typeof headerSchema>;

/** Longest header line that is read. */
const MAX_HEADER_BYTES = 64 * 1024;
const BLOCK_BYTES = 256 * 1024;

export interface RekeyOptions {
  readonly old: MasterKey;
  readonly next: MasterKey;
  readonly domain: string;
  /** CSV file of identifiers; `-` for the standard input. */
  readonly input: string;
  readonly dialect: Dialect;
  readonly column: string;
  /** Parameters of `keyed-hash` as in the rules. */
  readonly params: unknown;
  readonly output: string;
}

/** Rows of a map: with a pair of tokens, and left out because the cell was empty. */
export interface RekeyCounts {
  readonly pairs: number;
  readonly empty: number;
}

/**
 * Writes the map from old to new tokens of all identifiers of a column, in the order of the file, so that data made
 * with an old key can still be linked after a rotation. The map is a CSV `old,new`, encrypted under a key of the
 * new master key: HKDF-SHA-256(key of purpose `rekey-map` and the domain, salt,
 * info = `gamyeong/v1/rekey-map/file`).
 * @throws GamyeongError E_REKEY_SAME, E_REKEY_COLUMN, E_CELL, E_OUTPUT_EXISTS and what reading the file brings
 */
export async function writeRekeyMap(options: RekeyOptions): Promise<RekeyCounts> {
  const { old, next, domain, output } = options;
  if (old.id === next.id) throw new GamyeongError('E_REKEY_SAME', { id: old.id });
  const header: RekeyHeader = {
    format: 'gamyeong/rekey-map/v1',
    domain,
    oldKeyId: old.id,
    newKeyId: next.id,
    salt: randomBytes(32).toString('base64'),
  };
  const line = Buffer.from(canonicalJson(header));
  const counts = { pairs: 0, empty: 0 };
  const source = await Source.open(options.input);
  try {
    const sealed = sealStream(tokenPairs(options, source, counts), mapKey(next, header), line);
    await writePrivateStream(output, prepended(Buffer.concat([line, Buffer.from('\n')]), sealed));
    return counts;
  } finally {
    await source.close();
  }
}

/**
 * Decrypts a map to a CSV file of mode 0600.
 * @returns its header
 * @throws GamyeongError E_REKEY_FORMAT, E_KEY_OTHER when it needs another key, E_REKEY_BROKEN, E_OUTPUT_EXISTS
 */
export async function openRekeyMap(map: string, next: MasterKey, output: string): Promise<RekeyHeader> {
  const source = await Source.open(map);
  try {
    const { header, line } = await readMapHeader(source);
    if (header.newKeyId !== next.id) {
      throw new GamyeongError('E_KEY_OTHER', { expected: header.newKeyId, found: next.id }, { file: map });
    }
    await writePrivateStream(output, openStream(blocks(source), mapKey(next, header), line));
    return header;
  } catch (error) {
    throw error instanceof BrokenSeal ? new GamyeongError('E_REKEY_BROKEN', {}, { file: map }) : error;
  } finally {
    await source.close();
  }
}

function mapKey(next: MasterKey, { domain, salt }: RekeyHeader): Uint8Array {
  const key = deriveKey(next.bytes, 'rekey-map', domain);
  return new Uint8Array(
    hkdfSync('sha256', key, Buffer.from(salt, 'base64'), 'gamyeong/v1/rekey-map/file', 32),
  );
}

/** The CSV of the map, piece by piece; counts its rows. */
async function* tokenPairs(
  options: RekeyOptions,
  source: Source,
  counts: { pairs: number; empty: number },
): AsyncGenerator<Uint8Array> {
  const { input: file, dialect, column } = options;
  const header = await readHeader(source, dialect);
  const at = header.names.indexOf(column);
  if (at < 0) throw new GamyeongError('E_REKEY_COLUMN', {}, { file, column });
  const [oldToken, newToken] = [options.old, options.next].map((key) =>
    tokenizer(key, options, header.names),
  );
  let lines: string[] = ['old,new\n'];
  const reader = new RecordReader({
    file,
    dialect,
    offset: header.bytes,
    row: 2,
    header: header.names,
    onRecord: ({ cells, row }) => {
      checkLength(cells.length, header.names.length, file, row);
      const value = cells[at]!.text;
      if (value === '') {
        counts.empty += 1;
        return;
      }
      const place = { file, row, column };
      lines.push(`${oldToken!(value, place)},${newToken!(value, place)}\n`);
      counts.pairs += 1;
    },
  });
  for await (const block of blocks(source)) {
    reader.write(block);
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  reader.end();
  yield Buffer.from(lines.join(''));
}

/** The token of a value, as the technique `keyed-hash` makes it. */
function tokenizer(
  { bytes }: MasterKey,
  { domain, column, params }: RekeyOptions,
  header: readonly string[],
) {
  const { cell } = keyedHash.compile(params, {
    column,
    header,
    key: (purpose) => deriveKey(bytes, purpose, domain),
  });
  return (value: string, place: { file: string; row: number; column: string }): string => {
    const token = cell(value);
    if (!(token instanceof Invalid)) return token;
    throw new GamyeongError('E_CELL', { technique: keyedHash.name, reason: say(token.reason) }, place);
  };
}

function checkLength(found: number, expected: number, file: string, row: number): void {
  if (found === expected) return;
  throw new GamyeongError(
    found < expected ? 'E_ROW_SHORT' : 'E_ROW_LONG',
    { found, expected, blank: '' },
    { file, row },
  );
}

async function readMapHeader(source: Source): Promise<{ header: RekeyHeader; line: Buffer }> {
  const block = Buffer.alloc(MAX_HEADER_BYTES);
  const start = block.subarray(0, await source.read(block));
  const end = start.indexOf('\n');
  const line = start.subarray(0, Math.max(end, 0));
  try {
    const header = headerSchema.parse(JSON.parse(line.toString('utf8')));
    source.unread(start.subarray(end + 1));
    return { header, line };
  } catch {
    throw new GamyeongError('E_REKEY_FORMAT', {}, { file: source.file });
  }
}

async function* blocks(source: Source): AsyncGenerator<Buffer> {
  for (;;) {
    const block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
    const count = await source.read(block);
    if (count === 0) return;
    yield block.subarray(0, count);
  }
}

async function* prepended(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
