import { createHash } from 'node:crypto';

/**
 * JSON with the keys of every object in code unit order and without white space: the same text for the same
 * data. Keys whose value is undefined are left out.
 * @throws TypeError for what JSON cannot hold, so that a digest never leaves out part of a plan.
 */
export function canonicalJson(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonicalJson).join(',')}]`;
  if (typeof data === 'object' && data !== null) {
    const prototype = Object.getPrototypeOf(data);
    if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not plain data');
    const entries = Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)}:${canonicalJson(value)}`);
    return `{${entries.join(',')}}`;
  }
  if (typeof data === 'string' || typeof data === 'boolean' || data === null || Number.isFinite(data))
    return JSON.stringify(data);
  throw new TypeError('not plain data');
}

/** SHA-256 (hex) over the UTF-8 bytes of the canonical JSON. */
export function canonicalDigest(data: unknown): string {
  return createHash('sha256').update(canonicalJson(data)).digest('hex');
}

/** Freezes data and all that it holds. */
export function deepFreeze<T>(data: T): T {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    for (const value of Object.values(data)) deepFreeze(value);
  }
  return data;
}
