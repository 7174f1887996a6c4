import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { fromSystem, GamyeongError } from '../errors.ts';
import { writeDurably } from '../io/durable.ts';
import { say, type Text } from '../messages/language.ts';
import { readCertificates } from '../release/certificate.ts';
import { canonicalJson } from '../rules/canonical.ts';
import { raiseFaults } from './faults.ts';
import { type Signer, signText, verifyText } from './signer.ts';
import { verifyAudit } from './verify.ts';

const checkpointSchema = z.strictObject({
  version: z.literal(1),
  /** Base name of the log. */
  log: z.string(),
  seq: z.int().min(1),
  /** SHA-256 (hex) of the line with that number. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  time: z.iso.datetime(),
});

/** A line of a log at a moment: everything up to it is as it was then. */
export type Checkpoint = z.output<typeof checkpointSchema>;

export interface TrustedCheckpoint extends Checkpoint {
  /** Subject of the certificate that signed it. */
  readonly signer: string;
}

const TEXT = {
  empty: { en: 'the log has no entries', ko: '로그에 기록이 없습니다' },
  notOne: { en: 'it is no checkpoint', ko: '체크포인트 파일이 아닙니다' },
} as const satisfies Record<string, Text>;

/**
 * Signs the last line of a log that is as it was written: a canonical JSON file, and beside it `<out>.p7s` with
 * the detached CMS signature, which openssl verifies as well.
 * @throws GamyeongError E_AUDIT_FAULT for a log that is not in order, E_OUTPUT_EXISTS
 */
export async function writeCheckpoint(log: string, signer: Signer, out: string): Promise<Checkpoint> {
  const { last, faults } = await verifyAudit(log);
  raiseFaults(faults, log);
  if (last.seq === 0) throw invalid(TEXT.empty, log);
  const now = new Date();
  const checkpoint: Checkpoint = {
    version: 1,
    log: basename(log),
    seq: last.seq,
    hash: last.hash,
    time: now.toISOString(),
  };
  const text = canonicalJson(checkpoint);
  await writeDurably(`${out}.p7s`, signText(text, signer, now), false);
  await writeDurably(out, text, false);
  return checkpoint;
}

/**
 * Reads a checkpoint and verifies its signature.
 * @param trust file of the certificates (PEM) that its signer's certificate must lead to
 * @throws GamyeongError E_AUDIT_CHECKPOINT, E_SIGNATURE_…, E_CERT_…, E_FILE_…
 */
export async function readCheckpoint(file: string, trust: string): Promise<TrustedCheckpoint> {
  const anchors = await readCertificates(trust);
  const text = (await read(file)).toString('utf8');
  const { signer } = verifyText(text, await read(`${file}.p7s`), anchors, file);
  try {
    return { ...checkpointSchema.parse(JSON.parse(text)), signer: signer.subject };
  } catch {
    throw invalid(TEXT.notOne, file);
  }
}

async function read(path: string): Promise<Buffer> {
  return readFile(path).catch((error) => {
    throw fromSystem(error, path);
  });
}

function invalid(reason: Text, file: string): GamyeongError {
  return new GamyeongError('E_AUDIT_CHECKPOINT', { reason: say(reason) }, { file });
}
