import { entry, none } from './entry.ts';

/** Internal faults and what the environment refuses. */
export const GENERAL_ERRORS = {
  E_INTERNAL: entry(
    1,
    { en: 'an internal error ({reason})', ko: '내부 오류({reason})' },
    {
      en: 'Please report it; no output was written.',
      ko: '개발자에게 알려 주십시오. 출력은 쓰지 않았습니다.',
    },
  ),
  E_CONSERVATION: entry(
    1,
    {
      en: 'rows were lost: {rowsIn} in, {rowsOut} out, suppressed or rejected',
      ko: '행이 없어졌습니다: 입력 {rowsIn}행, 출력·제외·거부 {rowsOut}행',
    },
    {
      en: 'Please report it; no output was written.',
      ko: '개발자에게 알려 주십시오. 출력은 쓰지 않았습니다.',
    },
  ),
  E_WORKER_DIED: entry(
    1,
    {
      en: 'a worker thread ended unexpectedly ({reason})',
      ko: '작업 스레드가 예기치 않게 끝났습니다({reason})',
    },
    {
      en: 'No output was written. Try a smaller --chunk-size or fewer --threads.',
      ko: '출력은 쓰지 않았습니다. --chunk-size나 --threads를 줄여 보십시오.',
    },
  ),
  E_INTERRUPTED: entry(
    130,
    { en: 'interrupted', ko: '중단되었습니다' },
    {
      en: 'No output was written. A run continues with --resume.',
      ko: '출력은 쓰지 않았습니다. run은 --resume으로 이어갈 수 있습니다.',
    },
  ),

  E_FILE_MISSING: entry(
    6,
    { en: 'no such file', ko: '파일이 없습니다' },
    { en: 'Check the path.', ko: '경로를 확인하십시오.' },
  ),
  E_DIRECTORY_MISSING: entry(
    6,
    { en: 'the directory of this path does not exist', ko: '이 경로의 디렉터리가 없습니다' },
    { en: 'Make the directory or correct the path.', ko: '디렉터리를 만들거나 경로를 고치십시오.' },
  ),
  E_NOT_A_DIRECTORY: entry(
    6,
    {
      en: 'a part of this path is not a directory',
      ko: '이 경로의 중간에 디렉터리가 아닌 것이 있습니다',
    },
    { en: 'Correct the path.', ko: '경로를 고치십시오.' },
  ),
  E_FILE_IS_DIRECTORY: entry(
    6,
    { en: 'is a directory, not a file', ko: '파일이 아니라 디렉터리입니다' },
    { en: 'Name a file.', ko: '파일을 지정하십시오.' },
  ),
  E_FILE_FORBIDDEN: entry(
    6,
    { en: 'permission denied', ko: '접근 권한이 없습니다' },
    {
      en: 'Check the permissions of the file and its directory.',
      ko: '파일과 디렉터리의 권한을 확인하십시오.',
    },
  ),
  E_DISK_FULL: entry(
    6,
    { en: 'no space left to write', ko: '디스크 공간이 부족합니다' },
    {
      en: 'Free some space and run again with --resume.',
      ko: '공간을 확보한 뒤 --resume으로 다시 실행하십시오.',
    },
  ),
  E_SYSTEM: entry(6, { en: 'the system refused ({reason})', ko: '시스템이 거부했습니다({reason})' }, none),

  E_OUTPUT_EXISTS: entry(
    2,
    { en: 'the file exists already', ko: '파일이 이미 있습니다' },
    { en: 'Name another, or add --overwrite.', ko: '다른 이름을 지정하거나 --overwrite를 붙이십시오.' },
  ),
  E_OUTPUT_TWICE: entry(
    2,
    { en: 'two of the files to write have the same name', ko: '쓸 파일 가운데 둘의 이름이 같습니다' },
    {
      en: 'Give --out, --rejects and --record a name each.',
      ko: '--out, --rejects, --record에 서로 다른 이름을 지정하십시오.',
    },
  ),
  E_OUTPUT_NOT_FILE: entry(
    2,
    { en: 'not a regular file: it cannot be replaced', ko: '일반 파일이 아니어서 바꿀 수 없습니다' },
    { en: 'Name another, or - for standard output.', ko: '다른 이름이나 표준 출력을 뜻하는 -를 쓰십시오.' },
  ),
  E_OUTPUT_IS_INPUT: entry(
    2,
    { en: 'the output is one of the files that are read', ko: '출력이 읽을 파일과 같습니다' },
    { en: 'Name another output.', ko: '다른 출력 파일을 지정하십시오.' },
  ),
  E_OUTPUT_BUSY: entry(
    2,
    { en: 'process {pid} is writing this output', ko: '다른 프로세스({pid})가 이 출력을 쓰고 있습니다' },
    { en: 'Wait for it, or name another output.', ko: '끝날 때까지 기다리거나 다른 출력을 지정하십시오.' },
  ),
  E_RESUME_MISMATCH: entry(
    2,
    {
      en: 'the interrupted job cannot be continued: {reason}',
      ko: '중단된 작업을 이어갈 수 없습니다: {reason}',
    },
    { en: 'Run again without --resume.', ko: '--resume 없이 다시 실행하십시오.' },
  ),
} as const;
