import type { Clock } from '@reroot/shared/clock';
import { type ErrorCode, toRerootError } from '@reroot/shared/errors';
import { type Deadline, withDeadline } from '@reroot/shared/lifecycle';
import type { Problem } from '@reroot/shared/protocol';
import type { CaSecret, Cluster, NamespaceTrust, Replica } from '../cluster/cluster.ts';
import { problemOf } from '../problem.ts';
import { findBasis } from './conclude-workload.ts';
import { groupWorkloads, type WorkloadGroup } from './group-workloads.ts';
import { type Observed, observe } from './observed.ts';
import { probeReplica } from './probe-replica.ts';
import { summarise } from './summarise.ts';

/** Levels 2 to 4 of the evidence at one moment. What could not be learnt is a problem, and undefined where an empty list would say that there is nothing to prove. */
export interface Evidence {
  /** Undefined when the cluster did not say. */
  readonly clusterUid: string | undefined;
  readonly replicas: readonly ObservedReplica[];
  readonly namespaces: readonly ObservedNamespace[] | undefined;
  readonly workloads: readonly WorkloadGroup[] | undefined;
  readonly problems: readonly Problem[];
}

/** What one replica proved. */
export interface ObservedReplica {
  readonly replica: string;
  /** When it had been started at the time of asking; it may have restarted since. */
  readonly startedAtMs: number;
  readonly multiRoot: Replica['multiRoot'];
  readonly result:
    | { readonly kind: 'proven'; readonly observed: Observed }
    | { readonly kind: 'failure'; readonly problem: Problem };
}

/** What one namespace's root ConfigMap holds; undefined when it is missing. */
export interface ObservedNamespace {
  readonly namespace: string;
  readonly observed: Observed | undefined;
}

/** What collecting works with. */
export interface CollectOptions {
  readonly cluster: Cluster;
  /** As it stands, for what must be concluded; undefined where there is none, or it is not known. */
  readonly secret: CaSecret | undefined;
  readonly clock: Clock;
  /** For each probe. */
  readonly probeTimeoutMs: number;
  /** For each other question to the cluster. */
  readonly requestTimeoutMs: number;
}

/**
 * Asks everything at once, each with its own deadline; workloads alone wait for the replicas. A cluster may know what its
 * proxies hold from earlier looks, and which of them are still good it judges by what the replicas were last seen to hand
 * out. Were they listed meanwhile, a replica could be found to have loaded, beside a look at a proxy from before it signed
 * for that proxy as it used to. It takes no longer than a probe and a request with all their deadlines.
 * @throws only the signal's reason; whatever else fails is a problem
 */
export async function collectEvidence(options: CollectOptions, signal: AbortSignal): Promise<Evidence> {
  const { cluster, secret } = options;
  const beganAtMs = options.clock.now();
  const problems: Problem[] = [];
  const askCluster = async <T>(otherwise: T, question: (inner: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await withDeadline(clusterDeadline(options, signal), question);
    } catch (error) {
      signal.throwIfAborted();
      problems.push(problemOf(error));
      return otherwise;
    }
  };
  const askReplicas = async (): Promise<ObservedReplica[]> =>
    probeAll(await askCluster([], (inner) => cluster.listReplicas(inner)), options, signal);
  const probing = askReplicas();
  const [clusterUid, replicas, namespaces, workloads] = await Promise.all([
    askCluster(undefined, (inner) => cluster.readUid(inner)),
    probing,
    askCluster(undefined, (inner) => cluster.listNamespaceTrust(inner)),
    probing.then(() => askCluster(undefined, (inner) => cluster.listWorkloads(inner))),
  ]);
  const grouped = workloads === undefined ? undefined : groupWorkloads(workloads, findBasis(secret, replicas, beganAtMs));
  const read = namespaces === undefined ? undefined : readNamespaces(namespaces);
  return {
    clusterUid,
    replicas,
    namespaces: read?.namespaces,
    workloads: grouped?.groups,
    problems: [...problems, ...(read?.problems ?? []), ...(grouped?.problems ?? [])],
  };
}

/** The deadline of a question to the cluster itself. */
export function clusterDeadline(
  options: Pick<CollectOptions, 'cluster' | 'clock' | 'requestTimeoutMs'>,
  signal: AbortSignal,
): Deadline {
  const code: ErrorCode = 'RR_CLUSTER_UNREACHABLE';
  return { ms: options.requestTimeoutMs, clock: options.clock, signal, code, who: `cluster ${options.cluster.name}` };
}

async function probeAll(replicas: readonly Replica[], options: CollectOptions, signal: AbortSignal): Promise<ObservedReplica[]> {
  return Promise.all(replicas.map((replica) => probeOne(replica, options, signal)));
}

async function probeOne(
  { name: replica, startedAtMs, multiRoot }: Replica,
  options: CollectOptions,
  signal: AbortSignal,
): Promise<ObservedReplica> {
  const { cluster, clock, probeTimeoutMs } = options;
  const code: ErrorCode = 'RR_REPLICA_UNREACHABLE';
  try {
    const deadline = { ms: probeTimeoutMs, clock, signal, code, who: `replica ${replica}` };
    const observed = await withDeadline(deadline, (inner) => probeReplica(cluster, replica, inner));
    return { replica, startedAtMs, multiRoot, result: { kind: 'proven', observed } };
  } catch (error) {
    signal.throwIfAborted();
    return { replica, startedAtMs, multiRoot, result: { kind: 'failure', problem: problemOf(error) } };
  }
}

/** A ConfigMap that cannot be read counts as missing, so that it is not overlooked. */
function readNamespaces(found: readonly NamespaceTrust[]): { namespaces: ObservedNamespace[]; problems: Problem[] } {
  const unreadable: string[] = [];
  const namespaces = found.map(({ namespace, rootCert }) => {
    try {
      return { namespace, observed: rootCert === undefined ? undefined : observe(rootCert) };
    } catch (error) {
      unreadable.push(`${namespace}: ${toRerootError(error).message}`);
      return { namespace, observed: undefined };
    }
  });
  return { namespaces, problems: summarise('namespaces hold an istio-ca-root-cert', unreadable) };
}
