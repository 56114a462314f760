import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { describeMesh } from '../api/describe-mesh.ts';
import type { Custody } from '../authorities/index.ts';
import { createFleetView, type FleetView } from '../fleet/index.ts';
import { evidenceOf, sampleRotation } from '../rotation/evidence-sample.ts';
import { type NewRoot, newRecord, type RotationRecord, requestStart, type VerificationFacts } from '../rotation/index.ts';
import type { Store, StoredRoot } from '../store/index.ts';
import { createMemoryStore } from '../store/testing/memory-store.ts';
import { makeRoot } from '../testing/certificates.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import type { Subject } from '../verification/index.ts';
import { createMeshLoop, type MeshLoop, type MeshLoopOptions } from './mesh-loop.ts';
import type { MeshView } from './mesh-view.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 } as const;
const spec = {
  mesh: 'demo',
  clusters: ['east'],
  trustDomain: 'cluster.local',
  rootSource: { kind: 'generated' },
  intermediateSource: { kind: 'mgmt' },
  root: options,
  intermediate: options,
  rotation: { ...sampleRotation, rootKeyRetentionMs: 0 },
  maintenanceWindows: [],
} as const;
const timings = { silentAfterMs: 60_000, finishedHoldMs: 3_600_000 };

let roots: readonly StoredRoot[];
let generations: readonly NewRoot[];
beforeAll(async () => {
  const made = await Promise.all([makeRoot('a'), makeRoot('b')]);
  roots = made.map(({ certificate: { fingerprint, pem } }) => ({
    fingerprint,
    certificatePem: pem,
    custody: { kind: 'key-store', keyRef: fingerprint, chain: [] },
  }));
  generations = made.map(({ certificate: { fingerprint, notBeforeMs, notAfterMs } }) => ({
    fingerprint,
    notBeforeMs,
    notAfterMs,
  }));
});

