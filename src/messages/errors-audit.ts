import { entry } from './entry.ts';

/** The audit log: what stands in its way (6), and what verification finds (4). */
export const AUDIT_ERRORS = {
  E_LOCK_BUSY: entry(
    6,
    {
      en: 'another process keeps it locked',
      ko: '다른 프로세스가 잠그고 있습니다',
    },
    {
      en: 'Wait for it. If it ran on another machine and has died, remove the directory with .lock added to the name.',
      ko: '끝날 때까지 기다리십시오. 다른 장비에서 실행되다 죽은 프로세스라면 이름 뒤에 .lock이 붙은 디렉터리를 지우십시오.',
    },
  ),
  E_AUDIT_TORN: entry(
    6,
    {
      en: 'the last line of the audit log was cut off, as in a crash',
      ko: '감사 로그의 마지막 줄이 비정상 종료 때처럼 잘려 있습니다',
    },
    {
      en: "Look at it, then run 'gamyeong audit recover LOG', which records the repair.",
      ko: "내용을 확인한 뒤 'gamyeong audit recover LOG'를 실행하십시오. 복구한 사실도 기록됩니다.",
    },
  ),
  E_AUDIT_NOT_LOG: entry(
    6,
    {
      en: 'the last line is no entry of an audit log',
      ko: '마지막 줄이 감사 로그의 기록이 아닙니다',
    },
    {
      en: "Name another file; 'gamyeong audit verify' tells more.",
      ko: "다른 파일을 지정하십시오. 자세한 내용은 'gamyeong audit verify'로 확인할 수 있습니다.",
    },
  ),
  E_AUDIT_NOT_TORN: entry(
    2,
    { en: 'the audit log needs no repair', ko: '감사 로그는 복구할 필요가 없습니다' },
    { en: 'Nothing was changed.', ko: '아무것도 바꾸지 않았습니다.' },
  ),
  E_AUDIT_FAULT: entry(
    4,
    { en: '{reason}', ko: '{reason}' },
    {
      en: 'The log was not left as it was written; compare it with a copy.',
      ko: '로그가 기록된 그대로가 아닙니다. 사본과 비교하십시오.',
    },
  ),
  E_AUDIT_CHECKPOINT: entry(
    4,
    { en: 'the checkpoint is not valid: {reason}', ko: '체크포인트가 올바르지 않습니다: {reason}' },
    { en: 'Name the checkpoint of this log.', ko: '이 로그의 체크포인트를 지정하십시오.' },
  ),
} as const;
