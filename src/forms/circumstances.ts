import type { Circumstances } from '../review/tier.ts';
import { columnPlans, isUnstructured } from './columns.ts';
import type { Evidence } from './evidence.ts';

/** Whether free text stays in the output; undefined when no rules are known. */
export function holdsFreeText({ rules }: Pick<Evidence, 'rules'>): boolean | undefined {
  return rules && columnPlans(rules.columns).some(isUnstructured);
}

/**
 * What the tier depends on, as persons have stated it.
 * @returns undefined until actor and, for a third party, the control over its environment are stated
 */
export function statedCircumstances(
  evidence: Pick<Evidence, 'rules' | 'answers'>,
): Circumstances | undefined {
  const { fields } = evidence.answers;
  const yes = (key: string) => fields[key] === 'yes';
  const actor = fields.actor as Circumstances['actor'] | undefined;
  const environment = fields['environment-control'] as Circumstances['environment'] | undefined;
  if (actor === undefined || (actor === 'third-party' && environment === undefined)) return undefined;
  const kind = fields['designated-kind'] as 'innovation-zone' | 'combination-agency' | undefined;
  const unstructured = fields['unstructured-included'];
  return {
    actor,
    environment: environment ?? 'controllable',
    repeatOrSimilar: yes('repeat-or-similar'),
    designated: yes('designated-safe-environment') ? (kind ?? 'innovation-zone') : 'no',
    unstructured: unstructured === undefined ? holdsFreeText(evidence) === true : unstructured === 'yes',
    pledgeOnFile: yes('pledge-on-file'),
  };
}
