import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { GamyeongError } from '../errors.ts';

/** A cell of a small result. 64-bit integers arrive as numbers: counts stay below 2^53. */
export type SqlValue = number | string | boolean | null;

/** One column of a streamed result, as a typed array. */
export type SqlColumn = Int32Array | Float64Array;

export interface SqlOptions {
  /** Bytes that the engine may hold before it spills to its private directory. */
  readonly memoryBytes: number;
  readonly threads: number;
  /** Where the private directory is made; the system's by default. */
  readonly temporary?: string;
}

/** A statement that the engine refused. The engine's own message is left out: it quotes data. */
export class SqlRefusal extends Error {
  /** Kind of fault as the engine names it, e.g. `Invalid Input Error`. */
  readonly kind: string;
  constructor(kind: string) {
    super(kind);
    this.name = 'SqlRefusal';
    this.kind = kind;
  }
}

/** The one door to the SQL engine: grouping, sorting and joining of tables larger than memory. */
export interface Sql {
  /** Private directory (0700), removed by `close`. */
  readonly directory: string;
  /** @throws SqlRefusal or GamyeongError (memory, disk). */
  run(statement: string): Promise<void>;
  /** A small result, row by row. */
  rows(statement: string): Promise<SqlValue[][]>;
  /** A result of any size in pieces; columns must be INTEGER or DOUBLE and never null. */
  stream(statement: string, take: (columns: readonly SqlColumn[], rows: number) => void): Promise<void>;
  /** Adds rows to a table whose columns are all BIGINT. @param cells whole numbers, row after row */
  append(table: string, cells: readonly number[], columns: number): Promise<void>;
  close(): Promise<void>;
}

/** A string as an SQL literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

export async function openSql(options: SqlOptions): Promise<Sql> {
  const directory = await mkdtemp(join(options.temporary ?? tmpdir(), 'gamyeong-risk-'));
  const removeNow = () => rmSync(directory, { recursive: true, force: true });
  process.once('exit', removeNow);
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: `${Math.floor(options.memoryBytes / 1e6)}MB`,
    threads: String(options.threads),
    temp_directory: join(directory, 'spill'),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();

  const ask = async <T>(result: Promise<T>): Promise<T> => {
    try {
      return await result;
    } catch (error) {
      throw refusal(error);
    }
  };

  return {
    directory,
    async run(statement) {
      await ask(connection.run(statement));
    },
    async rows(statement) {
      const result = await ask(connection.run(statement));
      const rows = await result.getRowsJS();
      return rows.map((row) =>
        row.map((value) => (typeof value === 'bigint' ? Number(value) : value) as SqlValue),
      );
    },
    async stream(statement, take) {
      const result = await ask(connection.stream(statement));
      for (;;) {
        const chunk = await result.fetchChunk().catch((error) => {
          throw refusal(error);
        });
        if (chunk === null || chunk.rowCount === 0) return;
        take(columnsOf(chunk), chunk.rowCount);
      }
    },
    async append(table, cells, columns) {
      const appender = await ask(connection.createAppender(table));
      for (const [i, cell] of cells.entries()) {
        appender.appendBigInt(BigInt(cell));
        if ((i + 1) % columns === 0) appender.endRow();
      }
      appender.closeSync();
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      process.off('exit', removeNow);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function columnsOf(chunk: DuckDBDataChunk): SqlColumn[] {
  return Array.from({ length: chunk.columnCount }, (_, column) => {
    const vector = chunk.getColumnVector(column) as unknown as { items?: SqlColumn };
    if (vector.items === undefined) throw new Error(`column ${column} of a stream is not numeric`);
    return vector.items;
  });
}

function refusal(error: unknown): Error {
  const message = error instanceof Error ? error.message : '';
  if (/^Out of Memory Error/.test(message)) return new GamyeongError('E_RISK_MEMORY');
  if (/No space left on device|max_temp_directory_size/.test(message))
    return new GamyeongError('E_DISK_FULL');
  return new SqlRefusal(/^([A-Za-z ]{1,40}): /.exec(message)?.[1] ?? 'SQL');
}
