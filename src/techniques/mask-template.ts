import type { Text } from '../messages/language.ts';
import { graphemes } from './graphemes.ts';
import { Invalid } from './technique.ts';

const MISFIT = new Invalid({
  en: 'the value does not have the form of the template',
  ko: '값이 서식과 다릅니다',
});

const KEEP = Symbol('keep');
const MASK = Symbol('mask');
/** One grapheme of a value: kept, masked, or exactly the given one. */
type Slot = typeof KEEP | typeof MASK | string;

/** A backslash at the end gives an empty slot, which no grapheme equals; `templateFault` refuses it. */
function slots(template: string): Slot[] {
  const marks = graphemes(template);
  const result: Slot[] = [];
  for (let i = 0; i < marks.length; i++) {
    if (marks[i] === '#') result.push(KEEP);
    else if (marks[i] === '*') result.push(MASK);
    else if (marks[i] === '\\') result.push(marks[++i] ?? '');
    else result.push(marks[i]!);
  }
  return result;
}

/** What is wrong with a template, or undefined. */
export function templateFault(template: string): Text | undefined {
  const parsed = slots(template);
  if (parsed.includes(''))
    return { en: 'the backslash at the end escapes nothing', ko: '끝의 역슬래시 뒤에 글자가 없습니다' };
  if (!parsed.includes(MASK))
    return { en: 'the template masks nothing: it has no *', ko: '서식에 *가 없어 가리는 글자가 없습니다' };
  return undefined;
}

/**
 * Masks by a template: `#` keeps one grapheme, `*` masks one, any other must stand there in the value;
 * a backslash takes the meaning from the one after it. Invalid where a value does not fit from end to end.
 */
export function maskTemplate(template: string, char: string): (value: string) => string | Invalid {
  const parsed = slots(template);
  return (value) => {
    const all = graphemes(value);
    const fits =
      all.length === parsed.length && parsed.every((slot, i) => typeof slot !== 'string' || slot === all[i]);
    return fits ? all.map((grapheme, i) => (parsed[i] === MASK ? char : grapheme)).join('') : MISFIT;
  };
}
