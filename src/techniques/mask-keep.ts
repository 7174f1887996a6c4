import { graphemes } from './graphemes.ts';

/** What stands for a run of masked graphemes, given how many they are. */
export type Fill = (count: number) => string;

/**
 * Keeps the first and the last graphemes of a value and masks what lies between. At least one grapheme is
 * always masked: where a value has no more than `first + last`, fewer of the last are kept, then fewer of
 * the first. With first 1 and last 1: 남궁길동 → 남**동, 홍길동 → 홍*동, 이산 → 이*, 김 → *.
 */
export function keepEnds(first: number, last: number, fill: Fill): (value: string) => string {
  return (value) => {
    const all = graphemes(value);
    const room = Math.max(all.length - 1, 0);
    const head = Math.min(first, room);
    const tail = Math.min(last, room - head);
    const masked = all.length - head - tail;
    return all.slice(0, head).join('') + fill(masked) + all.slice(head + masked).join('');
  };
}
