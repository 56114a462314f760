import { verify } from 'node:crypto';
import { z } from 'zod';
import { errorMessage, RerootError } from '../errors/index.ts';
import { sha256Hex } from '../pki/index.ts';
import { type Identity, joinParts, keyFromDer } from '../protocol/index.ts';
import { type AuditHead, chainedDigestSchema, digestSchema } from './audit-entry.ts';
import { readAuditLine } from './audit-lines.ts';
import { canonicalJson } from './canonical-json.ts';
import { type ChainFinding, createChainCheck } from './chain-check.ts';
import type { ArchivedFile } from './zip-archive.ts';

const manifestPath = 'manifest.json';
const signaturePath = 'manifest.sig.json';
/** The part of the journal that a pack has. */
export const journalPath = 'journal.jsonl';

const manifestSchema = z.strictObject({
  format: z.literal('reroot evidence pack 1'),
  mesh: z.string(),
  rotationId: z.string(),
  madeAt: z.string(),
  mgmtVersion: z.string(),
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
  about: Pick<PackManifest, 'mesh' | 'rotationId' | 'madeAt' | 'mgmtVersion'>,
  identity: Pick<Identity, 'publicKeyDer' | 'sign'>,
): readonly ArchivedFile[] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const listed = sorted.map(({ path, bytes }) => ({ path, sha256: sha256Hex(bytes), bytes: bytes.length }));
  const manifest = Buffer.from(canonicalJson({ format: 'reroot evidence pack 1', ...about, files: listed }));
  const signature = {
    publicKey: Buffer.from(identity.publicKeyDer).toString('base64'),
    signature: Buffer.from(identity.sign(signedBytes(manifest))).toString('base64'),
  };
  const signed = { path: signaturePath, bytes: Buffer.from(canonicalJson(signature)) };
  return [{ path: manifestPath, bytes: manifest }, signed, ...sorted];
}

/**
 * Holds every file of a pack to its manifest, that to its signature, and the journal in it to its hashes and to its head.
 * @throws RR_EVIDENCE_BROKEN names the file; RR_AUDIT_BROKEN names the entry
 */
export function checkPack(files: readonly ArchivedFile[]): PackFinding {
  const [first, second, ...rest] = files;
  if (first?.path !== manifestPath || second?.path !== signaturePath) throw broken('has no manifest at its beginning');
  const keyId = checkSignature(first.bytes, readJson(signatureSchema, second));
  const manifest = readJson(manifestSchema, first);
  if (canonicalJson(readJson(signatureSchema, second)) !== textOf(second)) throw broken(`file ${signaturePath} was changed`);
  for (const [index, { path, sha256 }] of manifest.files.entries()) {
    const file = rest[index];
    if (file?.path !== path) throw broken(`file ${path} is missing`);
    if (sha256Hex(file.bytes) !== sha256) throw broken(`file ${path} was changed`);
  }
  const added = rest[manifest.files.length];
  if (added !== undefined) throw broken(`file ${added.path} was added`);
  return { manifest, keyId, chain: checkJournal(rest) };
}

/** The entries of the journal, and what they say of files of the pack by digests. */
function checkJournal(files: readonly ArchivedFile[]): ChainFinding {
  const journal = files.find(({ path }) => path === journalPath);
  if (journal === undefined) throw broken(`file ${journalPath} is missing`);
  const chain = createChainCheck();
  for (const [index, line] of textOf(journal).split('\n').entries()) {
    if (line === '') continue;
    const left = chainedDigestSchema.safeParse(parse(line));
    const read = left.success ? left.data : readAuditLine(line, index + 1);
    if ('head' in read) {
      chain.takeHead(read.head satisfies AuditHead);
      continue;
    }
    chain.take(read);
    const evidence = 'entry' in read ? read.entry.digests?.['evidence'] : undefined;
    if (evidence !== undefined && 'entry' in read) requireEvidence(files, `evidence/${read.entry.seq}.json`, evidence);
  }
  return chain.finish();
}

function requireEvidence(files: readonly ArchivedFile[], path: string, digest: string): void {
  const file = files.find((each) => each.path === path);
  if (file !== undefined && sha256Hex(file.bytes) !== digest) throw broken(`file ${path} is not what the journal names`);
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

function textOf({ bytes }: ArchivedFile): string {
  return Buffer.from(bytes).toString('utf8');
}

function broken(what: string): RerootError {
  return new RerootError(
    'RR_EVIDENCE_BROKEN',
    `the evidence pack ${what}`.replace('the evidence pack file', 'in the evidence pack, file'),
  );
}
