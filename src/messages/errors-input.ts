import { entry } from './entry.ts';

/** Input data that cannot be read or treated (exit 3). */
export const INPUT_ERRORS = {
  E_CELL: entry(
    3,
    {
      en: 'cell cannot be treated by {technique}: {reason}',
      ko: '{technique} 기법으로 처리할 수 없는 값입니다: {reason}',
    },
    {
      en: 'Correct the data, or set on-invalid: redact or reject-row for this column.',
      ko: '자료를 고치거나 이 열에 on-invalid: redact 또는 reject-row를 지정하십시오.',
    },
  ),
  E_ROW_SHORT: entry(
    3,
    {
      en: 'the row has too few cells: {found} of {expected}{blank}',
      ko: '행의 칸 수가 모자랍니다: {expected}개 중 {found}개{blank}',
    },
    {
      en: 'Correct the row, or the delimiter in input.',
      ko: '행을 고치거나 input의 구분자를 확인하십시오.',
    },
  ),
  E_ROW_LONG: entry(
    3,
    {
      en: 'the row has too many cells: {found}, not {expected}',
      ko: '행의 칸 수가 많습니다: {expected}개가 아니라 {found}개',
    },
    {
      en: 'Quote the cells that hold a delimiter, or correct the delimiter in input.',
      ko: '구분자가 든 칸을 따옴표로 감싸거나 input의 구분자를 확인하십시오.',
    },
  ),
  E_QUOTE_STRAY: entry(
    3,
    { en: 'a quote inside an unquoted cell', ko: '따옴표로 감싸지 않은 칸 안에 따옴표가 있습니다' },
    {
      en: 'Quote the whole cell and double the quote inside (RFC 4180).',
      ko: '칸 전체를 따옴표로 감싸고 안의 따옴표는 두 번 쓰십시오(RFC 4180).',
    },
  ),
  E_QUOTE_TRAILING: entry(
    3,
    { en: 'text after a closing quote', ko: '닫는 따옴표 뒤에 글자가 있습니다' },
    {
      en: 'Double the quotes inside a quoted cell (RFC 4180).',
      ko: '따옴표로 감싼 칸 안의 따옴표는 두 번 쓰십시오(RFC 4180).',
    },
  ),
  E_QUOTE_UNCLOSED: entry(
    3,
    {
      en: 'a quoted cell is not closed at the end of the file',
      ko: '파일 끝까지 닫히지 않은 따옴표가 있습니다',
    },
    {
      en: 'Close the quote, or check that the file is complete.',
      ko: '따옴표를 닫거나 파일이 온전한지 확인하십시오.',
    },
  ),
  E_ENCODING: entry(
    3,
    {
      en: 'not valid {encoding} at byte {byte}',
      ko: '{byte}번째 바이트가 올바른 {encoding} 문자가 아닙니다',
    },
    {
      en: 'Save the file as {encoding}, or set input.encoding (bytes are counted from 0).',
      ko: '파일을 {encoding} 형식으로 저장하거나 input.encoding을 지정하십시오(바이트는 0부터 셉니다).',
    },
  ),
  E_NUL: entry(
    3,
    { en: 'a NUL byte at byte {byte}', ko: '{byte}번째 바이트가 NUL입니다' },
    {
      en: 'Check that the file is a CSV text file (bytes are counted from 0).',
      ko: 'CSV 텍스트 파일인지 확인하십시오(바이트는 0부터 셉니다).',
    },
  ),
  E_BOM_INSIDE: entry(
    3,
    {
      en: 'a byte order mark inside the data, at byte {byte}',
      ko: '자료 중간의 {byte}번째 바이트에 바이트 순서 표시(BOM)가 있습니다',
    },
    {
      en: 'Remove it; files that were joined often leave one behind (bytes are counted from 0).',
      ko: '삭제하십시오. 파일을 이어 붙이면 남는 일이 많습니다(바이트는 0부터 셉니다).',
    },
  ),
  E_RECORD_TOO_LONG: entry(
    3,
    { en: 'the record is longer than {limit} bytes', ko: '레코드가 {limit}바이트보다 깁니다' },
    {
      en: 'Look for a quote that is not closed, or raise input.max-record-bytes.',
      ko: '닫히지 않은 따옴표가 있는지 보거나 input.max-record-bytes를 늘리십시오.',
    },
  ),
  E_UNMAPPABLE: entry(
    3,
    {
      en: 'a character of the output does not exist in {encoding}',
      ko: '{encoding}에 없는 글자가 출력에 있습니다',
    },
    { en: 'Write the output as utf-8.', ko: '출력 인코딩을 utf-8로 지정하십시오.' },
  ),
  E_INPUT_EMPTY: entry(
    3,
    { en: 'the file is empty: a header line is needed', ko: '파일이 비어 있습니다: 머리글 행이 필요합니다' },
    { en: 'Check that it was exported in full.', ko: '내보내기가 끝까지 되었는지 확인하십시오.' },
  ),
  E_HEADER_EMPTY: entry(
    3,
    { en: 'column {number} has no name in the header', ko: '머리글의 {number}번째 열에 이름이 없습니다' },
    { en: 'Give every column a name.', ko: '모든 열에 이름을 붙이십시오.' },
  ),
  E_HEADER_DUPLICATE: entry(
    3,
    {
      en: 'columns {first} and {second} have the same name in the header',
      ko: '머리글의 {first}번째 열과 {second}번째 열의 이름이 같습니다',
    },
    { en: 'Give every column a name of its own.', ko: '열마다 다른 이름을 붙이십시오.' },
  ),
  E_HEADER_FOREIGN: entry(
    3,
    {
      en: 'no column name of the header stands in the rules',
      ko: '머리글의 열 이름 가운데 규칙에 있는 것이 하나도 없습니다',
    },
    {
      en: 'Check that the first line is a header, that these are its rules, and the encoding and delimiter.',
      ko: '첫 줄이 머리글인지, 이 파일의 규칙이 맞는지, 인코딩과 구분자가 맞는지 확인하십시오.',
    },
  ),
  E_INPUT_CHANGED: entry(
    3,
    { en: 'the file was changed while it was read', ko: '읽는 동안 파일이 바뀌었습니다' },
    {
      en: 'Run again when it has been written in full.',
      ko: '파일을 다 쓴 다음 다시 실행하십시오.',
    },
  ),
  E_RESUME_INPUT: entry(
    3,
    { en: 'the input has changed since the job was interrupted', ko: '작업이 중단된 뒤 입력이 바뀌었습니다' },
    { en: 'Run again without --resume.', ko: '--resume 없이 다시 실행하십시오.' },
  ),
} as const;
