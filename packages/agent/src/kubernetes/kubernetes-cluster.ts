import type { KubeApi, KubeObject } from '@reroot/kube-api';
import type { Clock } from '@reroot/shared/clock';
import type { Log } from '@reroot/shared/log';
import type { Cluster } from '../cluster/cluster.ts';
import type { Inspector } from '../inspect/inspector.ts';
import type { VaultCredentials } from '../vault/vault-credentials.ts';
import type { ServiceAccount } from './account-token/account-token.ts';
import { createCaSecretStore } from './ca-secret/ca-secret-store.ts';
import type { KubernetesConfig } from './config.ts';
import { writeEvent } from './events/write-event.ts';
import { createKubernetesInspector } from './inspect/kubernetes-inspector.ts';
import { createCsrProbe } from './istiod/csr-probe.ts';
import { createIstioToken } from './istiod/istio-token.ts';
import { createIstiodPods } from './istiod/istiod-pods.ts';
import { listOrNothing, splitBlocks } from './istiod/known-roots.ts';
import { createProbeRate } from './istiod/probe-rate.ts';
import { refreshVolumes } from './istiod/refresh-volumes.ts';
import { restartReplica } from './istiod/restart-replica.ts';
import { createPresentState } from './present-state.ts';
import { createRollouts } from './rollouts/rollouts.ts';
import { listNamespaceTrust, type TrustBundleSource } from './trust-bundle/namespace-trust.ts';
import { createVaultCredentials } from './vault-credentials/vault-credentials.ts';
import { createWatchedObjects, type WatchedObjects } from './watched-objects.ts';
import { createWorkloadReader } from './workloads/workload-reader.ts';

/** What the adapter is made of. */
export interface KubernetesClusterOptions {
  readonly name: string;
  readonly api: KubeApi;
  readonly config: KubernetesConfig;
  /** Whose token is shown to istiod. */
  readonly account: ServiceAccount;
  /** Who Events are from: the pod of the agent. */
  readonly reporter: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/** A cluster whose watches run from the beginning until it is closed. */
export interface KubernetesCluster extends Cluster, Inspector {
  readonly vaultCredentials: VaultCredentials;
  close(): Promise<void>;
}

/** The port over the API of Kubernetes; docs/kubernetes.md says what is read and written. */
export function createKubernetesCluster(options: KubernetesClusterOptions): KubernetesCluster {
  const { name, api, config, clock } = options;
  const { istio } = config;
  const [primary = ''] = istio.namespaces;
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  const objects = createWatchedObjects({ ...options, config: istio, onChange });
  const workloads = createWorkloadReader({ ...options, config: config.workloads, onChange });
  const rollouts = createRollouts({ api, clock });
  const inspector = createKubernetesInspector({ ...options, rollouts, proxyPods: (signal) => workloads.pods(signal) });
  const secrets = createCaSecretStore(api, istio.namespaces);
  const pods = createIstiodPods(objects.pods, primary);
  const state = createPresentState();
  const probe = createProbe(options, objects, pods);
  const closed = new AbortController();
  const running = Promise.all([objects.run(closed.signal), workloads.run(closed.signal)]);
  const trust: TrustBundleSource =
    istio.trustBundle === 'config-map'
      ? { kind: 'config-map', configMaps: objects.rootConfigMaps }
      : { kind: 'cluster-trust-bundle', api };

  return {
    name,
    vaultCredentials: createVaultCredentials({ api, audience: config.vaultTokenAudience, clock }),
    readUid: async (signal) => (await api.get<KubeObject>('/api/v1/namespaces/kube-system', signal)).metadata.uid ?? '',
    readCaSecret: async (signal) => {
      const secret = await secrets.read(signal);
      state.noteSecret(secret);
      return secret;
    },
    readFormerCas: (signal) => secrets.readFormer(signal),
    writeCaSecret: async (content, expectedVersion, signal) => {
      const written = await secrets.write(content, expectedVersion, signal);
      state.noteSecret(written);
      return written;
    },
    listReplicas: async (signal) => {
      const replicas = (await pods.list(signal)).map((pod) => pods.asReplica(pod));
      state.noteReplicas(replicas.map((replica) => replica.name));
      return replicas;
    },
    probeReplica: async (replica, csrPem, signal) => {
      const chain = await probe(replica, csrPem, signal);
      state.noteAnswer(replica, chain);
      return chain;
    },
    restartReplica: async (replica, signal) => restartReplica(api, rollouts, await pods.find(replica, signal), signal),
    refreshVolumes: async (signal) => refreshVolumes(api, await pods.list(signal), clock.now(), signal),
    listNamespaceTrust: (signal) => listNamespaceTrust(objects.namespaces, trust, signal),
    listWorkloads: (signal) => workloads.list(state.current(), signal),
    listRollouts: (owners, signal) => rollouts.list(owners, signal),
    restartOwner: (owner, signal) => rollouts.restart(owner, signal),
    recordEvent: async (event, signal) => {
      if (config.events === 'write') await writeEvent(api, event, { namespace: primary, reporter: options.reporter }, signal);
    },
    inspect: (signal) => inspector.inspect(signal),
    watch: (listener, signal) => listen(listeners, listener, signal),
    close: async () => {
      closed.abort();
      await running;
    },
  };
}

function createProbe(
  { api, account, config, clock }: KubernetesClusterOptions,
  objects: WatchedObjects,
  pods: ReturnType<typeof createIstiodPods>,
): ReturnType<typeof createCsrProbe> {
  const { port, validityMs, intervalMs, tokenLifetimeMs } = config.probe;
  const knownRoots = (namespace: string): readonly string[] => {
    const here = (each: { readonly namespace: string }): boolean => each.namespace === namespace;
    const named = objects.secretRoots.flatMap(listOrNothing).filter(here);
    const published = listOrNothing(objects.rootConfigMaps).filter(here);
    const roots = [...named.flatMap(({ roots }) => roots), ...published.flatMap(({ rootCert = '' }) => splitBlocks(rootCert))];
    return [...new Set(roots)];
  };
  return createCsrProbe({
    pods,
    token: createIstioToken({ api, account, lifetimeMs: tokenLifetimeMs, clock }),
    rate: createProbeRate(clock, intervalMs),
    knownRoots,
    port,
    validityMs,
    clusterId: config.istio.clusterId,
  });
}

async function listen(listeners: Set<() => void>, listener: () => void, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  if (signal.aborted) return;
  // Each watch is told on its own, also where two are given the same function.
  const own = (): void => listener();
  listeners.add(own);
  signal.addEventListener('abort', () => resolve(undefined), { once: true });
  await promise;
  listeners.delete(own);
}
