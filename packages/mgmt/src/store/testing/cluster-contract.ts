import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterRecord, EnrolledAgent } from '../cluster-record.ts';
import type { Basis, Store } from '../store.ts';
import { newMesh, rootA, type StoreUnderTest } from './store-contract.ts';

const agent: EnrolledAgent = {
  publicKeyPem: 'PEM',
  natsUser: 'UAGENT',
  natsJwtExpiresAtMs: 9,
  tokenId: 'token-1',
  joinUser: 'UJOINED',
  epoch: 3,
  askedSequence: 7,
  atMs: 2,
};

/** A cluster with every kind of value. */
export const eastRecord: ClusterRecord = {
  name: 'east',
  mesh: 'demo',
  formerName: 'orient',
  addedBy: 'ann',
  addedAtMs: 1,
  invitation: { tokenId: 'token-2', key: 'ab'.repeat(32), expiresAtMs: 10, natsUser: 'UJOIN', mgmtKeys: [] },
  agent,
  nextAgent: { ...agent, natsUser: 'UNEXT' },
  epoch: 3,
  revoked: { by: 'bob', why: 'stolen', atMs: 4 },
  revokedUsers: [{ natsUser: 'UOLD', atMs: 3 }],
};

/** One that has only just been added. */
export const westRecord: ClusterRecord = {
  ...eastRecord,
  name: 'west',
  ...{
    formerName: undefined,
    invitation: undefined,
    agent: undefined,
    nextAgent: undefined,
    revoked: undefined,
    revokedUsers: [],
  },
};

/** What every store does with clusters. */
export function describeClusterStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name}, of clusters,`, () => {
    let [store, dispose, term]: [Store, () => Promise<void>, number] = [undefined!, undefined!, 0];
    const at = (revision: number): Basis => ({ term, revision });
    beforeEach(async () => {
      ({ store, dispose } = await make());
      term = await store.takeTerm();
    });
    afterEach(() => dispose());

    it('gives back every part of a record, sorted by name', async () => {
      await store.putCluster(westRecord, at(0));
      await store.putCluster(eastRecord, at(0));
      expect(await store.listClusters()).toStrictEqual([
        { revision: 1, record: eastRecord },
        { revision: 1, record: westRecord },
      ]);
    });

    it('adds a cluster once, and changes it only at the revision that the writer knows', async () => {
      expect(await store.putCluster(eastRecord, at(0))).toMatchObject({ revision: 1 });
      const conflict = { code: 'RR_STORE_CONFLICT' };
      await expect(store.putCluster(eastRecord, at(0))).rejects.toMatchObject(conflict);
      await expect(store.putCluster(eastRecord, at(2))).rejects.toMatchObject(conflict);
      await expect(store.putCluster(westRecord, at(1))).rejects.toMatchObject(conflict);
      expect(await store.putCluster({ ...eastRecord, epoch: 4 }, at(1))).toMatchObject({ revision: 2, record: { epoch: 4 } });
      expect(await store.listClusters()).toMatchObject([{ revision: 2, record: { epoch: 4 } }]);
    });

    it('refuses a writer that was deposed', async () => {
      await store.takeTerm();
      const deposed = { code: 'RR_STORE_DEPOSED' };
      await expect(store.putCluster(eastRecord, at(0))).rejects.toMatchObject(deposed);
      const rename = { from: 'east', revision: 0, record: westRecord, mesh: undefined };
      await expect(store.renameCluster(rename, term)).rejects.toMatchObject(deposed);
    });

    it('renames a cluster, what was issued to it and the mesh that has it together', async () => {
      const { record, spec } = await store.createMesh(newMesh('demo'), term);
      await store.putCluster(eastRecord, at(0));
      const key = { mesh: 'demo', signerRoot: rootA.fingerprint, csrSha256: 'cd'.repeat(32) };
      await store.keepIssued({ ...key, cluster: 'east', serial: '1', chain: ['PEM 1'] });
      const change = { spec: { ...spec, clusters: ['north', 'west'] }, record };
      const renamed = await store.renameCluster(
        { from: 'east', revision: 1, record: { ...eastRecord, name: 'north' }, mesh: { name: 'demo', revision: 1, change } },
        term,
      );
      expect(renamed).toMatchObject({ cluster: { revision: 2, record: { name: 'north' } }, mesh: { revision: 2 } });
      expect(await store.listClusters()).toEqual([renamed.cluster]);
      expect(await store.readMesh('demo')).toEqual(renamed.mesh);
      expect(await store.findIssued({ ...key, cluster: 'north' })).toMatchObject({ serial: '1' });
      expect(await store.findIssued({ ...key, cluster: 'east' })).toBeUndefined();
    });

    it('renames nothing when the cluster or its mesh has changed meanwhile, or the name is taken', async () => {
      await store.createMesh(newMesh('demo'), term);
      await store.putCluster(eastRecord, at(0));
      await store.putCluster(westRecord, at(0));
      const rename = { from: 'east', revision: 1, record: { ...eastRecord, name: 'north' }, mesh: undefined };
      const before = [await store.listClusters(), await store.readMesh('demo')];
      const attempts = [
        { ...rename, revision: 2 },
        { ...rename, from: 'south' },
        { ...rename, record: { ...eastRecord, name: 'west' } },
        { ...rename, mesh: { name: 'demo', revision: 7, change: {} } },
        { ...rename, mesh: { name: 'none', revision: 1, change: {} } },
      ];
      for (const attempt of attempts) {
        await expect(store.renameCluster(attempt, term)).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      }
      expect([await store.listClusters(), await store.readMesh('demo')]).toEqual(before);
    });
  });
}
