import { join } from 'node:path';
import type { AdminClient } from '../cluster/admin-client.ts';
import { ApiStatusError } from '../cluster/admin-client.ts';
import type { Pod } from './pod.ts';
import { type PodRun, type PodRunOptions, startPod } from './pod-run.ts';

/** The one node of a cluster: a stand-in for scheduler and kubelet, in this process. */
export interface LabNode {
  /** Pods that it runs, by `namespace/name`. */
  pods(): ReadonlyMap<string, PodRun>;
  /** Ends every pod; the API is told nothing. */
  stop(): Promise<void>;
}

/** What a node is made of. */
export interface LabNodeOptions extends PodRunOptions {
  readonly name: string;
  readonly kubeletPort: number;
  readonly dir: string;
  readonly nextPodAddress: () => string;
}

/** Registers the node and runs every pod of the cluster on it. */
export async function startNode(options: LabNodeOptions): Promise<LabNode> {
  const { admin, dir, onError } = options;
  await registerNode(options);
  const ending = new AbortController();
  const runs = new Map<string, PodRun>();
  const leaving = new Set<string>();

  const begin = (pod: Pod): void => {
    const address = options.nextPodAddress();
    runs.set(keyOf(pod), startPod(options, pod, { address, dir: join(dir, pod.metadata.uid) }));
  };
  const end = async (run: PodRun): Promise<void> => {
    const { uid } = run.pod.metadata;
    if (leaving.has(uid)) return;
    leaving.add(uid);
    try {
      await run.stop();
      await deletePod(admin, run.pod, ending.signal);
    } finally {
      runs.delete(keyOf(run.pod));
      leaving.delete(uid);
    }
    // One that was made anew under the same name could not begin before.
    see(latest);
  };
  let latest: readonly Pod[] = [];
  const see = (pods: readonly Pod[]): void => {
    latest = pods;
    if (ending.signal.aborted) return;
    const seen = new Map(pods.map((pod) => [keyOf(pod), pod]));
    for (const run of runs.values()) {
      const pod = seen.get(keyOf(run.pod));
      const isGone = pod?.metadata.uid !== run.pod.metadata.uid || pod.metadata.deletionTimestamp !== undefined;
      if (isGone) void end(run).catch(onError);
      else run.update(pod);
    }
    for (const pod of pods.filter((each) => !runs.has(keyOf(each)))) {
      if (leaving.has(pod.metadata.uid)) continue;
      if (pod.metadata.deletionTimestamp !== undefined) void deletePod(admin, pod, ending.signal).catch(onError);
      else if (pod.spec.nodeName === undefined) void bindPod(options, pod).catch(onError);
      else begin(pod);
    }
  };
  const following = admin.follow('/api/v1/pods', (pods) => see(pods as readonly Pod[]), ending.signal);
  return {
    pods: () => runs,
    stop: async () => {
      ending.abort();
      await following;
      await Promise.all([...runs.values()].map((run) => run.stop()));
    },
  };
}

function keyOf({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** As `kubelet --register-node` does (https://kubernetes.io/docs/concepts/architecture/nodes/). */
async function registerNode({ admin, name, nodeAddress, kubeletPort }: LabNodeOptions): Promise<void> {
  await admin.request('POST', '/api/v1/nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    status: {
      addresses: [{ type: 'InternalIP', address: nodeAddress }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubeletPort } },
      capacity: { cpu: '8', memory: '32Gi', pods: '250' },
      allocatable: { cpu: '8', memory: '32Gi', pods: '250' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }],
    },
  });
  // A node that is created is tainted as not ready, which the node lifecycle controller would lift.
  await admin.patch('merge', `/api/v1/nodes/${name}`, { spec: { taints: null } });
}

/** What a scheduler does at last; there is only one node to choose. */
async function bindPod({ admin, name }: LabNodeOptions, { metadata }: Pod): Promise<void> {
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}/binding`;
  const target = { apiVersion: 'v1', kind: 'Node', name };
  await admin
    .request('POST', path, { apiVersion: 'v1', kind: 'Binding', metadata: { name: metadata.name }, target })
    .catch(unlessStatus(404, 409));
}

/** The last word of a kubelet on a pod that was to be deleted: its processes are gone. */
async function deletePod(admin: AdminClient, { metadata }: Pod, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
  await admin
    .request('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid: metadata.uid } })
    .catch(unlessStatus(404, 409));
}

function unlessStatus(...accepted: readonly number[]): (thrown: unknown) => void {
  return (thrown) => {
    if (!(thrown instanceof ApiStatusError && accepted.includes(thrown.status))) throw thrown;
  };
}
