// Lets a write of the output fail with an unknown error that quotes what was to be written.
import { promises } from 'node:fs';

const handle = await promises.open(process.execPath);
const handles = Object.getPrototypeOf(handle);
await handle.close();
handles.write = async (bytes) => {
  throw Object.assign(new Error(`cannot write\n    at ${Buffer.from(bytes)}`), {
    record: `${Buffer.from(bytes)}`,
  });
};
