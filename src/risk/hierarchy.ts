import { parse } from 'csv-parse/sync';
import { GamyeongError } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';

/** A generalization hierarchy: one path per value, from the value itself (level 0) to the root. */
export interface Hierarchy {
  /** Levels, level 0 included. */
  readonly levels: number;
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads a hierarchy in ARX's layout: no header, one line per value, `;` or `,` between levels.
 * @throws GamyeongError E_RISK_HIERARCHY
 */
export function parseHierarchy(text: string, file: string): Hierarchy {
  const fault = (reason: Text, row?: number) =>
    new GamyeongError('E_RISK_HIERARCHY', { reason: say(reason) }, { file, ...(row && { row }) });
  const first = text.slice(0, text.search(/\r?\n|$/));
  let lines: string[][];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: first.includes(';') ? ';' : ',',
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    throw fault({ en: 'not CSV', ko: 'CSV가 아닙니다' });
  }
  const levels = lines[0]?.length ?? 0;
  if (levels < 2) throw fault({ en: 'at least two levels are needed', ko: '두 단계 이상이어야 합니다' });
  const paths = new Map<string, readonly string[]>();
  const parents = Array.from({ length: levels }, () => new Map<string, string>());
  for (const [i, line] of lines.entries()) {
    if (line.length !== levels)
      throw fault({ en: 'lines of different length', ko: '줄마다 단계 수가 다릅니다' }, i + 1);
    for (let level = 0; level + 1 < levels; level++) {
      const known = parents[level]!.get(line[level]!);
      if (known !== undefined && known !== line[level + 1])
        throw fault({ en: 'a value with two parents', ko: '상위 값이 둘인 값이 있습니다' }, i + 1);
      parents[level]!.set(line[level]!, line[level + 1]!);
    }
    paths.set(line[0]!, line);
  }
  if (new Set(lines.map((line) => line[levels - 1])).size > 1)
    throw fault({ en: 'the top level must be one value', ko: '최상위 단계의 값은 하나여야 합니다' });
  return { levels, paths };
}

/** The paths of values as node numbers, for arithmetic per class. */
export interface HierarchyTree {
  readonly height: number;
  /** parents[level][node]: the node one level up. */
  readonly parents: readonly Int32Array[];
  /** Share of the reference below each node, by level. */
  readonly shares: readonly Float64Array[];
}

/**
 * @param values of the attribute, in code order
 * @param p share of each
 * @throws GamyeongError when a value is not at level 0 of the hierarchy
 */
export function hierarchyTree(
  hierarchy: Hierarchy,
  values: readonly string[],
  p: Float64Array,
  place: { readonly file: string; readonly column: string },
): HierarchyTree {
  const absent = values.filter((value) => !hierarchy.paths.has(value)).length;
  if (absent > 0)
    throw new GamyeongError('E_RISK_HIERARCHY_VALUE', { name: place.column, count: absent }, place);
  const height = hierarchy.levels - 1;
  const parents: Int32Array[] = [];
  const shares: Float64Array[] = [p];
  let nodes = values;
  for (let level = 0; level < height; level++) {
    const above = [...new Set(values.map((value) => hierarchy.paths.get(value)![level + 1]!))];
    const number = new Map(above.map((node, i) => [node, i]));
    const up = new Map(
      values.map((value) => hierarchy.paths.get(value)!).map((path) => [path[level], path[level + 1]]),
    );
    const parent = Int32Array.from(nodes, (node) => number.get(up.get(node)!)!);
    const share = new Float64Array(above.length);
    parent.forEach((to, from) => {
      share[to]! += shares[level]![from]!;
    });
    parents.push(parent);
    shares.push(share);
    nodes = above;
  }
  return { height, parents, shares };
}

/**
 * Earth mover's distance over a hierarchy (Li, Li, Venkatasubramanian 2007, section 5.2): Σ over inner nodes
 * of level/height · min(Σ of its children's surpluses, Σ of its children's deficits).
 */
export function hierarchicalDistance(
  tree: HierarchyTree,
  codes: Int32Array,
  counts: Float64Array,
  length: number,
  rows: number,
): number {
  let nodes = new Map<number, number>();
  for (let i = 0; i < length; i++) nodes.set(codes[i]!, counts[i]! / rows);
  let sum = 0;
  for (let level = 0; level < tree.height; level++) {
    const share = tree.shares[level]!;
    const surplus = new Map<number, number>();
    const above = new Map<number, number>();
    for (const [node, q] of nodes) {
      const parent = tree.parents[level]![node]!;
      above.set(parent, (above.get(parent) ?? 0) + q);
      surplus.set(parent, (surplus.get(parent) ?? 0) + Math.max(0, q - share[node]!));
    }
    for (const [parent, positive] of surplus) {
      const negative = positive - (above.get(parent)! - tree.shares[level + 1]![parent]!);
      sum += ((level + 1) / tree.height) * Math.min(positive, Math.max(0, negative));
    }
    nodes = above;
  }
  return sum;
}
