import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { GamyeongError, type Place } from '../errors.ts';
import { say, type Text } from '../messages/language.ts';
import { REFUSED_YAML, yamlFault } from '../messages/yaml-faults.ts';
import { raise } from './mistakes.ts';

/** Where something stands in a rules file: keys of mappings and indexes of lists, from the root. */
export type Path = readonly (string | number)[];

/** Deepest nesting accepted; the rules themselves need less than ten levels. */
const MAX_DEPTH = 64;

/**
 * The text of a rules file as data whose every part can be located. YAML 1.2, core schema, one document.
 * Anchors, aliases and tags are refused: what is written is what applies.
 */
export class RulesSource {
  readonly file: string;
  /** Plain data: strings, numbers, booleans, null, arrays and objects. */
  readonly data: unknown;
  readonly #lines = new LineCounter();
  readonly #root: unknown;
  readonly #pairs = new WeakMap<YAMLMap, Map<string, YAMLMap['items'][number]>>();

  /** @throws GamyeongError E_RULES_YAML or E_RULES_DUPLICATE_KEY; the others of the file in `also`. */
  constructor(text: string, file: string) {
    this.file = file;
    refuseDeepNesting(text, file);
    const document = parseDocument(text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false, // the package compares every key with every other; see #faults
    });
    raise(this.#faults(document));
    this.#root = document.contents;
    this.data = document.toJS({ maxAliasCount: 0 });
  }

  /** Place of a value; of the nearest part around it when it is absent. */
  at(path: Path): Place {
    return this.#place(this.#offsets(path).value);
  }

  /** Place of the key that names a value; of the item itself in a list. */
  atKey(path: Path): Place {
    return this.#place(this.#offsets(path).key);
  }

  #place(offset: number): Place {
    return placeOf(offset, this.#lines, this.file);
  }

  #offsets(path: Path): { key: number; value: number } {
    let node = this.#root;
    let key = start(node, 0);
    let value = key;
    for (const step of path) {
      if (isMap(node)) {
        const pair = this.#pairsOf(node).get(String(step));
        if (pair === undefined) break;
        key = start(pair.key, value);
        node = pair.value;
      } else if (isSeq(node) && node.items[Number(step)] !== undefined) {
        node = node.items[Number(step)];
        key = start(node, value);
      } else {
        break;
      }
      value = start(node, key);
    }
    return { key, value };
  }

  #pairsOf(map: YAMLMap): Map<string, YAMLMap['items'][number]> {
    let pairs = this.#pairs.get(map);
    if (pairs === undefined) {
      pairs = new Map(map.items.map((pair) => [keyText(pair.key), pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs;
  }

  #fault(reason: Text, offset: number): GamyeongError {
    return fault(reason, this.#place(offset));
  }

  #faults(document: Document): GamyeongError[] {
    const faults = [...document.errors, ...document.warnings]
      .filter((error) => error.code !== 'TAG_RESOLVE_FAILED')
      .map((error) => this.#fault(yamlFault(error.code), error.pos[0]));
    if (document.schema?.name !== 'core') faults.push(this.#fault(REFUSED_YAML.version, 0));
    const refuse = (node: unknown): void => {
      const refused = refusedNode(node);
      if (refused !== undefined) faults.push(this.#fault(refused, start(node, 0)));
    };
    // A visitor of maps is called instead of that of nodes.
    visit(document, {
      Node: (_, node) => refuse(node),
      Map: (_, map) => {
        refuse(map);
        const seen = new Set<string>();
        for (const { key } of map.items) {
          if (isScalar(key) && seen.size === seen.add(keyText(key)).size)
            faults.push(new GamyeongError('E_RULES_DUPLICATE_KEY', {}, this.#place(start(key, 0))));
        }
      },
      Pair: (_, pair) => {
        if (keyText(pair.key) === '__proto__')
          faults.push(this.#fault(REFUSED_YAML.reserved, start(pair.key, 0)));
      },
    });
    return faults;
  }
}

function refusedNode(node: unknown): Text | undefined {
  if (!isNode(node)) return undefined;
  if (isAlias(node)) return REFUSED_YAML.alias;
  if (node.anchor !== undefined) return REFUSED_YAML.alias;
  if (node.tag !== undefined) return REFUSED_YAML.tag;
  if (isScalar(node) && typeof node.value === 'string' && /\p{Surrogate}/u.test(node.value))
    return REFUSED_YAML.surrogate;
  if (isScalar(node) && Number.isInteger(node.value) && !Number.isSafeInteger(node.value))
    return REFUSED_YAML.number;
  return undefined;
}

function start(node: unknown, otherwise: number): number {
  return (isNode(node) ? node.range?.[0] : undefined) ?? otherwise;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function placeOf(offset: number, lines: LineCounter, file: string): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), character: Math.max(col, 1) };
}

function fault(reason: Text, place: Place): GamyeongError {
  return new GamyeongError('E_RULES_YAML', { reason: say(reason) }, place);
}

/**
 * The composer of the package calls itself for every level, and the process can die of it: so depth is
 * measured on the token stream before anything is composed.
 */
function refuseDeepNesting(text: string, file: string): void {
  const lines = new LineCounter();
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > MAX_DEPTH) throw fault(REFUSED_YAML.depth, placeOf(parser.offset, lines, file));
  }
}
