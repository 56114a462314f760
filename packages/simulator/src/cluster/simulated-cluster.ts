import type { CaSecret, CaSecretContent, Cluster, NamespaceTrust } from '@reroot/agent';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { ControlledCluster } from '../control/controlled-fleet.ts';
import type { ClusterPlan } from '../fleet/fleet-config.ts';
import { createReplica, type SimulatedReplica } from '../istiod/replica.ts';
import type { Random } from '../random/random.ts';
import { schedule } from '../schedule.ts';
import { createProxy, type SimulatedProxy } from '../workload/proxy.ts';

/** How long the leading istiod takes to write the ConfigMaps. */
const publishMs = { min: 50, max: 200 } as const;

/** What a simulated cluster is made of. */
export interface SimulatedClusterOptions {
  readonly plan: ClusterPlan;
  readonly trustDomain: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Stops all that goes on in the cluster. */
  readonly signal: AbortSignal;
}

/** A cluster in this process. */
export interface SimulatedCluster extends ControlledCluster {
  readonly proxies: readonly SimulatedProxy[];
}

/** Starts a cluster without cacerts Secret; its istiods serve once there is one. */
export function createSimulatedCluster(options: SimulatedClusterOptions): SimulatedCluster {
  const { plan, clock, signal } = options;
  const random = options.random.fork(plan.name);
  const log = options.log.child({ cluster: plan.name });
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const published = new Map<string, string>();
  let secret: CaSecret | undefined;
  let version = 0;

  const onReplicaChange = (): void => {
    for (const proxy of proxies) proxy.hear();
    schedule({ clock, afterMs: random.between(publishMs.min, publishMs.max), signal }, () => {
      publish(replicas, plan.namespaces, published);
      changed();
    });
    changed();
  };
  const common = { clock, log, signal, leafTtlMs: plan.leafTtlMs };
  const replicas = Array.from({ length: plan.replicas }, (_, index) =>
    createReplica({
      ...common,
      name: `istiod-${index}`,
      istio: plan.istio,
      volumeDelayMs: plan.volumeDelayMs,
      secret: () => secret,
      onChange: onReplicaChange,
      random: random.fork(`istiod-${index}`),
    }),
  );
  const proxies = Array.from({ length: plan.workloads }, (_, index) => {
    const namespace = plan.namespaces[index % plan.namespaces.length] ?? 'default';
    const name = `web-${index}`;
    const { trustDomain } = options;
    const own = { namespace, name, trustDomain, xdsAgent: plan.istio.xdsAgent, replicas, onChange: changed };
    return createProxy({ ...common, ...own, random: random.fork(name) });
  });

  const write = (content: CaSecretContent, expectedVersion: string | undefined): CaSecret => {
    if (secret?.version !== expectedVersion) {
      throw new RerootError(
        'RR_CLUSTER_CONFLICT',
        `cacerts is at version ${secret?.version ?? '(none)'}, not ${expectedVersion ?? '(none)'}`,
      );
    }
    version += 1;
    const written: CaSecret = { ...content, version: String(version), owner: 'reroot' };
    secret = written;
    for (const replica of replicas) replica.followSecret();
    changed();
    return written;
  };
  const cluster: Cluster = {
    name: plan.name,
    readUid: async () => `uid-of-${plan.name}`,
    readCaSecret: async () => secret,
    writeCaSecret: async (content, expectedVersion) => write(content, expectedVersion),
    listReplicas: async () => replicas.map((replica) => replica.describe()),
    probeReplica: async (name, csrPem) => requireReplica(replicas, name, 'RR_REPLICA_UNREACHABLE').sign(csrPem),
    restartReplica: async (name) => {
      requireReplica(replicas, name, 'RR_REPLICA_UNREACHABLE').restart();
    },
    refreshVolumes: async () => {
      for (const replica of replicas) replica.refreshVolume();
    },
    listNamespaceTrust: async () =>
      plan.namespaces.map((namespace): NamespaceTrust => ({ namespace, rootCert: published.get(namespace) })),
    listWorkloads: async () => proxies.map((proxy) => proxy.describe()),
    watch: (onChange, aborted) =>
      new Promise((resolve) => {
        listeners.add(onChange);
        onChange();
        const stop = (): void => {
          listeners.delete(onChange);
          resolve();
        };
        if (aborted.aborted) stop();
        else aborted.addEventListener('abort', stop, { once: true });
      }),
  };
  return {
    cluster,
    proxies,
    holdReplica: (name) => {
      requireReplica(replicas, name, 'RR_SIM_UNKNOWN').hold();
    },
    releaseReplica: (name) => {
      requireReplica(replicas, name, 'RR_SIM_UNKNOWN').release();
    },
  };
}

/** Only the leading istiod writes the ConfigMaps; another takes over when it does not serve. */
function publish(replicas: readonly SimulatedReplica[], namespaces: readonly string[], published: Map<string, string>): void {
  const bundle = replicas.find((replica) => replica.bundle() !== undefined)?.bundle();
  if (bundle === undefined) return;
  for (const namespace of namespaces) published.set(namespace, bundle);
}

function requireReplica(
  replicas: readonly SimulatedReplica[],
  name: string,
  code: 'RR_SIM_UNKNOWN' | 'RR_REPLICA_UNREACHABLE',
): SimulatedReplica {
  const found = replicas.find((replica) => replica.name === name);
  if (found !== undefined) return found;
  const known = replicas.map((replica) => replica.name).join(', ');
  throw new RerootError(code, `there is no replica ${JSON.stringify(name)}; there are ${known}`);
}
