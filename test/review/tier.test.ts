import { describe, expect, test } from 'vitest';
import type { FormId } from '../../src/forms/form.ts';
import { FORMS } from '../../src/forms/forms.ts';
import {
  adjustments,
  baseTier,
  type Circumstances,
  formNeeds,
  possibleTiers,
  requiredReviews,
  type Tier,
} from '../../src/review/tier.ts';

const INTERNAL: Circumstances = {
  actor: 'internal',
  environment: 'controllable',
  repeatOrSimilar: false,
  designated: 'no',
  unstructured: false,
  pledgeOnFile: false,
};
const ROOM: Circumstances = { ...INTERNAL, actor: 'third-party' };
const OUTSIDE: Circumstances = { ...ROOM, environment: 'uncontrollable' };

/** Marks of the forms that are written anew. */
const written = (circumstances: Circumstances, final: Tier) => {
  const needs = formNeeds(circumstances, final);
  return FORMS.filter(({ id }) => needs[id] === 'required')
    .map(({ mark }) => mark)
    .join('');
};

/** Worked decisions of the guideline (PIPC 2026-03). */
describe.each<[string, Circumstances, Tier, Tier, string]>([
  [
    'yearly farm register again',
    { ...OUTSIDE, repeatOrSimilar: true, pledgeOnFile: true },
    'high',
    'low',
    '➊➋➌➓',
  ],
  ['school results, new research body', { ...OUTSIDE, repeatOrSimilar: true }, 'high', 'low', '➊➋➌➒➓'],
  ['health check-ups between departments', INTERNAL, 'low', 'low', '➋➌➍➎➐➓'],
  [
    'fitness data to a combination agency',
    { ...OUTSIDE, designated: 'combination-agency' },
    'high',
    'low',
    '➋➌➍➎➐➓',
  ],
  [
    'lease data in an innovation zone',
    { ...OUTSIDE, designated: 'innovation-zone' },
    'high',
    'low',
    '➊➋➌➍➎➐➓',
  ],
  ["insurer's data inside its room", ROOM, 'medium', 'medium', '➊➋➌➍➎➐➓'],
  ['call recordings inside the room', { ...ROOM, unstructured: true }, 'medium', 'high', '➊➋➌➍➎➏➐➑➒➓'],
  ['retail purchases taken outside', OUTSIDE, 'high', 'high', '➊➋➌➍➎➐➑➒➓'],
  ['hospital: internal, unstructured', { ...INTERNAL, unstructured: true }, 'low', 'high', '➊➋➌➍➎➏➐➑➓'],
  ['road images given outside', { ...OUTSIDE, unstructured: true }, 'high', 'high', '➊➋➌➍➎➏➐➑➒➓'],
])('%s', (_, circumstances, base, final, forms) => {
  test('base tier', () => expect(baseTier(circumstances)).toBe(base));
  test('the final tier is one that the grounds bear', () =>
    expect(possibleTiers(circumstances)).toContain(final));
  test('forms', () => expect(written(circumstances, final)).toBe(forms));
});

test('what is not written anew is reused, replaced or left out', () => {
  const again = formNeeds({ ...OUTSIDE, repeatOrSimilar: true, pledgeOnFile: true }, 'low');
  expect([again.plan, again.result, again.adequacy, again['pledge-safeguard']]).toEqual(
    Array(4).fill('reuse'),
  );
  const own = formNeeds(INTERNAL, 'low');
  expect([own.application, own['pledge-safeguard']]).toEqual(['substitute', 'substitute']);
  expect(formNeeds(ROOM, 'medium')['pledge-safeguard']).toBe('omit');
});

test('the number of reviewers grows with the tier', () => {
  expect((['low', 'medium', 'high'] as const).map(requiredReviews)).toEqual([1, 2, 3]);
});

test('grounds both ways give no tier: a person decides', () => {
  const both = { ...OUTSIDE, repeatOrSimilar: true, unstructured: true };
  expect(possibleTiers(both)).toEqual([]);
  expect(adjustments(both).map(({ direction }) => direction)).toEqual(['lower', 'raise']);
});

test('unstructured data raises every tier, and the lowest has nowhere to go down', () => {
  expect(possibleTiers({ ...INTERNAL, unstructured: true })).toEqual(['medium', 'high']);
  expect(adjustments({ ...INTERNAL, repeatOrSimilar: true })).toEqual([]);
});

test('free text that stays asks for its inspection in every tier', () => {
  const needs = (final: Tier): FormId[] =>
    FORMS.map(({ id }) => id).filter(
      (id) => formNeeds({ ...INTERNAL, unstructured: true }, final)[id] === 'required',
    );
  for (const tier of ['low', 'medium', 'high'] as const) expect(needs(tier)).toContain('unstructured');
});
