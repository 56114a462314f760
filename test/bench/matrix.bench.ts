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
import { type Bench, type Figure, timeOf } from './bench.ts';

const [small, large] = [1_000, 5_000];
const rounds = 7;
const reports = 200;
const [scratchLimitMs, reportLimitMs] = [50, 1];

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
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const { snapshot } = makeFleet(variety, count);
    const ms = await timeOf(() => {
      const { green, red, unknown } = classifyTrust(snapshot.clusters, (each) => lookAt(each, snapshot, policy, nowMs)).counts();
      if (green + red + unknown !== count * count) throw new Error(`${green + red + unknown} cells of ${count} clusters`);
    });
    if (round > 0) times.push(ms);
  }
  return median(times);
}

/** One cluster after the other reports something else than before; after each, the cells are counted again. */
async function measureReport(variety: Variety, count: number): Promise<number> {
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const bench: Bench = {
  about: `compares every leaf of ${small} and of ${large} clusters with every bundle, and again after each changed report`,
  measure: async () => {
    const figures: Figure[] = [];
    for (const count of [small, large]) {
      for (const variety of ['few-classes', 'all-distinct'] as const) {
        const [scratch, report] = [await measureScratch(variety, count), await measureReport(variety, count)];
        const what = `${count} × ${count}, ${variety === 'few-classes' ? 'five classes' : 'each cluster a class of its own'}`;
        const limited = count === small;
        figures.push(
          { what: `${what}, from scratch`, value: scratch, unit: 'ms', ...(limited ? { limit: scratchLimitMs } : {}) },
          { what: `${what}, after a changed report`, value: report, unit: 'ms', ...(limited ? { limit: reportLimitMs } : {}) },
        );
      }
    }
    return figures;
  },
};

export default bench;
