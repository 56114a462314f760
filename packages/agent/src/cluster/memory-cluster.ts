import { RerootError } from '@reroot/shared/errors';
import { parseCertificates, parseCsr } from '@reroot/shared/pki';
import type {
  CaFiles,
  CaSecret,
  CaSecretContent,
  Cluster,
  NamespaceTrust,
  Replica,
  Rollout,
  UnreadReason,
  Workload,
} from './cluster.ts';
import type { ClusterEvent } from './cluster-event.ts';
import {
  areCrlsComplete,
  describeWorkload,
  follow,
  loadVolume,
  newReplica,
  newWorkload,
  type ReplicaState,
  sign,
  type WorkloadState,
} from './memory-parts.ts';

/** A cluster for the tests of this package: the rules of istiod in memory, without delays of their own. */
export interface MemoryCluster extends Cluster {
  /** The replica's volume stops following the Secret. */
  hold(replica: string): Promise<void>;
  /** The replica's volume follows again. */
  release(replica: string): Promise<void>;
  /** From now on the workload ignores changed bundles, although it says that it learns by them. */
  deafen(workload: string): void;
  /** From now on the workload learns with its next certificate alone, like a proxy without PROXY_CONFIG_XDS_AGENT. */
  unsubscribe(workload: string): void;
  /** From now on the proxy of the workload cannot be read. */
  hide(workload: string, why: UnreadReason): void;
  /** From now on the rollout of a workload's owner stands like this. */
  setRollout(workload: string, standing: Partial<Pick<Rollout, 'state' | 'blockedBy'>>): void;
  /** From now on all replicas say this of ISTIO_MULTIROOT_MESH. */
  setMultiRoot(multiRoot: Replica['multiRoot']): void;
  /** From now on, until `undefined` is given, every method rejects with `error`. */
  fail(error: Error | undefined): void;
  /** Puts a Secret there as somebody else would. */
  putForeignSecret(files: CaFiles): Promise<void>;
  /** There is no cacerts Secret, and istiod has made itself a CA. */
  putSelfMadeCa(files: CaFiles): Promise<void>;
  /** Changes files of the Secret as somebody else would, and leaves its annotations. */
  editSecret(files: Partial<CaFiles>, who: string): Promise<void>;
  /** Puts a Secret of reroot there as a backup holds it. */
  restoreSecret(content: CaSecretContent): Promise<void>;
  /** The same name, another cluster: no Secret, fresh replicas and workloads, another identifier. */
  rebuild(): void;
  /** Takes the Secret away, as somebody else would; replicas keep what they have loaded. */
  deleteSecret(): void;
  /** Every content that was written, oldest first. */
  readonly writes: readonly CaSecretContent[];
  /** Names of the replicas that were restarted, oldest first. */
  readonly restarts: readonly string[];
  /** Names of the owners that were restarted, oldest first. */
  readonly rollouts: readonly string[];
  /** Events that were told, each as it was last told. */
  events(): readonly ClusterEvent[];
}

/** Size and clock of a memory cluster. */
export interface MemoryClusterOptions {
  readonly name: string;
  readonly replicas: number;
  readonly namespaces: readonly string[];
  /** In each namespace. */
  readonly workloads: number;
  readonly now: () => number;
}

/** As the Secret is after reroot has written it. */
const ours = { source: 'cacerts', owner: 'reroot', editedBy: [] } as const;

