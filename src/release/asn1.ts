import forge from 'node-forge';

/** A node of an ASN.1 structure, as node-forge holds it. */
export type Asn1 = forge.asn1.Asn1;

const { asn1 } = forge;
const { UNIVERSAL, CONTEXT_SPECIFIC } = asn1.Class;
const { SEQUENCE, SET, OID, INTEGER, OCTETSTRING, BITSTRING, NULL, BOOLEAN, UTF8, UTCTIME, GENERALIZEDTIME } =
  asn1.Type;

export const sequence = (...items: readonly Asn1[]): Asn1 =>
  asn1.create(UNIVERSAL, SEQUENCE, true, [...items]);

/** SET OF, its members in the order that DER asks for (X.690, 11.6). */
export function setOf(...items: readonly Asn1[]): Asn1 {
  const sorted = items.map((item) => ({ item, bytes: encode(item) }));
  sorted.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  return asn1.create(
    UNIVERSAL,
    SET,
    true,
    sorted.map(({ item }) => item),
  );
}

export const oid = (dotted: string): Asn1 =>
  asn1.create(UNIVERSAL, OID, false, asn1.oidToDer(dotted).getBytes());
export const integer = (bytes: Uint8Array): Asn1 => asn1.create(UNIVERSAL, INTEGER, false, binary(bytes));
export const smallInteger = (value: number): Asn1 => integer(Uint8Array.of(value));
export const octets = (bytes: Uint8Array): Asn1 => asn1.create(UNIVERSAL, OCTETSTRING, false, binary(bytes));
export const truth = (): Asn1 => asn1.create(UNIVERSAL, BOOLEAN, false, '\xff');
export const utf8 = (text: string): Asn1 => asn1.create(UNIVERSAL, UTF8, false, binary(Buffer.from(text)));
export const nothing = (): Asn1 => asn1.create(UNIVERSAL, NULL, false, '');

/** BIT STRING. @param unused bits of the last byte that do not count */
export const bits = (bytes: Uint8Array, unused = 0): Asn1 =>
  asn1.create(UNIVERSAL, BITSTRING, false, String.fromCharCode(unused) + binary(bytes));

/** UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
export function time(at: Date): Asn1 {
  return at.getUTCFullYear() < 2050
    ? asn1.create(UNIVERSAL, UTCTIME, false, asn1.dateToUtcTime(at))
    : asn1.create(UNIVERSAL, GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(at));
}

/** A context-specific tag around nodes: `[tag] EXPLICIT`, or `[tag] IMPLICIT` of what holds them. */
export const tagged = (tag: number, ...items: readonly Asn1[]): Asn1 =>
  asn1.create(CONTEXT_SPECIFIC, tag, true, [...items]);
/** `[tag] IMPLICIT` of a primitive value. */
export const taggedBytes = (tag: number, bytes: Uint8Array): Asn1 =>
  asn1.create(CONTEXT_SPECIFIC, tag, false, binary(bytes));

export function encode(node: Asn1): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'binary');
}

/** @throws an Error of node-forge when the bytes are not one whole DER structure */
export function decode(bytes: Uint8Array): Asn1 {
  const options = { strict: true, decodeBitStrings: false } as unknown as boolean; // @types know the first only
  return asn1.fromDer(forge.util.createBuffer(binary(bytes)), options);
}

/** Thrown when a structure is not what its standard says. */
export class NotAsExpected extends Error {}

/** Reads the members of a constructed node in order. */
export class Members {
  readonly #members: readonly Asn1[];
  #next = 0;

  constructor(node: Asn1) {
    if (!Array.isArray(node.value)) throw new NotAsExpected();
    this.#members = node.value;
  }

  /** Members of a SEQUENCE. */
  static ofSequence(node: Asn1): Members {
    expect(node, UNIVERSAL, SEQUENCE);
    return new Members(node);
  }

  static ofSet(node: Asn1): Members {
    expect(node, UNIVERSAL, SET);
    return new Members(node);
  }

  next(): Asn1 {
    const node = this.#members[this.#next++];
    if (node === undefined) throw new NotAsExpected();
    return node;
  }

  /** The next member if it has this context-specific tag. */
  nextTagged(tag: number): Asn1 | undefined {
    const node = this.#members[this.#next];
    if (node?.tagClass !== CONTEXT_SPECIFIC || (node.type as number) !== tag) return undefined;
    this.#next++;
    return node;
  }

  get more(): boolean {
    return this.#next < this.#members.length;
  }

  /** Everything that is left. */
  rest(): readonly Asn1[] {
    const rest = this.#members.slice(this.#next);
    this.#next = this.#members.length;
    return rest;
  }

  end(): void {
    if (this.more) throw new NotAsExpected();
  }
}

/** Content of a primitive node. */
export function contentOf(node: Asn1): Buffer {
  if (typeof node.value !== 'string') throw new NotAsExpected();
  return Buffer.from(node.value, 'binary');
}

export function oidOf(node: Asn1): string {
  expect(node, UNIVERSAL, OID);
  return asn1.derToOid(node.value as string);
}

export function octetsOf(node: Asn1): Buffer {
  expect(node, UNIVERSAL, OCTETSTRING);
  return contentOf(node);
}

export function integerOf(node: Asn1): Buffer {
  expect(node, UNIVERSAL, INTEGER);
  return contentOf(node);
}

/** A small non-negative INTEGER. */
export function smallIntegerOf(node: Asn1): number {
  const bytes = integerOf(node);
  if (bytes.length > 4 || bytes[0]! >= 0x80) throw new NotAsExpected();
  return bytes.readUIntBE(0, bytes.length);
}

/** The bytes of a BIT STRING whose last byte is whole. */
export function bitsOf(node: Asn1): Buffer {
  expect(node, UNIVERSAL, BITSTRING);
  const bytes = contentOf(node);
  if (bytes[0] !== 0) throw new NotAsExpected();
  return bytes.subarray(1);
}

export function timeOf(node: Asn1): Date {
  const text = contentOf(node).toString('latin1');
  const utc = node.type === UTCTIME && /^\d{12}Z$/.test(text);
  const general = node.type === GENERALIZEDTIME && /^\d{14}Z$/.test(text);
  if (node.tagClass !== UNIVERSAL || !(utc || general)) throw new NotAsExpected();
  return utc ? asn1.utcTimeToDate(text) : asn1.generalizedTimeToDate(text);
}

/** A DirectoryString (RFC 5280, 4.1.2.4). */
export function textOf(node: Asn1): string {
  const bytes = contentOf(node);
  if (node.type === UTF8) return bytes.toString('utf8');
  if (node.type === asn1.Type.BMPSTRING && bytes.length % 2 === 0) return bytes.swap16().toString('utf16le');
  return bytes.toString('latin1');
}

export function isTrue(node: Asn1): boolean {
  return isUniversal(node, BOOLEAN) && contentOf(node)[0] === 0xff;
}

export function isBoolean(node: Asn1): boolean {
  return isUniversal(node, BOOLEAN);
}

function isUniversal(node: Asn1, type: forge.asn1.Type): boolean {
  return node.tagClass === UNIVERSAL && node.type === type;
}

function expect(node: Asn1, tagClass: forge.asn1.Class, type: forge.asn1.Type): void {
  if (node.tagClass !== tagClass || node.type !== type) throw new NotAsExpected();
}

function binary(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('binary');
}
