import type { ClusterAccount } from '@reroot/shared/api';
import type { JoinFile } from '@reroot/shared/join-file';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { findNaming } from './find-naming.ts';
import { type ClusterReconciler, createClusterReconciler } from './reconcile-clusters.ts';
import { createTestContext, resourceObject, type TestContext } from './testing/test-context.ts';

const secret = '/api/v1/namespaces/reroot/secrets/south-join';
const ours = { 'app.kubernetes.io/managed-by': 'reroot' };

let clock: FakeClock;
let context: TestContext;
let reconciler: ClusterReconciler;
beforeEach(() => {
  clock = createFakeClock(0);
  context = createTestContext(clock);
  reconciler = createClusterReconciler(context);
});

async function reconcile(): Promise<void> {
  await reconciler.reconcile(new Map());
  await context.deeds.idle();
}
const account = (change: Partial<ClusterAccount> = {}): ClusterAccount => ({
  ...{ name: 'south', mesh: 'demo', origin: 'added', state: 'invited', addedBy: 'kubectl (ManagedCluster)', changing: [] },
  refusedByMgmt: { total: 0 },
  ...change,
});

describe('the Secret of a join file', () => {
  beforeEach(() => {
    context.objects.managedClusters = [resourceObject('south', { mesh: 'demo' }, { status: { joinSecret: 'south-join' } })];
    context.accounts = [account({ state: 'enrolled', enrolledAt: '2026-01-01T00:00:00.000Z' })];
  });

  it('is removed once an agent has enrolled, also by a mgmt that has just started', async () => {
    context.secrets.set(secret, { metadata: { name: 'south-join', labels: ours } });
    await reconcile();
    expect(context.secrets.size).toBe(0);
  });

  it('stays where it is none of reroot', async () => {
    context.secrets.set(secret, { metadata: { name: 'south-join' } });
    await reconcile();
    expect(context.secrets.size).toBe(1);
  });

  it('is nothing to worry about where somebody has removed it', async () => {
    await reconcile();
    expect(context.deeds.failure('ManagedCluster/uid-of-south/joined', 'uid-of-south')).toBeUndefined();
  });

  it('stays until an agent has enrolled', async () => {
    const metadata = { name: 'south-join', labels: ours, annotations: { 'reroot.dev/expires-at': '2030-01-01T00:00:00.000Z' } };
    context.secrets.set(secret, { metadata });
    context.accounts = [account({ invitationExpiresAt: '2030-01-01T00:00:00.000Z' })];
    await reconcile();
    expect([context.secrets.size, context.asked]).toEqual([1, []]);
  });
});

describe('a ManagedCluster that somebody has written', () => {
  let opened: number;
  const expiryOf = (number: number): string => new Date(1_800_000_000_000 + number).toISOString();
  beforeEach(() => {
    opened = 0;
    context = createTestContext(clock);
    const add = (): Promise<JoinFile> => {
      opened += 1;
      context.accounts = [account({ invitationExpiresAt: expiryOf(opened) })];
      return Promise.resolve({ enrolment: { expiresAt: expiryOf(opened) } } as JoinFile);
    };
    reconciler = createClusterReconciler({ ...context, clusters: { ...context.clusters, add } });
    context.objects.managedClusters = [resourceObject('south', { mesh: 'demo' })];
  });
  /** Looks again and again, as often as the controller may. */
  const look = async (forMs: number): Promise<void> => {
    for (let atMs = 0; atMs < forMs; atMs += 1_000) {
      await reconcile();
      clock.advance(1_000);
    }
  };

  it('has one join file opened, which lies in its Secret', async () => {
    await look(300_000);
    expect([opened, context.secrets.get(secret)?.metadata.annotations]).toEqual([1, { 'reroot.dev/expires-at': expiryOf(1) }]);
  });

  it('has another one opened soon after somebody has deleted that Secret', async () => {
    await look(5_000);
    context.secrets.delete(secret);
    await look(70_000);
    expect([opened, context.secrets.has(secret)]).toEqual([2, true]);
  });

  it('has none opened while a Secret of somebody else has its name', async () => {
    context.secrets.set(secret, { metadata: { name: 'south-join' } });
    await look(60_000);
    expect([opened, context.deeds.failure('ManagedCluster/uid-of-south/join', 'uid-of-south')?.code]).toEqual([
      0,
      'RR_CLUSTER_CONFLICT',
    ]);
  });

  it('has none opened while mgmt may make no Secret', async () => {
    context.refused.add('create');
    await look(60_000);
    expect(opened).toBe(0);
  });

  it('says no longer why it could not be invited once an agent has enrolled all the same', async () => {
    context.refused.add('create');
    const accepted = async (): Promise<unknown> => {
      await reconcile();
      let written: { conditions?: readonly object[] } = {};
      context.patched = (change) => (written = change);
      await context.writes.get('ManagedCluster/south/status')!.send(context.signal);
      return written.conditions?.[0];
    };
    await reconcile();
    expect(await accepted()).toMatchObject({ type: 'Accepted', status: 'False', reason: 'RR_CLUSTER_FORBIDDEN' });
    context.accounts = [account({ state: 'enrolled', enrolledAt: '2026-01-01T00:00:00.000Z' })];
    expect(await accepted()).toMatchObject({ type: 'Accepted', status: 'True' });
  });

  it('has fewer and fewer opened while mgmt may not write them down: each is an act, and a user that is to be shut out', async () => {
    context.refused.add('mergePatch');
    await look(600_000);
    expect(opened).toBeLessThanOrEqual(16);
  });
});

describe('a cluster that the API is to give another name', () => {
  const naming = (): string | undefined => {
    const found = findNaming(context, 'south');
    return found === undefined ? undefined : `${found.kind} ${found.object.name}`;
  };

  it('is named by an object of somebody else, which would ask for the former name again', () => {
    context.objects.virtualMeshes = [resourceObject('demo', { clusters: ['north', 'south'] })];
    expect(naming()).toBe('VirtualMesh demo');
    context.objects.managedClusters = [resourceObject('south', { mesh: 'demo' })];
    expect(naming()).toBe('ManagedCluster south');
  });

  it('is free where reroot itself has written the objects, or they are about to go', () => {
    context.objects.managedClusters = [resourceObject('south', { mesh: 'demo' }, { author: 'reroot' })];
    context.objects.virtualMeshes = [resourceObject('demo', { clusters: ['south'] }, { deletion: 'under-way' })];
    expect(naming()).toBeUndefined();
  });
});
