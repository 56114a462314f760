import type { CaFiles } from '@reroot/agent';

/** What one cluster of the lab is like. */
export interface LabClusterPlan {
  readonly name: string;
  /** Of istiod. */
  readonly replicas: number;
  /** So many of one pod each, in `default` and `payments` in turn; or just these. */
  readonly workloads: number | readonly WorkloadPlan[];
  /** ISTIO_MULTIROOT_MESH of istiod. */
  readonly multiRoot: 'on' | 'off';
  /** PROXY_CONFIG_XDS_AGENT of the workloads. */
  readonly xdsAgent: 'on' | 'off';
  /**
   * Where istiod's CA comes from. `awaited`: istiod starts when somebody has written `cacerts`, for one that starts
   * without makes itself a root and never looks at the Secret again. `self-signed`: it does just that.
   */
  readonly ca: 'awaited' | 'self-signed' | CaFiles;
  readonly istiodVersion: 'current' | 'previous' | 'byte-rule';
  /** Period of the kubelet's sync. */
  readonly volumeSyncMs: number;
}

/** A workload of the mesh: a Deployment of pods with a proxy. */
export interface WorkloadPlan {
  readonly namespace: string;
  readonly name: string;
  readonly replicas: number;
  readonly role: 'sidecar' | 'router';
  readonly xdsAgent: 'on' | 'off';
}

/** A cluster of one istiod and one workload, with differences. */
export function planCluster(name: string, differing: Partial<LabClusterPlan> = {}): LabClusterPlan {
  return {
    name,
    replicas: 1,
    workloads: 1,
    multiRoot: 'on',
    xdsAgent: 'on',
    ca: 'awaited',
    istiodVersion: 'current',
    volumeSyncMs: 2_000,
    ...differing,
  };
}

/** The three clusters that the real tests run on: one with two istiods, the others lighter. */
export function planThreeClusters(): readonly LabClusterPlan[] {
  return [planCluster('cluster-1', { replicas: 2, workloads: 2 }), planCluster('cluster-2'), planCluster('cluster-3')];
}

const namespaces = ['default', 'payments'] as const;

/** The workloads of a cluster, one by one. */
export function workloadsOf({ workloads, xdsAgent }: LabClusterPlan): readonly WorkloadPlan[] {
  if (typeof workloads !== 'number') return workloads;
  return Array.from({ length: workloads }, (_, index) => ({
    namespace: namespaces[index % namespaces.length] ?? namespaces[0],
    name: `web-${index + 1}`,
    replicas: 1,
    role: 'sidecar',
    xdsAgent,
  }));
}
