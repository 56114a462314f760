import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { launchRealFleet } from './lab/launch-real-fleet.ts';
import { cacertsPath, labCluster, launchRealMesh } from './real-mesh.ts';

describe('an istiod without ISTIO_MULTIROOT_MESH', () => {
  it('keeps the rotation in ADDING_NEW_ROOT, the reason names the replica and the flag, and no connection fails', async () => {
    await using fleet = disposing(
      await launchRealMesh([planCluster('cluster-1', { multiRoot: 'off' }), planCluster('cluster-2')]),
    );
    const before = await fleet.traffic();
    await fleet.rotate();
    const [replica] = labCluster(fleet, 'cluster-1').replicaPods();
    const name = replica!.pod.metadata.name;
    const { verdict } = await fleet.until('the replica to be the only laggard', (status) => {
      return status.verdict.laggards.length === 1 && status.verdict.laggards[0]?.replica === name;
    });
    expect(verdict.message).toContain(name);
    expect(verdict.message).toContain('ISTIO_MULTIROOT_MESH');
    await fleet.untilHandshakes(300);
    const { state, clusters } = await fleet.status();
    expect(state).toBe('ADDING_NEW_ROOT');
    expect(clusters[0]!.problems.map(({ code }) => code)).toContain('RR_REPLICA_MULTIROOT_OFF');
    await expectNoneFailed(fleet, before);
  });
});

describe('an istiod that compares roots by their bytes, and proxies that are not told of new roots', () => {
  it('are brought along by restarts of the workloads, when these are allowed and not before', async () => {
    const workload = { namespace: 'default', name: 'web-1', replicas: 2, role: 'sidecar', xdsAgent: 'off' } as const;
    const clusters = [
      planCluster('cluster-1', { replicas: 2, istiodVersion: 'byte-rule', workloads: [workload] }),
      planCluster('cluster-2', { istiodVersion: 'previous' }),
    ];
    await using fleet = disposing(await launchRealMesh(clusters));
    const before = await fleet.traffic();
    const { rotation } = await fleet.rotate();
    const held = await fleet.until('the workloads to be the only laggards', ({ state, verdict }) => {
      return (
        state === 'ADDING_NEW_ROOT' &&
        verdict.laggards.length > 0 &&
        verdict.laggards.every(({ workload }) => workload !== undefined)
      );
    });
    expect(held.verdict.laggards.map(({ cluster }) => cluster)).toContain('cluster-1');
    expect(held.verdict.message).toContain('web-1');
    const pods = labCluster(fleet, 'cluster-1')
      .workloadPods()
      .map(({ pod }) => pod.metadata.name);
    await fleet.untilHandshakes(200);
    expect(
      labCluster(fleet, 'cluster-1')
        .workloadPods()
        .map(({ pod }) => pod.metadata.name),
    ).toEqual(pods);

    await fleet.setPolicy({ workloadRestarts: 'RESTART_NEEDED' });
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    const after = labCluster(fleet, 'cluster-1')
      .workloadPods()
      .map(({ pod }) => pod.metadata.name);
    expect(after.filter((name) => pods.includes(name))).toEqual([]);
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describe('a mesh whose istiod made itself a root', () => {
  it('is found and reported, and nothing is written: without adoption because it is not ours, with it because the step breaks traffic', async () => {
    const clusters = ['cluster-1', 'cluster-2'].map((name) => planCluster(name, { ca: 'self-signed' }));
    const agentSettings = ({ name }: { name: string }): object => ({ adoption: name === 'cluster-1' ? 'never' : 'allowed' });
    const signal = AbortSignal.timeout(120_000);
    await using fleet = disposing(
      await launchRealFleet({
        mesh: meshName,
        ratePerSecond: 10,
        signal,
        clusters,
        agentSettings: (cluster) => ({ ...agentSettings(cluster) }),
      }),
    );
    const plan = { name: meshName, clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256' } as const;
    await fleet.api.applyMesh(meshName, meshDocument(plan), signal);
    await expect
      .poll(async () => (await fleet.api.readMesh(meshName, signal)).clusters.map(({ problems }) => problems), {
        timeout: 60_000,
      })
      .toEqual([
        expect.arrayContaining([
          expect.objectContaining({ code: 'RR_SECRET_NOT_OURS', message: expect.stringContaining('istio-ca-secret') as string }),
        ]),
        expect.arrayContaining([expect.objectContaining({ code: 'RR_TRUST_NOT_ADJACENT' })]),
      ]);
    for (const name of fleet.clusters) expect(await labCluster(fleet, name).admin.find(cacertsPath)).toBeUndefined();
  });
});

function disposing<T extends { stop(): Promise<void> }>(fleet: T): T & AsyncDisposable {
  return { ...fleet, [Symbol.asyncDispose]: () => fleet.stop() };
}
