import { type PlanAsk, type PlanFacts, planRotation } from '@reroot/mgmt/plan';
import {
  assignmentOf,
  type ClusterEvidence,
  defaultRotationPolicy,
  newRecord,
  noLinks,
  type RotationPolicy,
  type RotationRecord,
} from '@reroot/mgmt/rotation';
import { atMost, defineBench, type Result } from './frame/bench.ts';
import { type Repeats, repeat, timeOf } from './frame/sample.ts';

const nowMs = Date.UTC(2027, 0, 1);
/** A tenth of a second for a thousand clusters, and so on. */
const limitMsPerCluster = 0.1;
const certificate = {
  ttlDays: 365,
  organization: 'bench',
  keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' },
  graceRatio: 0,
} as const;
const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;

/** A cluster of three replicas and twenty namespaces with ten workloads each, all of which hold the root. */
function makeEvidence(record: RotationRecord, cluster: string): ClusterEvidence {
  const assignment = assignmentOf(record, cluster);
  if (assignment === undefined) throw new Error('the cluster is told nothing');
  const { roots, signer } = assignment.row;
  const holding = { bundleSha256: 'b', roots: [...roots], signer: 'i', signerRoot: signer, signerNotAfterMs: 1e15 };
  const namespaces = Array.from({ length: 20 }, (_, index) => `namespace-${index}`);
  return {
    ...{ receivedAtMs: nowMs, clusterUid: cluster, namesake: undefined, appliedTerm: 1, nudges: 1, problems: [] },
    appliedGeneration: assignment.generation,
    written: holding,
    replicas: ['r0', 'r1', 'r2'].map((replica) => ({ replica, holding, failure: undefined, multiRoot: 'on' })),
    namespaces: namespaces.map((namespace) => ({ namespace, holding })),
    workloads: namespaces.map((namespace) => ({ namespace, holding, count: 10, examples: [], ...known })),
  };
}

function makeFacts(count: number, waves: RotationPolicy['waves']): PlanFacts {
  const clusters = Array.from({ length: count }, (_, index) => `cluster-${index}`);
  const record = newRecord('bench', { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: 1e15 }, 0);
  const rotation: RotationPolicy = {
    ...{ ...defaultRotationPolicy, verification: 'none', waves },
    silentClusters: { kind: 'exclude', afterMs: 600_000 },
  };
  return {
    record,
    spec: {
      ...{ mesh: 'bench', clusters, trustDomain: 'cluster.local', root: certificate, intermediate: certificate, rotation },
      ...{ rootSource: { kind: 'generated' }, intermediateSource: { kind: 'mgmt' }, maintenanceWindows: [] },
    },
    snapshot: {
      ...{ clusters, knownRoots: new Set([record.currentRoot]), heardSinceMs: 0, links: noLinks },
      evidence: new Map(clusters.map((cluster) => [cluster, makeEvidence(record, cluster)])),
    },
    policy: { ...rotation, silentAfterMs: 35_000, finishedHoldMs: 60_000, window: { kind: 'open' } },
    verdict: { passed: true, reason: 'Passed', message: '', laggards: [], laggardCount: 0 },
    ...{ alarms: [], roots: new Map(), offer: undefined, budgets: new Map(), history: [], nowMs },
  };
}

/** The event loop waits for as long: nothing else is decided meanwhile. */
async function measure(what: string, facts: PlanFacts, ask: PlanAsk, often: Repeats): Promise<Result> {
  const { length } = facts.snapshot.clusters;
  const value = await repeat(() => timeOf(() => planRotation(facts, ask)), often);
  return { metric: `${length} clusters ${what}`, unit: 'ms', value, limit: atMost(length * limitMsPerCluster) };
}

export default defineBench({
  about: 'plans rotations of large meshes: every wave, three times, and what an outage breaks',
  params: { clusters: [1_000, 5_000], repeats: 15 },
  measure: async ({ clusters, repeats }, { progress, signal }) => {
    const plain = { offline: [], exclude: [] };
    const outage = { offline: ['cluster-1', 'cluster-2'], exclude: [], untilMs: nowMs + 7 * 86_400_000 };
    const soak = { canaries: ['cluster-7'], soakMs: 600_000, onFailure: 'stop' } as const;
    const often = { repeats, signal };
    const results: Result[] = [];
    for (const count of clusters) {
      progress(`${count} clusters`);
      const whole = makeFacts(count, { ...soak, size: { kind: 'share', percent: 5 } });
      const single = makeFacts(count, { ...soak, size: { kind: 'count', clusters: 1 } });
      results.push(await measure('in waves of 5 %', whole, plain, often));
      results.push(await measure('one after the other', single, plain, often));
      results.push(await measure('in waves of 5 %, two of them offline', whole, outage, often));
    }
    return results;
  },
});
