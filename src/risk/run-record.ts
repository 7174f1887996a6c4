import { readFile } from 'node:fs/promises';
import type { RunRecord } from '../engine/run-record.ts';
import { fromSystem, GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import type { CsvFile } from './csv-file.ts';

/** The part of a run record that a measured file must agree with. */
export type Provenance = Pick<RunRecord, 'rules' | 'output' | 'rows'>;

/** Reads `O.run.json`. @returns undefined when there is none */
export async function readRunRecord(path: string): Promise<Provenance | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fromSystem(error, path);
  }
  const record = parseJson(text);
  if (
    typeof record?.output?.sha256 !== 'string' ||
    typeof record.rows?.out !== 'number' ||
    typeof record.rules?.sha256 !== 'string'
  )
    throw misfit({ en: 'it is not a run record', ko: '실행 기록이 아닙니다' }, path);
  return record as Provenance;
}

/**
 * Refuses a file that is not, byte for byte, what the run wrote.
 * @param rulesDigest SHA-256 of the rules at hand, when there are any
 * @throws GamyeongError E_RISK_DIGEST, E_RISK_ROWS, E_RISK_RECORD (exit 4)
 */
export function holdAgainstRun(csv: CsvFile, record: Provenance, rulesDigest: string | undefined): void {
  if (csv.rows !== record.rows.out)
    throw new GamyeongError(
      'E_RISK_ROWS',
      { found: csv.rows, expected: record.rows.out },
      { file: csv.file },
    );
  if (csv.sha256 !== record.output.sha256) throw new GamyeongError('E_RISK_DIGEST', {}, { file: csv.file });
  if (rulesDigest !== undefined && rulesDigest !== record.rules.sha256)
    throw misfit({ en: 'the run used other rules', ko: '다른 규칙으로 실행한 기록입니다' }, csv.file);
}

function misfit(reason: Text, file: string): GamyeongError {
  return new GamyeongError('E_RISK_RECORD', { reason: say(reason) }, { file });
}

// biome-ignore lint/suspicious/noExplicitAny: the shape is checked by the caller
function parseJson(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
