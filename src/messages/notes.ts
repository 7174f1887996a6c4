import type { Text } from './language.ts';

/** What a job tells on the way, and reasons why an interrupted one cannot be continued. */
export const NOTES = {
  discarded: {
    en: 'discarded what an interrupted job had left behind',
    ko: '중단된 작업이 남긴 중간 파일을 삭제했습니다',
  },
  noCheckpoint: {
    en: 'no checkpoint to continue from: starting from the beginning',
    ko: '이어갈 지점이 없어 처음부터 시작합니다',
  },
  finished: {
    en: 'the job was finished already; only its leftovers were removed',
    ko: '이미 끝난 작업입니다. 남은 중간 파일만 삭제했습니다',
  },
  continuing: { en: 'continuing behind row {row}', ko: '{row}행 다음부터 이어갑니다' },
  otherTool: { en: 'it was begun by another version', ko: '다른 버전으로 시작한 작업입니다' },
  otherPlan: { en: 'the rules or the header have changed', ko: '규칙이나 머리글이 바뀌었습니다' },
  otherKey: { en: 'it was begun with another key', ko: '다른 키로 시작한 작업입니다' },
  otherRejects: { en: '--rejects differs', ko: '--rejects가 다릅니다' },
  damaged: { en: 'its partial output is damaged', ko: '중간 출력이 손상되었습니다' },
} as const satisfies Record<string, Text>;
