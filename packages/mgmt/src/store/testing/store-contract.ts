import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MeshSpec } from '../../mesh/index.ts';
import type { RootGeneration, RotationCondition, RotationRecord } from '../../rotation/index.ts';
import { newRecord } from '../../rotation/index.ts';
import type { Issued, NewMesh, Store, StoredRoot } from '../store.ts';

/** A store under test. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly dispose: () => Promise<void>;
}

/** A fingerprint that is easy to tell from others. */
export function fingerprintOf(digit: string): string {
  return digit.repeat(64);
}

const generationA: RootGeneration = { fingerprint: fingerprintOf('a'), notBeforeMs: 0, notAfterMs: 10_000 };

export const rootA: StoredRoot = { fingerprint: generationA.fingerprint, certificatePem: 'PEM A', keyRef: 'key-a' };
const rootB: StoredRoot = { fingerprint: fingerprintOf('b'), certificatePem: 'PEM B', keyRef: 'key-b' };

/** A mesh with every kind of value. */
export function newMesh(mesh: string): NewMesh {
  const spec: MeshSpec = {
    mesh,
    clusters: ['east', 'west'],
    trustDomain: 'cluster.local',
    root: { ttlDays: 3650, organization: 'reroot', keyAlgorithm: { kind: 'rsa', bits: 4096 } },
    intermediate: { ttlDays: 365, organization: 'reroot', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } },
    rotation: { strategy: 'MULTI_ROOT', verification: 'manual' },
  };
  return { spec, record: newRecord(mesh, generationA, 1), root: rootA, condition: entry(1, 'created') };
}

/** The same mesh in the middle of a rotation. */
export function rotating(record: RotationRecord): RotationRecord {
  return {
    ...record,
    generation: 2,
    state: 'FAILED',
    step: 'ADDING_NEW_ROOT',
    roots: [generationA, { fingerprint: rootB.fingerprint, notBeforeMs: 5, notAfterMs: 20_000 }],
    rotation: {
      id: 'r1',
      strategy: 'MULTI_ROOT',
      verification: 'none',
      old: rootA.fingerprint,
      target: rootB.fingerprint,
      startedBy: 'ann',
      startedAtMs: 5,
      failedIn: 'ADDING_NEW_ROOT',
    },
  };
}

function entry(atMs: number, message: string): RotationCondition {
  return { atMs, state: 'NOT_ROTATING', step: 'PREVIOUS_CA', rotationId: undefined, generation: 1, message, errors: ['one'] };
}

function issued(serial: string, csr = 'c'): Issued {
  return {
    mesh: 'demo',
    cluster: 'east',
    signerRoot: rootA.fingerprint,
    csrSha256: fingerprintOf(csr),
    serial,
    chain: [`PEM ${serial}`],
  };
}

