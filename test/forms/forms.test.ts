import { expect, test } from 'vitest';
import type { FormId } from '../../src/forms/form.ts';
import { FORMS, formNamed } from '../../src/forms/forms.ts';

/** Fields of the guideline's forms (별권 제5장), without our additions. */
const KEYS: Readonly<Record<FormId, string>> = {
  application:
    'request-kind receipt-no received-on previous-receipt-no applicant-org applicant-title applicant-name ' +
    'applicant-phone applicant-email purpose-kind purpose-detail source-data-name requested-items combination-use ' +
    'combination-target combination-agency environment-kind designated-kind environment-other supply-kind ' +
    'supply-count use-months use-until applied-on applicant-sign addressee attachment-plan',
  'use-plan':
    'title responsible-org responsible-name responsible-sign background-and-purpose data-used subject-count ' +
    'plan-and-method use-from use-until use-months expected-effect',
  'risk-review':
    'purpose-summary source-data-name user-org user-title user-name actor environment-control base-tier base-reason ' +
    'repeat-or-similar designated-safe-environment unstructured-included adjustment final-tier overall-result ' +
    'reviewed-on reviewer-org reviewer-name reviewer-sign',
  plan:
    'file-no file-relation file-name item-count row-count subject-count file-note item-no item-name item-type ' +
    'example-value item-description plan-text',
  result:
    'common-data-kind common-order common-method-1 common-method-2 common-method-3 exception-file exception-item ' +
    'exception-kind exception-method-1 exception-method-2 exception-method-3 exception-reason cat-file cat-item ' +
    'cat-value cat-count cat-share cat-note combo-items combo-value combo-count combo-share num-before-min ' +
    'num-before-min-count num-before-max num-before-max-count num-after-min num-after-min-count num-after-max ' +
    'num-after-max-count num-q0 num-q1 num-q2 num-q3 num-q4 sample-file sample-area sample-before sample-after ' +
    'sample-note',
  unstructured:
    'case-name source-volume source-bytes source-format result-format technique-used check-from check-until ' +
    'check-place check-kind check-description check-findings check-result checker-org checker-name checker-sign ' +
    'written-on writer writer-sign',
  adequacy:
    'case-name member-name member-org member-title review-kind reviewed-on verdict check-1-purpose check-2-items ' +
    'check-3-tier check-4-processing check-5-usability opinion chair-summary writer-sign addressee condition ' +
    'evidence-name evidence-digest',
  'pledge-reviewer':
    'case-name applicant-org conflict-1 conflict-2 conflict-3 conflict-4 conflict-5 conflict-6 pledged-on org name ' +
    'sign addressee',
  'pledge-safeguard':
    'handler-no handler-org handler-title handler-role handler-name handler-sign pledged-on responsible-sign ' +
    'org-seal addressee',
  ledger:
    'seq processed-on control-no info-kind action detail-purpose detail-items detail-period detail-recipient officer ' +
    'responsible requested-on handler-org handler-name handler-ip reason scope effective-on',
};

const keysOf = (id: FormId) =>
  formNamed(id).parts.flatMap((part) => {
    if (part.kind === 'fixed') return [];
    return (part.kind === 'fields' ? part.fields : part.columns).map(({ key }) => key);
  });

test('there are ten, marked ➊ to ➓ in order', () => {
  expect(FORMS.map(({ mark }) => mark).join('')).toBe('➊➋➌➍➎➏➐➑➒➓');
  expect(FORMS.map(({ id }) => id)).toEqual(Object.keys(KEYS));
});

test.each(Object.entries(KEYS) as [FormId, string][])('%s has every field of the guideline', (id, keys) => {
  expect(keys.split(' ').filter((key) => !keysOf(id).includes(key))).toEqual([]);
});

test('what a person decides is never filled by machine', () => {
  const decided =
    'adjustment final-tier actor environment-control verdict overall-result base-reason opinion'.split(' ');
  const fields = FORMS.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'fields' ? part.fields : [])),
  );
  for (const key of decided) expect(fields.find((field) => field.key === key)?.fill).toBe('human');
});
