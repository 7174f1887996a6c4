import { isIPv4, isIPv6 } from 'node:net';

/** The octets of an IPv4 address (4) or an IPv6 address (16), in network order. */
export type AddressBytes = Uint8Array;

const ipv4Bytes = (text: string): number[] => text.split('.').map(Number);

/** The 16-bit groups of one side of `::`; an IPv4 address at the end makes two. */
function groups(side: string): number[] {
  if (side === '') return [];
  return side.split(':').flatMap((part) => {
    if (!part.includes('.')) return Number.parseInt(part, 16);
    const [a, b, c, d] = ipv4Bytes(part);
    return [(a! << 8) | b!, (c! << 8) | d!];
  });
}

function ipv6Groups(text: string): number[] {
  const [left, right] = text.split('::').map(groups);
  if (right === undefined) return left!;
  return [...left!, ...new Array<number>(8 - left!.length - right.length).fill(0), ...right];
}

/**
 * Reads the text form of an address: IPv4 in four decimal numbers without leading zeros, IPv6 as in RFC 4291
 * section 2.2 (`::`, upper and lower case, IPv4 at the end). No zone, prefix length, port or space.
 *
 * An IPv4-mapped IPv6 address (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) names an IPv4 host and is read as
 * that IPv4 address, so that a host has one pseudonym in the logs of both kinds of sockets.
 * @returns undefined for any other text.
 */
export function parseAddress(text: string): AddressBytes | undefined {
  if (isIPv4(text)) return Uint8Array.from(ipv4Bytes(text));
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const parsed = ipv6Groups(text);
  const bytes = Uint8Array.from(parsed.flatMap((group) => [group >> 8, group & 0xff]));
  const mapped = parsed.slice(0, 5).every((group) => group === 0) && parsed[5] === 0xffff;
  return mapped ? bytes.subarray(12) : bytes;
}

/** Writes an address in its one canonical form: dotted decimal, or RFC 5952 section 4 (hexadecimal groups only). */
export function formatAddress(bytes: AddressBytes): string {
  if (bytes.length === 4) return bytes.join('.');
  const parsed = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!);
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':');
  const { start, length } = longestZeros(parsed);
  return length < 2 ? hex(parsed) : `${hex(parsed.slice(0, start))}::${hex(parsed.slice(start + length))}`;
}

/** The longest run of zero groups, the first of equals (RFC 5952 section 4.2.3). */
function longestZeros(parsed: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < parsed.length; start++) {
    let end = start;
    while (parsed[end] === 0) end++;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}

/** The address with all bits after the first `prefix` set to zero. */
export function networkOf(bytes: AddressBytes, prefix: number): AddressBytes {
  return bytes.map((byte, i) => {
    const kept = Math.min(Math.max(prefix - 8 * i, 0), 8);
    return byte & (0xff00 >> kept);
  });
}
