import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { RunRecord } from '../engine/run-record.ts';
import { fromSystem, GamyeongError } from '../errors.ts';
import type { RiskRecord } from '../risk/assess.ts';

/** A record as it stands on the disk, and what it says. */
export interface StoredRecord<T> {
  readonly file: string;
  readonly bytes: Buffer;
  readonly record: T;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const share = z.number().min(0).max(1);

/** What the gate reads of a run record; the rest passes. */
const runSchema = z.looseObject({
  version: z.literal(1),
  rules: z.looseObject({ sha256 }),
  plan: z.looseObject({ sha256 }),
  output: z.looseObject({ bytes: count, sha256 }),
  rows: z.looseObject({ in: count, out: count, suppressed: count, rejected: count }),
  columns: z.array(z.looseObject({ name: z.string(), action: z.enum(['keep', 'drop', 'change']) })),
  keyId: z.string().nullable(),
});

const figure = z.number().nullable();

/** What the gate reads of a risk record; the rest passes. */
const riskSchema = z.looseObject({
  version: z.literal(1),
  file: z.looseObject({ sha256, rows: count }),
  quasiIdentifiers: z.array(z.string()),
  sensitive: z.array(z.string()),
  options: z.looseObject({}),
  suppressedRows: count,
  k: z.number(),
  highestRisk: share,
  averageRisk: share,
  recordsAtRisk: z.looseObject({ threshold: share, share }),
  sampleUniqueness: share,
  classes: z.looseObject({ histogram: z.array(z.tuple([z.number().positive(), count])) }),
  perSensitive: z.record(
    z.string(),
    z.looseObject({ alpha: figure, lDistinct: figure, lEntropy: figure, tEqual: figure, tOrdered: figure }),
  ),
  populationUniqueness: z.array(z.looseObject({ dankar: figure })),
  population: z.unknown(),
  gate: z.looseObject({ pass: z.boolean() }),
});

/**
 * Reads `O.run.json`.
 * @throws GamyeongError E_RELEASE_RECORD, or what the system refuses
 */
export async function readRunRecord(file: string): Promise<StoredRecord<RunRecord>> {
  return { file, ...(await read<RunRecord>(file, runSchema)) };
}

/**
 * Reads `O.risk.json`.
 * @throws GamyeongError E_RELEASE_RECORD, or what the system refuses
 */
export async function readRiskRecord(file: string): Promise<StoredRecord<RiskRecord>> {
  return { file, ...(await read<RiskRecord>(file, riskSchema)) };
}

async function read<T>(file: string, schema: z.ZodType): Promise<{ bytes: Buffer; record: T }> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(file);
    throw fromSystem(error, file);
  }
  try {
    return { bytes, record: schema.parse(JSON.parse(bytes.toString('utf8'))) as T };
  } catch {
    throw unreadable(file);
  }
}

const unreadable = (file: string) => new GamyeongError('E_RELEASE_RECORD', {}, { file });
