import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../rules/canonical.ts';

/** How a command ended, or that it has started. */
export type Outcome = 'started' | 'done' | 'refused' | 'failed' | 'interrupted';

/**
 * What happened, without cell values, keys or absolute paths: files by base name and digest, keys and bundles
 * by id.
 */
export interface AuditEvent {
  /** Words of the command, e.g. `key rotate`. */
  readonly command: string;
  /** Subject of the certificate that someone acted with. */
  readonly certificate?: string | undefined;
  /** Names and ids: `rules`, `key`, `domain`, `output`, `tier`, … */
  readonly ids?: Readonly<Record<string, string>> | undefined;
  /** SHA-256 (hex) of what was read and written: `rules`, `input`, `output`, `risk`, `bundle`, … */
  readonly digests?: Readonly<Record<string, string>> | undefined;
  /** What the ledger says about it: `purpose`, `columns`, `from`, `to`, `recipients`, `rows`, … */
  readonly details?: Readonly<Record<string, string | number | readonly string[]>> | undefined;
  readonly result: AuditResult;
}

export interface AuditResult {
  readonly outcome: Outcome;
  /** Exit code of the command, once it has ended. */
  readonly exit?: number | undefined;
  /** Code of the error that ended it. */
  readonly code?: string | undefined;
  /** `seq` of the entry that says that it started. */
  readonly started?: number | undefined;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.int().min(1);

/** One line of the log. */
export const entrySchema = z.strictObject({
  version: z.literal(1),
  seq,
  /** UTC, ISO 8601. */
  time: z.iso.datetime(),
  /** SHA-256 (hex) of the bytes of the line before, without its newline; `NO_LINE` in the first. */
  previous: hash,
  tool: z.string(),
  who: z.strictObject({ user: z.string(), certificate: z.string().optional() }),
  command: z.string(),
  ids: z.record(z.string(), z.string()),
  digests: z.record(z.string(), hash),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
  result: z.strictObject({
    outcome: z.enum(['started', 'done', 'refused', 'failed', 'interrupted']),
    exit: z.int().optional(),
    code: z.string().optional(),
    started: seq.optional(),
  }),
});

export type AuditEntry = z.output<typeof entrySchema>;

/** `previous` of the first line. */
export const NO_LINE = '0'.repeat(64);

/** SHA-256 (hex) of a line's bytes, without its newline. */
export function lineHash(line: Uint8Array | string): string {
  return createHash('sha256').update(line).digest('hex');
}

/** The entry that a line holds; undefined when it is none or is written in another way than ours. */
export function parseLine(line: Uint8Array): AuditEntry | undefined {
  const text = Buffer.from(line).toString('utf8');
  try {
    const parsed = entrySchema.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
