import { dateShift } from './date-shift.ts';
import { dateTruncate } from './date-truncate.ts';
import { generalize } from './generalize.ts';
import { ip } from './ip.ts';
import { drop, keep } from './keep-drop.ts';
import { keyedHash } from './keyed-hash.ts';
import { mask } from './mask.ts';
import { noise } from './noise.ts';
import { redact, replace } from './replace.ts';
import { round } from './round.ts';
import { sample } from './sample.ts';
import { suppressRow } from './suppress-row.ts';
import type { RowTechnique, Technique } from './technique.ts';
import { topBottomCode } from './top-bottom-code.ts';

/**
 * The table of techniques: schema, documentation, `check` and the conformance tests are generated from it.
 * To add one, write its module and name it here.
 */
export const TECHNIQUES: readonly Technique[] = [
  keep,
  drop,
  keyedHash,
  mask,
  replace,
  redact,
  generalize,
  dateTruncate,
  dateShift,
  round,
  topBottomCode,
  noise,
  ip,
];

/** Rules over whole records, in `rows:`. */
export const ROW_TECHNIQUES: readonly RowTechnique[] = [sample, suppressRow];

const byName = new Map(TECHNIQUES.map((technique) => [technique.name, technique]));
const rowByName = new Map(ROW_TECHNIQUES.map((technique) => [technique.name, technique]));

/** @throws Error for a name that is not in the table: plans hold validated names only. */
export function techniqueNamed(name: string): Technique {
  const technique = byName.get(name);
  if (technique === undefined) throw new Error(`no technique ${name}`);
  return technique;
}

/** @throws Error for a name that is not in the table. */
export function rowTechniqueNamed(name: string): RowTechnique {
  const technique = rowByName.get(name);
  if (technique === undefined) throw new Error(`no row technique ${name}`);
  return technique;
}
