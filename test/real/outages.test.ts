import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { describe, expect, it } from 'vitest';
import { expectNoneFailed, expectUnharmed } from '../scenarios/expect-unharmed.ts';
import { rootsInSecret } from '../scenarios/held-by-clusters.ts';
import { shareFleet } from '../scenarios/share-fleet.ts';
import { rotateTo, untilAsked } from '../scenarios/step-by-step.ts';
import { type ApiProxy, startApiProxy } from './faults/api-proxy.ts';
import { forgetPast } from './faults/forget-past.ts';
import { withFault } from './faults/with-fault.ts';
import { issueCredential } from './lab/cluster/certificate.ts';
import { planCluster } from './lab/lab-plan.ts';
import { realAgentTimings } from './lab/launch-real-fleet.ts';
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
    const { killApiServer, startApiServer } = labCluster(fleet, cluster);
    const asked = await rotateTo(fleet, 'ADDING_NEW_ROOT');
    await withFault({ start: killApiServer, undo: () => startApiServer(fleet.broken) }, async () => {
      await fleet.answer(asked, 'CONTINUE');
      await untilReported(fleet, 'RR_CLUSTER_UNREACHABLE');
    });
    const next = await untilAsked(fleet, 'PROPAGATING_NEW_INTERMEDIATE');
    await fleet.answer(next, 'CONTINUE');
    await fleet.answer(await untilAsked(fleet, 'DELETING_OLD_ROOT'), 'CONTINUE');
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectUnharmed(fleet, before, asked.rotation?.newRoot);
  });

  it('has forgotten the versions that the watches of the agent stand at: it lists anew, and sees what it missed', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { admin } = labCluster(fleet, cluster);
    await throughProxy(fleet, async (proxy) => {
      await untilWatching(fleet, proxy);
      const known = await countNamespaces(fleet);
      const seen = proxy.exchanges().length;
      await whileAgentSleeps(fleet, async () => {
        await restartForgetful(fleet, proxy);
        // Its roots are in a ConfigMap that the agent can no longer be told of.
        await admin.request('POST', '/api/v1/namespaces', { metadata: { name: 'meanwhile' } });
        await fleet.look('istiod to write the roots', () => {
          return admin.find('/api/v1/namespaces/meanwhile/configmaps/istio-ca-root-cert');
        });
      });
      await fleet.look('the new namespace to be reported', async () => {
        return (await countNamespaces(fleet)) > known ? true : undefined;
      });
      // The namespace is counted as soon as it is known, which may be before its ConfigMap was listed.
      await fleet.look('the watch of the ConfigMaps to be refused, and they to be listed anew', async () => {
        const asked = proxy.exchanges().slice(seen);
        const ofConfigMaps = asked.filter(({ path }) => path === configMaps);
        const refusedAt = ofConfigMaps.findIndex(({ kind, status }) => kind === 'watch' && status === 410);
        const then = refusedAt === -1 ? [] : ofConfigMaps.slice(refusedAt);
        return then.some(({ kind, status }) => kind === 'other' && status === 200) ? true : undefined;
      });
    });
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
    const expire = { start: () => agent.writeToken(-120_000), undo: () => agent.writeToken(3_600_000) };
    await withFault(expire, () => untilReported(fleet, 'RR_CLUSTER_UNAUTHENTICATED'));
    await expectRecovery(fleet, before);
  });

  it('lack a verb: the report names it, nothing is written, and the rotation goes on when they have it', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const { admin } = labCluster(fleet, cluster);
    const role = '/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system/roles/reroot-agent';
    const { rules } = await admin.request<{ rules: readonly Rule[] }>('GET', role);
    const reduced = rules.filter(({ resources, verbs }) => !(resources.includes('secrets') && verbs.includes('patch')));
    expect(reduced).toHaveLength(rules.length - 1);
    const held = await rootsInSecret(fleet, cluster);
    const fault = {
      start: () => admin.patch('merge', role, { rules: reduced }),
      undo: () => admin.patch('merge', role, { rules }),
    };
    const { rotation } = await withFault(fault, async () => {
      await expect(fleet.rotate()).rejects.toMatchObject({ code: 'RR_PREFLIGHT_FAILED' });
      const begun = await fleet.rotate({ overrides: [{ check: 'agent-rights', why: 'the test takes the right away' }] });
      expect(await untilReported(fleet, 'RR_CLUSTER_FORBIDDEN')).toMatch(/cannot patch resource "?secrets/);
      expect(await rootsInSecret(fleet, cluster)).toEqual(held);
      return begun;
    });
    await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
    await expectRecovery(fleet, before);
    await expectUnharmed(fleet, before, rotation?.newRoot);
  });
});

