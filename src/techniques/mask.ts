import type { Text } from '../messages/language.ts';
import { graphemes } from './graphemes.ts';
import { maskEmail, maskPhone } from './mask-contact.ts';
import { MASK_EXAMPLES } from './mask-examples.ts';
import { maskGroups } from './mask-group.ts';
import { type Fill, keepEnds } from './mask-keep.ts';
import { maskTemplate, templateFault } from './mask-template.ts';
import { compilePattern, patternParam } from './pattern.ts';
import { type CompiledTechnique, defineTechnique, issue, type Zod } from './technique.ts';

/** Exactly one of the five forms is set; `length` goes with `keep` and `group`, `first` with `email`. */
interface MaskParams {
  readonly keep?: { readonly first: number; readonly last: number } | undefined;
  readonly group?: { readonly pattern: string; readonly groups?: readonly number[] | undefined } | undefined;
  readonly template?: string | undefined;
  readonly email?: 'keep-domain' | undefined;
  readonly phone?: 'keep-area-code' | undefined;
  /** One grapheme. */
  readonly char: string;
  /** `same`: a mask character for each grapheme (default). `fixed`: always `fixed-length` of them. */
  readonly length?: 'same' | 'fixed' | undefined;
  readonly 'fixed-length'?: number | undefined;
  /** Graphemes of an email's local part to keep. */
  readonly first?: number | undefined;
}

type Form = 'keep' | 'group' | 'template' | 'email' | 'phone';

/** The forms, and what else may be set with each besides `char`. */
const OPTIONS: Readonly<Record<Form, readonly (keyof MaskParams)[]>> = {
  keep: ['length', 'fixed-length'],
  group: ['length', 'fixed-length'],
  template: [],
  email: ['first'],
  phone: [],
};
const FORMS = Object.keys(OPTIONS) as readonly Form[];

const FIXED_LENGTH = 3;

/** One printable grapheme that stays one wherever it stands: no combining mark, joiner or lone jamo. */
function isMaskChar(char: string): boolean {
  return (
    !/^\p{C}/u.test(char) && graphemes(char).length === 1 && graphemes(`가${char}${char}가`).length === 4
  );
}

/** Whether the expression has the groups to mask: at least one, and each that is named. */
function hasGroups({ pattern, groups = [1] }: NonNullable<MaskParams['group']>): boolean {
  return Math.max(...groups) <= compilePattern(pattern).groupCount();
}

function paramsSchema(z: Zod) {
  const count = z.int().min(0);
  const form = z.strictObject({
    keep: z.strictObject({ first: count.default(0), last: count.default(0) }).optional(),
    group: z
      .strictObject({ pattern: patternParam(z), groups: z.array(z.int().min(1)).min(1).optional() })
      .refine(
        hasGroups,
        issue({ en: 'the pattern has no such capture group', ko: '정규식에 해당 캡처 그룹이 없습니다' }, [
          'groups',
        ]),
      )
      .optional(),
    template: z
      .string()
      .check((context) => {
        const fault = templateFault(context.value);
        if (fault !== undefined)
          context.issues.push({ code: 'custom', input: context.value, ...issue(fault) });
      })
      .optional(),
    email: z.literal('keep-domain').optional(),
    phone: z.literal('keep-area-code').optional(),
    char: z
      .string()
      .refine(
        isMaskChar,
        issue({ en: 'must be one printable character', ko: '인쇄되는 글자 하나여야 합니다' }),
      )
      .default('*'),
    length: z.enum(['same', 'fixed']).optional(),
    'fixed-length': z.int().min(1).max(100).optional(),
    first: count.optional(),
  });
  return form.check((context) => {
    const params = context.value;
    const add = (text: Text, path: string[] = []) =>
      context.issues.push({ code: 'custom', input: params, ...issue(text, path) });
    const [chosen, ...others] = FORMS.filter((name) => params[name] !== undefined);
    if (chosen === undefined || others.length > 0) {
      add(ONE_FORM);
      return;
    }
    for (const option of ['length', 'fixed-length', 'first'] as const) {
      if (params[option] !== undefined && !OPTIONS[chosen].includes(option)) add(NOT_HERE, [option]);
    }
    if (params['fixed-length'] !== undefined && params.length !== 'fixed') add(NEEDS_FIXED, ['fixed-length']);
  });
}

const ONE_FORM: Text = {
  en: 'exactly one of keep, group, template, email and phone is needed',
  ko: 'keep, group, template, email, phone 중 하나만 지정해야 합니다',
};
const NOT_HERE: Text = {
  en: 'has no effect with this form of mask',
  ko: '이 마스킹 방식에는 쓸 수 없습니다',
};
const NEEDS_FIXED: Text = {
  en: 'has an effect only with length: fixed',
  ko: 'length: fixed일 때만 쓸 수 있습니다',
};

function compileMask(params: MaskParams): CompiledTechnique {
  const { char, keep, group, template, length = 'same', 'fixed-length': fixedLength = FIXED_LENGTH } = params;
  const fill: Fill = length === 'fixed' ? () => char.repeat(fixedLength) : (count) => char.repeat(count);
  if (keep !== undefined)
    return {
      cell: keepEnds(keep.first, keep.last, fill),
      kernel: { kind: 'mask-keep', first: keep.first, last: keep.last, char, length, fixedLength },
    };
  if (group !== undefined) return { cell: maskGroups(group.pattern, group.groups, fill) };
  if (template !== undefined) return { cell: maskTemplate(template, char) };
  if (params.email !== undefined) return { cell: maskEmail(params.first ?? 0, char) };
  return { cell: maskPhone(char) };
}

/** Hides part of a value behind a character (ISO/IEC 20889: masking; guideline: 마스킹). */
export const mask = defineTechnique<MaskParams>({
  name: 'mask',
  doc: {
    en: 'Hide part of each value behind a character such as *.',
    ko: '값의 일부를 * 같은 문자로 가린다.',
  },
  properties: {
    deterministic: true,
    reversible: false,
    keyed: false,
    keepsLength: true,
    leaks: ['part', 'length'],
  },
  bare: false,
  onEmpty: 'keep',
  params: paramsSchema,
  compile: compileMask,
  examples: MASK_EXAMPLES,
});
