// DuckDB reads and writes the input unchanged: the least that a CSV engine does.
import { copy } from './database.mjs';

await copy('*');
