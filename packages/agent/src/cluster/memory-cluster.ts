import { RerootError } from '@reroot/shared/errors';
import {
  generateKey,
  importPrivateKey,
  issueLeaf,
  parseCertificate,
  parseCertificates,
  parseCsr,
  rootsOf,
  signerFromKey,
} from '@reroot/shared/pki';
import { containsAll } from '../trust/signer-root.ts';
import type { CaFiles, CaSecret, CaSecretContent, Cluster, NamespaceTrust, Replica, Workload } from './cluster.ts';

/** A cluster for the tests of this package: the rules of istiod in memory, without delays of their own. */
export interface MemoryCluster extends Cluster {
  /** The replica's volume stops following the Secret. */
  hold(replica: string): Promise<void>;
  /** The replica's volume follows again. */
  release(replica: string): Promise<void>;
  /** From now on the workload ignores changed bundles, like a proxy without PROXY_CONFIG_XDS_AGENT. */
  deafen(workload: string): void;
  /** From now on, until `undefined` is given, every method rejects with `error`. */
  fail(error: Error | undefined): void;
  /** Puts a Secret there as somebody else would. */
  putForeignSecret(files: CaFiles): Promise<void>;
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

interface ReplicaState {
  readonly name: string;
  startedAtMs: number;
  volume: 'following' | 'held';
  loaded: CaFiles | undefined;
}

interface WorkloadState {
  readonly namespace: string;
  readonly name: string;
  /** Which replica its certificate requests reach; its bundle comes from the first one. */
  readonly asks: number;
  hearing: 'hears' | 'deaf';
  seenBundle: string | undefined;
  certChain: string;
  rootCert: string;
}

const hourMs = 3_600_000;

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
      Array.from({ length: perNamespace }, (_, index) => newWorkload(namespace, `${namespace}-${index}`, index % count)),
    );
  let replicas = makeReplicas();
  let workloads = makeWorkloads();
  const listeners = new Set<() => void>();
  const writes: CaSecretContent[] = [];
  const restarts: string[] = [];
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
    { caCert, caKey, certChain, rootCert }: CaFiles,
    owner: CaSecret['owner'],
    annotations: CaSecret['annotations'],
  ): Promise<CaSecret> => {
    version += 1;
    secret = { caCert, caKey, certChain, rootCert, version: String(version), owner, annotations };
    const written = secret;
    await settle();
    return written;
  };

  return {
    name,
    writes,
    restarts,
    readUid: async (signal) => {
      enter(signal);
      return rebuilds === 0 ? `uid-of-${name}` : `uid-of-${name}-${rebuilds}`;
    },
    readCaSecret: async (signal) => {
      enter(signal);
      return secret;
    },
    writeCaSecret: async (content, expectedVersion, signal) => {
      enter(signal);
      if (expectedVersion !== secret?.version) {
        throw new RerootError(
          'RR_CLUSTER_CONFLICT',
          `the Secret is at version ${secret?.version ?? 'none'}, not ${expectedVersion ?? 'none'}`,
        );
      }
      writes.push(content);
      return put(content, 'reroot', content.annotations);
    },
    listReplicas: async (signal): Promise<readonly Replica[]> => {
      enter(signal);
      return replicas.map((replica) => ({ name: replica.name, startedAtMs: replica.startedAtMs }));
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
      if (state.volume === 'following') state.loaded = secret;
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
      return workloads.map(({ namespace, name: workload, certChain, rootCert }) => ({
        namespace,
        name: workload,
        certChain,
        rootCert,
      }));
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
      for (const state of workloads) if (state.name === workload) state.hearing = 'deaf';
    },
    fail: (error) => {
      failure = error;
    },
    deleteSecret: () => {
      secret = undefined;
    },
    putForeignSecret: async (files) => {
      await put(files, 'other', undefined);
    },
    restoreSecret: async (content) => {
      await put(content, 'reroot', content.annotations);
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

function newReplica(name: string, startedAtMs: number): ReplicaState {
  return { name, startedAtMs, volume: 'following', loaded: undefined };
}

function newWorkload(namespace: string, name: string, asks: number): WorkloadState {
  return { namespace, name, asks, hearing: 'hears', seenBundle: undefined, certChain: '', rootCert: '' };
}

/** A running istiod takes a new bundle when it holds all of the old roots or is a part of them, else it keeps everything. */
function loadVolume(replica: ReplicaState, secret: CaFiles | undefined): void {
  if (replica.volume === 'held' || secret === undefined) return;
  if (replica.loaded === undefined || areRelated(replica.loaded.rootCert, secret.rootCert)) replica.loaded = secret;
}

function areRelated(before: string, after: string): boolean {
  const [old, fresh] = [rootsOf(before), rootsOf(after)];
  return containsAll(old, fresh) || containsAll(fresh, old);
}

/** A sidecar asks for a new certificate exactly when the bytes of the bundle that it is told have changed. */
async function follow(workload: WorkloadState, replicas: readonly ReplicaState[], nowMs: number): Promise<void> {
  const told = replicas[0]?.loaded?.rootCert;
  const signer = replicas[workload.asks]?.loaded;
  const started = workload.certChain !== '';
  if (told === undefined || signer === undefined || (started && (workload.hearing === 'deaf' || told === workload.seenBundle)))
    return;
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const leaf = await sign(key.publicKeySpki, signer, `spiffe://test/${workload.namespace}/${workload.name}`, nowMs);
  workload.seenBundle = told;
  workload.certChain = leaf + signer.certChain;
  workload.rootCert = unionOf(told, signer.rootCert);
}

/** Proxies trust what they are told and what came with their certificate. */
function unionOf(told: string, signed: string): string {
  return [...new Set([...rootsOf(told), ...rootsOf(signed)].map(({ pem }) => pem))].join('');
}

async function sign(publicKeySpki: Uint8Array, files: CaFiles, uri: string, nowMs: number): Promise<string> {
  const leaf = await issueLeaf({
    publicKeySpki,
    issuer: parseCertificate(files.caCert),
    issuerKey: signerFromKey(importPrivateKey(files.caKey)),
    uris: [uri],
    notBeforeMs: nowMs - hourMs,
    notAfterMs: nowMs + 24 * hourMs,
  });
  return leaf.pem;
}
