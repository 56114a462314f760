import type { AdoptionStatus } from '@reroot/shared/api';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { fingerprintsOf } from '../scenarios/held-by-clusters.ts';
import { type MeshFleet, meshName, withoutMesh } from '../scenarios/mesh-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { labCluster, launchRealFleet, type RealFleet, realAgentTimings } from './lab/launch-real-fleet.ts';
import { countHandshakes } from './lab/traffic/count-handshakes.ts';
import { cacertsPath } from './real-mesh.ts';

const patienceMs = 150_000;
const ownSecretPath = '/api/v1/namespaces/istio-system/secrets/istio-ca-secret';
const policy = { restarts: 'RESTART_NEEDED' };

type AdoptedFleet = MeshFleet & RealFleet;

let fleet: AdoptedFleet;
beforeAll(async () => {
  const launched = await launchRealFleet({
    ...{ mesh: meshName, ratePerSecond: 60, trafficBetween: 'trusting', signal: AbortSignal.timeout(patienceMs) },
    // So many istiods that Istio's own PodDisruptionBudget lets them be restarted; so many workloads that each cluster talks.
    clusters: ['cluster-1', 'cluster-2'].map((name) => planCluster(name, { ca: 'self-signed', replicas: 2, workloads: 2 })),
    // No impatience of the agent on a busy machine is to be taken for a restart that the adoption needs.
    agentSettings: () => ({ adoption: 'allowed', timings: { ...realAgentTimings, refusedAfterMs: 60_000 } }),
  });
  const deleteCaSecret = (): Promise<void> => Promise.reject(new Error('nobody deletes'));
  fleet = { ...launched, ...withoutMesh(launched, { patienceMs, deleteCaSecret }) };
  return () => launched.stop();
});

describe('two clusters whose real istiods have made roots of their own', () => {
  it('talk each within itself alone, and show their roots to whoever looks', async () => {
    await fleet.untilHandshakes(100);
    expect(pairs()).toEqual(['cluster-1>cluster-1', 'cluster-2>cluster-2']);
    const found = await holdBack();
    const roots = await Promise.all(fleet.clusters.map(readOwnRoot));
    expect(found.clusters.map(({ ca, signer }) => [ca, signer])).toEqual(roots.map((root) => ['self-made', root]));
    expect(new Set(roots).size).toBe(2);
    for (const name of fleet.clusters) expect(await labCluster(fleet, name).admin.find(cacertsPath)).toBeUndefined();
  });

  it('come under one root; each istiod is restarted once, and no new connection between Envoys fails', async () => {
    const istiods = namesOf('replicaPods');
    const workloads = namesOf('workloadPods');
    const before = await fleet.traffic();
    const { rotation } = await fleet.api.adopt(meshName, { by: 'test' }, fleet.broken);
    const restarted = new Set<string>();
    await fleet.until('FINISHED', ({ state }) => {
      for (const name of namesOf('replicaPods')) restarted.add(name);
      return state === 'FINISHED';
    });
    await fleet.untilHandshakes(300);
    await expectUnharmed(fleet, before, rotation?.newRoot);
    expect(await fleet.traffic()).toMatchObject({ failed: 0, byReason: {} });
    expect(pairs()).toEqual(['cluster-1>cluster-1', 'cluster-1>cluster-2', 'cluster-2>cluster-1', 'cluster-2>cluster-2']);
    // Each one gone, and one in its place.
    expect(namesOf('replicaPods').filter((name) => istiods.includes(name))).toEqual([]);
    expect(restarted.size).toBe(2 * istiods.length);
    expect(namesOf('workloadPods')).toEqual(workloads);
    const pods = fleet.clusters.flatMap((name) => labCluster(fleet, name).workloadPods());
    expect((await countHandshakes(pods, fleet.broken)).resumed).toBe(0);
  });
});

/** Makes the mesh without a word to its clusters; gives what an adoption would begin with. */
async function holdBack(): Promise<AdoptionStatus> {
  const { api, broken, clusters } = fleet;
  const plan = { name: meshName, clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', policy } as const;
  await api.applyHeldBack(meshName, meshDocument(plan), broken);
  return fleet.look('every cluster to have reported', async () => {
    const found = await api.readAdoption(meshName, broken);
    return found.clusters.every(({ problems }) => problems.length === 0) ? found : undefined;
  });
}

/** Pairs of clusters of which two pods have got through to each other. */
function pairs(): readonly string[] {
  return Object.keys(fleet.connections.count().byPair).toSorted();
}

/** Read where istiod has put it, past agent and mgmt. */
async function readOwnRoot(cluster: string): Promise<string | undefined> {
  const { admin } = labCluster(fleet, cluster);
  const { data } = await admin.request<{ readonly data: Readonly<Record<string, string>> }>('GET', ownSecretPath);
  return fingerprintsOf(Buffer.from(data['ca-cert.pem'] ?? '', 'base64').toString('utf8'))[0];
}

function namesOf(kind: 'replicaPods' | 'workloadPods'): readonly string[] {
  return fleet.clusters
    .flatMap((cluster) =>
      labCluster(fleet, cluster)
        [kind]()
        .map(({ pod }) => `${cluster}/${pod.metadata.name}`),
    )
    .toSorted();
}
