import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureRisk } from '../../src/risk/measure.ts';
import { DEFAULTS, RFC_4180, type RiskOptions } from '../../src/risk/options.ts';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** False when the public data sets are not beside the repository; says so once. */
export const haveData = existsSync(folder);
if (!haveData) console.warn('NOT TESTED: the shared data sets are absent (../shared/data)');

export const data = (path: string): string => join(folder, path);

let scratch: string | undefined;
let made = 0;

/** Writes a CSV file into a directory of this test run. */
export function csvFile(text: string | Uint8Array): string {
  scratch ??= mkdtempSync(join(tmpdir(), 'gamyeong-test-risk-'));
  const path = join(scratch, `${++made}.csv`);
  writeFileSync(path, text);
  return path;
}

/** Measures a file with default options. */
export function measure(
  file: string,
  quasiIdentifiers: readonly string[],
  sensitive: readonly string[] = [],
  more: Partial<RiskOptions> & { delimiter?: string } = {},
) {
  const { delimiter, ...options } = more;
  return measureRisk({
    ...DEFAULTS,
    dialect: { ...RFC_4180, ...(delimiter && { delimiter }) },
    file,
    quasiIdentifiers,
    sensitive,
    ...options,
  });
}
