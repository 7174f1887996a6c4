// Makes keys beside each other while other processes do the same.
import { createKey } from '../../build/keys/create.js';

const [directory, name] = process.argv.slice(2);
for (let i = 0; i < 4; i++) await createKey(`${directory}${name}${i}.key`);