/** What every store must do, whatever is behind it. */
export function describeStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let tested: StoreUnderTest;
    let store: Store;
    beforeEach(async () => {
      tested = await make();
      store = tested.store;
    });
    afterEach(() => tested.dispose());

    it('gives a higher term each time', async () => {
      const terms = [await store.takeTerm(), await store.takeTerm(), await store.takeTerm()];
      expect(terms).toEqual([1, 2, 3]);
    });

    it('knows nothing of a mesh that was never created', async () => {
      expect(await store.listMeshes()).toEqual([]);
      expect(await store.readMesh('demo')).toBeUndefined();
      expect(await store.listHistory('demo')).toEqual([]);
      expect(await store.listRoots('demo')).toEqual([]);
    });

    it('gives a mesh back as it was created', async () => {
      const { spec, record } = newMesh('demo');
      expect(await store.createMesh(newMesh('demo'))).toEqual({ revision: 1, spec, record });
      expect(await store.readMesh('demo')).toEqual({ revision: 1, spec, record });
      expect(await store.listRoots('demo')).toEqual([rootA]);
      expect(await store.listHistory('demo')).toEqual([entry(1, 'created')]);
    });

    it('lists meshes by name', async () => {
      for (const mesh of ['b', 'c', 'a']) await store.createMesh(newMesh(mesh));
      expect(await store.listMeshes()).toEqual(['a', 'b', 'c']);
    });

    it('refuses to create a mesh twice, and keeps the first', async () => {
      const first = await store.createMesh(newMesh('demo'));
      await expect(store.createMesh(newMesh('demo'))).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      expect(await store.readMesh('demo')).toEqual(first);
      expect(await store.listHistory('demo')).toHaveLength(1);
    });

    it('writes record, root and entry of the history together', async () => {
      const { record, spec } = await store.createMesh(newMesh('demo'));
      const change = { record: rotating(record), root: rootB, condition: entry(5, 'started') };
      expect(await store.compareAndSwap('demo', 1, change)).toEqual({ revision: 2, spec, record: rotating(record) });
      expect(await store.readMesh('demo')).toEqual({ revision: 2, spec, record: rotating(record) });
      expect(await store.listRoots('demo')).toEqual([rootA, rootB]);
      expect((await store.listHistory('demo')).map(({ message }) => message)).toEqual(['created', 'started']);
    });

    it('changes the spec and leaves the record', async () => {
      const { spec, record } = await store.createMesh(newMesh('demo'));
      const changed = { ...spec, clusters: ['east'] };
      await store.compareAndSwap('demo', 1, { spec: changed });
      expect(await store.readMesh('demo')).toEqual({ revision: 2, spec: changed, record });
    });

    it.each([0, 2, 99])('refuses a change made from revision %i, and writes no part of it', async (revision) => {
      const before = await store.createMesh(newMesh('demo'));
      const change = { record: rotating(before.record), root: rootB, condition: entry(5, 'started') };
      await expect(store.compareAndSwap('demo', revision, change)).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      expect(await store.readMesh('demo')).toEqual(before);
      expect(await store.listRoots('demo')).toEqual([rootA]);
      expect(await store.listHistory('demo')).toHaveLength(1);
    });

    it('refuses a change of a mesh that is not there', async () => {
      await expect(store.compareAndSwap('demo', 1, {})).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
    });

    it('lets exactly one of many racing writers through', async () => {
      await store.createMesh(newMesh('demo'));
      const racers = Array.from({ length: 8 }, (_, n) => store.compareAndSwap('demo', 1, { condition: entry(n, `racer ${n}`) }));
      const results = await Promise.allSettled(racers);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.listHistory('demo')).toHaveLength(2);
      expect((await store.readMesh('demo'))?.revision).toBe(2);
    });

    it('loses no change when writers read again after a conflict', async () => {
      await store.createMesh(newMesh('demo'));
      const add = async (n: number): Promise<void> => {
        for (;;) {
          const { revision } = (await store.readMesh('demo'))!;
          const swapped = await store
            .compareAndSwap('demo', revision, { condition: entry(n, `writer ${n}`) })
            .catch(() => undefined);
          if (swapped !== undefined) return;
        }
      };
      await Promise.all(Array.from({ length: 8 }, (_, n) => add(n)));
      expect((await store.readMesh('demo'))?.revision).toBe(9);
      const messages = (await store.listHistory('demo')).map(({ message }) => message);
      expect(messages.toSorted()).toEqual(['created', ...Array.from({ length: 8 }, (_, n) => `writer ${n}`)]);
    });

    it('keeps the first certificate of a request, whoever comes later', async () => {
      await store.createMesh(newMesh('demo'));
      expect(await store.keepIssued(issued('1'))).toEqual(issued('1'));
      expect(await store.keepIssued(issued('2'))).toEqual(issued('1'));
      expect(await store.findIssued(issued('2'))).toEqual(issued('1'));
    });

    it('replaces a certificate only when the one to be replaced is still there', async () => {
      await store.createMesh(newMesh('demo'));
      await store.keepIssued(issued('1'));
      expect(await store.keepIssued(issued('2'), '1')).toEqual(issued('2'));
      expect(await store.keepIssued(issued('3'), '1')).toEqual(issued('2'));
    });

    it('tells requests apart', async () => {
      await store.createMesh(newMesh('demo'));
      await store.keepIssued(issued('1'));
      const others = [{ cluster: 'west' }, { signerRoot: rootB.fingerprint }, { csrSha256: fingerprintOf('d') }];
      for (const other of others) expect(await store.findIssued({ ...issued('1'), ...other })).toBeUndefined();
    });
  });
}
