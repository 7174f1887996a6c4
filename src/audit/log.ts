import { type FileHandle, open } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import { fromSystem, GamyeongError } from '../errors.ts';
import { syncDirectoryOf } from '../io/durable.ts';
import { withLock } from '../io/lock.ts';
import { canonicalJson } from '../rules/canonical.ts';
import { toolVersion } from '../version.ts';
import { type AuditEntry, type AuditEvent, lineHash, NO_LINE, parseLine } from './entry.ts';

export type { AuditEntry, AuditEvent } from './entry.ts';

const NEWLINE = 0x0a;
/** No entry comes near it. */
const MAX_LINE_BYTES = 1 << 20;

/**
 * Appends an event to an audit log, which is created (mode 0600) where there is none, and waits until it is on
 * the disk. Any number of processes may append at once.
 * @param log path; undefined when no log is kept
 * @returns the entry as written
 * @throws GamyeongError E_AUDIT_TORN, E_AUDIT_NOT_LOG, E_LOCK_BUSY and others of the system
 */
export async function appendAudit(log: string, event: AuditEvent): Promise<AuditEntry>;
export async function appendAudit(
  log: string | undefined,
  event: AuditEvent,
): Promise<AuditEntry | undefined>;
export async function appendAudit(
  log: string | undefined,
  event: AuditEvent,
): Promise<AuditEntry | undefined> {
  if (log === undefined) return undefined;
  return withLog(log, async (file) => {
    const tail = await readTail(file, log);
    if (tail.torn.length > 0) throw new GamyeongError('E_AUDIT_TORN', {}, { file: log });
    return write(file, tail, event, log);
  });
}

/**
 * Replaces a last line that a crash cut off by an entry that says so, with the number and hash of its bytes.
 * @throws GamyeongError E_AUDIT_NOT_TORN when there is nothing to repair
 */
export async function recoverAudit(log: string): Promise<AuditEntry> {
  return withLog(log, async (file) => {
    const tail = await readTail(file, log);
    if (tail.torn.length === 0) throw new GamyeongError('E_AUDIT_NOT_TORN', {}, { file: log });
    return write(
      file,
      tail,
      {
        command: 'audit recover',
        digests: { torn: lineHash(tail.torn) },
        details: { bytes: tail.torn.length },
        result: { outcome: 'done', exit: 0 },
      },
      log,
    );
  });
}

async function withLog<T>(log: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
  return withLock(log, async () => {
    const { file, created } = await openLog(log);
    try {
      const result = await work(file);
      if (created) await syncDirectoryOf(log);
      return result;
    } catch (error) {
      throw fromSystem(error, log);
    } finally {
      await file.close();
    }
  });
}

async function openLog(log: string): Promise<{ file: FileHandle; created: boolean }> {
  try {
    return { file: await open(log, 'r+'), created: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw fromSystem(error, log);
  }
  try {
    return { file: await open(log, 'wx+', 0o600), created: true };
  } catch (error) {
    throw fromSystem(error, log);
  }
}

/** Where the log ends. */
interface Tail {
  readonly last: AuditEntry | undefined;
  readonly lastHash: string;
  /** Bytes behind the last newline: none unless a write was cut off. */
  readonly torn: Uint8Array;
  /** Length of the whole lines. */
  readonly end: number;
}

async function readTail(file: FileHandle, log: string): Promise<Tail> {
  const { size } = await file.stat();
  const block = Buffer.alloc(Math.min(size, 2 * MAX_LINE_BYTES));
  await file.read(block, 0, block.length, size - block.length);
  const newline = block.lastIndexOf(NEWLINE);
  const torn = block.subarray(newline + 1);
  const end = size - torn.length;
  if (newline < 0) {
    if (torn.length < size) throw new GamyeongError('E_AUDIT_NOT_LOG', {}, { file: log });
    return { last: undefined, lastHash: NO_LINE, torn, end };
  }
  const line = block.subarray(newline === 0 ? 0 : block.lastIndexOf(NEWLINE, newline - 1) + 1, newline);
  const last = parseLine(line);
  if (last === undefined) throw new GamyeongError('E_AUDIT_NOT_LOG', {}, { file: log });
  return { last, lastHash: lineHash(line), torn, end };
}

async function write(file: FileHandle, tail: Tail, event: AuditEvent, log: string): Promise<AuditEntry> {
  const entry = entryAfter(tail, event);
  const line = Buffer.from(`${canonicalJson(entry)}\n`);
  if (line.length > MAX_LINE_BYTES) throw new TypeError('an audit event is too long');
  try {
    const { bytesWritten } = await file.write(line, 0, line.length, tail.end);
    if (bytesWritten < line.length) throw new GamyeongError('E_DISK_FULL', {}, { file: log });
    await file.truncate(tail.end + line.length);
    await file.sync();
  } catch (error) {
    if (tail.torn.length === 0) await file.truncate(tail.end).catch(() => undefined);
    throw error;
  }
  return entry;
}

function entryAfter({ last, lastHash }: Tail, event: AuditEvent): AuditEntry {
  const { command, certificate, ids = {}, digests = {}, details = {}, result } = event;
  refusePaths([...Object.values(ids), ...Object.values(details).flat()]);
  return withoutUndefined({
    version: 1,
    seq: (last?.seq ?? 0) + 1,
    time: new Date().toISOString(),
    previous: lastHash,
    tool: `gamyeong ${toolVersion()}`,
    who: { user: operatingSystemUser(), certificate },
    command,
    ids,
    digests,
    details,
    result,
  }) as AuditEntry;
}

/** @throws TypeError for what would tell how the machine is laid out: a fault of the caller */
function refusePaths(values: readonly (string | number)[]): void {
  if (values.some((value) => typeof value === 'string' && isAbsolute(value))) {
    throw new TypeError('an audit event holds an absolute path');
  }
}

function withoutUndefined(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data));
}

/** Name of the user who runs the process; its number where it has no name. */
function operatingSystemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}
