import { entry } from './entry.ts';

/** Input data that cannot be read or treated (exit 3). */
export const INPUT_ERRORS = {
  E_CELL: entry(
    3,
    {
      en: 'cell cannot be treated by {technique}: {reason}',
      ko: '{technique}(으)로 처리할 수 없는 값입니다: {reason}',
    },
    {
      en: 'Correct the data, or set on-invalid: redact or reject-row for this column.',
      ko: '자료를 고치거나 이 열에 on-invalid: redact 또는 reject-row를 지정하십시오.',
    },
  ),
} as const;
