import { toolVersion } from '../version.ts';
import type { Evidence } from './evidence.ts';
import type { FormId } from './form.ts';
import { formNamed } from './forms.ts';
import { renderForm } from './render.ts';
import { formValues } from './values.ts';

/** A form of a case as an HTML document. */
export function renderCase(id: FormId, evidence: Evidence): string {
  const records = Object.entries(evidence.digests).map(
    ([name, sha256]) => `${name} SHA-256 ${sha256.slice(0, 16)}…`,
  );
  const footer = [`gamyeong ${toolVersion()}`, `작성 ${evidence.today}`, ...records].join(' · ');
  return renderForm(formNamed(id), formValues(id, evidence), footer);
}
