import { z } from 'zod';
import { GamyeongError } from '../errors.ts';
import type { TarEntry } from './tar.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.int().min(0);
const text = z.string().min(1);

/** A member of the bundle: one CMS AuthEnvelopedData, and what is in it. */
const part = z.strictObject({
  name: text,
  bytes,
  sha256,
  plain: z.strictObject({ bytes, sha256 }),
});

/** A file as it stands after opening: its parts one after the other. */
const file = z.strictObject({
  path: text,
  bytes,
  sha256,
  parts: z.array(part).min(1),
});

const certificate = z.strictObject({ subject: z.string(), sha256 });

const manifestSchema = z.strictObject({
  version: z.literal(1),
  format: z.literal('gamyeong-bundle'),
  /** UTC, whole seconds. */
  created: z.iso.datetime({ precision: 0 }),
  tool: z.strictObject({ name: z.literal('gamyeong'), version: text }),
  purpose: z.strictObject({
    kind: z.enum(['statistics', 'research', 'archiving']).optional(),
    text,
  }),
  period: z.strictObject({ from: z.iso.date(), to: z.iso.date() }),
  tier: z.enum(['low', 'medium', 'high']),
  rules: z.strictObject({ name: text, sha256 }),
  plan: z.strictObject({ sha256 }),
  keyId: z.string().nullable(),
  rows: z.strictObject({ in: bytes, out: bytes, suppressed: bytes, rejected: bytes }),
  /** Columns that the rules say may look like an identifier, and why. */
  holds: z.array(z.strictObject({ column: text, identifier: text, reason: text })),
  signer: certificate,
  recipients: z.array(certificate).min(1),
  files: z.array(file).min(1),
});

/** What a bundle is and holds: signed, and readable without a key. */
export type Manifest = z.output<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

export const MANIFEST = 'manifest.json';
export const SIGNATURE = 'manifest.p7s';

/** Plaintext in one part: 256 MiB. */
export const PART_BYTES = 256 << 20;

/** The manifest as it is signed. */
export function manifestText(manifest: Manifest): Buffer {
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Reads a manifest whose signature was verified.
 * @param place the bundle, for errors
 * @throws GamyeongError E_BUNDLE_MANIFEST
 */
export function parseManifest(bytes: Buffer, bundle: string): Manifest {
  const parsed = manifestSchema.safeParse(jsonOf(bytes));
  if (!parsed.success || !parsed.data.files.every(isConsistent) || !pathsDiffer(parsed.data)) {
    throw new GamyeongError('E_BUNDLE_MANIFEST', {}, { file: bundle });
  }
  return parsed.data;
}

/** Member names of the parts of a file: `data/NAME.part-0001.cms` for data, `NAME.cms` for others. */
export function partName(path: string, index: number): string {
  return path.startsWith('data/') ? `${path}.part-${String(index + 1).padStart(4, '0')}.cms` : `${path}.cms`;
}

/** Lengths of the parts of a file; an empty file has one empty part. */
export function partLengths(fileBytes: number, partBytes: number): number[] {
  const count = fileBytes > partBytes ? Math.ceil(fileBytes / partBytes) : 1;
  return Array.from({ length: count }, (_, i) => Math.min(partBytes, fileBytes - i * partBytes));
}

/** The members of a bundle before the manifest, in order. */
export function membersOf({ files }: Manifest): TarEntry[] {
  return files.flatMap(({ parts }) => parts.map(({ name, bytes }) => ({ name, bytes })));
}

/** A path of a file in a bundle: one name, at the top or below `data` or `records`. */
const PATH = /^(?:(?:data|records)\/)?[^/\\\p{Cc}]{1,255}$/u;

function isConsistent({ path, bytes, sha256, parts }: ManifestFile): boolean {
  const name = path.slice(path.indexOf('/') + 1);
  return (
    PATH.test(path) &&
    name !== '.' &&
    name !== '..' &&
    path !== MANIFEST &&
    path !== SIGNATURE &&
    parts.every((part, index) => part.name === partName(path, index)) &&
    parts.reduce((sum, part) => sum + part.plain.bytes, 0) === bytes &&
    (parts.length > 1 || parts[0]!.plain.sha256 === sha256)
  );
}

/** Also where upper and lower case are one. */
function pathsDiffer({ files }: Manifest): boolean {
  return new Set(files.map(({ path }) => path.normalize().toLowerCase())).size === files.length;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