describe('a ResourceQuota', () => {
  it('that leaves no room for cacerts is named, and the Secret is written when it is gone', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    const [root] = await rootsInSecret(fleet, cluster);
    const { admin } = labCluster(fleet, cluster);
    const quotas = '/api/v1/namespaces/istio-system/resourcequotas';
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'no-secrets' },
      spec: { hard: { 'count/secrets': '0' } },
    };
    const fault = {
      start: () => admin.request('POST', quotas, quota),
      undo: () => admin.request('DELETE', `${quotas}/no-secrets`),
    };
    await withFault(fault, async () => {
      await fleet.look('the quota to be in force', async () => {
        const { status } = await admin.request<{ status?: { hard?: object } }>('GET', `${quotas}/no-secrets`);
        return status?.hard;
      });
      await fleet.deleteCaSecret(cluster);
      expect(await untilReported(fleet, 'RR_CLUSTER_QUOTA')).toContain('no-secrets');
      expect(await admin.find(cacertsPath)).toBeUndefined();
    });
    await expectRecovery(fleet, before);
    await expectUnharmed(fleet, before, root);
  });
});

describe('an API server with too much to do', () => {
  it('that turns the agent away is reported, until it does so no more', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    await throughProxy(fleet, async (proxy) => {
      proxy.set({ kind: 'refuse', status: 429, retryAfterS: 1 });
      await untilReported(fleet, 'RR_CLUSTER_THROTTLED');
      expect(proxy.refused()).toBeGreaterThan(0);
      proxy.set({ kind: 'none' });
      await expectRecovery(fleet, before);
    });
  });

  it('that is slow is borne in a rotation', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    await throughProxy(fleet, async (proxy) => {
      proxy.set({ kind: 'delay', ms: 500 });
      const { rotation } = await fleet.rotate();
      await fleet.until('FINISHED', ({ state }) => state === 'FINISHED');
      await expectUnharmed(fleet, before, rotation?.newRoot);
    });
  });

  it('that is slower than the agent waits is reported, until it is faster', async () => {
    const fleet = fleetOf();
    const before = await fleet.traffic();
    await throughProxy(fleet, async (proxy) => {
      proxy.set({ kind: 'delay', ms: realAgentTimings.requestTimeoutMs + 1_000 });
      await untilReported(fleet, 'RR_CLUSTER_UNREACHABLE');
      proxy.set({ kind: 'none' });
      await expectRecovery(fleet, before);
    });
  });
});

interface Rule {
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const configMaps = '/api/v1/configmaps';

async function countNamespaces(fleet: RealMesh): Promise<number> {
  return (await fleet.status()).clusters[0]!.namespaces.total;
}

/** One that has just been opened is none yet for the agent: it would list anew anyhow. */
async function untilWatching(fleet: RealMesh, proxy: ApiProxy): Promise<void> {
  await fleet.look('the watch of ConfigMaps to be open', async () => {
    return proxy.exchanges().find(({ kind, path, status }) => kind === 'watch' && path === configMaps && status === 200);
  });
  const standsAtMs = systemClock.now() + 1_000;
  await fleet.until('it to stand', ({ clusters }) => Date.parse(clusters[0]?.lastReportAt ?? '') > standsAtMs);
}

/** The agent asks a proxy instead of its API server, and is started anew before and after. */
async function throughProxy(fleet: RealMesh, body: (proxy: ApiProxy) => Promise<void>): Promise<void> {
  const { controlPlane, network, agent } = labCluster(fleet, cluster);
  const { server, authority } = controlPlane;
  const caPem = authority.certificate.pem;
  const credential = await issueCredential(authority, { commonName: 'proxy', names: [network.node] });
  const proxy = await startApiProxy({ address: network.node, port: 0, credential, server, caPem });
  const detour = {
    start: async () => restartAgentWith(fleet, await agent.writeKubeconfigFor(proxy.url, caPem)),
    undo: async () => {
      await restartAgentWith(fleet, agent.kubeconfig);
      await proxy.close();
    },
  };
  await withFault(detour, () => body(proxy));
}

/** Watches that end while the agent is stopped are opened anew from where they stood as soon as it goes on. */
async function whileAgentSleeps(fleet: RealMesh, body: () => Promise<void>): Promise<void> {
  const pid = fleet.agents.get(cluster)!.pid()!;
  await withFault({ start: () => process.kill(pid, 'SIGSTOP'), undo: () => process.kill(pid, 'SIGCONT') }, body);
}

/** Ends the API server in good order, and starts one that knows nothing of what was before. */
async function restartForgetful(fleet: RealMesh, proxy: ApiProxy): Promise<void> {
  const { killApiServer, startApiServer, network } = labCluster(fleet, cluster);
  const down = {
    start: async () => {
      proxy.endWatches();
      await killApiServer();
    },
    undo: () => startApiServer(fleet.broken),
  };
  await withFault(down, () => forgetPast(network.etcd));
}

async function restartAgentWith(fleet: RealMesh, kubeconfigFile: string): Promise<void> {
  const process = fleet.agents.get(cluster)!;
  await process.kill();
  const file = join(fleet.dir, `${cluster}.json`);
  const config = JSON.parse(await readFile(file, 'utf8')) as { kubernetes: object };
  await writeFile(file, JSON.stringify({ ...config, kubernetes: { ...config.kubernetes, kubeconfigFile } }));
  await process.start(fleet.broken);
}
