import { systemClock } from '@reroot/shared/clock';
import type { AdminClient } from '../cluster/admin-client.ts';
import type { LabCluster } from '../lab-cluster.ts';
import type { PodRun } from '../node/pod-run.ts';
import { askEnvoy, type HeldByProxy } from './ask-envoy.ts';
import { askIstiod } from './ask-istiod.ts';

/** What a place held at one look, or why it could not be looked at. */
export type Seen<T> = { readonly kind: 'seen'; readonly held: T } | { readonly kind: 'unseen'; readonly why: string };

/** What one istiod hands out: a leaf and the chain above it, and the exact bytes of its roots. */
export interface HeldByReplica {
  readonly certChain: readonly string[];
  readonly rootCert: string;
}

/** What a cluster really holds, read past the agent and without its code. */
export interface Truth {
  readonly beganAtMs: number;
  readonly endedAtMs: number;
  readonly replicas: readonly { readonly name: string; readonly seen: Seen<HeldByReplica> }[];
  /** The root ConfigMap of each namespace that has one. */
  readonly namespaces: readonly { readonly namespace: string; readonly rootCert: string }[];
  readonly workloads: readonly { readonly namespace: string; readonly name: string; readonly seen: Seen<HeldByProxy> }[];
}

/** Reads the truth of one cluster again and again. */
export interface Witness {
  look(): Promise<Truth>;
}

const rootConfigMap = 'istio-ca-root-cert';
const tokenLifetimeS = 3_600;

/** It asks istiod with a token of its own, which lives for an hour. */
export async function createWitness(cluster: LabCluster): Promise<Witness> {
  const token = await requestToken(cluster.admin);
  const askReplica = async ({ address }: PodRun): Promise<HeldByReplica> => {
    const answer = await askIstiod({ address, clusterId: cluster.name, token });
    return { certChain: answer.slice(0, -1), rootCert: answer.at(-1) ?? '' };
  };
  return {
    look: async () => {
      const beganAtMs = systemClock.now();
      const [replicas, namespaces, workloads] = await Promise.all([
        Promise.all(cluster.replicaPods().map(async (run) => ({ name: nameOf(run), seen: await see(() => askReplica(run)) }))),
        readNamespaces(cluster.admin),
        Promise.all(
          cluster.workloadPods().map(async (run) => {
            const { namespace, name } = run.pod.metadata;
            return { namespace, name, seen: await see(() => askEnvoy(run.address)) };
          }),
        ),
      ]);
      return { beganAtMs, endedAtMs: systemClock.now(), replicas, namespaces, workloads };
    },
  };
}

function nameOf({ pod }: PodRun): string {
  return pod.metadata.name;
}

async function see<T>(look: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { kind: 'seen', held: await look() };
  } catch (thrown) {
    return { kind: 'unseen', why: String(thrown) };
  }
}

async function readNamespaces(admin: AdminClient): Promise<Truth['namespaces']> {
  const path = `/api/v1/configmaps?fieldSelector=metadata.name%3D${rootConfigMap}`;
  const list = await admin
    .request<{ items: { metadata: { namespace: string }; data?: Record<string, string> }[] }>('GET', path)
    // While the API server is away, nothing is to be seen there.
    .catch(() => ({ items: [] }));
  return list.items.map(({ metadata, data }) => ({
    namespace: metadata.namespace,
    rootCert: data?.['root-cert.pem'] ?? '',
  }));
}

async function requestToken(admin: AdminClient): Promise<string> {
  const answer = await admin.request<{ status: { token: string } }>(
    'POST',
    '/api/v1/namespaces/istio-system/serviceaccounts/istiod/token',
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: ['istio-ca'], expirationSeconds: tokenLifetimeS },
    },
  );
  return answer.status.token;
}
