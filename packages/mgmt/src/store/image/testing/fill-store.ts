import fc from 'fast-check';
import type { Store } from '../../store.ts';
import { eastRecord, westRecord } from '../../testing/cluster-contract.ts';
import { sampleProof } from '../../testing/proof-contract.ts';
import { fingerprintOf, newMesh, rootA, rotating } from '../../testing/store-contract.ts';

/** Something that a store is asked to keep. */
export type Deed =
  | { readonly kind: 'act' | 'drift' | 'rotation'; readonly mesh: number }
  | { readonly kind: 'proof'; readonly mesh: number; readonly cause: 'rotation' | 'operator' }
  | { readonly kind: 'issue'; readonly cluster: number; readonly csr: number }
  | { readonly kind: 'cluster' | 'note' | 'term' };

const mesh = fc.nat(1);

/** What befalls a store, in any order. */
export const anyDeeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constantFrom('act' as const, 'drift' as const, 'rotation' as const), mesh }),
    fc.record({ kind: fc.constant('proof' as const), mesh, cause: fc.constantFrom('rotation' as const, 'operator' as const) }),
    fc.record({ kind: fc.constant('issue' as const), cluster: fc.nat(2), csr: fc.nat(3) }),
    fc.record({ kind: fc.constantFrom('cluster' as const, 'note' as const, 'term' as const) }),
  ),
  { maxLength: 60 },
);

const meshes = ['demo', 'shop'];

/** Has a store keep all of it, and two meshes; gives the term in force at the end. */
export async function fillStore(store: Store, deeds: readonly Deed[]): Promise<number> {
  let term = await store.takeTerm();
  for (const name of meshes) await store.createMesh(newMesh(name), term);
  await store.putCluster(westRecord, { term, revision: 0 });
  let clusterRevision = 0;
  for (const [index, deed] of deeds.entries()) {
    const atMs = 10 + index;
    switch (deed.kind) {
      case 'act':
      case 'drift':
      case 'rotation':
        await changeMesh(store, meshes[deed.mesh] ?? '', deed.kind, { term, atMs });
        break;
      case 'proof':
        await store.keepProof(meshes[deed.mesh] ?? '', sampleProof(`p${index}`, { cause: deed.cause, atMs }), term);
        break;
      case 'issue': {
        const key = {
          mesh: 'demo',
          cluster: `c${deed.cluster}`,
          signerRoot: rootA.fingerprint,
          csrSha256: fingerprintOf(`${deed.csr}`),
        };
        const before = await store.findIssued(key);
        await store.keepIssued({ ...key, serial: `s${index}`, chain: [`PEM ${index}`] }, before?.serial);
        break;
      }
      case 'cluster':
        await store.putCluster({ ...eastRecord, epoch: index }, { term, revision: clusterRevision });
        clusterRevision += 1;
        break;
      case 'note':
        await store.note(
          { kind: 'refusal', action: 'rotation.start', message: `refused ${index}`, code: 'RR_API_FORBIDDEN' },
          term,
        );
        break;
      case 'term':
        term = await store.takeTerm();
    }
  }
  return term;
}

async function changeMesh(
  store: Store,
  name: string,
  kind: 'act' | 'drift' | 'rotation',
  { term, atMs }: { readonly term: number; readonly atMs: number },
): Promise<void> {
  const before = (await store.readMesh(name))!;
  const basis = { term, revision: before.revision };
  const condition = { ...newMesh(name).condition, atMs, message: `${kind} ${atMs}` };
  if (kind === 'act') await store.compareAndSwap(name, basis, { condition: { ...condition, act: { move: 'prove' } } });
  else if (kind === 'drift') {
    const drift = { begun: [{ cluster: 'east', kind: 'secret' as const, place: 'Secret' }], ended: [] };
    await store.compareAndSwap(name, basis, { condition: { ...condition, drift } });
  } else {
    const record = rotating(before.record);
    const root = {
      ...rootA,
      fingerprint: fingerprintOf(String(atMs % 10))
        .slice(0, 60)
        .padEnd(64, String(atMs)),
    };
    const isNew = !(await store.listRoots(name)).some(({ fingerprint }) => fingerprint === root.fingerprint);
    const started = { ...condition, rotationId: record.rotation!.id };
    await store.compareAndSwap(name, basis, {
      record,
      condition: started,
      evidence: `{"at":${atMs}}`,
      ...(isNew ? { root } : {}),
    });
  }
}
