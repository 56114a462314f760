import { verify } from 'node:crypto';
import { z } from 'zod';
import { errorMessage, RerootError } from '../errors/index.ts';
import { sha256Hex } from '../pki/index.ts';
import { type Identity, joinParts, keyFromDer } from '../protocol/index.ts';
import { type AuditEntry, type AuditHead, chainedDigestSchema, digestSchema } from './audit-entry.ts';
import { readAuditLine } from './audit-lines.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ChainFinding, createChainCheck } from './chain-check.ts';
import type { ArchivedFile } from './zip-archive.ts';

const manifestPath = 'manifest.json';
const signaturePath = 'manifest.sig.json';
/** The part of the journal that a pack has. */
export const journalPath = 'journal.jsonl';

/** 1 had nothing of the start, and did not say what it lacked. */
const presentFormat = 2;
const formatPattern = /^reroot evidence pack ([1-9]\d{0,5})$/;

const manifestSchema = z.strictObject({
  format: z.string().regex(formatPattern),
  mesh: z.string(),
  rotationId: z.string(),
  madeAt: z.string(),
  mgmtVersion: z.string(),
  /** Sentences: what mgmt has not kept, or no longer. Absent in format 1. */
  lacks: z.array(z.string()).exactOptional(),
  files: z.array(z.strictObject({ path: z.string(), sha256: digestSchema, bytes: z.int().nonnegative() })),
});

/** What a pack holds, signed by mgmt. */
export type PackManifest = z.infer<typeof manifestSchema>;

const signatureSchema = z.strictObject({ publicKey: z.base64(), signature: z.base64() });

/** What a pack that holds is of. */
export interface PackFinding {
  readonly manifest: PackManifest;
  /** Id of the key that has signed the manifest. */
  readonly keyId: string;
  readonly chain: ChainFinding;
}

/** Puts a manifest and its signature before the files. */
export function sealPack(
  files: readonly ArchivedFile[],
  about: Pick<PackManifest, 'mesh' | 'rotationId' | 'madeAt' | 'mgmtVersion'> & { readonly lacks: readonly string[] },
  identity: Pick<Identity, 'publicKeyDer' | 'sign'>,
): readonly ArchivedFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const listed = sorted.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }));
  const manifest = Buffer.from(canonicalJson({ format: `reroot evidence pack ${presentFormat}`, ...about, files: listed }));
  const signature = {
    publicKey: Buffer.from(identity.publicKeyDer).toString('base64'),
    signature: Buffer.from(identity.sign(signedBytes(manifest))).toString('base64'),
  };
  const signed = { path: signaturePath, bytes: Buffer.from(canonicalJson(signature)) };
  return [{ path: manifestPath, bytes: manifest }, signed, ...sorted];
}

/**
 * Holds every file of a pack to its manifest, that to its signature, and the journal in it to its hashes and to its head.
 * @throws RR_EVIDENCE_BROKEN names the file; RR_AUDIT_BROKEN names the entry; RR_EVIDENCE_NEWER for a format that is not known yet
 */
export function checkPack(files: readonly ArchivedFile[]): PackFinding {
  const [first, second, ...rest] = files;
  if (first?.path !== manifestPath || second?.path !== signaturePath) throw broken('has no manifest at its beginning');
  const keyId = checkSignature(first.bytes, readJson(signatureSchema, second));
  const format = formatOf(first);
  const manifest = readJson(manifestSchema, first);
  if (canonicalJson(readJson(signatureSchema, second)) !== textOf(second)) throw broken(`file ${signaturePath} was changed`);
  for (const [index, { path, sha256 }] of manifest.files.entries()) {
    const file = rest[index];
    if (file?.path !== path) throw broken(`file ${path} is missing`);
    if (sha256Hex(file.bytes) !== sha256) throw broken(`file ${path} was changed`);
  }
  const byPath = new Map(rest.map(({ path, bytes }) => [path, bytes]));
  const added = rest[manifest.files.length];
  if (added !== undefined) throw broken(`file ${added.path} was added`);
  return { manifest, keyId, chain: checkJournal({ rotationId: manifest.rotationId, byPath }, format) };
}

