import { addDashboard, addLive, createChangeSignal, createLiveSource, listen, readDashboard } from '@reroot/mgmt/api';
import {
  assignmentOf,
  type ClusterEvidence,
  createJudgeIndex,
  decideOn,
  defaultRotationPolicy,
  excludeCluster,
  type Holding,
  newRecord,
  noLinks,
  type Policy,
  perform,
  type RotationCondition,
  type RotationRecord,
  requestStart,
  type Snapshot,
} from '@reroot/mgmt/rotation';
import { openApi } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { dashboardFolder } from '../../tools/build-dashboard.ts';

/**
 * A mesh of many clusters in the middle of a step: the API, the live stream, the judge and the matrix of mgmt over evidence that no
 * agent has sent. A thousand agents would be what the machine does, and not the page.
 */
export interface LargeFleet {
  readonly server: string;
  readonly clusters: readonly string[];
  /** Has so many of those that are behind come to hold the row, at once. */
  catchUp(count: number): void;
  stop(): Promise<void>;
}

const regions = ['eu-west', 'eu-north', 'us-east', 'us-west', 'ap-south'];
const dayMs = 86_400_000;
const earlierCount = 1_200;

/** What becomes of a cluster, by its number; most of them hold the row. */
type Fate = 'held' | 'behind' | 'not-loaded' | 'not-published' | 'not-held' | 'troubled' | 'silent' | 'never-seen';

function fateOf(index: number): Fate {
  if (index % 4 === 1) return 'behind';
  if (index % 23 === 2) return 'not-loaded';
  if (index % 31 === 4) return 'not-published';
  if (index % 17 === 3) return 'not-held';
  if (index % 61 === 6) return 'troubled';
  if (index % 97 === 8) return 'silent';
  return index % 331 === 10 ? 'never-seen' : 'held';
}

const options = { ttlDays: 365, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 } as const;

const isExcluded = (index: number): boolean => index % 211 === 7;

const policy: Policy = {
  ...defaultRotationPolicy,
  ...{ verification: 'manual', silentAfterMs: 600_000, finishedHoldMs: 60_000, window: { kind: 'open' } },
};

const root = (letter: string, startMs: number) => ({
  fingerprint: letter.repeat(64),
  notBeforeMs: startMs,
  notAfterMs: startMs + 3_650 * dayMs,
});

/** A step that every cluster was told, some of which were excluded, and the history that led to it. */
function makeRecord(
  clusters: readonly string[],
  nowMs: number,
): { record: RotationRecord; history: readonly RotationCondition[] } {
  const [oldRoot, newRoot] = [root('a', nowMs - 3_600 * dayMs), root('b', nowMs - dayMs)];
  const started = requestStart(
    newRecord('demo', oldRoot, nowMs - 90 * dayMs),
    { rotationId: 'r-1', target: newRoot, by: 'ann' },
    policy,
    nowMs,
  );
  const wave = { index: 1, through: '2', releasedAtMs: nowMs, provenAtMs: undefined };
  const released = perform(started.record, { move: 'release', wave }, nowMs, {
    message: 'ADDING_NEW_ROOT begins in every cluster',
  });
  const history = [...earlier(nowMs), started.condition, released.condition];
  let { record } = released;
  for (const cluster of clusters.filter((_, index) => isExcluded(index))) {
    const act = { by: 'ann', why: 'its rack moves to another hall', cause: 'operator', members: clusters } as const;
    const excluded = excludeCluster(record, cluster, act, nowMs);
    history.push(excluded.condition);
    ({ record } = excluded);
  }
  return { record, history };
}

/** What has happened at rest before the rotation, more than a page of the API has. */
function earlier(nowMs: number): readonly RotationCondition[] {
  const atRest = {
    state: 'NOT_ROTATING',
    step: 'PREVIOUS_CA',
    rotationId: undefined,
    generation: 1,
    errors: [],
    act: undefined,
  } as const;
  return Array.from({ length: earlierCount }, (_, index) => ({
    ...atRest,
    atMs: nowMs - (earlierCount - index) * 60_000,
    message: `${regions[index % regions.length]}-${index % 1_000} holds what it should again`,
  }));
}

