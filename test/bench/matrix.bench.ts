import {
  type ClusterEvidence,
  classifyTrust,
  createJudgeIndex,
  defaultRotationPolicy,
  lookAt,
  newRecord,
  noLinks,
  type Policy,
  type RotationRecord,
  type Snapshot,
} from '@reroot/mgmt/rotation';
import { atMost, defineBench, type Limit, type Result } from './frame/bench.ts';
import { repeat, timeOf } from './frame/sample.ts';

/** For up to so many clusters. */
const limits = { clusters: 1_000, scratchMs: 50, reportMs: 1 };

const nowMs = 2;
const policy: Policy = {
  ...defaultRotationPolicy,
  verification: 'none',
  silentAfterMs: 60_000,
  finishedHoldMs: 60_000,
  window: { kind: 'open' },
};
const rootA = { fingerprint: 'a'.repeat(64), notBeforeMs: 0, notAfterMs: 1e15 };
const record: RotationRecord = newRecord('bench', rootA, 0);

/** What clusters hold: one of a few rows, or each a root of its own besides that of the mesh. */
type Variety = 'few-classes' | 'all-distinct';

/** The fingerprint of a root of a cluster's own. */
function ownRoot(index: number): string {
  return index.toString(16).padStart(64, 'f');
}

function rootsOf(variety: Variety, index: number): { readonly roots: readonly string[]; readonly signer: string } {
  const own = ownRoot(variety === 'few-classes' ? index % 5 : index);
  return { roots: [rootA.fingerprint, own], signer: variety === 'few-classes' ? rootA.fingerprint : own };
}

/** A cluster of three replicas, twenty namespaces and a group of workloads in each; read anew, as a report is. */
function makeEvidence(variety: Variety, index: number): ClusterEvidence {
  const { roots, signer } = rootsOf(variety, index);
  const holding = { bundleSha256: 'b', roots: [...roots], signer: 'i', signerRoot: signer, signerNotAfterMs: undefined };
  const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;
  const namespaces = Array.from({ length: 20 }, (_, each) => `namespace-${each}`);
  return {
    receivedAtMs: 1,
    clusterUid: '',
    namesake: undefined,
    appliedTerm: 1,
    appliedGeneration: record.generation,
    nudges: 1,
    written: holding,
    replicas: ['r0', 'r1', 'r2'].map((replica) => ({ replica, holding, failure: undefined, multiRoot: 'on' })),
    namespaces: namespaces.map((namespace) => ({ namespace, holding })),
    workloads: namespaces.map((namespace) => ({ namespace, holding, count: 10, examples: [], ...known })),
    problems: [],
  };
}

interface Fleet {
  readonly snapshot: Snapshot;
  readonly evidence: Map<string, ClusterEvidence>;
}

function makeFleet(variety: Variety, count: number): Fleet {
  const clusters = Array.from({ length: count }, (_, index) => `cluster-${index}`);
  const evidence = new Map(clusters.map((name, index) => [name, makeEvidence(variety, index)]));
  return { evidence, snapshot: { clusters, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks } };
}

/** All faces and all cells, of evidence that nobody has looked at before. */
async function measureScratch(variety: Variety, count: number): Promise<number> {
  const { snapshot } = makeFleet(variety, count);
  return timeOf(() => {
    const { green, red, unknown } = classifyTrust(snapshot.clusters, (each) => lookAt(each, snapshot, policy, nowMs)).counts();
    if (green + red + unknown !== count * count) throw new Error(`${green + red + unknown} cells of ${count} clusters`);
  });
}

/** One cluster after the other reports something else than before; after each, the cells are counted again. */
async function measureReport(variety: Variety, count: number, reports: number): Promise<number> {
  const { snapshot, evidence } = makeFleet(variety, count);
  const index = createJudgeIndex();
  index.countCells(record, snapshot, policy, nowMs);
  const fresh = Array.from({ length: reports }, (_, each) => makeEvidence('all-distinct', count + each));
  const ms = await timeOf(() => {
    for (const [each, report] of fresh.entries()) {
      const name = `cluster-${each}`;
      evidence.set(name, report);
      index.heard(name);
      index.countCells(record, snapshot, policy, nowMs);
    }
  });
  return ms / reports;
}

export default defineBench({
  about: 'compares every leaf of all clusters with every bundle, and again after each changed report',
  params: { clusters: [1_000, 5_000], reports: 200, repeats: 7 },
  measure: async ({ clusters, reports, repeats }, { progress, signal }) => {
    const results: Result[] = [];
    for (const count of clusters) {
      const within = (ms: number): { limit?: Limit } => (count <= limits.clusters ? { limit: atMost(ms) } : {});
      for (const variety of ['few-classes', 'all-distinct'] as const) {
        const what = `${count} × ${count}, ${variety === 'few-classes' ? 'five classes' : 'each cluster a class of its own'}`;
        progress(what);
        const scratch = await repeat(() => measureScratch(variety, count), { repeats, signal });
        const report = await repeat(() => measureReport(variety, count, reports), { repeats: 3, warmUp: 0, signal });
        results.push(
          { metric: `${what}, from scratch`, unit: 'ms', value: scratch, ...within(limits.scratchMs) },
          { metric: `${what}, after a changed report`, unit: 'ms', value: report, ...within(limits.reportMs) },
        );
      }
    }
    return results;
  },
});