describe('the loop of a mesh', () => {
  let store: Store;
  let term: number;
  let fleet: FleetView;
  let log: RecordedLog;
  let changes: MeshView[];
  let destroyed: Custody[];
  let loop: MeshLoop;

  const open = (over: Store, change: Partial<MeshLoopOptions> = {}): MeshLoop =>
    createMeshLoop({
      mesh: 'demo',
      store: over,
      term,
      fleet,
      timings,
      clock: systemClock,
      log,
      onChange: (view) => changes.push(view),
      renew: async ({ view: { stored } }) => start(stored.record),
      destroyKey: async (custody) => {
        destroyed.push(custody);
      },
      verifier: { facts: () => undefined, look: () => undefined },
      ...change,
    });

  beforeEach(async () => {
    store = createMemoryStore();
    term = await store.takeTerm();
    fleet = createFleetView({ silentAfterMs: timings.silentAfterMs, heardSinceMs: Date.now() });
    destroyed = [];
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
      act: undefined,
    } as const;
    await store.createMesh({ spec, record, root: roots[0]!, condition }, term);
    loop = open(store);
  });

  const start = (record: RotationRecord) => ({
    ...requestStart(record, { rotationId: 'r1', target: generations[1]!, by: 'ann' }, spec.rotation, Date.now()),
    root: roots[1]!,
  });
  /** Lets the cluster prove whatever row is in force. */
  const prove = (record: RotationRecord): void => {
    fleet.put('demo', 'east', { ...evidenceOf(record), receivedAtMs: Date.now() });
    loop.hear('east');
  };
  const stored = async (): Promise<RotationRecord> => (await store.readMesh('demo'))!.record;
  /** Starts a rotation whose first step every cluster has been told, for each held the current root. */
  const startTold = async (): Promise<void> => {
    prove(await stored());
    await loop.act(({ stored }) => start(stored.record));
    await loop.idle();
  };

  it('makes every transition that the evidence allows, and no more', async () => {
    await startTold();
    expect(await stored()).toMatchObject({ state: 'ADDING_NEW_ROOT', generation: 2, wave: { index: 1 } });
    prove(await stored());
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'PROPAGATING_NEW_INTERMEDIATE', generation: 3 });
  });

  it('tells of each stored change once, after it was stored', async () => {
    await startTold();
    prove(await stored());
    await loop.idle();
    expect(changes.map(({ stored: { revision, record } }) => `${revision} ${record.state}`)).toEqual([
      '2 ADDING_NEW_ROOT',
      '3 ADDING_NEW_ROOT',
      '4 VERIFYING',
      '5 VERIFIED',
      '6 PROPAGATING_NEW_INTERMEDIATE',
    ]);
    expect((await store.readMesh('demo'))?.revision).toBe(6);
  });

  it('goes by what automatic verification has found, and shows it each state in which nothing else is to be done', async () => {
    let finding: VerificationFacts['finding'] = { kind: 'running', message: 'handshakes: 1 of 2', laggards: [] };
    const looks: Subject[] = [];
    const verifier = {
      look: (subject: Subject) => looks.push(subject),
      facts: (): VerificationFacts | undefined => {
        const record = looks.at(-1)?.record;
        if (record?.rotation === undefined) return undefined;
        const { rotation, step, generation, enteredAtMs } = record;
        return { rotationId: rotation.id, step, generation, startedAtMs: enteredAtMs, finding };
      },
    };
    loop = open(store, { verifier });
    prove(await stored());
    const automatic = { ...spec.rotation, verification: 'automatic' } as const;
    await loop.act(({ stored }) => ({
      ...requestStart(stored.record, { rotationId: 'r1', target: generations[1]!, by: 'ann' }, automatic, Date.now()),
      root: roots[1]!,
    }));
    await loop.idle();
    prove(await stored());
    await loop.idle();
    loop.wake();
    await loop.idle();
    expect(looks.at(-1)).toMatchObject({ record: { state: 'VERIFYING' }, verdict: { reason: 'VerificationRunning' } });
    expect((await loop.moment()).decision.verdict.message).toBe('waiting: handshakes: 1 of 2');
    finding = { kind: 'failed', message: 'handshakes: 1 of 2', proof: 'p1', laggards: [] };
    loop.wake();
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'FAILED', step: 'ADDING_NEW_ROOT' });
    expect((await store.listHistory('demo')).at(-1)?.message).toContain('(proof p1)');
  });

  it('makes many calls one look', async () => {
    await loop.view();
    let looks = 0;
    const counting = {
      ...fleet,
      snapshot: (...args: Parameters<FleetView['snapshot']>) => ((looks += 1), fleet.snapshot(...args)),
    };
    const counted = open(store, { fleet: counting, onChange: () => {} });
    for (let n = 0; n < 50; n += 1) counted.wake();
    await counted.idle();
    expect(looks).toBe(1);
  });

  it('decides anew on what another writer has left', async () => {
    await loop.act(({ stored }) => start(stored.record));
    await loop.idle();
    prove(await stored());
    // Somebody writes behind the back of the loop.
    const rival = (await store.readMesh('demo'))!;
    await store.compareAndSwap('demo', { term, revision: rival.revision }, { spec: { ...spec, clusters: ['east', 'west'] } });
    loop.wake();
    await loop.idle();
    expect(await stored()).toMatchObject({ state: 'ADDING_NEW_ROOT' });
    expect((await loop.moment()).decision.verdict.laggards).toMatchObject([{ cluster: 'west' }]);
  });

  it('asks for an act again when another writer was faster', async () => {
    await loop.view();
    const rival = (await store.readMesh('demo'))!;
    await store.compareAndSwap('demo', { term, revision: rival.revision }, { spec: { ...spec, clusters: ['west'] } });
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
    await startTold();
    prove(await stored());
    await loop.idle();
    expect(log.all({ msg: 'the mesh has changed' })).toMatchObject([
      { state: 'ADDING_NEW_ROOT', message: 'rotation started by ann with strategy MULTI_ROOT' },
      { state: 'ADDING_NEW_ROOT', message: 'ADDING_NEW_ROOT goes on in every cluster' },
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
    await startTold();
    fleet.put('demo', 'east', { ...evidenceOf(await stored()), receivedAtMs: Date.now() });
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

  it.each([
    {
      evidence: 'that allows the next step',
      hear: async () => prove(await stored()),
      tried: ['compareAndSwap'],
    },
    {
      evidence: 'that allows nothing',
      hear: async () => fleet.forget('demo', 'east'),
      tried: ['keepVerdict'],
    },
  ])('a deposed mgmt changes nothing more, with evidence $evidence', async ({ hear, tried }) => {
    await startTold();
    const before = await store.readMesh('demo');
    const asked: string[] = [];
    const watched: Store = {
      ...store,
      compareAndSwap: (...args) => (asked.push('compareAndSwap'), store.compareAndSwap(...args)),
      keepVerdict: (...args) => (asked.push('keepVerdict'), store.keepVerdict(...args)),
    };
    changes = [];
    loop = open(watched);
    await store.takeTerm();
    for (let n = 0; n < 3; n += 1) {
      await hear();
      loop.wake();
      await loop.idle();
    }
    expect(asked).toEqual(tried);
    expect(log.all({ code: 'RR_STORE_DEPOSED' })).toMatchObject([{ msg: 'the mesh is left alone' }]);
    const act = loop.act(({ stored }) => ({ spec: { ...stored.spec, clusters: ['west'] } }));
    await expect(act).rejects.toMatchObject({ code: 'RR_STORE_DEPOSED' });
    expect(await store.readMesh('demo')).toStrictEqual(before);
    expect(changes).toEqual([]);
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

  it('keeps the verdict beside the record, and says of each laggard since when, after a restart too', async () => {
    await startTold();
    const laggards = [{ cluster: 'east', reason: 'GenerationNotApplied', since: expect.any(String) }];
    const { verdict } = (await store.readMesh('demo'))!;
    expect(verdict).toMatchObject({ generation: 2, verdict: { reason: 'GenerationNotApplied', laggardCount: 1, laggards } });
    const reopened = open(store, { clock: { ...systemClock, now: () => Date.now() + 5_000 } });
    const { decision } = await reopened.moment();
    expect(decision.verdict.laggards[0]?.since).toBe(verdict?.verdict.laggards[0]?.since);
  });

  it('writes no verdict that says what the last one said', async () => {
    let written = 0;
    const counting: Store = { ...store, keepVerdict: (...args) => ((written += 1), store.keepVerdict(...args)) };
    loop = open(counting);
    for (let n = 0; n < 5; n += 1) {
      loop.wake();
      await loop.idle();
    }
    expect(written).toBe(1);
  });

  it('starts a rotation by itself when the life of the root is at its end, and tries again no sooner than in a minute', async () => {
    const { revision, record } = (await store.readMesh('demo'))!;
    const rotation = { ...spec.rotation, rootGraceRatio: 0.9 };
    await store.compareAndSwap('demo', { term, revision }, { spec: { ...spec, rotation } });
    let tried = 0;
    let nowMs = record.roots[0]!.notAfterMs - 600_000;
    const late = { ...systemClock, now: () => nowMs };
    loop = open(store, {
      clock: late,
      renew: async ({ view: { stored } }) => {
        tried += 1;
        if (tried === 1) throw new RerootError('RR_KEYSTORE_UNWRITABLE', 'the disk is full');
        return start(stored.record);
      },
    });
    const lookOnce = async (): Promise<void> => {
      loop.wake();
      await loop.idle();
    };
    await lookOnce();
    await lookOnce();
    expect([tried, (await stored()).state]).toEqual([1, 'NOT_ROTATING']);
    expect(log.all({ code: 'RR_KEYSTORE_UNWRITABLE' })).toHaveLength(1);
    nowMs += 60_000;
    await lookOnce();
    expect([tried, (await stored()).state]).toEqual([2, 'ADDING_NEW_ROOT']);
  });

  it('does not start a rotation whose preflight fails, says why once, and starts it when the cause is gone', async () => {
    const { revision, record } = (await store.readMesh('demo'))!;
    const rotation = { ...spec.rotation, rootGraceRatio: 0.9 };
    await store.compareAndSwap('demo', { term, revision }, { spec: { ...spec, rotation } });
    let nowMs = record.roots[0]!.notAfterMs - 600_000;
    let passes = false;
    loop = open(store, {
      clock: { ...systemClock, now: () => nowMs },
      renew: async ({ view: { stored } }) => {
        if (!passes) throw new RerootError('RR_PREFLIGHT_FAILED', 'disk: 3 MiB are free');
        return start(stored.record);
      },
    });
    for (let look = 0; look < 3; look += 1) {
      loop.wake();
      await loop.idle();
      nowMs += 60_000;
    }
    const refused = await loop.moment();
    expect([refused.notStarted?.message, (await stored()).state]).toEqual(['disk: 3 MiB are free', 'NOT_ROTATING']);
    expect(describeMesh(refused, term).alarms).toContainEqual({
      severity: 'critical',
      reason: 'PreflightFailed',
      message: 'a rotation should start by itself, and does not: disk: 3 MiB are free',
    });
    expect(log.all({ code: 'RR_PREFLIGHT_FAILED' })).toHaveLength(1);
    passes = true;
    loop.wake();
    await loop.idle();
    expect([(await loop.moment()).notStarted, (await stored()).state]).toEqual([undefined, 'ADDING_NEW_ROOT']);
  });

  it('destroys the key of a retired root once the record says so, again after a crash, and no other', async () => {
    await startTold();
    while ((await stored()).state !== 'FINISHED') {
      prove(await stored());
      await loop.idle();
    }
    const [old] = roots;
    expect((await stored()).roots.map(({ phase }) => phase)).toEqual(['destroyed', 'active']);
    expect(destroyed).toEqual([old?.custody]);
    loop.wake();
    await loop.idle();
    expect(destroyed).toHaveLength(1);
    const restarted = open(store);
    restarted.wake();
    await restarted.idle();
    expect(destroyed).toEqual([old?.custody, old?.custody]);
  });

  it('leaves a mesh as it is for an act that asks for no change', async () => {
    const before = await store.readMesh('demo');
    await loop.act(() => undefined);
    expect((await store.readMesh('demo'))?.revision).toBe(before?.revision);
    expect(changes).toEqual([]);
  });
});
