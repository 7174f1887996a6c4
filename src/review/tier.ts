import type { FormId } from '../forms/form.ts';
import type { Text } from '../messages/language.ts';

/** Final risk tier (저위험, 중위험, 고위험) of the guideline on pseudonymized data, PIPC 2026-03. */
export type Tier = 'low' | 'medium' | 'high';

/** Who uses the data, where, and what may move the tier. A person states each of these. */
export interface Circumstances {
  /** `internal`: the same controller, also another department of it. */
  readonly actor: 'internal' | 'third-party';
  /** Whether the provider controls the place of use; counts for third parties only. */
  readonly environment: 'controllable' | 'uncontrollable';
  /** The same or nearly the same use has passed an adequacy review before. */
  readonly repeatOrSimilar: boolean;
  /** A place that the state has designated as safe. */
  readonly designated: 'no' | 'innovation-zone' | 'combination-agency';
  readonly unstructured: boolean;
  /** The recipient's pledge of an earlier, equal use still stands. */
  readonly pledgeOnFile: boolean;
}

/** How many persons have to review: 담당자 검토, 내부 심의, 적정성 검토위원회. */
const REVIEWS: Readonly<Record<Tier, number>> = { low: 1, medium: 2, high: 3 };

/** Number of distinct reviewers that a tier needs. */
export function requiredReviews(tier: Tier): number {
  return REVIEWS[tier];
}

/** The tier that actor and environment give, before any adjustment. */
export function baseTier({ actor, environment }: Pick<Circumstances, 'actor' | 'environment'>): Tier {
  if (actor === 'internal') return 'low';
  return environment === 'controllable' ? 'medium' : 'high';
}

/** A ground for moving the tier, and where to: a person decides and writes down why. */
export interface Adjustment {
  readonly direction: 'lower' | 'raise';
  readonly to: readonly Tier[];
  readonly ground: Text;
}

const GROUNDS = {
  repeat: { en: 'repeated or similar use', ko: '반복·유사 활용' },
  designated: {
    en: 'provided to a safe environment designated by the state',
    ko: '정부가 지정한 안전한 처리환경으로 제공',
  },
  unstructured: { en: 'unstructured data included', ko: '비정형데이터 포함' },
} as const satisfies Record<string, Text>;

const RAISED: Readonly<Record<Tier, readonly Tier[]>> = {
  low: ['medium', 'high'],
  medium: ['high'],
  high: ['high'],
};

/**
 * Grounds that stand for a change of the base tier. Where some lower it and others raise it, the guideline says
 * nothing: both are given, and no final tier follows.
 */
export function adjustments(circumstances: Circumstances): readonly Adjustment[] {
  const { repeatOrSimilar, designated, unstructured } = circumstances;
  const base = baseTier(circumstances);
  const found: Adjustment[] = [];
  const lower = (ground: Text) => found.push({ direction: 'lower', to: ['low'], ground });
  if (repeatOrSimilar && base !== 'low') lower(GROUNDS.repeat);
  if (designated !== 'no' && base !== 'low') lower(GROUNDS.designated);
  if (unstructured) found.push({ direction: 'raise', to: RAISED[base], ground: GROUNDS.unstructured });
  return found;
}

/** Final tiers that these circumstances bear without further grounds; none when grounds contradict. */
export function possibleTiers(circumstances: Circumstances): readonly Tier[] {
  const grounds = adjustments(circumstances);
  if (grounds.length === 0) return [baseTier(circumstances)];
  if (new Set(grounds.map(({ direction }) => direction)).size > 1) return [];
  return grounds[0]!.to;
}

/** `reuse`: that of the earlier use stands. `substitute`: an internal document takes its place. */
export type FormNeed = 'required' | 'reuse' | 'substitute' | 'omit';

/**
 * Which of the ten forms a case needs. The table of the guideline (별권, required forms by tier), with its
 * conditions read so that they give all of its worked decisions.
 */
export function formNeeds(circumstances: Circumstances, final: Tier): Readonly<Record<FormId, FormNeed>> {
  const { actor, designated, repeatOrSimilar, unstructured } = circumstances;
  const low = final === 'low';
  const own = actor === 'internal' || designated === 'combination-agency';
  const processing = low && repeatOrSimilar ? 'reuse' : 'required';
  return {
    application: low && own ? 'substitute' : 'required',
    'use-plan': 'required',
    'risk-review': 'required',
    plan: processing,
    result: processing,
    unstructured: unstructured ? 'required' : 'omit',
    adequacy: processing,
    'pledge-reviewer': final === 'high' ? 'required' : 'omit',
    'pledge-safeguard': safeguardPledge(circumstances, final),
    ledger: 'required',
  };
}

function safeguardPledge(
  { actor, environment, designated, pledgeOnFile }: Circumstances,
  final: Tier,
): FormNeed {
  if (actor === 'internal') return 'substitute';
  const leavesControl = environment === 'uncontrollable' && designated === 'no';
  if (final !== 'high' && !leavesControl) return 'omit';
  return pledgeOnFile ? 'reuse' : 'required';
}
