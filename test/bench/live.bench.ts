import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { addLive, createApi, createChangeSignal, createLiveSource, listen } from '@reroot/mgmt/api';
import {
  type ClusterEvidence,
  createJudgeIndex,
  decideOn,
  defaultRotationPolicy,
  newRecord,
  noLinks,
  type Policy,
  requestStart,
  type Snapshot,
} from '@reroot/mgmt/rotation';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { atMost, defineBench } from './frame/bench.ts';

const coreLimit = 1;

const policy: Policy = {
  ...defaultRotationPolicy,
  ...{ verification: 'none', silentAfterMs: 60_000, finishedHoldMs: 60_000, window: { kind: 'open' } },
};
const [rootA, rootB] = ['a', 'b'].map((digit) => ({ fingerprint: digit.repeat(64), notBeforeMs: 0, notAfterMs: 4e12 }));
const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'rsa', bits: 2048 }, graceRatio: 0 } as const;

/** A cluster of three replicas, twenty namespaces and a group of workloads in each; half of them lag behind. */
function makeEvidence(report: number, receivedAtMs: number): ClusterEvidence {
  const roots = report % 2 === 0 ? [rootA!.fingerprint, rootB!.fingerprint] : [rootA!.fingerprint];
  const signer = { signer: 'i', signerRoot: rootA!.fingerprint, signerNotAfterMs: undefined };
  const holding = { bundleSha256: roots.join(), roots, ...signer };
  const known = { method: 'proxy-config', learns: 'pushed', unread: undefined } as const;
  const namespaces = Array.from({ length: 20 }, (_, each) => `namespace-${each}`);
  return {
    ...{ receivedAtMs, clusterUid: '', namesake: undefined, appliedTerm: 1, appliedGeneration: 2, nudges: 1, written: holding },
    replicas: ['r0', 'r1', 'r2'].map((replica) => ({ replica, holding, failure: undefined, multiRoot: 'on' })),
    namespaces: namespaces.map((namespace) => ({ namespace, holding })),
    workloads: namespaces.map((namespace) => ({ namespace, holding, count: 10, examples: [], ...known })),
    problems: [],
  };
}

/** A mesh in its first step, as the loop of mgmt has it, with reports that come in. */
function makeMesh(clusterCount: number) {
  const start = { rotationId: 'r1', target: rootB!, by: 'ann' };
  const { record } = requestStart(newRecord('bench', rootA!, 0), start, policy, 1);
  const clusters = Array.from({ length: clusterCount }, (_, index) => `cluster-${index}`);
  const evidence = new Map(clusters.map((name, index) => [name, makeEvidence(index, Date.now())]));
  const snapshot: Snapshot = { clusters, evidence, knownRoots: new Set(), heardSinceMs: 0, links: noLinks };
  const index = createJudgeIndex();
  const spec = {
    ...{ mesh: 'bench', clusters, trustDomain: 'cluster.local', root: options, intermediate: options },
    rootSource: { kind: 'generated' },
    intermediateSource: { kind: 'mgmt' },
    ...{ rotation: policy, maintenanceWindows: [] },
  } as const;
  const view = { stored: { revision: 1, spec, record, verdict: undefined }, roots: new Map(), rootNames: new Set<string>() };
  let reports = 0;
  return {
    report: () => {
      reports += 1;
      const cluster = `cluster-${(reports * 7) % clusterCount}`;
      // Each cluster comes to hold what it lacked, or loses it: its verdict and that of the mesh change.
      evidence.set(cluster, makeEvidence(reports + 1, Date.now()));
      index.heard(cluster);
    },
    moment: () => {
      const nowMs = Date.now();
      const decision = decideOn(index.judge(record, snapshot, policy, nowMs), record, snapshot, policy, nowMs);
      const cells = index.countCells(record, snapshot, policy, nowMs);
      const rest = { keysLeft: new Map(), notStarted: undefined, drift: [], nowMs };
      return { view, snapshot, policy, decision, cells, ...rest };
    },
  };
}

interface Load {
  readonly clients: number;
  readonly clusters: number;
  readonly reportsPerSecond: number;
}

async function openMgmt({ clients, clusters, reportsPerSecond }: Load) {
  const mesh = makeMesh(clusters);
  const changes = createChangeSignal();
  const gatekeeper = { admit: async () => ({ name: 'bench', via: 'token', expiresAtMs: undefined }) as never };
  const nowhere = { number: 0, atMs: 0 };
  const end = { condition: nowhere, proof: nowhere };
  const source = createLiveSource({
    operations: { listMeshes: async () => [mesh.moment()] },
    eventLog: { eventsEnd: async () => end, readEvents: async () => ({ kind: 'page', entries: [], end, lost: [] }) },
    ...{ readOffer: () => undefined, term: 1, changes },
  });
  const log = silentLog;
  const api = createApi({ gatekeeper, allowedOrigins: [], clock: systemClock, log } as never);
  addLive(api, { gatekeeper, source, clock: systemClock, log, limits: { maxPerPrincipal: clients } });
  const url = await listen(api, { host: '127.0.0.1', port: 0 });
  const reporting = setInterval(() => {
    mesh.report();
    changes.emit();
  }, 1_000 / reportsPerSecond);
  return {
    url,
    close: async () => {
      clearInterval(reporting);
      await api.close();
    },
  };
}

interface Heard {
  readonly bytes: number;
  readonly messages: number;
}

async function heardBy(clients: ChildProcess, signal: AbortSignal): Promise<Heard> {
  clients.send('how much');
  const [said] = (await once(clients, 'message', { signal })) as [Heard | { readonly lost: string }];
  if ('lost' in said) throw new Error(`a client was sent away: ${said.lost}`);
  return said;
}

export default defineBench({
  about: 'browsers and CLIs follow a mesh in the middle of a step whose clusters report',
  params: { clients: 500, clusters: 1_000, reportsPerSecond: 50, seconds: 20 },
  measure: async ({ seconds, ...load }, { signal }) => {
    const mgmt = await openMgmt(load);
    const clients = fork(join(import.meta.dirname, 'live-clients.ts'), [mgmt.url, String(load.clients)]);
    try {
      const [said] = (await once(clients, 'message', { signal })) as [{ following?: number; lost?: string }];
      if (said.following === undefined) throw new Error(said.lost ?? 'nobody follows');
      const cpuBefore = process.cpuUsage();
      const [before, startedMs] = [await heardBy(clients, signal), performance.now()];
      await delay(seconds * 1_000, undefined, { signal });
      const after = await heardBy(clients, signal);
      const { user, system } = process.cpuUsage(cpuBefore);
      const tookSeconds = (performance.now() - startedMs) / 1_000;
      const toEach = (amount: number): number => amount / load.clients / tookSeconds;
      return [
        { metric: 'cores of mgmt', value: (user + system) / 1e6 / tookSeconds, unit: 'cores', limit: atMost(coreLimit) },
        { metric: 'messages to each client', value: toEach(after.messages - before.messages), unit: '/s' },
        { metric: 'bytes to each client', value: toEach(after.bytes - before.bytes) / 1_000, unit: 'kB/s' },
      ];
    } finally {
      clients.kill();
      await mgmt.close();
    }
  },
});
