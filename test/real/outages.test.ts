import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { rotateTo, untilAsked } from '../scenarios/step-by-step.ts';
import { startApiProxy } from './faults/api-proxy.ts';
import { issueCredential } from './lab/cluster/certificate.ts';
import { planCluster } from './lab/lab-plan.ts';
import { cacertsPath, labCluster, launchRealMesh, type RealMesh } from './real-mesh.ts';

const fleetOf = shareFleet(() => launchRealMesh([planCluster('cluster-1', { replicas: 2 }), planCluster('cluster-2')]));

const cluster = 'cluster-1';

/** Looks until the agent of the cluster reports such a problem; gives its message. */
async function untilReported(fleet: RealMesh, code: string): Promise<string> {
  return fleet.look(`${code} of ${cluster}`, async () => {
    const { clusters } = await fleet.status();
    return clusters[0]?.problems.find((problem) => problem.code === code)?.message;
  });
}

/** Nobody helps: the mesh comes right by itself, and no connection has failed. */
async function expectRecovery(fleet: RealMesh, before: Awaited<ReturnType<RealMesh['traffic']>>): Promise<void> {
  await fleet.until('the mesh to be whole again', ({ verdict, clusters }) => {
    return verdict.passed && clusters.every(({ problems }) => problems.length === 0);
  });
  await fleet.untilHandshakes(50);
  await expectNoneFailed(fleet, before);
}

describe('the API server of a cluster', () => {
  it('is killed in a rotation: that is reported, and the rotation goes on when it is back', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const asked = await rotateTo(fleet, 'ADDING_NEW_ROOT');
    await labCluster(fleet, cluster).killApiServer();
    await fleet.answer(asked, 'CONTINUE');
    await untilReported(fleet, 'RR_CLUSTER_UNREACHABLE');
    await labCluster(fleet, cluster).startApiServer(fleet.broken);
    const next = await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
    await fleet.answer(next, 'CONTINUE');
    await fleet.answer(await untilAsked(fleet, 'DELETING_OLD_ROOT'), 'CONTINUE');
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectUnharmed(fleet, before, asked.rotation?.newRoot);
  });

  it('has forgotten the versions that the watches of the agent stand at: they list anew', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { admin, killApiServer, startApiServer, network } = labCluster(fleet, cluster);
    const stale = await admin.request<{ metadata: { resourceVersion: string } }>('GET', '/api/v1/configmaps?limit=1');
    const pid = fleet.agents.get(cluster)!.pid()!;
    process.kill(pid, 'SIGSTOP');
    try {
      await killApiServer();
      await forgetPast(network.etcd);
      await startApiServer(fleet.broken);
      // What the agent missed, and can no longer be told.
      await admin.patch('merge', '/api/v1/namespaces/default/configmaps/istio-ca-root-cert', {
        data: { 'root-cert.pem': 'gone' },
      });
      const exactly = `resourceVersion=${stale.metadata.resourceVersion}&resourceVersionMatch=Exact`;
      await expect(admin.request('GET', `/api/v1/configmaps?${exactly}`)).rejects.toMatchObject({ status: 410 });
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const { rotation } = await fleet.rotate();
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describe('the rights of an agent', () => {
  it('end with its token: that is reported, and it goes on with a fresh one', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { agent } = labCluster(fleet, cluster);
    // API servers bear a minute of difference between clocks.
    await agent.writeToken(-120_000);
    await untilReported(fleet, 'RR_CLUSTER_UNAUTHENTICATED');
    await agent.writeToken(3_600_000);
    await expectRecovery(fleet, before);
  });

  it('lack a verb: the report names it, and the agent goes on when it has it', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { admin } = labCluster(fleet, cluster);
    const bindings = '/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system/rolebindings';
    const { items } = await admin.request<{ items: RoleBinding[] }>('GET', bindings);
    const own = items.filter(({ subjects }) => subjects?.some(({ name }) => name === 'reroot-agent'));
    expect(own.length).toBeGreaterThan(0);
    for (const { metadata } of own) await admin.request('DELETE', `${bindings}/${metadata.name}`);
    const message = await untilReported(fleet, 'RR_CLUSTER_FORBIDDEN');
    expect(message).toMatch(/cannot get resource "?secrets/);
    for (const { metadata, subjects, roleRef } of own) {
      const object = {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: metadata.name },
        subjects,
        roleRef,
      };
      await admin.request('POST', bindings, object);
    }
    await expectRecovery(fleet, before);
  });
});

describe('a ResourceQuota', () => {
  it('that leaves no room for cacerts is named, and the Secret is written when it is gone', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [root] = await rootsInSecret(fleet, cluster);
    const { admin } = labCluster(fleet, cluster);
    const quotas = '/api/v1/namespaces/istio-system/resourcequotas';
    await admin.request('POST', quotas, {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'no-secrets' },
      spec: { hard: { 'count/secrets': '0' } },
    });
    await fleet.look('the quota to be in force', async () => {
      const { status } = await admin.request<{ status?: { hard?: object } }>('GET', `${quotas}/no-secrets`);
      return status?.hard;
    });
    await fleet.deleteCaSecret(cluster);
    expect(await untilReported(fleet, 'RR_CLUSTER_QUOTA')).toContain('no-secrets');
    expect(await admin.find(cacertsPath)).toBeUndefined();
    await admin.request('DELETE', `${quotas}/no-secrets`);
    await expectRecovery(fleet, before);
    await expectUnharmed(fleet, before, root);
  });
});

