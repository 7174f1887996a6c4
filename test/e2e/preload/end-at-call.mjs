// Ends the process as kill -9 does, just before it changes the file system for the END_AT-th time. With COUNT_TO
// it writes how often that happened to a file of that name instead.
import { promises, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const handle = await promises.open(process.execPath);
const handles = Object.getPrototypeOf(handle);
await handle.close();

let calls = 0;
function watch(object, ...names) {
  for (const name of names) {
    const real = object[name];
    object[name] = function (...args) {
      if (++calls === Number(process.env.END_AT)) process.kill(process.pid, 'SIGKILL');
      return real.apply(this, args);
    };
  }
}
watch(promises, 'open', 'writeFile', 'mkdir', 'chmod', 'link', 'rename', 'rm', 'rmdir', 'copyFile');
watch(handles, 'write', 'writeFile', 'truncate', 'sync', 'datasync', 'close');
syncBuiltinESMExports();

const { COUNT_TO } = process.env;
if (COUNT_TO !== undefined) process.once('exit', () => writeFileSync(COUNT_TO, String(calls)));
