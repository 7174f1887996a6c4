// The floor of the risk checker: one group-by over the CSV file, counting the groups.
import { DuckDBInstance } from '@duckdb/node-api';

const [path, options] = process.argv.slice(2);
const { columns, group } = JSON.parse(options);
const names = Array.from({ length: columns }, (_, i) => `'c${i}'`);
const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
const connection = await instance.connect();
const result = await connection.runAndReadAll(
  `SELECT count(*) FROM (SELECT ${group.join()}, count(*) FROM read_csv('${path}', auto_detect=false, header=true,
     strict_mode=true, delim=',', quote='"', escape='"', force_not_null=[${names.join()}],
     columns={${names.map((name) => `${name}:'VARCHAR'`).join()}}) GROUP BY ALL)`,
);
process.stdout.write(`${result.getRowsJson()[0][0]}\n`);