/** A cluster without cacerts Secret; its replicas answer once there is one. */
export function createMemoryCluster({
  name,
  replicas: count,
  namespaces,
  workloads: perNamespace,
  now,
}: MemoryClusterOptions): MemoryCluster {
  const makeReplicas = () => Array.from({ length: count }, (_, index) => newReplica(`istiod-${index}`, now()));
  const makeWorkloads = () =>
    namespaces.flatMap((namespace) =>
      Array.from({ length: perNamespace }, (_, index) => newWorkload(namespace, `${namespace}-${index}`, index % count, now())),
    );
  let replicas = makeReplicas();
  let workloads = makeWorkloads();
  const listeners = new Set<() => void>();
  const writes: CaSecretContent[] = [];
  const restarts: string[] = [];
  const rollouts: string[] = [];
  const former: CaFiles[] = [];
  const events = new Map<string, ClusterEvent>();
  let multiRoot: Replica['multiRoot'] = 'on';
  let secret: CaSecret | undefined;
  let version = 0;
  let rebuilds = 0;
  let failure: Error | undefined;

  const enter = (signal: AbortSignal): void => {
    signal.throwIfAborted();
    if (failure !== undefined) throw failure;
  };
  const settle = async (): Promise<void> => {
    for (const replica of replicas) loadVolume(replica, secret);
    for (const workload of workloads) await follow(workload, replicas, now());
    for (const listener of listeners) listener();
  };
  const find = (replica: string): ReplicaState => {
    const found = replicas.find((state) => state.name === replica);
    if (found === undefined) throw new RerootError('RR_REPLICA_UNREACHABLE', `there is no replica ${replica}`);
    return found;
  };
  const put = async (
    { caCert, caKey, certChain, rootCert, crl }: CaFiles,
    told: Pick<CaSecret, 'source' | 'owner' | 'editedBy' | 'annotations'>,
  ): Promise<CaSecret> => {
    version += 1;
    const files: CaFiles = { caCert, caKey, certChain, rootCert, ...(crl === undefined ? {} : { crl }) };
    const written: CaSecret = { ...files, version: String(version), staleCopies: [], ...told };
    secret = written;
    await settle();
    return written;
  };
  const named = (workload: string): WorkloadState[] => workloads.filter((state) => state.name === workload);

  return {
    name,
    writes,
    restarts,
    rollouts,
    events: () => [...events.values()],
    readUid: async (signal) => {
      enter(signal);
      return rebuilds === 0 ? `uid-of-${name}` : `uid-of-${name}-${rebuilds}`;
    },
    readCaSecret: async (signal) => {
      enter(signal);
      return secret;
    },
    readFormerCas: async (signal) => {
      enter(signal);
      return former;
    },
    writeCaSecret: async (content, expectedVersion, signal) => {
      enter(signal);
      const current = secret?.source === 'cacerts' ? secret.version : undefined;
      if (expectedVersion !== current) {
        throw new RerootError(
          'RR_CLUSTER_CONFLICT',
          `the Secret is at version ${current ?? 'none'}, not ${expectedVersion ?? 'none'}`,
        );
      }
      writes.push(content);
      // As the real one: what istiod made itself stays beside cacerts; what somebody else wrote, or is to be kept, is backed up.
      const keeps = content.signer === 'kept' && secret?.caKey === content.caKey;
      if (secret !== undefined && (secret.owner === 'other' || keeps)) former.push(secret);
      return put(content, { ...ours, annotations: content.annotations });
    },
    listReplicas: async (signal): Promise<readonly Replica[]> => {
      enter(signal);
      return replicas.map((replica) => ({ name: replica.name, startedAtMs: replica.startedAtMs, multiRoot }));
    },
    probeReplica: async (replica, csrPem, signal) => {
      enter(signal);
      const { loaded } = find(replica);
      if (loaded === undefined) throw new RerootError('RR_REPLICA_UNREACHABLE', `replica ${replica} has no CA yet`);
      const leaf = await sign(parseCsr(csrPem).publicKeySpki, loaded, `spiffe://test/${name}/probe`, now());
      return [leaf, ...parseCertificates(loaded.certChain).map(({ pem }) => pem), loaded.rootCert];
    },
    restartReplica: async (replica, signal) => {
      enter(signal);
      const state = find(replica);
      restarts.push(replica);
      state.startedAtMs = Math.max(now(), state.startedAtMs + 1);
      // A fresh process has no old bundle to compare with: it takes what lies in its volume.
      if (state.volume === 'following') state.loaded = secret !== undefined && areCrlsComplete(secret) ? secret : undefined;
      await settle();
    },
    refreshVolumes: async (signal) => {
      enter(signal);
    },
    listNamespaceTrust: async (signal): Promise<readonly NamespaceTrust[]> => {
      enter(signal);
      return namespaces.map((namespace) => ({ namespace, rootCert: replicas[0]?.loaded?.rootCert }));
    },
    listWorkloads: async (signal): Promise<readonly Workload[]> => {
      enter(signal);
      return workloads.map(describeWorkload);
    },
    listRollouts: async (owners, signal): Promise<readonly Rollout[]> => {
      enter(signal);
      return owners.flatMap((owner) => {
        const [first] = named(owner.name);
        return first === undefined ? [] : [{ owner, ...first.standing }];
      });
    },
    restartOwner: async (owner, signal) => {
      enter(signal);
      rollouts.push(owner.name);
      for (const workload of named(owner.name)) {
        workload.startedAtMs = Math.max(now(), workload.startedAtMs + 1);
        workload.hearing = 'hears';
        workload.certChain = '';
      }
      await settle();
    },
    recordEvent: async (event, signal) => {
      enter(signal);
      events.set(event.id, event);
    },
    watch: async (onChange, signal) => {
      if (signal.aborted) return;
      listeners.add(onChange);
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve, { once: true });
      });
      listeners.delete(onChange);
    },
    hold: async (replica) => {
      find(replica).volume = 'held';
    },
    release: async (replica) => {
      find(replica).volume = 'following';
      await settle();
    },
    deafen: (workload) => {
      for (const state of named(workload)) state.hearing = 'deaf';
    },
    unsubscribe: (workload) => {
      for (const state of named(workload)) state.learns = 'renewed';
    },
    hide: (workload, why) => {
      for (const state of named(workload)) state.unread = why;
    },
    setRollout: (workload, standing) => {
      for (const state of named(workload)) state.standing = { ...state.standing, ...standing };
    },
    setMultiRoot: (said) => {
      multiRoot = said;
    },
    fail: (error) => {
      failure = error;
    },
    deleteSecret: () => {
      secret = undefined;
    },
    putForeignSecret: async (files) => {
      await put(files, { ...ours, owner: 'other', annotations: undefined });
    },
    putSelfMadeCa: async (files) => {
      await put(files, { ...ours, source: 'istio-ca-secret', owner: 'other', annotations: undefined });
    },
    editSecret: async (files, who) => {
      if (secret === undefined) return;
      const { source, owner, annotations } = secret;
      await put({ ...secret, ...files }, { source, owner, annotations, editedBy: [who] });
    },
    restoreSecret: async (content) => {
      await put(content, { ...ours, annotations: content.annotations });
    },
    rebuild: () => {
      rebuilds += 1;
      secret = undefined;
      replicas = makeReplicas();
      workloads = makeWorkloads();
      for (const listener of listeners) listener();
    },
  };
}
