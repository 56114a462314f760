import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Issued, IssueKey } from '../store.ts';
import { storedForms } from '../stored-form.ts';
import { documentForm } from './document-form.ts';
import type { DocumentChanges, DocumentReader } from './document-space.ts';

type Entry = Omit<Issued, keyof Signed>;
type Signed = Pick<Issued, 'mesh' | 'cluster' | 'signerRoot'>;

const entry: z.ZodType<Entry> = z.strictObject({ csrSha256: z.string(), serial: z.string(), chain: storedForms.chain });
/** What one cluster has of one root, oldest first. */
const issuedForm = documentForm<{ cluster: string; issued: readonly Entry[] }>(
  z.strictObject({ cluster: z.string(), issued: z.array(entry) }),
);
/** The roots under which anything was issued in a mesh: what is renamed is looked for under each. */
const signersForm = documentForm(z.strictObject({ roots: z.array(z.string()) }));

/**
 * So many of one cluster and root stay whatever has become of them, for their requests may come again; more only while they have not
 * expired, for the revocation list names them; and never more than the second figure, at which a document would become too large.
 */
const keptWhenExpired = 16;
const keptAtMost = 128;

/** What was issued for exactly this request. */
export async function findIssued(documents: DocumentReader, key: IssueKey): Promise<Issued | undefined> {
  const { mesh, cluster, signerRoot, csrSha256 } = key;
  const found = (await readIssued(documents, groupOf(key), cluster)).find((each) => each.csrSha256 === csrSha256);
  return found === undefined ? undefined : { mesh, cluster, signerRoot, ...found };
}

/** By cluster and then by serial number. */
export async function listIssued(documents: DocumentReader, mesh: string, signerRoot: string): Promise<readonly Issued[]> {
  const found = await documents.list(groupOf({ mesh, signerRoot }));
  return found
    .map(({ key, value }) => issuedForm.read(value, key))
    .flatMap(({ cluster, issued }) => issued.map((each) => ({ mesh, cluster, signerRoot, ...each })))
    .toSorted(byClusterAndSerial);
}

function byClusterAndSerial(a: Issued, b: Issued): number {
  if (a.cluster !== b.cluster) return a.cluster < b.cluster ? -1 : 1;
  return a.serial < b.serial ? -1 : 1;
}

/** All that was issued in a mesh, by root and cluster. */
export async function listSigners(
  documents: DocumentReader,
  mesh: string,
): Promise<readonly { readonly signerRoot: string; readonly cluster: string; readonly issued: readonly Entry[] }[]> {
  const signers = (await readSigners(documents, mesh)).toSorted();
  const groups = signers.map(async (signerRoot) => {
    const found = await documents.list(groupOf({ mesh, signerRoot }));
    return found.map(({ key, value }) => ({ signerRoot, ...issuedForm.read(value, key) }));
  });
  return (await Promise.all(groups)).flat();
}

/** Puts all that a cluster has of one root there, oldest first. */
export async function putIssued(documents: DocumentChanges, of: Signed, issued: readonly Entry[]): Promise<void> {
  const entries = issued.map(({ csrSha256, serial, chain }) => ({ csrSha256, serial, chain }));
  documents.put(`${groupOf(of)}/${of.cluster}`, { cluster: of.cluster, issued: entries.slice(-keptAtMost) });
  await noteSigner(documents, of);
}

/** @returns the one that was kept before it, and stays; undefined when the given one is kept now */
export async function keepIssued(
  documents: DocumentChanges,
  issued: Issued,
  { replaces, nowMs }: { readonly replaces: string | undefined; readonly nowMs: number },
): Promise<Issued | undefined> {
  const kept = await findIssued(documents, issued);
  if (kept !== undefined && kept.serial !== replaces) return kept;
  const { cluster, csrSha256, serial, chain } = issued;
  const group = groupOf(issued);
  const others = (await readIssued(documents, group, cluster)).filter((each) => each.csrSha256 !== csrSha256);
  documents.put(`${group}/${cluster}`, { cluster, issued: trim([...others, { csrSha256, serial, chain }], nowMs) });
  await noteSigner(documents, issued);
  return undefined;
}

/** Gives what was issued to a cluster of a mesh to one of another name. */
export async function renameIssued(documents: DocumentChanges, mesh: string, from: string, to: string): Promise<void> {
  for (const signerRoot of await readSigners(documents, mesh)) {
    const group = groupOf({ mesh, signerRoot });
    const moved = await readIssued(documents, group, from);
    if (moved.length === 0) continue;
    const requests = new Set(moved.map(({ csrSha256 }) => csrSha256));
    const others = (await readIssued(documents, group, to)).filter(({ csrSha256 }) => !requests.has(csrSha256));
    documents.put(`${group}/${to}`, { cluster: to, issued: [...others, ...moved] });
    documents.delete(`${group}/${from}`);
  }
}

function groupOf({ mesh, signerRoot }: Pick<IssueKey, 'mesh' | 'signerRoot'>): string {
  return `issued/${mesh}/${signerRoot}`;
}

async function readIssued(documents: DocumentReader, group: string, cluster: string): Promise<readonly Entry[]> {
  const key = `${group}/${cluster}`;
  return issuedForm.find(await documents.get(key), `certificates in ${key}`)?.issued ?? [];
}

function trim(entries: readonly Entry[], nowMs: number): readonly Entry[] {
  const isOld = (index: number): boolean => index < entries.length - keptWhenExpired;
  return entries.filter((each, index) => !isOld(index) || !hasExpired(each, nowMs)).slice(-keptAtMost);
}

function hasExpired({ chain }: Entry, nowMs: number): boolean {
  try {
    return new X509Certificate(chain[0] ?? '').validToDate.getTime() < nowMs;
  } catch {
    // What cannot be read is not known to have expired.
    return false;
  }
}

async function readSigners(documents: DocumentReader, mesh: string): Promise<readonly string[]> {
  return signersForm.find(await documents.get(`signers/${mesh}`), `signers of mesh ${mesh}`)?.roots ?? [];
}

async function noteSigner(documents: DocumentChanges, { mesh, signerRoot }: Pick<Issued, 'mesh' | 'signerRoot'>): Promise<void> {
  const roots = await readSigners(documents, mesh);
  if (!roots.includes(signerRoot)) documents.put(`signers/${mesh}`, { roots: [...roots, signerRoot] });
}
