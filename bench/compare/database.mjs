// What both DuckDB programs share: the connection and the way the input is read and the output written.
import { DuckDBInstance } from '@duckdb/node-api';
import { job } from './job.mjs';

const COLUMNS =
  'member_id name sex birth address phone email household_size income category registered_on status'.split(
    ' ',
  );
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/**
 * Every column as text, no guessing. An empty cell is read as NULL and written as nothing again.
 * DuckDB keeps the order of the rows by default (`preserve_insertion_order`).
 */
const source = `read_csv(
  ${quoted(job.input)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
  columns = { ${COLUMNS.map((name) => `${name}: 'VARCHAR'`).join(', ')} })`;

/**
 * Runs the job: `definitions`, then the copy of `columns` of the input to the output.
 * @param {string} columns list of a SELECT
 * @param {string} [definitions] statements before it
 */
export async function copy(columns, definitions = '') {
  const database = await DuckDBInstance.create(':memory:', { threads: String(job.threads) });
  const connection = await database.connect();
  if (definitions !== '') await connection.run(definitions);
  await connection.run(
    `COPY (SELECT ${columns} FROM ${source}) TO ${quoted(job.output)} (FORMAT csv, HEADER true)`,
  );
}
