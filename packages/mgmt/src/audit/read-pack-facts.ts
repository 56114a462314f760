import { type AuditHead, type ChainedDigest, type ChainedEntry, digestOfEntry } from '@reroot/shared/audit';
import { RerootError } from '@reroot/shared/errors';
import type { Rotation, RotationCondition } from '../rotation/index.ts';
import type { Issued, Proof, Store } from '../store/index.ts';
import type { PackFacts } from './pack-facts.ts';

type Reading = Pick<
  Store,
  'readMesh' | 'listHistory' | 'listRoots' | 'listIssued' | 'listProofs' | 'readProof' | 'readAudit' | 'listStepEvidence'
>;

const pageSize = 500;

/**
 * Reads what an evidence pack is made of.
 * @throws RR_MESH_NOT_FOUND; RR_EVIDENCE_NOT_FOUND when the journal knows no such rotation of the mesh
 */
export async function readPackFacts(
  store: Reading,
  about: Pick<PackFacts, 'mesh' | 'rotationId' | 'madeAtMs' | 'mgmtVersion'>,
): Promise<PackFacts> {
  const { mesh, rotationId } = about;
  const stored = await store.readMesh(mesh);
  if (stored === undefined) throw new RerootError('RR_MESH_NOT_FOUND', `there is no mesh ${mesh}`);
  const { journal, head } = await readAuditPage(store, mesh, rotationId);
  const conditions = (await store.listHistory(mesh)).filter((condition) => condition.rotationId === rotationId);
  const rotation = findRotation(conditions) ?? (stored.record.rotation?.id === rotationId ? stored.record.rotation : undefined);
  const between = rotation === undefined ? [] : [...new Set([rotation.old, ...(rotation.alsoOld ?? []), rotation.target])];
  const roots = await store.listRoots(mesh);
  return {
    ...about,
    ...{ spec: stored.spec, rotation, conditions, journal, head },
    steps: await store.listStepEvidence(mesh, rotationId),
    proofs: await readProofs(store, mesh, rotationId),
    roots: rotation === undefined ? roots : roots.filter(({ fingerprint }) => between.includes(fingerprint)),
    issued: await listIssued(store, mesh, between),
  };
}

async function readAuditPage(store: Reading, mesh: string, rotationId: string): Promise<Pick<PackFacts, 'journal' | 'head'>> {
  const { first, last } = await findPlaces(store, mesh, rotationId);
  const journal: (ChainedEntry | ChainedDigest)[] = [];
  let after = first - 1;
  for (;;) {
    const page = await store.readAudit({ after, limit: pageSize });
    const head: AuditHead | undefined = page.heads.find(({ seq }) => seq >= last);
    const shown = page.entries.filter(({ entry }) => entry.seq <= (head?.seq ?? entry.seq));
    journal.push(...shown.map((chained) => (chained.entry.mesh === mesh ? chained : digestIn(chained))));
    const newest = page.entries.at(-1)?.entry.seq;
    if (head !== undefined || newest === undefined) return { journal, head };
    after = newest;
  }
}

/** What is of another mesh is nobody's business who reads about this one. */
function digestIn({ entry, hash }: ChainedEntry): ChainedDigest {
  return { seq: entry.seq, digest: digestOfEntry(entry), hash };
}

async function findPlaces(
  store: Reading,
  mesh: string,
  rotationId: string,
): Promise<{ readonly first: number; readonly last: number }> {
  const seqs: number[] = [];
  let after = 0;
  for (;;) {
    const { entries } = await store.readAudit({ after, limit: pageSize, rotationId });
    seqs.push(...entries.filter(({ entry }) => entry.mesh === mesh).map(({ entry }) => entry.seq));
    const newest = entries.at(-1)?.entry.seq;
    if (newest === undefined) break;
    after = newest;
  }
  const [first, last] = [seqs[0], seqs.at(-1)];
  if (first !== undefined && last !== undefined) return { first, last };
  throw new RerootError('RR_EVIDENCE_NOT_FOUND', `the journal knows no rotation ${rotationId} of mesh ${mesh}`);
}

function findRotation(conditions: readonly RotationCondition[]): Rotation | undefined {
  for (const { act } of conditions) if (act?.move === 'start') return act.rotation;
  return undefined;
}

async function readProofs(store: Reading, mesh: string, rotationId: string): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const summary of (await store.listProofs(mesh)).toReversed()) {
    const proof = summary.rotationId === rotationId ? await store.readProof(mesh, summary.id) : undefined;
    if (proof !== undefined) proofs.push(proof);
  }
  return proofs;
}

async function listIssued(store: Reading, mesh: string, roots: readonly string[]): Promise<readonly Issued[]> {
  const issued: Issued[] = [];
  for (const root of roots) issued.push(...(await store.listIssued(mesh, root)));
  return issued;
}
