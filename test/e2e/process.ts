import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMAND = join(ROOT, 'bin', 'gamyeong');
/** Fixed, so that every run of a test sees the same tokens. */
const KEY = '5a17c3'.repeat(11).slice(0, 64);

export type EngineName = 'fast' | 'reference';
export const ENGINES: readonly EngineName[] = ['fast', 'reference'];

export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Written to the standard input, in pieces as given. */
  readonly stdin?: readonly Uint8Array[];
  /** A module of `preload/` that the process loads before the command. */
  readonly preload?: string;
}

/** A private directory in which commands run: whatever they leave behind, they leave here. */
export class Workplace {
  readonly path: string;

  constructor(path = mkdtempSync(join(tmpdir(), 'gamyeong-e2e-'))) {
    this.path = path;
    mkdirSync(this.file('tmp'));
    writeFileSync(this.file('key'), `${KEY}\n`, { mode: 0o600 });
  }

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array | object): string {
    const plain = typeof content === 'string' || content instanceof Uint8Array;
    writeFileSync(this.file(name), plain ? content : JSON.stringify(content));
    return name;
  }

  read(name: string): Buffer {
    return readFileSync(this.file(name));
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  delete(...names: string[]): void {
    for (const name of names) rmSync(this.file(name), { recursive: true, force: true });
  }

  sha256(name: string): string {
    return createHash('sha256').update(this.read(name)).digest('hex');
  }

  /** Paths of all files below, relative, but for the key and the given ones. */
  filesBut(...names: string[]): string[] {
    return readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(this.path, join(entry.parentPath, entry.name)))
      .filter((name) => name !== 'key' && !names.includes(name))
      .sort();
  }

  /** Starts the command here. */
  start(args: readonly string[], options: StartOptions = {}): ChildProcess {
    const preload = options.preload
      ? ['--import', new URL(`preload/${options.preload}`, import.meta.url).href]
      : [];
    const child = spawn(process.execPath, [...preload, COMMAND, ...args], {
      cwd: this.path,
      env: { PATH: process.env.PATH, TMPDIR: this.file('tmp'), HOME: this.file('tmp'), ...options.env },
      stdio: [options.stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    child.stdin?.on('error', () => undefined); // the command may end before it has read everything
    for (const piece of options.stdin ?? []) child.stdin?.write(piece);
    child.stdin?.end();
    return child;
  }

  /** Runs the command here to its end. */
  run(args: readonly string[], options?: StartOptions): Promise<Ended> {
    return ending(this.start(args, options));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** What a started command prints and how it ends. */
export async function ending(child: ChildProcess): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout?.on('data', (data) => stdout.push(data));
  child.stderr?.on('data', (data) => stderr.push(data));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => {
      resolve({
        status,
        signal,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
  });
}

/** The smallest rules for a header: columns not named are kept. */
export function rulesFor(
  columns: readonly string[],
  apply: Readonly<Record<string, unknown>>,
  more: object = {},
): object {
  return {
    version: 1,
    name: 'e2e',
    domain: 'e2e',
    columns: Object.fromEntries(
      columns.map((name) => [name, { role: 'other', apply: apply[name] ?? 'keep' }]),
    ),
    ...more,
  };
}
