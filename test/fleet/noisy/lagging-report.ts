import { sha256Hex } from '@reroot/shared/pki';
import type { Report } from '@reroot/shared/protocol';

/**
 * The report of a cluster that holds a root, and has applied no row yet: mgmt answers it with what the cluster shall hold.
 * @param rootDer undefined for a cluster that holds nothing yet
 * @param groups of workloads: each takes some 300 bytes
 */
export function laggingReport(rootDer: Uint8Array | undefined, groups: number, takenAtMs: number): Report {
  const base = {
    appliedTerm: 0,
    appliedGeneration: 0,
    takenAtMs,
    agentVersion: '0.1.0',
    clusterUid: 'uid',
    problems: [],
    nudges: 0,
  };
  if (rootDer === undefined)
    return { ...base, certificates: [], written: undefined, replicas: [], namespaces: [], workloads: [] };
  const holding = { bundleSha256: sha256Hex(rootDer), roots: [sha256Hex(rootDer)], signerChain: [] };
  return {
    ...base,
    certificates: [rootDer],
    written: holding,
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({ replica, result: { kind: 'holding', holding }, multiRoot: 'on' })),
    namespaces: [{ namespace: 'namespace-0', holding }],
    workloads: Array.from({ length: groups }, (_, index) => ({
      namespace: `namespace-${index}`,
      holding,
      count: 10,
      examples: ['web-0', 'web-1', 'web-2'],
      method: 'proxy-config',
      learns: 'pushed',
      unread: '',
    })),
  };
}
