import { toRerootError } from '@reroot/shared/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Custody } from '../../authorities/index.ts';
import type { MeshSpec } from '../../mesh/index.ts';
import {
  type Act,
  defaultRotationPolicy,
  type Emergency,
  newRecord,
  type RotationCondition,
  type RotationRecord,
} from '../../rotation/index.ts';
import { historyLimits } from '../history-kind.ts';
import type { IdempotencyLimits } from '../idempotency.ts';
import type { Basis, Issued, NewMesh, Store, StoredRoot, StoredVerdict } from '../store.ts';

/** A store under test. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly dispose: () => Promise<void>;
}

/** What the contract varies. */
export interface StoreUnderTestOptions {
  readonly historyLimits?: typeof historyLimits;
  readonly proofLimit?: number;
  readonly idempotencyLimits?: IdempotencyLimits;
}

/** A fingerprint that is easy to tell from others. */
export function fingerprintOf(digit: string): string {
  return digit.repeat(64);
}

export const rootA: StoredRoot = {
  fingerprint: fingerprintOf('a'),
  certificatePem: 'PEM A',
  custody: { kind: 'key-store', keyRef: 'key-a', chain: [] },
};
const vaultCustody: Custody = {
  kind: 'vault',
  vault: {
    ...{ server: 'https://vault', caBundle: 'PEM', namespace: 'team', mount: 'pki' },
    auth: { kind: 'token-secret', secret: { name: 'token', namespace: 'vault' } },
  },
  issuerId: 'issuer-b',
  keyId: 'key-b',
  madeBy: 'reroot',
  agents: {
    ...{ server: 'https://vault', caBundle: 'PEM', namespace: 'team', caPath: 'pki/root/sign-intermediate', csrPath: '' },
    auth: { kind: 'token-secret', secret: { name: 'token', namespace: 'vault' } },
  },
};
const rootB: StoredRoot = { fingerprint: fingerprintOf('b'), certificatePem: 'PEM B', custody: vaultCustody };

/** A mesh with every kind of value. */
export function newMesh(mesh: string): NewMesh {
  const spec: MeshSpec = {
    mesh,
    clusters: ['east', 'west'],
    trustDomain: 'cluster.local',
    rootSource: { kind: 'secret', secret: { name: 'root', namespace: 'reroot' } },
    root: { ttlDays: 3650, organization: 'reroot', keyAlgorithm: { kind: 'rsa', bits: 4096 }, graceRatio: 0.1 },
    intermediateSource: { kind: 'mgmt' },
    intermediate: { ttlDays: 365, organization: 'reroot', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0 },
    rotation: {
      ...defaultRotationPolicy,
      waves: { canaries: ['west'], size: { kind: 'share', percent: 25 }, soakMs: 60_000, onFailure: 'continue' },
      silentClusters: { kind: 'exclude', afterMs: 3_600_000 },
    },
    maintenanceWindows: [{ cron: '0 2 * * 6', durationMs: 7_200_000, timeZone: 'Europe/Berlin' }],
  };
  const root = { fingerprint: rootA.fingerprint, notBeforeMs: 0, notAfterMs: 10_000 };
  return { spec, record: newRecord(mesh, root, 1), root: rootA, condition: entry(1, 'created') };
}

/** The same mesh in the middle of a rotation, with every kind of value. */
export function rotating(record: RotationRecord): RotationRecord {
  return {
    ...record,
    generation: 2,
    lastGeneration: 4,
    state: 'FAILED',
    step: 'ADDING_NEW_ROOT',
    enteredFrom: 'above',
    base: { step: 'PROPAGATING_NEW_INTERMEDIATE', generation: 1 },
    wave: { index: 2, through: '1/east', releasedAtMs: 6, provenAtMs: 7 },
    provenAtMs: 8,
    answer: { generation: 1, by: 'bob', atMs: 6 },
    roots: [
      ...record.roots,
      { fingerprint: rootB.fingerprint, notBeforeMs: 5, notAfterMs: 20_000, phase: 'created', phaseAtMs: 5 },
    ],
    rotation: {
      id: 'r1',
      strategy: 'MULTI_ROOT',
      verification: 'none',
      approvals: 'another-person',
      canaries: ['west'],
      old: rootA.fingerprint,
      target: rootB.fingerprint,
      startedBy: 'ann',
      startedAtMs: 5,
      failedIn: 'ADDING_NEW_ROOT',
      failedBecause: 'a wave took too long',
    },
    ahead: { west: 3 },
    restored: { atMs: 6 },
    deviations: {
      north: { kind: 'returning', cause: 'joined', by: 'the spec', why: 'added', sinceMs: 6, told: undefined },
      south: {
        kind: 'excluded',
        cause: 'operator',
        by: 'ann',
        why: 'no power',
        sinceMs: 6,
        told: {
          row: {
            step: 'PREVIOUS_CA',
            // Gone from the record for long: the cluster has slept over a whole rotation.
            roots: [fingerprintOf('9')],
            signer: fingerprintOf('9'),
            nudge: 'when-loaded',
          },
          generation: 1,
        },
      },
    },
  };
}

