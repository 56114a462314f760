import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { meshName } from '../scenarios/mesh-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { launchRealFleet, type RealFleet } from './lab/launch-real-fleet.ts';
import { cacertsPath, labCluster, launchRealMesh } from './real-mesh.ts';

const patienceMs = 120_000;
const ownRootPath = '/api/v1/namespaces/istio-system/secrets/istio-ca-secret';

describe('an istiod without ISTIO_MULTIROOT_MESH', () => {
  it('lets no rotation start; one that is started all the same stays in ADDING_NEW_ROOT, the reason names the replica and the flag, and no connection fails', async () => {
    await using fleet = disposing(
      await launchRealMesh([planCluster('cluster-1', { multiRoot: 'off' }), planCluster('cluster-2')]),
    );
    const before = await fleet.traffic();
    await expect(fleet.rotate()).rejects.toMatchObject({ code: 'RR_PREFLIGHT_FAILED' });
    await fleet.rotate({ overrides: [{ check: 'istiod-multi-root', why: 'to see what it foretells' }] });
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
    await using fleet = disposing(await launchSelfSigned(1, (name) => (name === 'cluster-1' ? 'never' : 'allowed')));
    await makeMesh(fleet, {});
    const notOurs = { code: 'RR_SECRET_NOT_OURS', message: expect.stringContaining('istio-ca-secret') as string };
    await untilProblems(fleet, [notOurs, { code: 'RR_TRUST_NOT_ADJACENT' }]);
    for (const name of fleet.clusters) expect(await labCluster(fleet, name).admin.find(cacertsPath)).toBeUndefined();
  });

  it('is adopted by a rotation of strategy NONE: cacerts is created, istiod is restarted, and the clusters trust each other then', async () => {
    // So many that Istio's own PodDisruptionBudget lets them be restarted.
    await using fleet = disposing(await launchSelfSigned(2, () => 'allowed'));
    await makeMesh(fleet, { restarts: 'RESTART_NEEDED', workloadRestarts: 'RESTART_NEEDED' });
    await untilProblems(fleet, [{ code: 'RR_TRUST_NOT_ADJACENT' }, { code: 'RR_TRUST_NOT_ADJACENT' }]);
    const { api, broken, clusters, ports } = fleet;
    const istiods = namesOfIstiods(fleet);
    const { rotation } = await api.startRotation(meshName, { by: 'test', strategy: 'NONE' }, broken);
    await expect.poll(async () => (await api.readMesh(meshName, broken)).state, { timeout: patienceMs }).toBe('FINISHED');
    for (const name of clusters) {
      expect(await ports.get(name)?.readCaSecret(broken)).toMatchObject({ source: 'cacerts', owner: 'reroot' });
      expect(await rootsInSecret(fleet, name)).toEqual([rotation?.newRoot]);
    }
    expect(namesOfIstiods(fleet).filter((name) => istiods.includes(name))).toEqual([]);
    const before = await fleet.control.traffic(broken);
    await expect
      .poll(async () => (await fleet.control.traffic(broken)).ok, { timeout: patienceMs })
      .toBeGreaterThan(before.ok + 50);
    const { failed, byReason } = before;
    expect(await fleet.control.traffic(broken)).toMatchObject({ failed, byReason });
  });
});

/** Two clusters whose istiods run with roots of their own. */
async function launchSelfSigned(replicas: number, adoptionOf: (cluster: string) => 'never' | 'allowed'): Promise<RealFleet> {
  const fleet = await launchRealFleet({
    mesh: meshName,
    ratePerSecond: 10,
    signal: AbortSignal.timeout(patienceMs),
    clusters: ['cluster-1', 'cluster-2'].map((name) => planCluster(name, { ca: 'self-signed', replicas })),
    agentSettings: ({ name }) => ({ adoption: adoptionOf(name) }),
  });
  // Before its istiod has made a root, a cluster is a new one, whose first cacerts anybody may write.
  for (const name of fleet.clusters) {
    await expect.poll(() => labCluster(fleet, name).admin.find(ownRootPath), { timeout: patienceMs }).toBeDefined();
  }
  return fleet;
}

async function makeMesh({ api, clusters, broken }: RealFleet, policy: Readonly<Record<string, unknown>>): Promise<void> {
  const plan = { name: meshName, clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', policy } as const;
  await api.applyMesh(meshName, meshDocument(plan), broken);
}

/** Each cluster reports its one, whatever else it reports. */
async function untilProblems({ api, broken }: RealFleet, problems: readonly object[]): Promise<void> {
  // Silence and a report without problems are two things: whoever reads the failure must see which it was.
  const look = async () =>
    (await api.readMesh(meshName, broken)).clusters.map(({ name, presence, told, lastReportAt = 'never', problems }) => {
      return { cluster: `${name} ${presence} ${told?.generation ?? 'told nothing'} ${lastReportAt}`, problems };
    });
  await expect.poll(look, { timeout: 60_000 }).toEqual(
    problems.map((problem) => ({
      cluster: expect.any(String) as unknown,
      problems: expect.arrayContaining([expect.objectContaining(problem)]) as unknown,
    })),
  );
}

function namesOfIstiods(fleet: RealFleet): readonly string[] {
  return fleet.clusters.flatMap((cluster) =>
    labCluster(fleet, cluster)
      .replicaPods()
      .map(({ pod }) => `${cluster}/${pod.metadata.name}`),
  );
}

function disposing<T extends { stop(): Promise<void> }>(fleet: T): T & AsyncDisposable {
  return { ...fleet, [Symbol.asyncDispose]: () => fleet.stop() };
}
