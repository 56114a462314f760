import { beforeAll, describe, expect, it } from 'vitest';
import { launchMeshFleet, type MeshFleet } from './mesh-fleet.ts';
import { replicasOf, rootsInSecret } from './secret-roots.ts';

let fleet: MeshFleet;

beforeAll(async () => {
  fleet = await launchMeshFleet({ clusters: 3, ratePerSecond: 100 });
  return () => fleet.stop();
});

describe('a rotation of a live fleet', () => {
  it('ends with the new root alone in every cluster, and not one of a thousand handshakes fails', async () => {
    const before = await fleet.traffic();
    const { rotation } = await fleet.rotate();
    const { clusters } = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await fleet.untilHandshakes(200);
    await fleet.untilHandshakes(1_000, before);

    const after = await fleet.traffic();
    expect(after).toMatchObject({ failed: before.failed, byReason: before.byReason });
    expect(clusters.map(({ roots, signerRoot }) => ({ roots, signerRoot }))).toEqual(
      fleet.clusters.map(() => ({ roots: [rotation?.newRoot], signerRoot: rotation?.newRoot })),
    );
    // Not only what mgmt says of the clusters, but what they hold.
    for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([rotation?.newRoot]);
  });
});

describe('with manual verification', () => {
  it('a step waits for a person, refuses a stale answer, and is rolled back without a failed handshake', async () => {
    const before = await fleet.traffic();
    const { rotation } = await fleet.rotate({ verification: 'manual' });
    const waiting = await fleet.until('the verification', ({ verdict }) => verdict.reason === 'AwaitingVerification');
    expect(waiting).toMatchObject({ state: 'VERIFYING', step: 'ADDING_NEW_ROOT', verdict: { passed: false } });
    expect(waiting.verdict.message).toContain('ADDING_NEW_ROOT');

    const stale = { code: 'RR_APPROVAL_STALE' };
    await expect(fleet.answer(waiting, 'CONTINUE', { generation: waiting.generation - 1 })).rejects.toMatchObject(stale);
    await expect(fleet.answer(waiting, 'CONTINUE', { step: 'DELETING_OLD_ROOT' })).rejects.toMatchObject(stale);
    await expect(fleet.answer(waiting, 'CONTINUE', { rotationId: 'another' })).rejects.toMatchObject({
      code: 'RR_APPROVAL_FOREIGN',
    });
    expect(await fleet.status()).toMatchObject({ state: 'VERIFYING', generation: waiting.generation });

    await fleet.answer(waiting, 'ROLLBACK');
    const back = await fleet.until(
      'the verification of the way back',
      ({ verdict }) => verdict.reason === 'AwaitingVerification',
    );
    expect(back).toMatchObject({ state: 'VERIFYING', step: 'PREVIOUS_CA', direction: 'back' });
    await fleet.answer(back, 'CONTINUE');
    await fleet.until('PREVIOUS_CA', ({ state }) => state === 'PREVIOUS_CA');
    await fleet.untilHandshakes(100);

    for (const cluster of fleet.clusters) expect(await rootsInSecret(fleet, cluster)).toEqual([rotation?.oldRoot]);
    expect(await fleet.traffic()).toMatchObject({ failed: before.failed, byReason: before.byReason });
  });
});

describe('a replica that does not load the bundle', () => {
  it('keeps the rotation in ADDING_NEW_ROOT, is named, and lets it finish when it is released', async () => {
    const before = await fleet.traffic();
    const [, held = ''] = await replicasOf(fleet, 'cluster-2');
    await fleet.control.holdReplica('cluster-2', held, fleet.broken);
    await fleet.rotate();

    const laggard = { cluster: 'cluster-2', reason: 'ReplicaNotLoaded', replica: held };
    const { verdict } = await fleet.until('the held replica to be the only laggard', (status) => {
      return status.verdict.laggards.length === 1 && status.verdict.laggards[0]?.replica === held;
    });
    expect(verdict).toMatchObject({ passed: false, reason: 'ReplicaNotLoaded', laggards: [laggard] });
    expect(verdict.message).toContain(held);
    await fleet.untilHandshakes(200);
    expect(await fleet.status()).toMatchObject({ state: 'ADDING_NEW_ROOT', verdict: { laggards: [laggard] } });

    await fleet.control.releaseReplica('cluster-2', held, fleet.broken);
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await fleet.untilHandshakes(100);
    expect(await fleet.traffic()).toMatchObject({ failed: before.failed, byReason: before.byReason });
  });
});

describe('strategy NONE', () => {
  it('drops traffic, which is counted by reason, and still ends with the new root alone', async () => {
    const before = await fleet.traffic();
    // A cluster that is late makes sure that the old and the new root meet.
    const late = await replicasOf(fleet, 'cluster-2');
    for (const replica of late) await fleet.control.holdReplica('cluster-2', replica, fleet.broken);
    const { rotation } = await fleet.rotate({ strategy: 'NONE' });
    await fleet.untilHandshakes(100);
    for (const replica of late) await fleet.control.releaseReplica('cluster-2', replica, fleet.broken);
    const { clusters } = await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');

    const after = await fleet.traffic();
    expect(after.failed).toBeGreaterThan(before.failed);
    expect(sum(Object.values(after.byReason))).toBe(after.failed);
    expect(clusters.map(({ roots }) => roots)).toEqual(fleet.clusters.map(() => [rotation?.newRoot]));
  });
});

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