const verdict: StoredVerdict = {
  verdict: {
    passed: false,
    reason: 'ReplicaNotLoaded',
    message: 'waiting: east: istiod-0 has not loaded what the Secret holds (and 1 more)',
    laggards: [
      {
        cluster: 'east',
        reason: 'ReplicaNotLoaded',
        message: 'not loaded',
        replica: 'istiod-0',
        since: '2026-01-01T00:00:00.000Z',
      },
      { cluster: 'west', reason: 'ClusterSilent', message: 'silent' },
    ],
    laggardCount: 2,
  },
  atMs: 9,
  generation: 2,
};

const emergency: Emergency = {
  reason: 'the key is out',
  excludeSilent: ['south'],
  losses: [{ reason: 'SoakSkipped', message: 'the soak of 1 h after each wave' }],
};

/** Each kind of act with each of its shapes that a store might confuse. */
const acts: Readonly<Record<Act['move'], readonly Act[]>> = {
  start: [
    { move: 'start', rotation: startedRotation(), roots: newMesh('demo').record.roots },
    { move: 'start', rotation: { ...startedRotation(), emergency }, roots: newMesh('demo').record.roots },
  ],
  approve: [{ move: 'approve', approval: { by: 'bob', atMs: 6, why: 'the key is out' } }],
  release: [{ move: 'release', wave: { index: 2, through: '1/east', releasedAtMs: 6, provenAtMs: undefined } }],
  advance: [{ move: 'advance', wave: { index: 1, through: '2', releasedAtMs: 6, provenAtMs: 7 } }],
  confirm: [
    { move: 'confirm', answer: { by: 'bob', atMs: 6 } },
    { move: 'confirm', answer: undefined },
  ],
  turnForward: [{ move: 'turnForward', answer: { by: 'bob', atMs: 6 } }],
  retry: [{ move: 'retry', answer: { by: 'bob', atMs: 6 } }],
  prove: [{ move: 'prove' }],
  doubt: [{ move: 'doubt' }],
  verify: [{ move: 'verify' }],
  lapse: [{ move: 'lapse' }],
  finish: [{ move: 'finish' }],
  stepBack: [{ move: 'stepBack' }],
  settle: [{ move: 'settle' }],
  forget: [{ move: 'forget' }],
  abort: [{ move: 'abort' }],
  fail: [{ move: 'fail', because: 'a wave took too long' }],
  exclude: [{ move: 'exclude', cluster: 'east', cause: 'silence', by: 'reroot', why: 'silent' }],
  include: [{ move: 'include', cluster: 'east', by: 'ann', why: 'back' }],
  guide: [
    {
      move: 'guide',
      cluster: 'east',
      row: { step: 'ADDING_NEW_ROOT', roots: [fingerprintOf('9')], signer: fingerprintOf('9'), nudge: 'laggards' },
    },
  ],
  admit: [{ move: 'admit', cluster: 'east' }],
  members: [{ move: 'members', added: ['north'], removed: [] }],
  rename: [{ move: 'rename', cluster: 'east', to: 'north' }],
  destroyKey: [{ move: 'destroyKey', root: fingerprintOf('9') }],
  restore: [{ move: 'restore' }],
  resume: [{ move: 'resume', unheard: ['east'] }],
};

function startedRotation(): NonNullable<RotationRecord['rotation']> {
  return { ...rotating(newMesh('demo').record).rotation!, failedIn: undefined, failedBecause: undefined };
}

