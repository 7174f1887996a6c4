/**
 * The library behind the command. Everything here keeps to semantic versioning; other modules do not.
 */
export type { RunOptions } from './engine/job.ts';
export { run } from './engine/run.ts';
export type {
  ColumnRecord,
  EnforcementRecord,
  FileRecord,
  RunRecord,
  StepRecord,
} from './engine/run-record.ts';
export { EXIT, type ExitCode, GamyeongError, type Place } from './errors.ts';
export { createKeyFile, KeyFile } from './keys/key-file.ts';
export { type KeyOptions, openKeySource } from './keys/open.ts';
export type { KeySource, MasterKey } from './keys/source.ts';
export { setLanguage } from './messages/language.ts';
export { parseRules, readRules } from './rules/parse.ts';
export type { Rules } from './rules/rules.ts';
