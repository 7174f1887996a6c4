import { type AuditEntry, parseLine } from './entry.ts';
import { raiseFaults } from './faults.ts';
import { linesOf } from './lines.ts';
import { verifyAudit } from './verify.ts';

/**
 * All entries of a log that is as it was written.
 * @throws GamyeongError E_AUDIT_FAULT and others of the system
 */
export async function readAudit(log: string): Promise<readonly AuditEntry[]> {
  const { faults, lines } = await verifyAudit(log);
  raiseFaults(faults, log);
  const entries: AuditEntry[] = [];
  for await (const { number, bytes, whole } of linesOf(log)) {
    const entry = whole && number <= lines ? parseLine(bytes) : undefined;
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}