function entry(atMs: number, message: string, act?: Act): RotationCondition {
  return {
    atMs,
    state: 'NOT_ROTATING',
    step: 'PREVIOUS_CA',
    rotationId: undefined,
    generation: 1,
    message,
    errors: ['one'],
    act,
  };
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
export function describeStoreContract(name: string, make: (options?: StoreUnderTestOptions) => Promise<StoreUnderTest>): void {
  describe(name, () => {
    let tested: StoreUnderTest;
    let store: Store;
    let term: number;
    beforeEach(async () => {
      tested = await make();
      store = tested.store;
      term = await store.takeTerm();
    });
    afterEach(() => tested.dispose());

    const at = (revision: number): Basis => ({ term, revision });

    it('gives a higher term each time', async () => {
      const terms = [term, await store.takeTerm(), await store.takeTerm()];
      expect(terms).toEqual([1, 2, 3]);
    });

    it('tells the term in force, and raises it for nobody who only asks', async () => {
      expect([await store.readTerm(), await store.readTerm()]).toEqual([term, term]);
      const newest = await store.takeTerm();
      expect(await store.readTerm()).toBe(newest);
    });

    it('tells whoever listens of each change, and nobody of one that did not come about', async () => {
      let told = 0;
      const leave = store.onChange(() => {
        told += 1;
      });
      await store.createMesh(newMesh('demo'), term);
      expect(told).toBe(1);
      await expect(store.createMesh(newMesh('demo'), term)).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      expect(told).toBe(1);
      await store.keepVerdict('demo', at(1), verdict);
      expect(told).toBe(2);
      leave();
      await store.takeTerm();
      expect(told).toBe(2);
    });

    /** Every write that is fenced, by a writer who took this term. */
    const writes = (taken: number, revision: number, created: string): readonly Promise<unknown>[] => {
      const { spec, record } = newMesh('demo');
      const basis = { term: taken, revision };
      const change = { spec: { ...spec, clusters: ['east'] }, record: rotating(record), verdict, root: rootB };
      return [
        store.createMesh(newMesh(created), taken),
        store.compareAndSwap('demo', basis, { ...change, condition: entry(5, 'started') }),
        store.keepVerdict('demo', basis, verdict),
      ];
    };
    const codesOf = async (made: readonly Promise<unknown>[]): Promise<readonly unknown[]> =>
      Promise.all(
        made.map((write) =>
          write.then(
            () => 'written',
            (error: unknown) => toRerootError(error).code,
          ),
        ),
      );
    const deposed = Array.from({ length: 3 }, () => 'RR_STORE_DEPOSED');

    it('refuses whoever has a lower term than the newest, or one that nobody took, and writes no part of it', async () => {
      const before = await store.createMesh(newMesh('demo'), term);
      await store.takeTerm();
      for (const taken of [term, 0, term + 2]) expect(await codesOf(writes(taken, 1, 'other'))).toEqual(deposed);
      expect(await store.listMeshes()).toEqual(['demo']);
      expect(await store.readMesh('demo')).toStrictEqual(before);
      for (const mesh of ['demo', 'other']) {
        expect(await store.listRoots(mesh)).toHaveLength(mesh === 'demo' ? 1 : 0);
        expect(await store.listHistory(mesh)).toHaveLength(mesh === 'demo' ? 1 : 0);
      }
    });

    it('lets the newest term go on from what a deposed writer has left', async () => {
      const { revision } = await store.createMesh(newMesh('demo'), term);
      const newest = await store.takeTerm();
      await codesOf(writes(term, revision, 'other'));
      expect(await store.keepVerdict('demo', { term: newest, revision }, verdict)).toBe('kept');
      const after = await store.compareAndSwap('demo', { term: newest, revision }, { condition: entry(5, 'started') });
      expect(after.revision).toBe(2);
      await store.createMesh(newMesh('other'), newest);
      expect(await store.listMeshes()).toEqual(['demo', 'other']);
    });

    it('tells a deposed writer so, also when its mesh is at another revision or exists already', async () => {
      await store.createMesh(newMesh('demo'), term);
      await store.takeTerm();
      for (const revision of [0, 2]) expect(await codesOf(writes(term, revision, 'demo'))).toEqual(deposed);
    });

    it('knows nothing of a mesh that was never created', async () => {
      expect(await store.listMeshes()).toEqual([]);
      expect(await store.readMesh('demo')).toBeUndefined();
      expect(await store.listHistory('demo')).toEqual([]);
      expect(await store.listRoots('demo')).toEqual([]);
    });

    it('gives a mesh back as it was created', async () => {
      const { spec, record } = newMesh('demo');
      expect(await store.createMesh(newMesh('demo'), term)).toStrictEqual({ revision: 1, spec, record, verdict: undefined });
      expect(await store.readMesh('demo')).toStrictEqual({ revision: 1, spec, record, verdict: undefined });
      expect(await store.listRoots('demo')).toEqual([rootA]);
      expect(await store.listHistory('demo')).toEqual([entry(1, 'created')]);
    });

    it('lists meshes by name', async () => {
      for (const mesh of ['b', 'c', 'a']) await store.createMesh(newMesh(mesh), term);
      expect(await store.listMeshes()).toEqual(['a', 'b', 'c']);
    });

    it('refuses to create a mesh twice, and keeps the first', async () => {
      const first = await store.createMesh(newMesh('demo'), term);
      await expect(store.createMesh(newMesh('demo'), term)).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      expect(await store.readMesh('demo')).toEqual(first);
      expect(await store.listHistory('demo')).toHaveLength(1);
    });

    it('writes record, root and entry of the history together', async () => {
      const { record, spec } = await store.createMesh(newMesh('demo'), term);
      const change = { record: rotating(record), root: rootB, condition: entry(5, 'started') };
      const after = { revision: 2, spec, record: rotating(record), verdict: undefined };
      expect(await store.compareAndSwap('demo', at(1), change)).toStrictEqual(after);
      expect(await store.readMesh('demo')).toStrictEqual(after);
      expect(await store.listRoots('demo')).toEqual([rootA, rootB]);
      expect((await store.listHistory('demo')).map(({ message }) => message)).toEqual(['created', 'started']);
    });

    it('changes the spec and leaves the record', async () => {
      const { spec, record } = await store.createMesh(newMesh('demo'), term);
      const changed = { ...spec, clusters: ['east'] };
      await store.compareAndSwap('demo', at(1), { spec: changed });
      expect(await store.readMesh('demo')).toStrictEqual({ revision: 2, spec: changed, record, verdict: undefined });
    });

    it.each([0, 2, 99])('refuses a change made from revision %i, and writes no part of it', async (revision) => {
      const before = await store.createMesh(newMesh('demo'), term);
      const change = { record: rotating(before.record), root: rootB, condition: entry(5, 'started') };
      await expect(store.compareAndSwap('demo', at(revision), change)).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
      expect(await store.readMesh('demo')).toEqual(before);
      expect(await store.listRoots('demo')).toEqual([rootA]);
      expect(await store.listHistory('demo')).toHaveLength(1);
    });

    it('gives every act of the history back as it was done', async () => {
      await store.createMesh(newMesh('demo'), term);
      const entries = Object.values(acts)
        .flat()
        .map((act, n) => entry(n, act.move, act));
      for (const [n, condition] of entries.entries()) await store.compareAndSwap('demo', at(n + 1), { condition });
      expect((await store.listHistory('demo')).slice(1)).toStrictEqual(entries);
    });

    it('keeps the newest entries of each history alone', async () => {
      const small = await make({ historyLimits: { ...historyLimits, act: 3 } });
      try {
        await small.store.takeTerm();
        for (const mesh of ['demo', 'other']) await small.store.createMesh(newMesh(mesh), term);
        for (const n of [1, 2, 3, 4]) await small.store.compareAndSwap('demo', at(n), { condition: entry(n, `entry ${n}`) });
        const messages = async (mesh: string) => (await small.store.listHistory(mesh)).map(({ message }) => message);
        expect(await messages('demo')).toEqual(['entry 2', 'entry 3', 'entry 4']);
        expect(await messages('other')).toEqual(['created']);
      } finally {
        await small.dispose();
      }
    });

    it('keeps acts apart from what may come and go for ever: no evidence and no drift pushes one out', async () => {
      const small = await make({ historyLimits: { act: 3, evidence: 2, drift: 1 } });
      try {
        await small.store.takeTerm();
        await small.store.createMesh(newMesh('demo'), term);
        const drift = { begun: [{ cluster: 'east', kind: 'secret', place: 'Secret cacerts' }], ended: [] } as const;
        const turns: readonly RotationCondition[] = [1, 2, 3, 4].flatMap((turn) => [
          { ...entry(turn, `drift ${turn}`), drift },
          entry(turn, `proven ${turn}`, { move: 'prove' }),
          entry(turn, `doubted ${turn}`, { move: 'doubt' }),
        ]);
        const all = [entry(1, 'finished', { move: 'finish' }), ...turns, entry(9, 'aborted', { move: 'abort' })];
        for (const [n, condition] of all.entries()) await small.store.compareAndSwap('demo', at(n + 1), { condition });
        const kept = (await small.store.listHistory('demo')).map(({ message }) => message);
        expect(kept).toEqual(['created', 'finished', 'drift 4', 'proven 4', 'doubted 4', 'aborted']);
      } finally {
        await small.dispose();
      }
    });

    it('keeps a verdict beside the record that it was made on, and the revision as it was', async () => {
      const created = await store.createMesh(newMesh('demo'), term);
      expect(await store.keepVerdict('demo', at(1), verdict)).toBe('kept');
      expect(await store.readMesh('demo')).toStrictEqual({ ...created, verdict });
      const later = { ...verdict, atMs: 10 };
      expect(await store.keepVerdict('demo', at(1), later)).toBe('kept');
      expect(await store.readMesh('demo')).toStrictEqual({ ...created, verdict: later });
    });

    it('keeps no verdict of a writer whose record is no longer the one of now', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      const after = await store.compareAndSwap('demo', at(1), { record: rotating(record) });
      for (const revision of [1, 3]) expect(await store.keepVerdict('demo', at(revision), verdict)).toBe('outdated');
      expect(await store.keepVerdict('other', at(1), verdict)).toBe('outdated');
      expect(await store.readMesh('demo')).toStrictEqual(after);
    });

    it('ends a verdict with the record that it was made on', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      await store.keepVerdict('demo', at(1), verdict);
      expect((await store.compareAndSwap('demo', at(1), { record: rotating(record) })).verdict).toBeUndefined();
      expect((await store.readMesh('demo'))?.verdict).toBeUndefined();
    });

    it('leaves a verdict where the record stays', async () => {
      const { spec } = await store.createMesh(newMesh('demo'), term);
      await store.keepVerdict('demo', at(1), verdict);
      const change = { spec: { ...spec, clusters: ['east'] }, condition: entry(5, 'west left') };
      expect((await store.compareAndSwap('demo', at(1), change)).verdict).toStrictEqual(verdict);
      expect((await store.readMesh('demo'))?.verdict).toStrictEqual(verdict);
    });

    it('writes a verdict together with the record that it was made on', async () => {
      const { record } = await store.createMesh(newMesh('demo'), term);
      await store.keepVerdict('demo', at(1), { ...verdict, atMs: 1 });
      expect((await store.compareAndSwap('demo', at(1), { record: rotating(record), verdict })).verdict).toStrictEqual(verdict);
      expect((await store.readMesh('demo'))?.verdict).toStrictEqual(verdict);
    });

    it('refuses a change of a mesh that is not there', async () => {
      await expect(store.compareAndSwap('demo', at(1), {})).rejects.toMatchObject({ code: 'RR_STORE_CONFLICT' });
    });

    it('lets exactly one of many racing writers through', async () => {
      await store.createMesh(newMesh('demo'), term);
      const racers = Array.from({ length: 8 }, (_, n) =>
        store.compareAndSwap('demo', at(1), { condition: entry(n, `racer ${n}`) }),
      );
      const results = await Promise.allSettled(racers);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await store.listHistory('demo')).toHaveLength(2);
      expect((await store.readMesh('demo'))?.revision).toBe(2);
    });

    it('loses no change when writers read again after a conflict', async () => {
      await store.createMesh(newMesh('demo'), term);
      const add = async (n: number): Promise<void> => {
        for (;;) {
          const { revision } = (await store.readMesh('demo'))!;
          const swapped = await store
            .compareAndSwap('demo', at(revision), { condition: entry(n, `writer ${n}`) })
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
      await store.createMesh(newMesh('demo'), term);
      expect(await store.keepIssued(issued('1'))).toEqual(issued('1'));
      expect(await store.keepIssued(issued('2'))).toEqual(issued('1'));
      expect(await store.findIssued(issued('2'))).toEqual(issued('1'));
    });

    it('replaces a certificate only when the one to be replaced is still there', async () => {
      await store.createMesh(newMesh('demo'), term);
      await store.keepIssued(issued('1'));
      expect(await store.keepIssued(issued('2'), '1')).toEqual(issued('2'));
      expect(await store.keepIssued(issued('3'), '1')).toEqual(issued('2'));
    });

    it('lists what was issued under a root, the newest of each request, and nothing of another root or mesh', async () => {
      for (const mesh of ['demo', 'other']) await store.createMesh(newMesh(mesh), term);
      const [second, west] = [issued('2', 'd'), { ...issued('1', 'e'), cluster: 'west' }];
      await store.keepIssued(west);
      await store.keepIssued(second);
      await store.keepIssued(issued('1'));
      await store.keepIssued(issued('3'), '1');
      await store.keepIssued({ ...issued('4', 'f'), signerRoot: rootB.fingerprint });
      await store.keepIssued({ ...issued('5', 'a'), mesh: 'other' });
      expect(await store.listIssued('demo', rootA.fingerprint)).toStrictEqual([second, issued('3'), west]);
    });

    it('tells requests apart', async () => {
      await store.createMesh(newMesh('demo'), term);
      await store.keepIssued(issued('1'));
      const others = [{ cluster: 'west' }, { signerRoot: rootB.fingerprint }, { csrSha256: fingerprintOf('d') }];
      for (const other of others) expect(await store.findIssued({ ...issued('1'), ...other })).toBeUndefined();
    });
  });
}
