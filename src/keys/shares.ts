import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { GamyeongError } from '../errors.ts';
import { keyId } from './derive.ts';
import type { AskPassphrase } from './passphrase.ts';
import { readPrivate } from './private-file.ts';
import { parseSealed, type SealedContent, type SealedFile, unseal } from './sealed-file.ts';
import { combineShares, splitSecret } from './shamir.ts';

/** The description of a share in the clear. */
type ShareOf = NonNullable<SealedContent['share']>;

/** A share as it lies in its file. */
interface ShareFile {
  readonly path: string;
  readonly file: SealedFile;
  readonly share: ShareOf;
}

/** Splits a key into shares, ready to be sealed one by one. */
export function sharesOf(key: Uint8Array, threshold: number, count: number): SealedContent[] {
  const set = randomBytes(8).toString('hex');
  return splitSecret(key, threshold, count).map(({ index, bytes }) => ({
    keyId: keyId(key),
    share: { set, index, threshold, count },
    secret: bytes,
  }));
}

/**
 * Puts a key together from the share files, as many as are needed. What they say about themselves is compared
 * before any passphrase is asked for.
 * @throws GamyeongError E_SHARE_FORMAT, E_SHARES_MIXED, E_SHARE_TWICE, E_SHARES_FEW, E_PASSPHRASE_WRONG,
 * E_KEY_OTHER when the result is not the key that was split
 */
export async function keyFromShares(paths: readonly string[], ask: AskPassphrase): Promise<Uint8Array> {
  const files = paths.map(readShare);
  const { share, file } = files[0]!;
  refuseOthers(files, share.set);
  if (files.length < share.threshold) {
    throw new GamyeongError('E_SHARES_FEW', { needed: share.threshold, given: files.length });
  }
  const opened = [];
  for (const one of files.slice(0, share.threshold)) {
    opened.push({ index: one.share.index, bytes: await unseal(one.file, one.path, ask) });
  }
  const key = combineShares(opened);
  if (keyId(key) !== file.keyId) {
    throw new GamyeongError('E_KEY_OTHER', { expected: file.keyId, found: keyId(key) });
  }
  return key;
}

/** Those shares of a reference that can be reached now: the others may be in a safe. */
export function present(paths: readonly string[], threshold: number): string[] {
  const found = paths.filter((path) => existsSync(path));
  if (found.length < threshold) {
    throw new GamyeongError('E_SHARES_FEW', { needed: threshold, given: found.length });
  }
  return found;
}

function readShare(path: string): ShareFile {
  const file = parseSealed(readPrivate(path).bytes.toString('utf8'), path);
  if (file?.share === undefined) throw new GamyeongError('E_SHARE_FORMAT', {}, { file: path });
  return { path, file, share: file.share };
}

function refuseOthers(files: readonly ShareFile[], set: string): void {
  const seen = new Set<number>();
  for (const { path, share } of files) {
    if (share.set !== set) throw new GamyeongError('E_SHARES_MIXED', {}, { file: path });
    if (seen.has(share.index)) throw new GamyeongError('E_SHARE_TWICE', {}, { file: path });
    seen.add(share.index);
  }
}
