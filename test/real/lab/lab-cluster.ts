import { join } from 'node:path';
import type { CaFiles } from '@reroot/agent';
import { waitFor } from '@reroot/shared/testing';
import type { Servers } from '../servers/find-servers.ts';
import { type AgentAccess, grantAgent } from './agent/agent-access.ts';
import type { AdminClient } from './cluster/admin-client.ts';
import { issueCredential } from './cluster/certificate.ts';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';
import type { LabClusterPlan } from './lab-plan.ts';
import { workloadsOf } from './lab-plan.ts';
import type { CreateProcess } from './lab-process.ts';
import { createIstiodImage } from './mesh/istiod-image.ts';
import { createProxyImage } from './mesh/proxy-image.ts';
import { type ClusterNetwork, claimNetwork } from './network.ts';
import type { ImageStore } from './node/image.ts';
import { type LabNode, startNode } from './node/node.ts';
import type { PodRun } from './node/pod-run.ts';
import { startKubeletServer } from './node/port-forward.ts';
import { type Service, startService } from './node/service.ts';
import { istiodImage, istiodObjects, istioNamespace } from './objects/istiod-objects.ts';
import type { Manifest } from './objects/manifest.ts';
import { proxyImage, workloadObjects } from './objects/workload-objects.ts';

/** One cluster of real servers. */
export interface LabCluster {
  readonly name: string;
  readonly plan: LabClusterPlan;
  readonly controlPlane: ControlPlane;
  readonly admin: AdminClient;
  readonly agent: AgentAccess;
  readonly network: ClusterNetwork;
  /** Where its keys are, which are nobody else's business. */
  readonly dir: string;
  /** Pods of istiod that the node runs. */
  replicaPods(): readonly PodRun[];
  /** Pods with a proxy that the node runs. */
  workloadPods(): readonly PodRun[];
  /** Of istiod or a workload. @throws when the node runs no such pod */
  pod(name: string): PodRun;
  /** The volumes of a pod stop following their sources. */
  holdReplica(name: string): void;
  releaseReplica(name: string): void;
  /** A change reaches the volumes of a pod only so much later. */
  delayReplica(name: string, ms: number): void;
  /** Where all proxies get their configuration: one istiod, or any. */
  pinDiscovery(replica: string | undefined): void;
  /** From nowhere, so that they hear of nothing new; `pinDiscovery` ends it. */
  cutDiscovery(): void;
  /** Where they get their certificates: the same. */
  pinCertificates(replica: string | undefined): void;
  killApiServer(): Promise<void>;
  startApiServer(signal: AbortSignal): Promise<void>;
  /** Applies objects, in this order. */
  apply(manifests: readonly Manifest[]): Promise<void>;
  /** Resolves when every istiod and every workload is ready. */
  untilReady(signal: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** What a cluster is made of. */
export interface LabClusterOptions {
  readonly plan: LabClusterPlan;
  readonly dir: string;
  readonly servers: Servers;
  readonly create: CreateProcess;
  readonly random: () => number;
  readonly onError: (thrown: unknown) => void;
  readonly signal: AbortSignal;
}

const kubeletPort = 10_250;
const istiodPort = 15_012;
const readyTimeoutMs = 90_000;

/** Starts the servers, the node and the mesh; istiod and the workloads come up when there is a CA for them. */
export async function startLabCluster(options: LabClusterOptions): Promise<LabCluster> {
  const started = new AsyncDisposableStack();
  try {
    return await startParts(options, started);
  } catch (thrown) {
    await started.disposeAsync();
    throw thrown;
  }
}

/** @param started is told how each part is ended */
async function startParts(options: LabClusterOptions, started: AsyncDisposableStack): Promise<LabCluster> {
  const { plan, random } = options;
  const network = started.adopt(await claimNetwork(random), (each) => each.release());
  const controlPlane = await startControlPlane({
    ...options,
    name: plan.name,
    dir: join(options.dir, 'control-plane'),
    network,
  });
  const { admin, authority } = controlPlane;
  started.defer(() => admin.close());
  const node = started.adopt(await startClusterNode(options, controlPlane, network), (each) => each.stop());
  const kubelet = await startKubeletServer({
    address: network.node,
    port: kubeletPort,
    credential: await issueCredential(authority, { commonName: `system:node:${plan.name}`, names: [network.node] }),
    caPem: authority.certificate.pem,
    pods: node.pods,
  });
  started.defer(() => kubelet.close());
  const services = await startServices(node, network, random);
  for (const service of services) started.defer(() => service.close());
  const apply = createApply(admin);
  await apply(meshObjects(plan, network));
  const agent = await grantAgent(controlPlane, options.dir, apply);
  return describeCluster(options, { network, controlPlane, node, services, agent, apply }, () => started.disposeAsync());
}

function createApply(admin: AdminClient): LabCluster['apply'] {
  return async (manifests) => {
    for (const { path, object } of manifests) await admin.patch('apply', `${path}?fieldManager=lab&force=true`, object);
  };
}

function startClusterNode(options: LabClusterOptions, controlPlane: ControlPlane, network: ClusterNetwork): Promise<LabNode> {
  const { plan, dir } = options;
  return startNode({
    ...options,
    name: `${plan.name}-node`,
    cluster: plan.name,
    admin: controlPlane.admin,
    nodeAddress: network.node,
    kubeletPort,
    dir: join(dir, 'pods'),
    nextPodAddress: network.nextPodAddress,
    volumeSyncMs: plan.volumeSyncMs,
    images: imagesOf(options.servers, controlPlane),
  });
}

function imagesOf(servers: Servers, { server, authority }: ControlPlane): ImageStore {
  const istiod = (program: string): ReturnType<typeof createIstiodImage> => createIstiodImage(program, server, authority);
  return new Map([
    [`${istiodImage}:current`, istiod(servers.pilotDiscovery)],
    [`${istiodImage}:previous`, istiod(servers.pilotDiscoveryPrevious)],
    [`${istiodImage}:byte-rule`, istiod(servers.pilotDiscoveryByteRule)],
    [proxyImage, createProxyImage(servers.pilotAgent, servers.envoy)],
  ]);
}

function startServices(
  node: LabNode,
  { istiodService, certificateService }: ClusterNetwork,
  random: () => number,
): Promise<[Service, Service]> {
  const backends = (): readonly string[] =>
    istiodsOf(node)
      .filter((run) => run.isReady())
      .map(({ address }) => address);
  return Promise.all([
    startService({ address: istiodService, port: istiodPort, backends, random }),
    startService({ address: certificateService, port: istiodPort, backends, random }),
  ]);
}

function meshObjects(plan: LabClusterPlan, { istiodService, certificateService }: ClusterNetwork): readonly Manifest[] {
  const surroundings = {
    plan,
    discoveryAddress: `${istiodService}:${istiodPort}`,
    certificateAddress: `${certificateService}:${istiodPort}`,
    takenPort: kubeletPort,
  };
  return [
    ...istiodObjects(plan, [istiodService, certificateService]),
    ...(typeof plan.ca === 'string' ? [] : [pluggedSecret(plan.ca)]),
    ...workloadsOf(plan).flatMap((workload) => workloadObjects(workload, surroundings)),
  ];
}

function pluggedSecret({ caCert, caKey, certChain, rootCert }: CaFiles): Manifest {
  const stringData = { 'ca-cert.pem': caCert, 'ca-key.pem': caKey, 'cert-chain.pem': certChain, 'root-cert.pem': rootCert };
  const metadata = { name: 'cacerts', namespace: istioNamespace };
  return {
    path: `/api/v1/namespaces/${istioNamespace}/secrets/cacerts`,
    object: { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', stringData },
  };
}

function istiodsOf(node: LabNode): readonly PodRun[] {
  return [...node.pods().values()].filter(({ pod }) => pod.metadata.labels?.['app'] === 'istiod');
}

interface Parts {
  readonly network: ClusterNetwork;
  readonly controlPlane: ControlPlane;
  readonly node: LabNode;
  readonly services: readonly [Service, Service];
  readonly agent: AgentAccess;
  readonly apply: LabCluster['apply'];
}

function describeCluster(
  { plan, dir }: LabClusterOptions,
  { network, controlPlane, node, services: [discovery, certificates], agent, apply }: Parts,
  stop: () => Promise<void>,
): LabCluster {
  const { admin } = controlPlane;
  const replicaPods = (): readonly PodRun[] => istiodsOf(node);
  const workloadPods = (): readonly PodRun[] => [...node.pods().values()].filter((run) => !replicaPods().includes(run));
  const pod = (name: string): PodRun => {
    const found = [...node.pods().values()].find((run) => run.pod.metadata.name === name);
    if (found === undefined) throw new Error(`${plan.name} runs no pod ${name}`);
    return found;
  };
  const addressOf = (replica: string | undefined): string | undefined =>
    replica === undefined ? undefined : pod(replica).address;
  const countOfPods = workloadsOf(plan).reduce((sum, { replicas }) => sum + replicas, plan.replicas);
  return {
    ...{ name: plan.name, plan, controlPlane, admin, agent, network, dir, replicaPods, workloadPods, pod, apply, stop },
    holdReplica: (name) => {
      pod(name).volumes.hold();
    },
    releaseReplica: (name) => {
      pod(name).volumes.release();
    },
    delayReplica: (name, ms) => {
      pod(name).volumes.delay(ms);
    },
    pinDiscovery: (replica) => {
      discovery.pinTo(addressOf(replica));
    },
    cutDiscovery: () => {
      // Nobody listens for proxies there.
      discovery.pinTo(network.node);
    },
    pinCertificates: (replica) => {
      certificates.pinTo(addressOf(replica));
    },
    killApiServer: () => controlPlane.apiServer.kill(),
    startApiServer: async (signal) => {
      await controlPlane.apiServer.start(signal);
      await controlPlane.untilReady(signal);
    },
    untilReady: async (signal) => {
      await waitFor(
        () => {
          const runs = [...node.pods().values()];
          return signal.aborted || (runs.length >= countOfPods && runs.every((run) => run.isReady()));
        },
        { timeoutMs: readyTimeoutMs, what: `the ${countOfPods} pods of ${plan.name}` },
      );
      signal.throwIfAborted();
    },
  };
}