/** The files of a pack, to be held to its journal. */
interface PackFiles {
  readonly rotationId: string;
  readonly byPath: ReadonlyMap<string, Uint8Array>;
}

/** A later reroot may have other files, which nobody here can hold to anything. */
function formatOf(manifest: ArchivedFile): number {
  const read = z.object({ format: z.string() }).safeParse(parse(textOf(manifest)));
  const format = Number(formatPattern.exec(read.data?.format ?? '')?.[1] ?? Number.NaN);
  if (format > presentFormat) {
    const known = `this reroot knows formats up to ${presentFormat}`;
    throw new RerootError('RR_EVIDENCE_NEWER', `the evidence pack has format ${format}, and ${known}`);
  }
  return format;
}

/** The entries of the journal, and what they say of files of the pack by digests. */
function checkJournal(files: PackFiles, format: number): ChainFinding {
  const journal = files.byPath.get(journalPath);
  if (journal === undefined) throw broken(`file ${journalPath} is missing`);
  const chain = createChainCheck();
  for (const [index, line] of textOf({ bytes: journal }).split('\n').entries()) {
    if (line === '') continue;
    const left = chainedDigestSchema.safeParse(parse(line));
    const read = left.success ? left.data : readAuditLine(line, index + 1);
    if ('head' in read) {
      chain.takeHead(read.head satisfies AuditHead);
      continue;
    }
    chain.take(read);
    if ('entry' in read) requireNamedFiles(read.entry, format, files);
  }
  return chain.finish();
}

/** What an entry names by its digest is that very file. */
function requireNamedFiles({ seq, rotationId, digests = {}, facts = {} }: AuditEntry, format: number, files: PackFiles): void {
  const { evidence, proof } = digests;
  if (evidence !== undefined) {
    const isOwn = rotationId === files.rotationId && format > 1;
    requireFile(files, `evidence/${seq}.json`, evidence, isOwn ? 'must-be-there' : 'if-there');
  }
  // The store keeps the newest proofs alone; format 1 did not hold them to the journal either.
  if (proof !== undefined && format > 1) requireFile(files, `proofs/${facts['proof']}.json`, proof, 'if-there');
}

function requireFile(files: PackFiles, path: string, digest: string, presence: 'must-be-there' | 'if-there'): void {
  const bytes = files.byPath.get(path);
  if (bytes === undefined && presence === 'must-be-there') throw broken(`file ${path} is missing, and the journal names it`);
  if (bytes !== undefined && sha256Hex(bytes) !== digest) throw broken(`file ${path} is not what the journal names`);
}

function checkSignature(manifest: Uint8Array, { publicKey, signature }: z.infer<typeof signatureSchema>): string {
  const der = Buffer.from(publicKey, 'base64');
  let holds: boolean;
  try {
    holds = verify(null, signedBytes(manifest), keyFromDer(der), Buffer.from(signature, 'base64'));
  } catch (cause) {
    throw broken(`names no key: ${errorMessage(cause)}`);
  }
  if (!holds) throw broken('has a manifest whose signature does not hold');
  return sha256Hex(der);
}

/** The first part keeps it apart from everything else that the key signs. */
function signedBytes(manifest: Uint8Array): Uint8Array {
  return joinParts(['reroot/v1 evidence pack', manifest]);
}

function readJson<T>(schema: z.ZodType<T>, file: ArchivedFile): T {
  const read = schema.safeParse(parse(textOf(file)));
  if (read.success) return read.data;
  throw broken(`file ${file.path} cannot be read`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function textOf({ bytes }: Pick<ArchivedFile, 'bytes'>): string {
  return Buffer.from(bytes).toString('utf8');
}

function broken(what: string): RerootError {
  return new RerootError(
    'RR_EVIDENCE_BROKEN',
    `the evidence pack ${what}`.replace('the evidence pack file', 'in the evidence pack, file'),
  );
}
