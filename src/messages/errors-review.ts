import { entry } from './entry.ts';

/** Reviews of a risk record. */
export const REVIEW_ERRORS = {
  E_REVIEW_RISK: entry(
    2,
    { en: 'not a risk record', ko: '위험도 기록이 아닙니다' },
    {
      en: "Name the O.risk.json of 'gamyeong risk'.",
      ko: "'gamyeong risk'가 쓴 O.risk.json을 지정하십시오.",
    },
  ),
  E_REVIEW_FORMAT: entry(
    3,
    { en: 'not a file of reviews', ko: '검토 기록 파일이 아닙니다' },
    {
      en: 'Restore it, or have the reviews made again.',
      ko: '원래 파일로 되돌리거나 다시 검토를 받으십시오.',
    },
  ),
  E_REVIEW_CONTRADICTION: entry(
    2,
    { en: 'the review contradicts itself: {reason}', ko: '검토 내용이 서로 맞지 않습니다: {reason}' },
    { en: 'Correct the verdict, the checks or the conditions.', ko: '판정, 검토 항목, 조건을 고치십시오.' },
  ),
  E_REVIEW_NO_CONDITION: entry(
    2,
    {
      en: 'the certificate {reviewer} has no open condition {condition} on this risk record',
      ko: '{reviewer} 인증서로 이 위험도 기록에 붙인 조건 {condition} 가운데 남아 있는 것이 없습니다',
    },
    { en: "See 'gamyeong review list'.", ko: "'gamyeong review list'로 확인하십시오." },
  ),
} as const;