/** What a cluster of two replicas, twenty namespaces and a group of workloads in each proves. */
function makeEvidence(record: RotationRecord, cluster: string, index: number, fate: Fate, nowMs: number): ClusterEvidence {
  const { row, generation } = assignmentOf(record, cluster) ?? {
    row: { roots: ['a'.repeat(64)], signer: 'a'.repeat(64) },
    generation: 1,
  };
  const notAfterMs = nowMs + (30 + (index % 330)) * dayMs;
  const holdingOf = (roots: readonly string[]): Holding => ({
    ...{ bundleSha256: roots.join(), roots, signer: cluster, signerRoot: row.signer, signerNotAfterMs: notAfterMs },
  });
  const [before, after] = [holdingOf(['a'.repeat(64)]), holdingOf([...row.roots])];
  const written = fate === 'behind' ? before : after;
  const published = fate === 'not-published' ? before : written;
  const namespaces = Array.from({ length: 20 }, (_, each) => `namespace-${each}`);
  const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;
  const unread = { method: 'none', learns: 'renewed', unread: 'unreachable' } as const;
  const problem = { code: 'RR_AGENT_SECRET_WRITE', message: 'the API server answers 500 to a write', remedy: 'look at its etcd' };
  return {
    receivedAtMs: fate === 'silent' ? nowMs - 3_600_000 : nowMs,
    ...{
      clusterUid: cluster,
      namesake: undefined,
      appliedTerm: 1,
      appliedGeneration: fate === 'behind' ? 1 : generation,
      nudges: 1,
    },
    written,
    replicas: ['istiod-0', 'istiod-1'].map((replica) => ({
      ...{ replica, multiRoot: 'on' as const },
      ...(fate === 'not-loaded'
        ? { holding: undefined, failure: 'port 15014 refuses connections' }
        : { holding: written, failure: undefined }),
    })),
    namespaces: namespaces.map((namespace, each) => ({ namespace, holding: each < 3 ? published : written })),
    workloads: namespaces.map((namespace, each) => ({
      ...{ namespace, holding: written, count: 10, examples: ['web-0', 'web-1'] },
      ...(fate === 'not-held' && each < 2 ? unread : known),
    })),
    problems: fate === 'troubled' ? [problem] : [],
  };
}

/** The mesh as the loop of mgmt has it. */
function makeMesh(clusters: readonly string[]) {
  const startMs = systemClock.now();
  const { record, history } = makeRecord(clusters, startMs);
  const evidence = new Map<string, ClusterEvidence>();
  const hear = (index: number, fate: Fate): void => {
    const cluster = clusters[index] ?? '';
    if (fate !== 'never-seen') evidence.set(cluster, makeEvidence(record, cluster, index, fate, systemClock.now()));
  };
  for (const index of clusters.keys()) hear(index, fateOf(index));
  const rootNames = new Set(record.roots.map(({ fingerprint }) => fingerprint));
  const snapshot: Snapshot = { clusters, evidence, knownRoots: rootNames, heardSinceMs: startMs, links: noLinks };
  const judge = createJudgeIndex();
  const names = ['O=Example Corp\nCN=demo root 2016-4f1c', 'O=Example Corp\nCN=demo root 2026-9d20'];
  const roots = new Map(
    [...rootNames].map((name, index) => [
      name,
      { certificate: { subject: names[index] }, custody: { kind: 'key-store' } } as never,
    ]),
  );
  const spec = {
    ...{ mesh: 'demo', clusters, trustDomain: 'cluster.local', rootSource: { kind: 'generated' }, rotation: policy },
    ...{ intermediateSource: { kind: 'mgmt' }, maintenanceWindows: [], root: options, intermediate: options },
  } as never;
  const view = { stored: { revision: 1, spec, record, verdict: undefined }, roots, rootNames };
  return {
    history,
    hear: (index: number, fate: Fate) => {
      hear(index, fate);
      judge.heard(clusters[index] ?? '');
    },
    moment: () => {
      const nowMs = systemClock.now();
      const decision = decideOn(judge.judge(record, snapshot, policy, nowMs), record, snapshot, policy, nowMs);
      const cells = judge.countCells(record, snapshot, policy, nowMs);
      return { view, snapshot, policy, decision, cells, keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
    },
  };
}

/** Serves the mesh `demo` of so many clusters. */
export async function launchLargeFleet(count: number): Promise<LargeFleet> {
  const clusters = Array.from({ length: count }, (_, index) => `${regions[index % regions.length]}-${index}`);
  const mesh = makeMesh(clusters);
  const operations = {
    listMeshes: async () => [mesh.moment()],
    readMesh: async () => mesh.moment(),
    readHistory: async () => mesh.history,
  };
  const api = await openApi({}, { operations });
  const dashboard = await readDashboard(dashboardFolder, 'in the configuration');
  if (dashboard === undefined) throw new Error('the dashboard is not built');
  addDashboard(api.app, dashboard);
  const changes = createChangeSignal();
  const end = { condition: { number: 0, atMs: 0 }, proof: { number: 0, atMs: 0 } };
  const eventLog = {
    eventsEnd: async () => end,
    readEvents: async () => ({ kind: 'page' as const, entries: [], end, lost: [] }),
  };
  const gatekeeper = { admit: async () => ({ name: 'loopback', via: 'loopback', expiresAtMs: undefined }) as const };
  const source = createLiveSource({ operations, eventLog, readOffer: () => undefined, term: 1, changes });
  addLive(api.app, { gatekeeper, source, clock: systemClock, log: silentLog });
  const behind = [...clusters.keys()].filter((index) => fateOf(index) === 'behind' && !isExcluded(index));
  return {
    server: await listen(api.app, { host: '127.0.0.1', port: 0 }),
    clusters,
    catchUp: (more) => {
      for (const index of behind.splice(0, more)) mesh.hear(index, 'held');
      changes.emit();
    },
    stop: () => api.close(),
  };
}
