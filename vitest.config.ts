import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const build = fileURLToPath(new URL('./build/', import.meta.url));

/**
 * Tests import `../src/x.ts` so that editors and the type checker see the sources, and run on what
 * `npm run build` made of them: the same files, workers and WASM modules that a user gets.
 */
export default defineConfig({
  resolve: { alias: [{ find: /^(?:\.\.\/)+src\/(.*)\.ts$/, replacement: `${build}$1.js` }] },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default', './test/tally-reporter.ts'],
  },
});
