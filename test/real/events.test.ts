import { randomBytes } from 'node:crypto';
import type { ClusterEvent } from '@reroot/agent';
import { type KubernetesCluster, kubernetesConfigSchema, openKubernetesCluster } from '@reroot/agent/kubernetes';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { waitFor } from '@reroot/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRbac } from './lab/agent/agent-access.ts';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { type LoneControlPlane, startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const { signal } = new AbortController();
const role = '/apis/rbac.authorization.k8s.io/v1/namespaces/istio-system/roles/reroot-agent';
const secrets = '/api/v1/namespaces/istio-system/secrets';

let controlPlane: ControlPlane;
let cluster: KubernetesCluster;

beforeAll(async () => {
  const alone = await startControlPlaneAlone('events');
  controlPlane = alone.controlPlane;
  try {
    cluster = await openAgentsCluster(alone);
  } catch (thrown) {
    await alone.stop();
    throw thrown;
  }
  return async () => {
    await cluster.close();
    await alone.stop();
  };
});

/** With the rights of the agent, and no more. */
async function openAgentsCluster({ kubeconfigOf }: LoneControlPlane): Promise<KubernetesCluster> {
  const { admin } = controlPlane;
  await admin.request('POST', '/api/v1/namespaces', { metadata: { name: 'istio-system' } });
  for (const { path, object } of await readRbac('usual'))
    await admin.patch('apply', `${path}?fieldManager=lab&force=true`, object);
  const config = kubernetesConfigSchema.parse({
    kubeconfigFile: await kubeconfigOf('system:serviceaccount:reroot:reroot-agent'),
  });
  return openKubernetesCluster({ name: 'cluster-1', config, clock: systemClock, random: Math.random, log: silentLog });
}

function newEvent(changes: Partial<ClusterEvent> = {}): ClusterEvent {
  const nowMs = systemClock.now();
  const told = { severity: 'normal', reason: 'TrustWritten', action: 'WriteTrust', note: 'generation 1' } as const;
  return { id: randomBytes(10).toString('hex'), ...told, count: 1, firstAtMs: nowMs, lastAtMs: nowMs, ...changes };
}

/** Event of core/v1, which `kubectl get events` shows, as far as it is looked into. */
interface CoreEvent {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly uid?: string };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly reportingComponent: string;
  readonly series?: { readonly count: number; readonly lastObservedTime: string };
}

async function found({ id }: ClusterEvent): Promise<readonly CoreEvent[]> {
  const fields = 'involvedObject.kind=Secret,involvedObject.name=cacerts';
  const path = `/api/v1/namespaces/istio-system/events?fieldSelector=${fields}`;
  const { items } = await controlPlane.admin.request<{ items: readonly CoreEvent[] }>('GET', path);
  return items.filter(({ metadata }) => metadata.name.endsWith(`.${id}`));
}

describe('Events of a real API server, under the rights that are shipped', () => {
  it('are found where kubectl looks for them, before there is a Secret and with its UID afterwards', async () => {
    const before = newEvent();
    await cluster.recordEvent(before, signal);
    const { metadata } = await controlPlane.admin.request<{ metadata: { uid: string } }>('POST', secrets, {
      metadata: { name: 'cacerts' },
    });
    const after = newEvent({ severity: 'warning', reason: 'ReplicaNotLoaded', note: 'ü'.repeat(512) });
    await cluster.recordEvent(after, signal);
    expect(await found(before)).toMatchObject([{ type: 'Normal', reason: 'TrustWritten', message: 'generation 1' }]);
    expect(await found(after)).toMatchObject([
      {
        involvedObject: { kind: 'Secret', name: 'cacerts', uid: metadata.uid },
        ...{ type: 'Warning', reason: 'ReplicaNotLoaded', message: after.note, reportingComponent: 'reroot.dev/agent' },
      },
    ]);
  });

  it('count up when they are told again, also when the API server has forgotten them', async () => {
    const event = newEvent();
    for (const count of [1, 2, 7]) await cluster.recordEvent({ ...event, count, lastAtMs: event.firstAtMs + count }, signal);
    expect(await found(event)).toMatchObject([{ series: { count: 7 } }]);
    const [{ metadata }] = (await found(event)) as [CoreEvent];
    await controlPlane.admin.request('DELETE', `/api/v1/namespaces/istio-system/events/${metadata.name}`);
    await cluster.recordEvent({ ...event, count: 8, lastAtMs: event.firstAtMs + 60_000 }, signal);
    expect(await found(event)).toMatchObject([{ series: { count: 8 } }]);
  });

  it('are refused by name to an agent that lacks the right', async () => {
    const { admin } = controlPlane;
    const { rules } = await admin.request<{ rules: readonly { resources: readonly string[] }[] }>('GET', role);
    await admin.patch('merge', role, { rules: rules.filter(({ resources }) => !resources.includes('events')) });
    const isRefused = async () => (await codeOf(cluster.recordEvent(newEvent(), signal))) === 'RR_CLUSTER_FORBIDDEN';
    await waitFor(isRefused, { timeoutMs: 10_000, what: 'the API server to refuse' });
    await admin.patch('merge', role, { rules });
  });
});

async function codeOf(work: Promise<void>): Promise<unknown> {
  return work.then(
    () => 'resolved',
    (error: unknown) => (error as { code?: unknown }).code,
  );
}
