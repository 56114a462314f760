import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFleetView, type FleetView } from '../fleet/index.ts';
import { evidenceOf } from '../rotation/evidence-sample.ts';
import { newRecord, type RootGeneration, type RotationRecord, requestStart } from '../rotation/index.ts';
import type { Store, StoredRoot } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { makeRoot } from '../testing/certificates.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import { createMeshLoop, type MeshLoop } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } } as const;
const spec = {
  mesh: 'demo',
  clusters: ['east'],
  trustDomain: 'cluster.local',
  root: options,
  intermediate: options,
  rotation: { strategy: 'MULTI_ROOT', verification: 'none' },
} as const;
const policy = { silentAfterMs: 60_000, finishedHoldMs: 3_600_000 };

let roots: readonly StoredRoot[];
let generations: readonly RootGeneration[];
beforeAll(async () => {
  const made = await Promise.all([makeRoot('a'), makeRoot('b')]);
  roots = made.map(({ certificate: { fingerprint, pem } }) => ({ fingerprint, certificatePem: pem, keyRef: fingerprint }));
  generations = made.map(({ certificate: { fingerprint, notBeforeMs, notAfterMs } }) => ({
    fingerprint,
    notBeforeMs,
    notAfterMs,
  }));
});

describe('the loop of a mesh', () => {
  let store: Store;
  let fleet: FleetView;
  let log: RecordedLog;
  let changes: MeshView[];
  let loop: MeshLoop;

  const open = (over: Store): MeshLoop =>
    createMeshLoop({ mesh: 'demo', store: over, fleet, policy, clock: systemClock, log, onChange: (view) => changes.push(view) });

  beforeEach(async () => {
    store = createMemoryStore();
    fleet = createFleetView();
    log = recordLog();
    changes = [];
    const record = newRecord('demo', generations[0]!, Date.now());
    const condition = {
      atMs: 0,
      state: 'NOT_ROTATING',
      step: 'PREVIOUS_CA',
      rotationId: undefined,
      generation: 1,
      message: 'created',
      errors: [],
    } as const;
    await store.createMesh({ spec, record, root: roots[0]!, condition });
    loop = open(store);
  });

  const start = (record: RotationRecord) => ({
    ...requestStart(
      record,
      { rotationId: 'r1', target: generations[1]!, strategy: 'MULTI_ROOT', verification: 'none', by: 'ann' },
      Date.now(),
    ),
    root: roots[1]!,
  });
  /** Lets the cluster prove whatever row is in force. */
  const prove = (record: RotationRecord): void => {
    fleet.put('demo', 'east', { ...evidenceOf(record), receivedAtMs: Date.now() });
  };
  const stored = async (): Promise<RotationRecord> => (await store.readMesh('demo'))!.record;

  it('makes every transition that the evidence allows, and no more', async () => {
    await loop.act(({ stored }) => start(stored.record));
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'ADDING_NEW_ROOT', generation: 2 });
    prove(await stored());
    loop.wake();
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'PROPAGATING_NEW_INTERMEDIATE', generation: 3 });
  });

  it('tells of each stored change once, after it was stored', async () => {
    await loop.act(({ stored }) => start(stored.record));
    prove(await stored());
    loop.wake();
    await loop.idle();
    expect(changes.map(({ stored: { revision, record } }) => `${revision} ${record.state}`)).toEqual([
      '2 ADDING_NEW_ROOT',
      '3 VERIFYING',
      '4 VERIFIED',
      '5 PROPAGATING_NEW_INTERMEDIATE',
    ]);
    expect((await store.readMesh('demo'))?.revision).toBe(5);
  });

  it('makes many calls one look', async () => {
    await loop.view();
    let looks = 0;
    const counting = {
      ...fleet,
      snapshot: (...args: Parameters<FleetView['snapshot']>) => ((looks += 1), fleet.snapshot(...args)),
    };
    const counted = createMeshLoop({ mesh: 'demo', store, fleet: counting, policy, clock: systemClock, log, onChange: () => {} });
    for (let n = 0; n < 50; n += 1) counted.wake();
    await counted.idle();
    expect(looks).toBe(1);
  });

  it('decides anew on what another writer has left', async () => {
    await loop.act(({ stored }) => start(stored.record));
    await loop.idle();
    prove(await stored());
    // Another mgmt writes behind the back of this one.
    const rival = (await store.readMesh('demo'))!;
    await store.compareAndSwap('demo', rival.revision, { spec: { ...spec, clusters: ['east', 'west'] } });
    loop.wake();
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'ADDING_NEW_ROOT' });
    expect((await loop.moment()).decision.verdict.laggards).toMatchObject([{ cluster: 'west' }]);
  });

  it('asks for an act again when another writer was faster', async () => {
    await loop.view();
    const rival = (await store.readMesh('demo'))!;
    await store.compareAndSwap('demo', rival.revision, { spec: { ...spec, clusters: ['west'] } });
    const seen: unknown[] = [];
    await loop.act(({ stored }) => {
      seen.push(stored.spec.clusters);
      return start(stored.record);
    });
    expect(seen).toEqual([['east'], ['west']]);
    expect((await store.readMesh('demo'))?.spec.clusters).toEqual(['west']);
  });

  it('lets one of two acts at once through, and has the other see what it left', async () => {
    const acts = await Promise.allSettled([
      loop.act(({ stored }) => start(stored.record)),
      loop.act(({ stored }) => start(stored.record)),
    ]);
    expect(acts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(acts[1]).toMatchObject({ reason: { code: 'RR_ROTATION_IN_PROGRESS' } });
  });

  it('says once what it waits for, and again when that changes', async () => {
    for (let n = 0; n < 5; n += 1) {
      loop.wake();
      await loop.idle();
    }
    expect(log.all({ reason: 'ClusterNeverReported' })).toMatchObject([
      { mesh: 'demo', state: 'NOT_ROTATING', step: 'PREVIOUS_CA' },
    ]);
    prove(await stored());
    loop.wake();
    await loop.idle();
    expect(log.all({ reason: 'Passed' })).toHaveLength(1);
  });

  it('says each change, by whomever it was made', async () => {
    await loop.act(({ stored }) => start(stored.record));
    prove(await stored());
    loop.wake();
    await loop.idle();
    expect(log.all({ msg: 'the mesh has changed' })).toMatchObject([
      { state: 'ADDING_NEW_ROOT', message: 'rotation started by ann with strategy MULTI_ROOT' },
      { state: 'VERIFYING' },
      { state: 'VERIFIED' },
      { state: 'PROPAGATING_NEW_INTERMEDIATE', generation: 3, rotation: 'r1' },
    ]);
  });

  it('says a failure of the store once, changes nothing, and goes on when the store is back', async () => {
    let broken = true;
    const failing: Store = {
      ...store,
      compareAndSwap: (...args) =>
        broken ? Promise.reject(new RerootError('RR_STORE_FAILED', 'the disk is full')) : store.compareAndSwap(...args),
    };
    await loop.act(({ stored }) => start(stored.record));
    await loop.idle();
    prove(await stored());
    changes = [];
    const shaky = open(failing);
    for (let n = 0; n < 3; n += 1) {
      shaky.wake();
      await shaky.idle();
    }
    expect(log.all({ code: 'RR_STORE_FAILED' })).toHaveLength(1);
    expect(changes).toEqual([]);
    expect((await shaky.view()).stored.record.state).toBe('ADDING_NEW_ROOT');
    broken = false;
    shaky.wake();
    await shaky.idle();
    expect(await stored()).toMatchObject({ state: 'PROPAGATING_NEW_INTERMEDIATE' });
  });

  it('does not take a write for undone whose answer was lost', async () => {
    let lost = false;
    const lossy: Store = {
      ...store,
      compareAndSwap: async (...args) => {
        const swapped = await store.compareAndSwap(...args);
        if (lost) return swapped;
        lost = true;
        throw new RerootError('RR_STORE_FAILED', 'no answer');
      },
    };
    const lonely = open(lossy);
    await expect(lonely.act(({ stored }) => start(stored.record))).rejects.toMatchObject({ code: 'RR_STORE_FAILED' });
    expect((await lonely.view()).stored.record.state).toBe('ADDING_NEW_ROOT');
  });

  it('refuses a mesh whose record names a root that is not stored', async () => {
    const gappy: Store = { ...store, listRoots: async () => [] };
    await expect(open(gappy).view()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });

  it('refuses a root that is stored with the certificate of another', async () => {
    const swapped: Store = { ...store, listRoots: async () => [{ ...roots[0]!, certificatePem: roots[1]!.certificatePem }] };
    await expect(open(swapped).view()).rejects.toMatchObject({ code: 'RR_STORE_CORRUPT' });
  });
});
