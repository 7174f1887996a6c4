import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { ERRORS, type ErrorCode } from './messages/errors.ts';
import { say } from './messages/language.ts';

/** Exit codes of the command; see DESIGN in ARCHITECTURE.md. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  input: 3,
  refused: 4,
  key: 5,
  environment: 6,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where something is wrong. Never holds a cell value; `file` is as the user typed it. */
export interface Place {
  readonly file?: string;
  /** Line in a rules file, 1-based. */
  readonly line?: number;
  /** Character position in that line, 1-based. */
  readonly character?: number;
  /** Record in a data file as a spreadsheet numbers it: the header is row 1. */
  readonly row?: number;
  /** Header name of the column. */
  readonly column?: string;
}

/**
 * An error a user can act on: a code, the values of its sentence, and a place. The sentences stand in
 * `messages/errors.ts` in both languages. `values` must never hold a cell value or key material.
 */
export class GamyeongError extends Error {
  readonly code: ErrorCode;
  readonly exitCode: ExitCode;
  readonly values: Readonly<Record<string, string | number>>;
  readonly place: Place;
  /** Further errors found at the same time, e.g. all mistakes of a rules file. */
  readonly also: readonly GamyeongError[];

  constructor(
    code: ErrorCode,
    values: Readonly<Record<string, string | number>> = {},
    place: Place = {},
    also: readonly GamyeongError[] = [],
  ) {
    super(code);
    this.name = 'GamyeongError';
    this.code = code;
    this.exitCode = ERRORS[code].exit;
    this.values = values;
    this.place = place;
    this.also = also;
    this.message = this.sentence();
  }

  /** `what (where). What to do.` in the current language. */
  sentence(): string {
    const entry = ERRORS[this.code];
    const where = describePlace(this.place);
    return `${say(entry.what, this.values)}${where && ` (${where})`}. ${say(entry.todo, this.values)}`.trim();
  }

  /** The one line that the command prints: `gamyeong: E_CODE: what (where). What to do.` */
  line(): string {
    return `gamyeong: ${this.code}: ${this.sentence()}`;
  }
}

/** `file:row:column-name` or `file:line:character`, leaving out what is unknown. */
function describePlace(place: Place): string {
  return [place.file, place.row ?? place.line, place.column ?? place.character]
    .filter((part) => part !== undefined)
    .map((part) => printable(String(part)))
    .join(':');
}

/** Makes a name safe for one line of a terminal: no control characters, at most 80 characters. */
export function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');
  return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean;
}

/** Turns an error of the operating system into ours; others are returned as they are. */
export function fromSystem(error: unknown, file: string): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  switch (code) {
    case 'ENOENT':
      return new GamyeongError(
        isDirectoryMissing(error, file) ? 'E_DIRECTORY_MISSING' : 'E_FILE_MISSING',
        {},
        { file },
      );
    case 'ENOTDIR':
      return new GamyeongError('E_NOT_A_DIRECTORY', {}, { file });
    case 'EISDIR':
      return new GamyeongError('E_FILE_IS_DIRECTORY', {}, { file });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new GamyeongError('E_FILE_FORBIDDEN', {}, { file });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new GamyeongError('E_DISK_FULL', {}, { file });
    case 'EMFILE':
    case 'ENFILE':
    case 'EIO':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new GamyeongError('E_SYSTEM', { reason: code }, { file });
    default:
      return error;
  }
}

function isDirectoryMissing(error: unknown, file: string): boolean {
  return !existsSync(dirname((error as NodeJS.ErrnoException).path ?? file));
}
