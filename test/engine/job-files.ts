import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunOptions } from '../../src/engine/job.ts';
import { KeyFile } from '../../src/keys/key-file.ts';

export const RULES = `version: 1
name: people
domain: test
columns:
  id: { role: direct, apply: keyed-hash }
  name: { role: direct, apply: { mask: { keep: { first: 1 } } } }
  amount: { role: sensitive, apply: { round: { multiple-of: 10, on-invalid: reject-row } } }
  note: { role: other, apply: keep }
`;

/** `rows` records; every seventh has an amount that cannot be rounded. */
export function people(rows: number): string {
  const lines = ['id,name,amount,note'];
  for (let row = 0; row < rows; row++) {
    lines.push(`p${row},홍길동${row},${row % 7 === 3 ? 'n/a' : row * 3},"note, ${row}"`);
  }
  return `${lines.join('\n')}\n`;
}

/** A directory with rules, a key and an input, and the options of a run over them. */
export class JobFiles {
  readonly directory = mkdtempSync(join(tmpdir(), 'gamyeong-job-'));

  constructor(input = people(100)) {
    this.write('rules.yaml', RULES);
    this.write('my.key', `${'42'.repeat(32)}\n`, 0o600);
    this.write('in.csv', input);
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  write(name: string, content: string, mode = 0o644): string {
    writeFileSync(this.path(name), content, { mode });
    return this.path(name);
  }

  options(more: Partial<RunOptions> = {}): RunOptions {
    return {
      rules: this.path('rules.yaml'),
      input: this.path('in.csv'),
      output: this.path('out.csv'),
      key: new KeyFile(this.path('my.key')),
      ...more,
    };
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}
