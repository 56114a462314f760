import { createHash } from 'node:crypto';
import type { Cluster, Inspector, Owner, Rollout, SeenCluster } from '@reroot/agent';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { ControlledCluster } from '../control/controlled-fleet.ts';
import type { ClusterPlan } from '../fleet/fleet-config.ts';
import { createReplica, type SimulatedReplica } from '../istiod/replica.ts';
import type { CaFiles } from '../istiod/signing-ca.ts';
import type { Random } from '../random/random.ts';
import { createProxy, type SimulatedProxy } from '../workload/proxy.ts';
import { type CaSecretStore, createCaSecretStore } from './ca-secret.ts';
import { createEventBook, type EventBook } from './event-book.ts';
import type { FirstCa } from './first-ca.ts';
import { inspectSimulated } from './inspect-simulated.ts';
import { createRootConfigMaps, type RootConfigMaps } from './root-config-maps.ts';

/** What a simulated cluster is made of. */
export interface SimulatedClusterOptions {
  readonly plan: ClusterPlan;
  /** The CA that it has from the start; left out, its istiods wait for `cacerts`. */
  readonly firstCa?: FirstCa | undefined;
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

/** Starts a cluster; its istiods serve as soon as they have a CA. */
export function createSimulatedCluster(options: SimulatedClusterOptions): SimulatedCluster {
  const { plan, trustDomain, clock, signal } = options;
  const random = options.random.fork(plan.name);
  const log = options.log.child({ cluster: plan.name });
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  const secret = createCaSecretStore(() => {
    for (const replica of replicas) replica.followSecret();
    onChange();
  }, options.firstCa);
  const onReplicaChange = (): void => {
    for (const proxy of proxies) proxy.hear();
    configMaps.follow();
    onChange();
  };
  const common = { clock, log, signal, leafTtlMs: plan.leafTtlMs };
  const replicas = namesOf('istiod', plan.replicas).map((name) => {
    const { istio, volumeDelayMs } = plan;
    const files = { secret: () => secret.mounted(), selfMade: selfMadeOf(options.firstCa) };
    const own = { name, istio, volumeDelayMs, ...files, random: random.fork(name), onChange: onReplicaChange };
    return createReplica({ ...common, ...own });
  });
  // istiod pushes bundles only with ISTIO_MULTIROOT_MESH, and a proxy asks for them only with PROXY_CONFIG_XDS_AGENT.
  const pushes = plan.istio.multiRoot && plan.istio.xdsAgent ? 'heard' : 'unheard';
  const proxies = namesOf('web', plan.workloads).map((name, index) => {
    const namespace = plan.namespaces[index % plan.namespaces.length] ?? 'default';
    return createProxy({ ...common, namespace, name, trustDomain, pushes, replicas, onChange, random: random.fork(name) });
  });
  const { namespaces } = plan;
  const configMaps = createRootConfigMaps({ namespaces, replicas, clock, random: random.fork('config-maps'), signal, onChange });
  const events = createEventBook();
  const parts: Parts = {
    name: plan.name,
    uid: createUid(plan.name, random, clock),
    agentIdentity: `spiffe://${trustDomain}/ns/reroot/sa/reroot-agent`,
    ...{ plan, clock, secret, replicas, proxies, configMaps, events, listeners },
  };
  return {
    proxies,
    cluster: createPort(parts),
    events: () => events.list(),
    editCaSecret: (files) => secret.edit(files),
    deleteCaSecret: () => secret.delete(),
    holdReplica: (name) => requireNamed(replicas, 'replica', name).hold(),
    releaseReplica: (name) => requireNamed(replicas, 'replica', name).release(),
    restartWorkload: (name) => requireNamed(proxies, 'workload', name).restart(),
  };
}

function selfMadeOf(first: FirstCa | undefined): CaFiles | undefined {
  return first?.source === 'istio-ca-secret' ? first.files : undefined;
}

interface Parts {
  readonly plan: ClusterPlan;
  readonly clock: Clock;
  readonly name: string;
  readonly uid: string;
  /** Whom a probe's leaf is made out to. */
  readonly agentIdentity: string;
  readonly secret: CaSecretStore;
  readonly replicas: readonly SimulatedReplica[];
  readonly proxies: readonly SimulatedProxy[];
  readonly configMaps: RootConfigMaps;
  readonly events: EventBook;
  readonly listeners: Set<() => void>;
}

function createPort(parts: Parts): Cluster & Inspector {
  const { name, uid, agentIdentity, secret, replicas, proxies, configMaps, events, listeners } = parts;
  return {
    name,
    readUid: (signal) => answer(signal, () => uid),
    readCaSecret: (signal) => answer(signal, () => secret.read()),
    readFormerCas: (signal) => answer(signal, () => secret.former()),
    writeCaSecret: (content, expectedVersion, signal) => answer(signal, () => secret.write(content, expectedVersion)),
    listReplicas: (signal) => answer(signal, () => replicas.map((replica) => replica.describe())),
    probeReplica: (replica, csrPem, signal) =>
      answer(signal, () => requireReplica(replicas, replica).sign(csrPem, agentIdentity)),
    restartReplica: (replica, signal) => answer(signal, () => requireReplica(replicas, replica).restart()),
    refreshVolumes: (signal) =>
      answer(signal, () => {
        for (const replica of replicas) replica.refreshVolume();
      }),
    listNamespaceTrust: (signal) => answer(signal, () => configMaps.list()),
    listWorkloads: (signal) => answer(signal, () => proxies.map((proxy) => proxy.describe())),
    listRollouts: (owners, signal) => answer(signal, () => owners.flatMap((owner) => rolloutsOf(owner, proxies))),
    restartOwner: (owner, signal) =>
      answer(signal, () => {
        for (const proxy of ownedBy(owner, proxies)) proxy.restart();
      }),
    recordEvent: (event, signal) => answer(signal, () => events.record(event)),
    inspect: (signal) => answer(signal, () => inspectParts(parts)),
    watch: async (onChange, signal) => {
      if (signal.aborted) return;
      listeners.add(onChange);
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true });
      });
      listeners.delete(onChange);
    },
  };
}

