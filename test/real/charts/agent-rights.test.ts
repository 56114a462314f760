import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { meshDocument } from '@reroot/simulator/fleet-launcher';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MeshFleet, meshName, withoutMesh } from '../../scenarios/mesh-fleet.ts';
import { planCluster } from '../lab/lab-plan.ts';
import { labCluster, launchRealFleet, type RealFleet, realAgentTimings } from '../lab/launch-real-fleet.ts';
import { createPluggedCas } from '../lab/testing/plugged-ca.ts';
import { objectsOf, type RenderedObject, renderChart } from './run-helm.ts';
import { describeRight, isUsedBy, type Right, readAudit, rightsIn } from './used-rights.ts';

const patienceMs = 180_000;
const user = 'system:serviceaccount:reroot:reroot-agent';
const rbac = '/apis/rbac.authorization.k8s.io/v1';

/** Granted, and not used by what this test does: why. */
const neededElsewhere: readonly (readonly [right: RegExp, why: string])[] = [
  [
    /^create \/pods\/portforward$/,
    'asked for by the API server besides get, where it upgrades a connection; no request of its own',
  ],
  [/^get \/secrets istio-ca-secret in istio-system$/, 'where there is no cacerts: istiod has made a root itself'],
  [/^get \/secrets cacerts-reroot-backup-[2-8] in istio-system$/, 'each when the one before it holds another signer'],
  [
    /^(get|patch) apps\/(daemonsets|statefulsets)( in istio-system)?$/,
    'as of Deployments, where istiod or workloads are owned by these',
  ],
];

/** Used when something lasts for long enough: an Event that comes again is counted up, once a minute at most. */
const usedAtTimes = /^patch events.k8s.io\/events in istio-system$/;

let fleet: MeshFleet & RealFleet;
let granted: readonly RenderedObject[] = [];
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'reroot-helm-'));
  granted = objectsOf(await renderChart('reroot-agent', 'defaults', home), 'chart').filter(({ kind }) => /Role/.test(kind));
  await rm(home, { recursive: true });
  const [ca] = await createPluggedCas(1);
  const launched = await launchRealFleet({
    ...{ mesh: meshName, ratePerSecond: 30, trafficBetween: 'trusting', signal: AbortSignal.timeout(patienceMs) },
    clusters: [planCluster('cluster-1', { ca: ca!, replicas: 2, workloads: 2, xdsAgent: 'off' })],
    // As in a pod: the link is kept in the Secret of the chart.
    agentSettings: ({ name, dir, agent }) => ({
      ...{ adoption: 'allowed', timings: { ...realAgentTimings, refusedAfterMs: 60_000 } },
      kubernetes: { kubeconfigFile: agent.kubeconfig, serviceAccount: agent.account },
      join: {
        file: join(dir, '..', `${name}.join.json`),
        state: { secret: { namespace: 'reroot', name: 'reroot-agent-link' } },
      },
    }),
  });
  fleet = {
    ...launched,
    ...withoutMesh(launched, { patienceMs, deleteCaSecret: () => Promise.reject(new Error('nobody deletes')) }),
  };
  return () => launched.stop();
}, 2 * patienceMs);

const cluster = () => labCluster(fleet, 'cluster-1');

/** The lab gives agents what the plain manifests do, which is more than the chart does by default. */
async function takeBackTheRest(): Promise<void> {
  const { admin } = cluster();
  for (const kind of ['clusterrolebindings', 'clusterroles']) {
    const { items } = await admin.request<{ items: { metadata: { name: string } }[] }>('GET', `${rbac}/${kind}`);
    const names = items.map(({ metadata }) => metadata.name).filter((name) => name.startsWith('reroot-agent'));
    const kept = new Set(granted.map(({ metadata }) => metadata.name));
    for (const name of names.filter((each) => !kept.has(each))) await admin.request('DELETE', `${rbac}/${kind}/${name}`);
  }
}

/** What the API server holds of a role, or a binding, that the chart has. */
async function liveOf({ kind, metadata: { namespace, name } }: RenderedObject): Promise<Partial<RenderedObject>> {
  const scope = namespace === undefined ? '' : `/namespaces/${namespace}`;
  const { rules, roleRef } = await cluster().admin.request<RenderedObject>(
    'GET',
    `${rbac}${scope}/${kind.toLowerCase()}s/${name}`,
  );
  return { rules, roleRef } as Partial<RenderedObject>;
}

describe('the agent under the rights of its chart', { timeout: 2 * patienceMs }, () => {
  it('has those rights, and no other', async () => {
    await takeBackTheRest();
    for (const object of granted) {
      expect(await liveOf(object), object.metadata.name).toEqual({ rules: object.rules, roleRef: object.roleRef });
    }
  });

  it('adopts a cluster and rotates its root, restarts included', async () => {
    const { api, broken } = fleet;
    const policy = { restarts: 'RESTART_NEEDED', workloadRestarts: 'RESTART_NEEDED' };
    const plan = { name: meshName, clusters: fleet.clusters, rootAlgorithm: 'KEY_ALGORITHM_ECDSA_P256', policy } as const;
    await api.applyHeldBack(meshName, meshDocument(plan), broken);
    await fleet.look('every cluster to have reported', async () => {
      const found = await api.readAdoption(meshName, broken);
      return found.clusters.every(({ problems }) => problems.length === 0) ? found : undefined;
    });
    await api.adopt(meshName, { by: 'test' }, broken);
    await fleet.until('the adoption to finish', ({ state }) => state === 'FINISHED');
    await fleet.setPolicy({ restarts: 'RESTART_ALWAYS', workloadRestarts: 'RESTART_NEEDED' });
    await fleet.rotate();
    await fleet.until('the rotation to finish', ({ state }) => state === 'FINISHED');
  });

  it('was refused nothing, and has used every right but those that are listed', async () => {
    const requests = await readAudit(cluster().controlPlane.auditLog, user);
    const refused = requests
      .filter(({ status }) => status === 403)
      .map(({ verb, resource, namespace, name }) => describeRight({ verb, resource, namespace, name }));
    expect([...new Set(refused)]).toEqual([]);
    const isUsed = (right: Right): boolean => requests.some((request) => isUsedBy(right, request));
    const unused = rightsIn(granted)
      .filter((right) => !isUsed(right))
      .map(describeRight)
      .filter((right) => !usedAtTimes.test(right));
    expect(unused.filter((right) => !neededElsewhere.some(([listed]) => listed.test(right)))).toEqual([]);
    // What is listed and used nevertheless needs no reason.
    expect(neededElsewhere.filter(([listed]) => !unused.some((right) => listed.test(right)))).toEqual([]);
  });
});