describe('an API server with too much to do', () => {
  it('that turns the agent away, or is slow: the one is reported, the other borne', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { controlPlane, network, agent } = labCluster(fleet, cluster);
    const { server, authority } = controlPlane;
    const caPem = authority.certificate.pem;
    const credential = await issueCredential(authority, { commonName: 'proxy', names: [network.node] });
    const proxy = await startApiProxy({ address: network.node, port: 0, credential, server, caPem });
    try {
      await restartAgentWith(fleet, await agent.writeKubeconfigFor(proxy.url, caPem));
      proxy.set({ kind: 'refuse', status: 429, retryAfterS: 1 });
      await untilReported(fleet, 'RR_CLUSTER_THROTTLED');
      expect(proxy.refused()).toBeGreaterThan(0);
      proxy.set({ kind: 'none' });
      await expectRecovery(fleet, before);

      proxy.set({ kind: 'delay', ms: 500 });
      const { rotation } = await fleet.rotate();
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await expectUnharmed(fleet, before, rotation?.newRoot);
    } finally {
      await restartAgentWith(fleet, agent.kubeconfig);
      await proxy.close();
    }
  });
});

interface RoleBinding {
  readonly metadata: { readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
  readonly roleRef: object;
}

async function restartAgentWith(fleet: RealMesh, kubeconfigFile: string): Promise<void> {
  const process = fleet.agents.get(cluster)!;
  await process.kill();
  const file = join(fleet.dir, `${cluster}.json`);
  const config = JSON.parse(await readFile(file, 'utf8')) as { kubernetes: object };
  await writeFile(file, JSON.stringify({ ...config, kubernetes: { ...config.kubernetes, kubeconfigFile } }));
  await process.start(fleet.broken);
}

/**
 * Lets etcd come to a later revision and forget those before it (its JSON gateway,
 * https://etcd.io/docs/v3.6/dev-guide/api_grpc_gateway). An API server that is started then knows of no earlier one either.
 */
async function forgetPast(etcd: string): Promise<void> {
  const post = async (path: string, body: object): Promise<{ readonly header: { readonly revision: string } }> => {
    const response = await fetch(`http://${etcd}:2379${path}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`etcd answered ${path} with ${response.status}: ${await response.text()}`);
    return (await response.json()) as { header: { revision: string } };
  };
  const encode = (text: string): string => Buffer.from(text).toString('base64');
  await post('/v3/kv/put', { key: encode('past'), value: encode('1') });
  const { header } = await post('/v3/kv/put', { key: encode('past'), value: encode('2') });
  await post('/v3/kv/compaction', { revision: header.revision, physical: true });
}