function inspectParts({ plan, clock, secret, replicas, proxies }: Parts): SeenCluster {
  return inspectSimulated({
    plan,
    secret: secret.read(),
    replicas: replicas.map((replica) => replica.describe()),
    workloads: proxies.map((proxy) => proxy.describe()),
    nowMs: clock.now(),
  });
}

/** Each proxy has a Deployment of its own; it rolls until the new pod holds a certificate. */
function rolloutsOf(owner: Owner, proxies: readonly SimulatedProxy[]): readonly Rollout[] {
  return ownedBy(owner, proxies).map((proxy) => {
    const state = proxy.material() === undefined ? 'rolling' : 'steady';
    return { owner, state, blockedBy: undefined };
  });
}

function ownedBy({ kind, namespace, name }: Owner, proxies: readonly SimulatedProxy[]): readonly SimulatedProxy[] {
  if (kind !== 'Deployment') return [];
  return proxies.filter((proxy) => proxy.namespace === namespace && proxy.name === name);
}

async function answer<T>(signal: AbortSignal, work: () => T | Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const result = await work();
  signal.throwIfAborted();
  return result;
}

function namesOf(kind: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${kind}-${index}`);
}

/** A cluster made anew, under the same name and by the same seed, is another one. */
function createUid(name: string, random: Random, clock: Clock): string {
  const hex = createHash('sha256').update(`${name} ${random.next()} ${clock.now()}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** To a prober, a pod that is not there is one that does not answer. */
function requireReplica(replicas: readonly SimulatedReplica[], name: string): SimulatedReplica {
  const found = replicas.find((replica) => replica.name === name);
  if (found === undefined) throw new RerootError('RR_REPLICA_UNREACHABLE', `there is no replica ${JSON.stringify(name)}`);
  return found;
}

function requireNamed<T extends { readonly name: string }>(parts: readonly T[], kind: string, name: string): T {
  const found = parts.find((part) => part.name === name);
  if (found !== undefined) return found;
  const known = parts.map((part) => part.name).join(', ');
  throw new RerootError('RR_SIM_UNKNOWN', `there is no ${kind} ${JSON.stringify(name)}; there are ${known}`);
}
