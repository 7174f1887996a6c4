import { entry } from './entry.ts';

/** Forms and jobs. */
export const JOB_ERRORS = {
  E_FORM_RECORD: entry(
    3,
    { en: 'not a record of this version', ko: '이 버전의 기록 파일이 아닙니다' },
    {
      en: "Run 'gamyeong run' or 'gamyeong risk' again.",
      ko: "'gamyeong run'이나 'gamyeong risk'를 다시 실행하십시오.",
    },
  ),
  E_FORM_CIRCUMSTANCES: entry(
    2,
    {
      en: 'not enough is stated to tell which forms are needed',
      ko: '어떤 서식이 필요한지 판단할 내용이 부족합니다',
    },
    {
      en: 'State actor, environment-control (for a third party) and the final tier in --answers.',
      ko: '--answers 파일에 actor, environment-control(제3자 제공일 때), final-tier를 적으십시오.',
    },
  ),
  E_JOB_NO_INPUT: entry(
    2,
    { en: "no file matches the input '{pattern}'", ko: "입력 '{pattern}'에 맞는 파일이 없습니다" },
    {
      en: 'Check the pattern; it is relative to the job file.',
      ko: '패턴을 확인하십시오. 작업 파일 위치를 기준으로 합니다.',
    },
  ),
  E_JOB_SAME_OUTPUT: entry(
    2,
    { en: "two data sets would write '{name}'", ko: "두 데이터 세트가 같은 파일 '{name}'에 쓰게 됩니다" },
    { en: 'Give them directories of their own.', ko: '출력 디렉터리를 따로 지정하십시오.' },
  ),
  E_JOB_OUTPUT_EXISTS: entry(
    2,
    {
      en: 'the file exists already, and was not written by an earlier run of this job',
      ko: '이미 있는 파일이며, 이 작업이 전에 쓴 것이 아닙니다',
    },
    {
      en: 'If another job is writing it, run this one again when that has ended; else move the file away, or name another output.',
      ko: '다른 작업이 쓰는 중이면 끝난 뒤 다시 실행하고, 아니면 파일을 옮기거나 다른 출력을 지정하십시오.',
    },
  ),
  E_JOB_GATE: entry(
    4,
    { en: 'the gate refuses: {reason}', ko: '반출 기준을 통과하지 못했습니다: {reason}' },
    {
      en: 'Change the rules, or the policy with a recorded reason.',
      ko: '규칙을 고치거나, 사유를 기록하고 기준을 바꾸십시오.',
    },
  ),
} as const;
