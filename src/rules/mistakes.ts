import { closest, distance } from 'fastest-levenshtein';
import { GamyeongError, printable } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';

/**
 * Throws the mistakes as one error, in the order of their places: the first, with the others in `also`.
 * Does nothing when there are none.
 * @throws GamyeongError
 */
export function raise(mistakes: readonly GamyeongError[]): void {
  if (mistakes.length === 0) return;
  const [first, ...others] = mistakes.toSorted(
    (a, b) =>
      (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.character ?? 0) - (b.place.character ?? 0),
  ) as [GamyeongError, ...GamyeongError[]];
  throw new GamyeongError(first.code, first.values, first.place, others);
}

const DID_YOU_MEAN: Text = { en: "Did you mean '{name}'?", ko: "혹시 '{name}'입니까?" };
const RIGHT_NAMES: Text = { en: 'Possible here: {names}.', ko: '여기에 쓸 수 있는 이름: {names}.' };
const NOTHING_ELSE: Text = { en: 'Remove it.', ko: '삭제하십시오.' };

/** Names shown at most when none is near. */
const SHOWN = 24;

/** The nearest right name as a sentence; all of them when none is near. */
export function suggest(wrong: string, names: readonly string[]): string {
  if (names.length === 0) return say(NOTHING_ELSE);
  const near = nearest(wrong, names);
  if (near !== undefined) return say(DID_YOU_MEAN, { name: printable(near) });
  const shown = names.slice(0, SHOWN).map(printable).join(', ');
  return say(RIGHT_NAMES, { names: names.length > SHOWN ? `${shown}, …` : shown });
}

/** Comparing takes the product of the lengths, for each name: longer ones, and more, are not compared. */
const LONGEST_COMPARED = 200;
const MOST_COMPARED = 1000;

/** The name that begins or ends like the word, or the other way round; else the one that needs few edits for its length. */
export function nearest(wrong: string, all: readonly string[]): string | undefined {
  const names = all.filter((name) => name.length <= LONGEST_COMPARED);
  if (names.length === 0 || names.length > MOST_COMPARED || wrong.length > LONGEST_COMPARED) return undefined;
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_\s]/g, '-');
  const candidates = new Map(names.map((name) => [plain(name), name]));
  const word = plain(wrong);
  const kin = [...candidates.keys()].filter((name) => isPartOf(word, name) || isPartOf(name, word));
  if (kin.length > 0) return candidates.get(closest(word, kin));
  const best = closest(plain(wrong), [...candidates.keys()]);
  const limit = Math.max(1, Math.floor(Math.min(wrong.length, best.length) / 2));
  return distance(plain(wrong), best) <= Math.min(limit, 4) ? candidates.get(best) : undefined;
}

/** A beginning or an end; of Latin words a whole one, for many names end in `id` or begin with `no`. */
function isPartOf(part: string, whole: string): boolean {
  if (part.length < 2 || part.length >= whole.length) return false;
  const hangul = /\p{Script=Hangul}/u.test(part);
  const beyond = whole.startsWith(part)
    ? whole[part.length]!
    : whole.endsWith(part)
      ? whole.at(-part.length - 1)!
      : '';
  return beyond !== '' && (hangul || !/[\p{L}\p{N}]/u.test(beyond));
}
