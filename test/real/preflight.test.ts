import type { PreflightCheck } from '@reroot/shared/api';
import { describe, expect, it } from 'vitest';
import { type MeshFleet, meshName } from '../scenarios/mesh-fleet.ts';
import { describePreflight } from '../scenarios/preflight.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { planCluster } from './lab/lab-plan.ts';
import { labCluster, launchRealMesh, type RealMesh } from './real-mesh.ts';
import { editSecret, readSecretData } from './secret-by-hand.ts';

const deploymentPath = '/apis/apps/v1/namespaces/istio-system/deployments/istiod';
/** The images of the lab are programs, and their tags name no version: what goes by one is not known. */
const open = ['istiod-reloads', 'istiod-versions-blocked', 'proxies-renew-when-pushed', 'proxy-versions'];

const fleetOf = shareFleet(() =>
  launchRealMesh([planCluster('cluster-1', { replicas: 2, workloads: 2 }), planCluster('cluster-2')], { ratePerSecond: 20 }),
);

describePreflight(fleetOf, { open });

describe('preflight of real istiods', () => {
  it('finds a cert-chain.pem without its signer, and a rotation does not start until it is back', async () => {
    const fleet = fleetOf();
    // Else the agent writes it anew before anybody has looked.
    await fleet.setPolicy({ drift: 'DRIFT_REPORT' });
    const { 'cert-chain.pem': chain = '', 'root-cert.pem': root = '' } = await readSecretData(fleet, 'cluster-1');
    await editSecret(fleet, 'cluster-1', 'somebody', { 'cert-chain.pem': root });
    const found = await untilOutcome(fleet, 'ca-chain-has-signer', 'fatal');
    expect(found.findings).toEqual([
      { cluster: 'cluster-1', kind: 'failing', message: expect.stringContaining('istio-system/cacerts: ') as string },
    ]);
    await expectRefused(fleet, 'ca-chain-has-signer');
    await editSecret(fleet, 'cluster-1', 'somebody', { 'cert-chain.pem': chain });
    await untilOutcome(fleet, 'ca-chain-has-signer', 'passed');
  });

  it('finds ISTIO_MULTIROOT_MESH off, names each replica, and a rotation does not start until it is on again', async () => {
    const fleet = fleetOf();
    await setMultiRoot(fleet, 'cluster-1', 'false');
    await untilReplicas(fleet, 'cluster-1', 'off');
    const found = await untilOutcome(fleet, 'istiod-multi-root', 'fatal');
    const names = labCluster(fleet, 'cluster-1')
      .replicaPods()
      .map(({ pod }) => pod.metadata.name);
    expect(found.findings.map(({ cluster, message }) => [cluster, message.split(' ')[0]]).toSorted()).toEqual(
      names.map((name) => ['cluster-1', name]).toSorted(),
    );
    await expectRefused(fleet, 'istiod-multi-root');
    await setMultiRoot(fleet, 'cluster-1', 'true');
    await untilReplicas(fleet, 'cluster-1', 'on');
    await untilOutcome(fleet, 'istiod-multi-root', 'passed');
  });

  it('lets a rotation start and finish where what it found was mended', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    await fleet.rotate();
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    expect((await fleet.traffic()).failed).toBe(before.failed);
  });
});

/** Looks until a check ends so; what an agent reports follows the cluster by seconds. */
function untilOutcome(fleet: MeshFleet, id: string, outcome: PreflightCheck['outcome']): Promise<PreflightCheck> {
  return fleet.look(`${id} to be ${outcome}`, async () => {
    const { checks } = await fleet.api.preflight(meshName, {}, fleet.broken);
    return checks.find((each) => each.id === id && each.outcome === outcome);
  });
}

async function expectRefused(fleet: MeshFleet, check: string): Promise<void> {
  const { generation, state } = await fleet.status();
  await expect(fleet.rotate()).rejects.toMatchObject({
    code: 'RR_PREFLIGHT_FAILED',
    message: expect.stringContaining(`${check}: `) as string,
  });
  expect(await fleet.status()).toMatchObject({ generation, state });
}

/** As `kubectl set env` does it: the Deployment is rolled. */
async function setMultiRoot(fleet: RealMesh, cluster: string, value: 'true' | 'false'): Promise<void> {
  const { admin } = labCluster(fleet, cluster);
  type Deployment = { spec: { template: { spec: { containers: { env: { name: string; value?: string }[] }[] } } } };
  const { spec } = await admin.request<Deployment>('GET', deploymentPath);
  const containers = spec.template.spec.containers.map((container) => ({
    ...container,
    env: container.env.map((each) => (each.name === 'ISTIO_MULTIROOT_MESH' ? { ...each, value } : each)),
  }));
  await admin.patch('merge', deploymentPath, { spec: { template: { spec: { containers } } } });
}

/** Looks until every replica of a cluster runs with the flag so, and is proven. */
async function untilReplicas(fleet: RealMesh, cluster: string, multiRoot: 'on' | 'off'): Promise<void> {
  await fleet.look(`the replicas of ${cluster} to have it ${multiRoot}`, async () => {
    const replicas = (await fleet.ports.get(cluster)?.listReplicas(fleet.broken)) ?? [];
    return replicas.length === labCluster(fleet, cluster).plan.replicas && replicas.every((each) => each.multiRoot === multiRoot)
      ? true
      : undefined;
  });
  await fleet.until('every replica to be proven', ({ verdict }) => verdict.passed);
}
